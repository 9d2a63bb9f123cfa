"""Addresses of the pages: Dutch words, no slash at the end, `/en/…` and `/fr/…` beside them."""

from __future__ import annotations

from django.urls import path

from schakel.pages.profile_urls import photo_patterns, profile_patterns
from schakel.pages.views import (
    about,
    advice,
    blindspot_files,
    blindspots,
    guide,
    need_desk,
    need_links,
    needs,
    open_data,
    region,
    siting,
    work,
)

urlpatterns = [
    path("", guide.home, name="home"),
    path("gids", guide.guide, name="guide"),
    path("thema/<slug:code>", guide.theme, name="theme"),
    path("vergelijken", guide.compare, name="compare"),
    path("mijn-lijst", guide.my_list, name="my_list"),
    path("gemeenten", region.municipalities, name="municipalities"),
    path("gemeente/<slug:slug>", region.municipality, name="municipality"),
    path("cluster/<slug:slug>", region.cluster, name="cluster"),
    path("organisatie/<slug:slug>", region.organisation, name="organisation"),
    path("organisatie/<slug:slug>/melding", region.report, name="report"),
    path("waar-openen", siting.siting, name="siting"),
    path("waar-openen/bewijs", siting.siting_proof, name="siting_proof"),
    path("open-data", open_data.open_data, name="open_data"),
    path("mijn", work.my_work, name="my_work"),
    path("behoefte", needs.need_form, name="need_form"),
    path("behoefte/verstuurd", needs.need_sent, name="need_sent"),
    path("behoefte/bevestig/<str:token>", need_desk.need_confirm, name="need_confirm"),
    path("behoefte/open/<str:token>", need_desk.need_open, name="need_open"),
    path("behoefte/<slug:key>", need_desk.need, name="need"),
    path("behoefte/<slug:key>/doe", need_desk.need_do, name="need_do"),
    path("antwoord/<str:token>", need_links.answer, name="answer"),
    path("antwoord/<str:token>/agenda.ics", need_links.answer_calendar, name="answer_calendar"),
    path("gevolg/<str:token>", need_links.outcome, name="outcome"),
    path("advies", advice.advice, name="advice"),
    path("blinde-vlekken", blindspots.grid, name="blind_spots"),
    path("blinde-vlekken/vragen", blindspots.questions, name="blind_spot_questions"),
    path("blinde-vlekken/methode", blindspots.method, name="blind_spot_method"),
    path("blinde-vlekken/dienst/<slug:code>", blindspots.service, name="blind_spots_service"),
    path("blinde-vlekken/dienst/<slug:code>/<slug:slug>", blindspots.cell, name="blind_spot"),
    path("blinde-vlekken/gemeente/<slug:slug>", blindspots.place, name="blind_spots_place"),
    path("blinde-vlekken/gemeente/<slug:slug>/dossier.pdf", blindspot_files.case, name="blind_spot_case"),
    path("blinde-vlekken.<str:extension>", blindspot_files.download, name="blind_spots_file"),
    *profile_patterns,
    path("bronnen", about.sources, name="sources"),
    path("begrippen", about.glossary, name="glossary"),
    path("toegankelijkheid", about.accessibility, name="accessibility"),
    path("privacy", about.privacy, name="privacy"),
    path("componenten", about.components, name="components"),
]
# These have one address, whatever the language.
unprefixed = [
    *photo_patterns,
    path("robots.txt", about.robots, name="robots"),
    path("open-data/catalogus.jsonld", open_data.catalogue, name="catalogue"),
    path("open-data/<str:name>", open_data.download, name="download"),
    path("sitemap.xml", open_data.sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", open_data.sitemap_part, name="sitemap_part"),
    path("favicon.ico", about.Favicon.as_view(), name="favicon"),
]
