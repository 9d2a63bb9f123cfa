"""What each of them gets at each address: the expectation that the walk compares with.

A new address needs a line here, else `test_walk.py` fails. Most are one of the sets below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.access.people import EVERYBODY, MEMBERS, NOBODY, VISITOR

Answers = Mapping[str, int]  # who -> status


def everybody(status: int = 200) -> Answers:
    """The same for everybody."""
    return dict.fromkeys(EVERYBODY, status)


def only(*who: str, found: int = 200, others: int = 404) -> Answers:
    """`found` for these, the sign-in page for a visitor, `others` for who signed in and whose it is not.

    "cluster" means every role in that kind of body, "cluster-editor" this role and the higher one.
    """
    answers = {VISITOR: 302, **dict.fromkeys((NOBODY, *MEMBERS), others)}
    for name in who:
        kind, _, role = name.partition("-")
        roles = {"": ("reader", "editor", "manager"), "editor": ("editor", "manager")}.get(role, (role,))
        answers.update({one: found for one in MEMBERS if one in {f"{kind}-{role}" for role in roles}})
    return answers


OPEN = everybody()
SIGNED_IN: Answers = {VISITOR: 302, **dict.fromkeys((NOBODY, *MEMBERS), 200)}


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing to ask for: a method, an address, and what each of them gets."""

    address: str
    answers: Answers
    method: str = "get"
    body: Mapping[str, object] = field(default_factory=dict)  # sent as JSON


_NEED = {"text": "strijk", "municipality": "45041", "customer": "citizen"}
_LINK = "/beginnen/MQ/onzin"
_PROFILE = "/mijn/organisatie/voorbeeld-strijkerij"  # located in Ronse, a member of the cluster
_OTHER = "/mijn/organisatie/voorbeeld-groen"  # nobody's, and nobody knows where it is
_SPEND = "/mijn/uitgaven/ronse"
_GIVES_ROLES = ("region-manager", "cluster-manager")
KINDS = ("region", "cluster", "municipality", "organisation", "partner")
_KEEPS = ("region-editor", "cluster-editor", "organisation-editor")


def profile_stops(part: str = "") -> tuple[Stop, ...]:
    """A page of a profile, and a form sent without what it was based on; and the same of an organisation elsewhere."""
    return (
        Stop(f"{_PROFILE}{part}", only(*_KEEPS)),
        Stop(f"{_PROFILE}{part}", only(*_KEEPS, found=409 if part == "/contact" else 400), "post"),
        Stop(f"{_OTHER}{part}", only("region-editor")),
    )


