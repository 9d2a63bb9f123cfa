"""One example answer per operation, for the description of the API. Everything in them is invented and says so."""

from __future__ import annotations

from typing import Any

from schakel.api.present import plain
from schakel.core import taxonomy

_ABOUT: dict[str, Any] = {
    "synthetic": True,
    "licence": "CC0-1.0",
    "last_modified": "2026-11-23T09:00:00Z",
    "run": 1,
}
_SOURCE: dict[str, Any] = {
    "source": "voorbeeld",
    "url": "https://voorbeeld.invalid/brochure",
    "stated_on": "2026-09",
    "remarks": "",
    "verified": True,
    "run_id": 1,
}
_PROVENANCE: dict[str, Any] = {**_SOURCE, "rank": "publication", "recorded_at": "2026-11-23T09:00:00Z"}


def _page(*results: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**_ABOUT, "count": len(results), "page": 1, "pages": 1, "size": 100, "results": list(results), **more}


def _fact(value: Any) -> dict[str, Any]:
    return {"value": value, "provenance": _PROVENANCE}


def _only(found: dict[str, Any], *left_out: str) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name not in left_out}


_REACH: dict[str, Any] = {
    "offer": "voorbeeld-groen/hagen",
    "organisation": "voorbeeld-groen",
    "name": "Voorbeeld Groen",
    "service": "green_maintenance",
    "customers": ["citizen", "local_government"],
    "how": "assumed",
    "share": 1.0,
    "minutes": None,
    "precision": None,
    "dated": "2026-09",
    "verified": True,
    "uncertain": False,
    "old": False,
}

