"""Every named address of the pages, with an example in the small test region. A test fails when one is missing here."""

from __future__ import annotations

PAGES: dict[str, tuple[str, ...]] = {
    "home": ("/",),
    "guide": (
        "/gids",
        "/gids?q=strijk+in+Ronse",
        "/gids?q=voorbeeld&view=table",
        "/gids?q=voorbeeld&view=map",
        "/gids?q=kringloop&municipality=45041&customer=citizen",
        "/gids?q=onvindbaar",
        "/gids?near=50.7469,3.6009&radius_km=10&sort=distance",
    ),
    "theme": ("/thema/green", "/thema/space"),
    "compare": ("/vergelijken", "/vergelijken?o=voorbeeld-groen&o=voorbeeld-fietsen&o=voorbeeld-montage"),
    "my_list": ("/mijn-lijst",),
    "municipalities": ("/gemeenten",),
    "municipality": ("/gemeente/ronse", "/gemeente/brakel"),
    "cluster": ("/cluster/voorbeeldcluster",),
    "organisation": (
        "/organisatie/voorbeeld-strijkerij",
        "/organisatie/voorbeeld-fietsen",
        "/organisatie/voorbeeld-groen",
        "/organisatie/voorbeeld-kringloop-oud",
        "/organisatie/voorbeeld-naaiatelier",
    ),
    "siting": (
        "/waar-openen",
        "/waar-openen?service=bicycle_point&number=2&mode=cycle&minutes=20&goal=reach",
        "/waar-openen?service=second_hand_shop&number=1&goal=far&each_cluster=1&own=45041:9600:Ronse",
    ),
    "open_data": ("/open-data",),
    "need_form": (
        "/behoefte",
        "/behoefte?text=bermen+maaien&municipality=45041&customer=local_government&estimate=12.500",
        "/behoefte?text=lakens+strijken&municipality=45064&customer=company",
        "/behoefte?text=een+advocaat&municipality=45041",
    ),
    "need_sent": ("/behoefte/verstuurd",),
    "public_needs": ("/vragen", "/vragen?service=laundry_ironing&place=45041"),
    "tasks": ("/taken", "/taken?q=bermen&theme=green"),
    "tasks_place": ("/taken/ronse", "/taken/maarkedal?q=niets+van+dit"),
    "advice": ("/advies", "/advies?estimate=12.500", "/advies?on=2019-01-01"),
    "blind_spots": ("/blinde-vlekken", "/blinde-vlekken?theme=household&customer=citizen"),
    "blind_spots_service": ("/blinde-vlekken/dienst/laundry_ironing", "/blinde-vlekken/dienst/assembly"),
    "blind_spots_place": ("/blinde-vlekken/gemeente/kluisbergen",),
    "blind_spot": (
        "/blinde-vlekken/dienst/social_restaurant/kluisbergen",
        "/blinde-vlekken/dienst/laundry_ironing/ronse",
        "/blinde-vlekken/dienst/assembly/regio",
    ),
    "blind_spot_questions": ("/blinde-vlekken/vragen",),
    "blind_spot_method": ("/blinde-vlekken/methode",),
    "taster": ("/proefplaats", "/proefplaats?verstuurd=1"),
    "suggestion": ("/voorstel",),
    "sources": ("/bronnen",),
    "glossary": ("/begrippen",),
    "accessibility": ("/toegankelijkheid",),
    "privacy": ("/privacy",),
    "components": ("/componenten",),
    "embed": ("/insluiten", "/insluiten?municipality=45041"),
    "embed_frame": ("/kader?municipality=45041", "/kader?theme=green&o=", "/kader?o=voorbeeld-groen&o=weg"),
}
# Not pages: they answer with something else than HTML, or only to a form.
NOT_PAGES = {"robots", "favicon", "report", "siting_proof", "catalogue", "download", "sitemap", "sitemap_part"}
NOT_PAGES |= {"map_ground", "map_points", "map_municipality", "map_organisation"}  # lines and points for a script
# Only behind a signed link, or for whoever posted a need: `tests/pages/test_needs.py` opens them.
NOT_PAGES |= {"need", "need_record", "need_confirm", "need_open", "need_do"}
NOT_PAGES |= {"answer", "answer_calendar", "invitations", "outcome"}
NOT_PAGES |= {
    "spend_file",
    "blind_spot_case",
    "blind_spots_file",
    "tasks_case",
    "public_needs_feed",
}  # PDF and other files
NOT_PAGES |= {"alert_confirm"}  # needs a link from a letter: tests/pages/test_public_needs.py opens it
NOT_PAGES |= {"take_along", "photo", "profile_confirm", "profile_take_back", "profile_undo", "freshness_ask"}  # forms
NOT_PAGES |= {"card_home", "card_organisation", "card_municipality", "card_theme"}  # pictures
NOT_PAGES |= {"embed_style", "embed_script"}  # for a page that shows a widget
NOT_PAGES |= {"guide_pdf", "municipality_pdf", "theme_pdf", "my_list_pdf"}
NOT_PAGES |= {"visitor_confirm"}  # needs a link from a letter: tests/pages/test_visitors.py opens it
NOT_PAGES |= {"invitation"}  # needs a link from a letter: `test_signed_in_pages.py` opens it
NOT_PAGES |= {"confirm_profile"}  # needs a link from a letter: tests/upkeep opens it
# Only for who signed in, with an example: `test_signed_in_pages.py` opens them as a coordinator.
SIGNED_IN: dict[str, tuple[str, ...]] = {
    "my_work": ("/mijn",),
    "profile": ("/mijn/organisatie/voorbeeld-strijkerij", "/mijn/organisatie/voorbeeld-groen"),
    "profile_contact": ("/mijn/organisatie/voorbeeld-strijkerij/contact",),
    "profile_about": ("/mijn/organisatie/voorbeeld-strijkerij/over",),
    "profile_offer_new": ("/mijn/organisatie/voorbeeld-strijkerij/aanbod",),
    "profile_offer": ("/mijn/organisatie/voorbeeld-strijkerij/aanbod/voorbeeld-strijkerij/strijk",),
    "profile_hours": ("/mijn/organisatie/voorbeeld-strijkerij/uren/voorbeeld-strijkerij/ronse",),
    "profile_people": ("/mijn/organisatie/voorbeeld-strijkerij/mensen/2024",),
    "profile_people_new": ("/mijn/organisatie/voorbeeld-strijkerij/mensen",),
    "profile_photos": ("/mijn/organisatie/voorbeeld-strijkerij/fotos",),
    "profile_history": ("/mijn/organisatie/voorbeeld-strijkerij/geschiedenis",),
    "profile_preview": ("/mijn/organisatie/voorbeeld-strijkerij/voorbeeld",),
    "freshness": ("/mijn/versheid",),
    "people": ("/mijn/mensen", "/mijn/mensen?q=strijk"),
    "people_of": ("/mijn/mensen/municipality:45041", "/mijn/mensen/region:region"),
    "people_role": (),  # there must be somebody: `test_signed_in_pages.py` opens these
    "people_invitation": (),
    "hand_over": (),
    "spend": (),  # only for who works for the municipality: `test_signed_in_pages.py` opens these
    "spend_list": (),
    "spend_review": (),
    "my_data": ("/mijn/gegevens",),
    "erase_me": (),  # only for who signed in a moment ago: tests/pages/test_my_data.py
    "log_book": ("/mijn/logboek", "/mijn/logboek?wat=load"),
    "review": ("/mijn/nazicht",),
    "review_suggestion": (),  # there must be something to review: tests/pages/test_visitors.py
    "review_report": (),
}
ERRORS = (
    "/bestaat-niet",
    "/gids.pdf?q=onvindbaar",
    "/inzending/niet-volledig",
    "/gids?radius_km=-5",
    "/advies?estimate=x",
)


def every_page() -> list[str]:
    """All examples, in one list."""
    return [address for addresses in PAGES.values() for address in addresses]