# Route -> what to ask there. `ADMIN` below covers the addresses under /beheer/.
WALK: dict[str, tuple[Stop, ...]] = {
    "gezondheid": (Stop("/gezondheid", OPEN),),
    "beginnen/<str:uid>/<str:token>": (Stop(_LINK, everybody(410)), Stop(_LINK, everybody(410), "post")),
    "mail/afmelden/<str:token>": (
        Stop("/mail/afmelden/onzin", everybody(410)),
        Stop("/mail/afmelden/onzin", everybody(410), "post"),
    ),
    "api/v1/docs": (Stop("/api/v1/docs", OPEN),),
    "api/v1/": (Stop("/api/v1/", everybody(302)),),
    "api/v1/openapi.json": (Stop("/api/v1/openapi.json", OPEN),),
    "api/v1/<path:rest>": (Stop("/api/v1/iets-anders", everybody(404)),),
    "robots.txt": (Stop("/robots.txt", OPEN),),
    "favicon.ico": (Stop("/favicon.ico", everybody(302)),),
    "": (Stop("/", OPEN),),
    "gids": (Stop("/gids", OPEN),),
    "gids.pdf": (Stop("/gids.pdf", OPEN),),
    "kaart/grond.geojson": (Stop("/kaart/grond.geojson", everybody(404)),),  # no lines loaded
    "kaart/gids.geojson": (Stop("/kaart/gids.geojson", OPEN),),
    "kaart/gemeente/<slug:slug>.geojson": (Stop("/kaart/gemeente/ronse.geojson", OPEN),),
    "kaart/organisatie/<slug:slug>.geojson": (Stop("/kaart/organisatie/voorbeeld-groen.geojson", OPEN),),
    "beeld/start.png": (Stop("/beeld/start.png", OPEN),),
    "beeld/organisatie/<slug:slug>.png": (Stop("/beeld/organisatie/voorbeeld-groen.png", OPEN),),
    "beeld/gemeente/<slug:slug>.png": (Stop("/beeld/gemeente/ronse.png", OPEN),),
    "beeld/thema/<slug:code>.png": (Stop("/beeld/thema/green.png", OPEN),),
    "insluiten": (Stop("/insluiten", OPEN), Stop("/insluiten?ink=ffffff&municipality=45041", everybody(400))),
    "kader": (Stop("/kader?municipality=45041", OPEN), Stop("/kader", everybody(400))),
    "kader.css": (Stop("/kader.css", OPEN),),
    "kader.js": (Stop("/kader.js", OPEN),),
    "thema/<slug:code>": (Stop("/thema/green", OPEN),),
    "thema/<slug:code>/gids.pdf": (Stop("/thema/green/gids.pdf", OPEN),),
    "mijn-lijst/gids.pdf": (Stop("/mijn-lijst/gids.pdf", everybody(404)),),
    "gemeente/<slug:slug>/gids.pdf": (Stop("/gemeente/ronse/gids.pdf", OPEN),),
    "vergelijken": (Stop("/vergelijken", OPEN),),
    "mijn-lijst": (Stop("/mijn-lijst", OPEN), Stop("/mijn-lijst", everybody(302), "post")),
    "gemeenten": (Stop("/gemeenten", OPEN),),
    "gemeente/<slug:slug>": (Stop("/gemeente/ronse", OPEN),),
    "cluster/<slug:slug>": (Stop("/cluster/voorbeeldcluster", OPEN),),
    "organisatie/<slug:slug>": (Stop("/organisatie/voorbeeld-strijkerij", OPEN),),
    "organisatie/<slug:slug>/melding": (Stop("/organisatie/voorbeeld-strijkerij/melding", everybody(400), "post"),),
    "behoefte": (Stop("/behoefte", OPEN), Stop("/behoefte", everybody(400), "post")),
    "behoefte/verstuurd": (Stop("/behoefte/verstuurd", OPEN),),
    "behoefte/bevestig/<str:token>": (
        Stop("/behoefte/bevestig/onzin", everybody(400)),
        Stop("/behoefte/bevestig/onzin", everybody(400), "post"),
    ),
    "behoefte/open/<str:token>": (Stop("/behoefte/open/onzin", everybody(400)),),
    "behoefte/<slug:key>": (Stop("/behoefte/onbekend", everybody(404)),),
    "behoefte/<slug:key>/verslag.pdf": (Stop("/behoefte/onbekend/verslag.pdf", everybody(404)),),
    "behoefte/<slug:key>/doe": (Stop("/behoefte/onbekend/doe", everybody(404), "post"),),
    "antwoord/<str:token>": (
        Stop("/antwoord/onzin", everybody(400)),
        Stop("/antwoord/onzin", everybody(400), "post"),
    ),
    "antwoord/<str:token>/agenda.ics": (Stop("/antwoord/onzin/agenda.ics", everybody(400)),),
    "uitnodigingen/<str:token>": (Stop("/uitnodigingen/onzin", everybody(400)),),
    "gevolg/<str:token>": (Stop("/gevolg/onzin", everybody(400)), Stop("/gevolg/onzin", everybody(400), "post")),
    "advies": (Stop("/advies", OPEN),),
    "vragen": (Stop("/vragen", OPEN), Stop("/vragen", everybody(400), "post")),
    "vragen/mail/<str:token>": (Stop("/vragen/mail/onzin", everybody(410)),),
    "vragen.atom": (Stop("/vragen.atom", OPEN),),
    "taken": (Stop("/taken", OPEN),),
    "taken/<slug:slug>": (Stop("/taken/ronse", OPEN), Stop("/taken/nergens", everybody(404))),
    "taken/<slug:slug>/blad.pdf": (Stop("/taken/ronse/blad.pdf", OPEN),),
    "mijn": (Stop("/mijn", SIGNED_IN), Stop("/en/mijn", SIGNED_IN)),
    "mijn/organisatie/<slug:slug>": (Stop(_PROFILE, only(*_KEEPS)), Stop(_OTHER, only("region-editor"))),
    "mijn/organisatie/<slug:slug>/contact": profile_stops("/contact"),
    "mijn/organisatie/<slug:slug>/over": (Stop(f"{_PROFILE}/over", only(*_KEEPS)),),
    "mijn/organisatie/<slug:slug>/aanbod": profile_stops("/aanbod"),
    "mijn/organisatie/<slug:slug>/aanbod/<path:key>": (
        Stop(f"{_PROFILE}/aanbod/voorbeeld-strijkerij/strijk", only(*_KEEPS)),
        Stop(f"{_PROFILE}/aanbod/voorbeeld-fietsen/herstelling", only()),
    ),
    "mijn/organisatie/<slug:slug>/uren/<path:key>": (
        Stop(f"{_PROFILE}/uren/voorbeeld-strijkerij/ronse", only(*_KEEPS)),
        Stop(f"{_PROFILE}/uren/voorbeeld-fietsen/ronse", only()),
    ),
    "mijn/organisatie/<slug:slug>/mensen": profile_stops("/mensen"),
    "mijn/organisatie/<slug:slug>/mensen/<int:year>": (Stop(f"{_PROFILE}/mensen/2024", only(*_KEEPS)),),
    "mijn/organisatie/<slug:slug>/fotos": profile_stops("/fotos"),
    "mijn/organisatie/<slug:slug>/bevestig": (
        Stop(f"{_PROFILE}/bevestig", everybody(405)),
        Stop(f"{_PROFILE}/bevestig", only(*_KEEPS, found=302), "post"),
        Stop(f"{_OTHER}/bevestig", only("region-editor", found=302), "post"),
    ),
    "mijn/organisatie/<slug:slug>/voorstel/<int:number>/terug": (Stop(f"{_PROFILE}/voorstel/1/terug", only(), "post"),),
    "mijn/organisatie/<slug:slug>/geschiedenis": (
        Stop(f"{_PROFILE}/geschiedenis", only("region", "cluster", "organisation")),
        Stop(f"{_OTHER}/geschiedenis", only("region")),
    ),
    "mijn/organisatie/<slug:slug>/geschiedenis/<int:number>/ongedaan": (
        Stop(f"{_PROFILE}/geschiedenis/1/ongedaan", only(*_KEEPS, found=302), "post"),
    ),
    "mijn/organisatie/<slug:slug>/voorbeeld": (Stop(f"{_PROFILE}/voorbeeld", only(*_KEEPS)),),
    "mijn/versheid": (Stop("/mijn/versheid", only("region-editor", "cluster-editor")),),
    "mijn/versheid/<slug:slug>": (
        Stop("/mijn/versheid/voorbeeld-strijkerij", only("region-editor", "cluster-editor", found=302), "post"),
        Stop("/mijn/versheid/voorbeeld-groen", only("region-editor", found=302), "post"),
    ),
    "bevestig/<str:token>": (Stop("/bevestig/onzin", everybody(410)), Stop("/bevestig/onzin", everybody(410), "post")),
    "foto/<str:digest>-<int:width>.jpg": (Stop(f"/foto/{'0' * 64}-480.jpg", everybody(404)),),
    "blinde-vlekken": (Stop("/blinde-vlekken", OPEN),),
    "blinde-vlekken/dienst/<slug:code>": (Stop("/blinde-vlekken/dienst/childcare", OPEN),),
    "blinde-vlekken/dienst/<slug:code>/<slug:slug>": (Stop("/blinde-vlekken/dienst/childcare/brakel", OPEN),),
    "blinde-vlekken/gemeente/<slug:slug>": (Stop("/blinde-vlekken/gemeente/brakel", OPEN),),
    "blinde-vlekken/gemeente/<slug:slug>/dossier.pdf": (Stop("/blinde-vlekken/gemeente/brakel/dossier.pdf", OPEN),),
    "blinde-vlekken/methode": (Stop("/blinde-vlekken/methode", OPEN),),
    "blinde-vlekken/vragen": (
        Stop("/blinde-vlekken/vragen", OPEN),
        Stop(
            "/blinde-vlekken/vragen",  # a form without an answer: refused in words, to who may answer
            only("region-editor", "cluster-editor", "municipality-editor", found=400),
            "post",
        ),
    ),
    "blinde-vlekken.<str:extension>": (
        Stop("/blinde-vlekken.csv", OPEN),
        Stop("/blinde-vlekken.onzin", everybody(404)),
    ),
    "waar-openen": (Stop("/waar-openen", OPEN), Stop("/waar-openen?service=bicycle_point", OPEN)),
    "waar-openen/bewijs": (Stop("/waar-openen/bewijs", everybody(400), "post"),),
    "proefplaats": (Stop("/proefplaats", OPEN), Stop("/proefplaats", everybody(400), "post")),
    "voorstel": (Stop("/voorstel", OPEN), Stop("/voorstel", everybody(400), "post")),
    "inzending/<str:token>": (
        Stop("/inzending/onzin", everybody(410)),
        Stop("/inzending/onzin", everybody(410), "post"),
    ),
    "mijn/mensen": (Stop("/mijn/mensen", only(*KINDS)),),
    "mijn/mensen/<str:body>": (
        Stop("/mijn/mensen/municipality:45041", only("region", "cluster-manager", "municipality")),  # Ronse
        Stop("/mijn/mensen/municipality:45041", only(*_GIVES_ROLES, "municipality-manager", found=400), "post"),
        Stop("/mijn/mensen/municipality:45064", only("region")),  # Kluisbergen left the cluster
        Stop("/mijn/mensen/municipality:11001", only()),
        Stop("/mijn/mensen/onzin", only()),
        Stop("/mijn/mensen/region:region", only("region")),
        Stop("/mijn/mensen/region:region", only("region-manager", found=400), "post"),
        Stop("/mijn/mensen/cluster:voorbeeldcluster", only("region", "cluster")),
        Stop("/mijn/mensen/cluster:voorbeeldcluster", only(*_GIVES_ROLES, found=400), "post"),
        Stop("/mijn/mensen/organisation:voorbeeld-strijkerij", only("region", "cluster-manager", "organisation")),
        Stop("/mijn/mensen/organisation:voorbeeld-groen", only("region")),
        Stop("/mijn/mensen/partner:voorbeeld-bestuur-ronse", only("region", "cluster-manager", "partner")),
    ),
    "mijn/mensen/<str:body>/rol/<int:number>": (Stop("/mijn/mensen/region:region/rol/0", only()),),
    "mijn/mensen/<str:body>/uitnodiging/<int:number>": (Stop("/mijn/mensen/region:region/uitnodiging/0", only()),),
    "mijn/uitgaven/<slug:slug>": (
        Stop(_SPEND, only("municipality")),
        Stop(_SPEND, only("municipality-editor", found=400), "post"),
        Stop("/mijn/uitgaven/kluisbergen", only()),
        Stop("/mijn/uitgaven/nergens", only()),
    ),
    "mijn/uitgaven/<slug:slug>/<int:number>": (
        Stop(f"{_SPEND}/0", only()),
        Stop(f"{_SPEND}/0", only(), "post"),
    ),
    "mijn/uitgaven/<slug:slug>/<int:number>/nazicht": (
        Stop(f"{_SPEND}/0/nazicht", only()),
        Stop(f"{_SPEND}/0/nazicht", only(), "post"),
    ),
    "mijn/uitgaven/<slug:slug>/<int:number>/uitgaven.<str:extension>": (Stop(f"{_SPEND}/0/uitgaven.csv", only()),),
    "mijn/overdracht/<int:person>": (Stop("/mijn/overdracht/0", only()),),
    "uitnodiging/<str:token>": (
        Stop("/uitnodiging/onzin", everybody(410)),
        Stop("/uitnodiging/onzin", everybody(410), "post"),
    ),
    "mijn/nazicht": (
        Stop("/mijn/nazicht", only("region-editor", "cluster-editor")),
        Stop("/mijn/nazicht", only("region-editor", "cluster-editor", found=302), "post"),
    ),
    "mijn/nazicht/voorstel/<int:number>": (Stop("/mijn/nazicht/voorstel/0", only()),),
    "mijn/nazicht/melding/<int:number>": (Stop("/mijn/nazicht/melding/0", only()),),
    "mijn/gegevens": (Stop("/mijn/gegevens", SIGNED_IN),),
    "mijn/gegevens/download": (Stop("/mijn/gegevens/download", SIGNED_IN, "post"),),
    "mijn/gegevens/wissen": (
        Stop("/mijn/gegevens/wissen", everybody(302)),
        Stop("/mijn/gegevens/wissen", everybody(302), "post"),
    ),
    "mijn/logboek": (
        Stop("/mijn/logboek", only("region-manager")),
        Stop("/mijn/logboek?van=x", only("region-manager", found=400)),
    ),
    "open-data": (Stop("/open-data", OPEN),),
    "open-data/catalogus.jsonld": (Stop("/open-data/catalogus.jsonld", OPEN),),
    "open-data/<str:name>": (Stop("/open-data/organisaties.csv", OPEN), Stop("/open-data/onzin.csv", everybody(404))),
    "sitemap.xml": (Stop("/sitemap.xml", OPEN),),
    "sitemap-<int:part>.xml": (Stop("/sitemap-1.xml", OPEN),),
    "bronnen": (Stop("/bronnen", OPEN),),
    "begrippen": (Stop("/begrippen", OPEN),),
    "toegankelijkheid": (Stop("/toegankelijkheid", OPEN),),
    "privacy": (Stop("/privacy", OPEN),),
    "componenten": (Stop("/componenten", OPEN),),
}