_RELEASE: dict[str, Any] = {
    "ocid": "schakel-abc234def567",
    "id": "abc234def567-tender",
    "date": "2026-11-25T10:00:00+01:00",
    "tag": ["tender"],
    "initiationType": "tender",
    "language": "nl",
    "parties": [{"id": "buyer-abc234def567", "name": "Gemeente Voorbeeld", "roles": ["buyer"]}],
    "buyer": {"id": "buyer-abc234def567", "name": "Gemeente Voorbeeld"},
    "tender": {
        "id": "abc234def567",
        "title": "bermen maaien",
        "description": "bermen maaien (Voorbeeldgem)",
        "status": "active",
        "mainProcurementCategory": "services",
        "items": [{"id": "green_maintenance", "description": "Groenonderhoud (gazons, hagen, perken, bermen)"}],
        "tenderPeriod": {"startDate": "2026-11-25T10:00:00+01:00", "endDate": "2026-12-20T23:59:59+01:00"},
    },
}
EXAMPLES: dict[str, dict[str, Any]] = {
    "search_organisations": _page(
        {
            "slug": "voorbeeld-strijkdienst",
            "name": "Voorbeeld Strijkdienst",
            "kinds": ["maatwerkbedrijf"],
            "services": ["laundry_ironing"],
            "municipalities": ["99999"],
            "distance_km": 2.4,
            "score": 7.1,
            "why": [
                {"code": "service", "text": "Was- en strijkdienst"},
                {
                    "code": "area_assumed",
                    "text": "Werkt wellicht in Voorbeeldgemeente (aanname)",
                },
            ],
        },
        facets={"theme": [{"value": "household", "count": 1}], "municipality": [{"value": "99999", "count": 1}]},
        alternatives=[],
        relaxed=[],
        history=[],
        interpreted=[{"code": "place", "text": "Voorbeeldgemeente lezen we als de gemeente."}],
        ignored=[],
        suggestion=None,
    ),
    "get_organisation": {
        **_ABOUT,
        "slug": "voorbeeld-strijkdienst",
        "name": "Voorbeeld Strijkdienst",
        "kinds": ["maatwerkbedrijf"],
        "status": "live",
        "facts": {"name": _fact("Voorbeeld Strijkdienst"), "phone": {"value": None, "provenance": _PROVENANCE}},
        "establishments": [
            {
                "key": "voorbeeld-strijkdienst/voorbeeldgemeente",
                "status": "live",
                "nis_code": "99999",
                "point": {"lat": 50.8, "lon": 3.8, "precision": "locality"},
                "facts": {"locality": _fact("Voorbeeldgemeente")},
            }
        ],
        "offers": [
            {
                "key": "voorbeeld-strijkdienst/strijken",
                "service": "laundry_ironing",
                "status": "live",
                "customers": ["citizen"],
                "area": {
                    "knowledge": "assumed",
                    "municipalities": ["99999"],
                    "words": "gemeente en buren",
                },
                "establishment": "voorbeeld-strijkdienst/voorbeeldgemeente",
                "facts": {"words": _fact("strijk")},
            }
        ],
        "recognitions": [
            {"key": "voorbeeld-strijkdienst/maatwerk", "facts": {"law": _fact("collectief_maatwerk")}},
        ],
        "employment": [{"key": "voorbeeld-strijkdienst/2025", "facts": {"fte": _fact(21.5)}}],
        "newest_on": "2026-09",
        "succeeded_by": None,
        "merged_from": [],
    },
    "list_municipalities": _page(
        {
            "nis_code": "99999",
            "slug": "voorbeeldgemeente",
            "name": "Voorbeeldgemeente",
            "arrondissement": "Voorbeeldarrondissement",
            "area_km2": 30.0,
            "point": {"lat": 50.8, "lon": 3.8, "precision": "municipality"},
            "neighbours": ["99998"],
            "population": {"2025": 20000},
            "source": _SOURCE,
        }
    ),
    "list_clusters": _page(
        {
            "slug": "voorbeeldcluster",
            "name": "Voorbeeldcluster",
            "description": "",
            "website": "",
            "members": [{"nis_code": "99999", "role": "lead", "since": "2020", "until": None, "source": _SOURCE}],
            "source": _SOURCE,
        }
    ),
    "list_themes": _page(plain(taxonomy.theme("household"))),
    "list_services": _page(_only(plain(taxonomy.service("laundry_ironing")), "mode", "minutes")),
    "list_initiatives": _page(
        {
            "key": "voorbeeldinitiatief",
            "title": "Voorbeeldinitiatief",
            "summary": "",
            "organisation": "voorbeeld-strijkdienst",
            "nis_code": "99999",
            "place": "Voorbeeldgemeente",
            "year": 2026,
            "goal": "jobs",
            "status": "live",
            "source": _SOURCE,
        }
    ),
    "list_task_catalogue": _page(
        {
            "key": "verges",
            "theme": "green",
            "labels": {"nl": "Bermen maaien", "en": "Mow verges", "fr": "Faucher les accotements"},
            "text": "bermen maaien langs de gemeentewegen",
            "services": ["green_maintenance"],
            "contract": "services",
            "route": "reserve_contract",
            "cpv": ["77310000"],
            "lr": None,
            "where": "neighbours",
            "examples": {"here": [], "neighbours": ["voorbeeld-bermen"], "elsewhere": []},
            "candidates": [{"slug": "voorbeeld-groen", "stated": True}],
            "found": 1,
            "near_misses": [],
        }
    ),
    "get_ocds_releases": {
        "uri": "https://gids.voorbeeld.example/api/v1/ocds/releases",
        "version": "1.1",
        "publishedDate": "2026-11-28T09:00:00+01:00",
        "publisher": {"name": "Schakel, Voorbeeldstreek"},
        "publicationPolicy": "https://gids.voorbeeld.example/privacy",
        "synthetic": True,
        "releases": [_RELEASE],
        "links": {},
    },
    "get_ocds_record": {
        "uri": "https://gids.voorbeeld.example/api/v1/ocds/records/abc234def567",
        "version": "1.1",
        "publishedDate": "2026-11-28T09:00:00+01:00",
        "publisher": {"name": "Schakel, Voorbeeldstreek"},
        "publicationPolicy": "https://gids.voorbeeld.example/privacy",
        "synthetic": True,
        "records": [{"ocid": "schakel-abc234def567", "releases": [_RELEASE]}],
    },
    "list_tasks": _page(
        {
            "key": "voorbeeldtaak",
            "nis_code": "99999",
            "title": "Zwerfvuil ruimen op de markt",
            "services": ["litter_collection"],
            "organisation": None,
            "provider_name": "Voorbeeld Groendienst",
            "year": 2026,
            "status": "live",
            "source": _SOURCE,
        }
    ),
    "match_need": {
        **_ABOUT,
        "services": [{"code": "laundry_ironing", "score": 0.91}],
        "matches": [
            {
                "slug": "voorbeeld-strijkdienst",
                "score": 0.87,
                "why": [
                    {"code": "service", "text": "Doet dit werk: Was- en strijkdienst"},
                    {"code": "area_stated", "text": "Werkt in Voorbeeldgemeente, volgens een bron"},
                ],
            }
        ],
        "near_misses": [
            {
                "slug": "voorbeeld-wasserij",
                "missing": [{"code": "from", "text": "als je kunt wachten: vrij vanaf maart 2027"}],
            }
        ],
        "consortia": [],
    },
    "list_blind_spots": _page(
        {
            "service": "green_maintenance",
            "municipality": "99999",
            "state": "served",
            "suspected": False,
            "certainty": "low",
            "evidence": {
                "dated": "2026-09",
                "doubts": ["assumed_area", "too_few_to_say", "no_sign_of_use"],
                "reached_by": [_REACH],
                "doubtful": [],
                "partly": [],
                "counted": {"reached_by": 1, "doubtful": 0, "partly": 0},
                "searched": None,
                "rate": {
                    "unit": "offers",
                    "mean": 0.00011,
                    "low": 0.00003,
                    "high": 0.00024,
                    "region": 0.0001,
                    "probability": 0.08,
                    "offers": 4,
                    "apart": False,
                },
                "heard": {"tasks": 0, "needs": 0, "searches": None, "unaware": 0, "unmet": 0},
                "peers": None,
                "nearest": [],
                "by_customer": {"citizen": "served", "company": "no_data", "local_government": "served"},
            },
            "run": 3,
        }
    ),
}
QUESTIONS: dict[str, dict[str, Any]] = {
    "match_need": {"text": "strijk voor het woonzorgcentrum", "municipality": "99999", "customer": "local_government"},
}