# Signing in: for whoever is in already, the door leads on to the work.
DOOR: Answers = {VISITOR: 200, **dict.fromkeys((NOBODY, *MEMBERS), 302)}
_OWN = "/mijn/beveiliging"
WALK |= {
    "aanmelden": (Stop("/aanmelden", DOOR),),
    "afmelden": (Stop("/afmelden", SIGNED_IN),),
    "aanmelden/uit": (Stop("/aanmelden/uit", OPEN),),
    "aanmelden/uitnodiging": (Stop("/aanmelden/uitnodiging", DOOR),),
    "aanmelden/sleutel": (Stop("/aanmelden/sleutel", everybody(302)),),
    "aanmelden/tweede-stap": (Stop("/aanmelden/tweede-stap", everybody(302)),),
    "aanmelden/gestopt": (Stop("/aanmelden/gestopt", OPEN),),
    "aanmelden/mislukt": (Stop("/aanmelden/mislukt", everybody(401)),),
    "aanmelden/via/<str:provider_id>": (Stop("/aanmelden/via/onbekend", everybody(404)),),
    "aanmelden/via/<str:provider_id>/terug": (Stop("/aanmelden/via/onbekend/terug", everybody(404)),),
    "wachtwoord/vergeten": (Stop("/wachtwoord/vergeten", OPEN),),
    "wachtwoord/vergeten/verstuurd": (Stop("/wachtwoord/vergeten/verstuurd", OPEN),),
    "wachtwoord/nieuw/klaar": (Stop("/wachtwoord/nieuw/klaar", OPEN),),
    "^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$": (Stop("/wachtwoord/nieuw/1-onzin", OPEN),),
    "mijn/wachtwoord": (Stop("/mijn/wachtwoord", SIGNED_IN),),
    "mijn/wachtwoord/kiezen": (Stop("/mijn/wachtwoord/kiezen", everybody(302)),),
    "mijn/bevestigen": (Stop("/mijn/bevestigen", SIGNED_IN),),
    "mijn/bevestigen/code": (Stop("/mijn/bevestigen/code", everybody(302)),),
    "mijn/bevestigen/sleutel": (Stop("/mijn/bevestigen/sleutel", everybody(302)),),
    "mijn/beveiliging": (Stop(_OWN, SIGNED_IN),),
    "mijn/beveiliging/app": (Stop(f"{_OWN}/app", everybody(302)),),
    "mijn/beveiliging/app/uit": (Stop(f"{_OWN}/app/uit", only()),),
    "mijn/beveiliging/codes": (Stop(f"{_OWN}/codes", only()),),
    "mijn/beveiliging/codes/nieuw": (Stop(f"{_OWN}/codes/nieuw", everybody(302)),),
    "mijn/beveiliging/codes/tekst": (Stop(f"{_OWN}/codes/tekst", only()),),
    "mijn/beveiliging/sleutels": (Stop(f"{_OWN}/sleutels", SIGNED_IN),),
    "mijn/beveiliging/sleutels/nieuw": (Stop(f"{_OWN}/sleutels/nieuw", everybody(302)),),
    "mijn/beveiliging/sleutels/<int:pk>/weg": (Stop(f"{_OWN}/sleutels/1/weg", everybody(302)),),
    "mijn/beveiliging/sleutels/<int:pk>/naam": (Stop(f"{_OWN}/sleutels/1/naam", everybody(302)),),
}

# Operation of the API -> what to ask. Writing operations are walked with their own method.
API: dict[str, tuple[Stop, ...]] = {
    "search_organisations": (Stop("/api/v1/organisations", OPEN),),
    "get_organisation": (Stop("/api/v1/organisations/voorbeeld-strijkerij", OPEN),),
    "list_municipalities": (Stop("/api/v1/municipalities", OPEN),),
    "list_clusters": (Stop("/api/v1/clusters", OPEN),),
    "list_themes": (Stop("/api/v1/themes", OPEN),),
    "list_services": (Stop("/api/v1/services", OPEN),),
    "list_initiatives": (Stop("/api/v1/initiatives", OPEN),),
    "list_tasks": (Stop("/api/v1/tasks", OPEN),),
    "list_task_catalogue": (Stop("/api/v1/task-catalogue?municipality=45041", OPEN),),
    "get_ocds_releases": (Stop("/api/v1/ocds/releases", OPEN),),
    "get_ocds_record": (Stop("/api/v1/ocds/records/onbekend", everybody(404)),),
    "list_blind_spots": (Stop("/api/v1/blind-spots", OPEN),),
    "match_need": (Stop("/api/v1/needs/match", OPEN, "post", _NEED),),
}

# Model in the management -> what an editor and what a manager of the region may: view, add, change, delete.
ADMIN: dict[str, tuple[str, str]] = {
    "accounts.user": ("", "vac"),
    "audit.entry": ("", "v"),
    "auth.group": ("", "vacd"),
    "cooperation.estimate": ("", "v"),
    "cooperation.invitation": ("", "v"),
    "cooperation.need": ("", "v"),
    "cooperation.outcome": ("", "v"),
    "cooperation.report": ("vc", "vc"),
    "cooperation.suggestion": ("v", "v"),
    "cooperation.tasterplace": ("vc", "vc"),
    "cooperation.searchtally": ("v", "v"),
    "django_tasks_database.dbtaskresult": ("", "v"),
    "mail.message": ("", "v"),
    "register.cluster": ("v", "v"),
    "register.employment": ("vac", "vac"),
    "register.establishment": ("vac", "vac"),
    "register.initiative": ("v", "v"),
    "register.merge": ("v", "v"),
    "register.municipalfigure": ("v", "v"),
    "register.municipality": ("v", "v"),
    "register.negativestatement": ("va", "va"),
    "register.offer": ("vac", "vac"),
    "register.organisation": ("vac", "vac"),
    "register.partner": ("v", "v"),
    "register.recognition": ("vac", "vac"),
    "register.run": ("v", "v"),
    "register.source": ("v", "v"),
    "register.statement": ("v", "v"),
    "register.task": ("v", "v"),
}
# The other addresses under /beheer/.
ADMIN_BESIDE: dict[str, Stop] = {
    "beheer/": Stop("/beheer/", only("region-editor")),
    "beheer/password_change/": Stop("/beheer/password_change/", only("region-editor", found=302)),
    "beheer/password_change/done/": Stop("/beheer/password_change/done/", only("region-editor", found=302)),
    "beheer/autocomplete/": Stop("/beheer/autocomplete/", only()),
    "beheer/jsi18n/": Stop("/beheer/jsi18n/", only("region-editor")),
    "beheer/mail/message/voorbeelden/": Stop("/beheer/mail/message/voorbeelden/", only("region-manager")),
    "beheer/mail/message/voorbeelden/<slug:kind>/<slug:language>/": Stop(
        "/beheer/mail/message/voorbeelden/trial/nl/", only("region-manager")
    ),
    "beheer/mail/message/proef/": Stop("/beheer/mail/message/proef/", only("region-manager", found=302), "post"),
    "beheer/mail/message/html/<int:number>/": Stop("/beheer/mail/message/html/0/", only()),
}