def described(operation: str) -> dict[str, Any]:
    """What an operation adds to the description: examples of its answer and of each refusal."""
    refusals = {
        400: "'-5' kan niet voor 'page'. Geef een geheel getal van 1 tot 1000000.",
        404: "Deze organisatie staat niet in het register.",
        429: "Te veel vragen na elkaar. Probeer opnieuw over 12 seconden.",
    }
    if operation in ("get_organisation", "get_ocds_record"):
        del refusals[400]
        if operation == "get_ocds_record":
            refusals[404] = "Deze vraag bestaat niet, of ze is niet openbaar."
    elif operation == "list_blind_spots":
        refusals[404] = "Er is nog geen analyse uitgevoerd. Probeer het over een minuut opnieuw."
    else:
        del refusals[404]
    responses: dict[int, Any] = {200: _example(EXAMPLES[operation])}
    responses.update({status: _example({"detail": words}) for status, words in refusals.items()})
    if operation == "get_organisation":
        merged = {"detail": "Deze organisatie is samengevoegd met een andere.", "merged_into": "voorbeeld-strijkdienst"}
        responses[302] = _example(merged)
    if operation in QUESTIONS:
        return {"responses": responses, "requestBody": _example(QUESTIONS[operation])}
    return {"responses": responses}


def _example(value: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"example": value}}}
