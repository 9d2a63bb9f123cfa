"""Public needs and what came of them in the Open Contracting Data Standard 1.1.5: one release per thing that happened.

Only what the buyer made public: no estimate and no amount. The prefix of the ocid is our own: it is not registered with
the Open Contracting Partnership. https://standard.open-contracting.org/1.1/en/
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from schakel.cooperation.needs.public import PublicNeed, PublicOutcome
from schakel.core.model import Json
from schakel.core.procurement import ContractKind
from schakel.core.taxonomy import service

PREFIX = "schakel"
VERSION = "1.1"
_CATEGORIES = {
    ContractKind.WORKS: "works",
    ContractKind.SUPPLIES: "goods",
    ContractKind.SERVICES: "services",
    ContractKind.SOCIAL_SERVICES: "services",
}
_ZONE = ZoneInfo("Europe/Brussels")
Names = Mapping[str, str]
PlaceName = Callable[[str], str]


def ocid(need: PublicNeed) -> str:
    """The identifier of the whole process of one need."""
    return f"{PREFIX}-{need.key}"


def list_releases(need: PublicNeed, names: Names, place_name: PlaceName) -> list[dict[str, Json]]:
    """Everything that happened to one need, oldest first. `names`: slug to name of who was awarded something."""
    releases = [_release(need, "tender", need.opened_at, {"tender": _tender(need, "active", place_name)})]
    if need.ended_at is not None:
        tag, status = ("tenderCancellation", "cancelled") if need.state == "withdrawn" else ("tenderUpdate", "complete")
        releases.append(_release(need, tag, need.ended_at, {"tender": _tender(need, status, place_name)}))
    for number, one in enumerate(need.outcomes):
        tag = "awardUpdate" if number else "award"
        releases.append(_release(need, tag, one.at, {"awards": [_award(need, one, names)]}, names, one))
    return releases


def release_package(
    releases: Sequence[Mapping[str, Json]],
    *,
    uri: str,
    publisher: str,
    published: datetime,
    synthetic: bool,
    next_uri: str = "",
) -> dict[str, Json]:
    """Releases with who publishes them and when; `next_uri`: where the next page is."""
    return {
        **_package(uri, publisher, published, synthetic),
        "releases": [dict(one) for one in releases],
        "links": {"next": next_uri} if next_uri else {},
    }


def record_package(
    need: PublicNeed,
    names: Names,
    place_name: PlaceName,
    *,
    uri: str,
    publisher: str,
    published: datetime,
    synthetic: bool,
) -> dict[str, Json]:
    """All releases of one need as a record."""
    releases: list[Json] = list(list_releases(need, names, place_name))
    return {**_package(uri, publisher, published, synthetic), "records": [{"ocid": ocid(need), "releases": releases}]}


def _package(uri: str, publisher: str, published: datetime, synthetic: bool) -> dict[str, Json]:
    return {
        "uri": uri,
        "version": VERSION,
        "publishedDate": _moment(published),
        "publisher": {"name": publisher},
        "publicationPolicy": uri.split("/api/", 1)[0] + "/privacy",
        "synthetic": synthetic,  # beside the standard: these data are invented
    }


def _release(
    need: PublicNeed,
    tag: str,
    at: datetime,
    content: Mapping[str, Json],
    names: Names | None = None,
    outcome: PublicOutcome | None = None,
) -> dict[str, Json]:
    number = f"-{outcome.number}" if outcome else ""
    suppliers = outcome.awarded_to if outcome and outcome.result != "not" else ()
    parties: list[Json] = [{"id": _buyer_id(need), "name": need.buyer_name, "roles": ["buyer"]}]
    parties += [{"id": slug, "name": (names or {}).get(slug, slug), "roles": ["supplier"]} for slug in suppliers]
    return {
        "ocid": ocid(need),
        "id": f"{need.key}-{tag}{number}",
        "date": _moment(at),
        "tag": [tag],
        "initiationType": "tender",
        "language": "nl",
        "parties": parties,
        "buyer": {"id": _buyer_id(need), "name": need.buyer_name},
        **content,
    }


def _buyer_id(need: PublicNeed) -> str:
    return f"buyer-{need.key}"  # a name is all we know of a buyer: the same one has another number in another need


def _tender(need: PublicNeed, status: str, place_name: PlaceName) -> dict[str, Json]:
    where = ", ".join(place_name(code) for code in need.places)
    work: dict[str, Json] = {}
    if need.needed_from:
        work["startDate"] = _moment(_midnight(need.needed_from))
    if need.needed_until:
        work["endDate"] = _moment(_midnight(need.needed_until, end=True))
    return {
        "id": need.key,
        "title": need.text[:120],
        "description": f"{need.text} ({where}{'; ' + need.spot if need.spot else ''})",
        "status": status,
        "mainProcurementCategory": _CATEGORIES[ContractKind(need.contract)],
        "items": [_item(need, code) for code in need.services],
        "tenderPeriod": {"startDate": _moment(need.opened_at), "endDate": _moment(_midnight(need.answer_by, end=True))},
        **({"contractPeriod": work} if work else {}),
        **({"eligibilityCriteria": "Voorbehouden op grond van artikel 15 van de wet van 17 juni 2016."}
           if need.reserved else {}),
    }  # fmt: skip


def _item(need: PublicNeed, code: str) -> dict[str, Json]:
    """One service. How much is asked stands with the first one: the buyer says one amount for the whole."""
    one = service(code)
    item: dict[str, Json] = {"id": code, "description": one.labels["nl"]}
    if one.cpv:
        item["classification"] = {"scheme": "CPV", "id": one.cpv[0]}
        if one.cpv[1:]:
            item["additionalClassifications"] = [{"scheme": "CPV", "id": cpv} for cpv in one.cpv[1:]]
    if need.amount is not None and code == need.services[0]:
        item["quantity"] = need.amount
        if need.unit:
            item["unit"] = {"name": need.unit}
    return item


def _award(need: PublicNeed, one: PublicOutcome, names: Names) -> dict[str, Json]:
    won = one.result != "not"
    return {
        "id": f"{need.key}-award",
        "status": "active" if won else "unsuccessful",
        "date": _moment(one.at),
        **({"title": "Voor een deel gegund"} if one.result == "partly" else {}),
        "suppliers": [{"id": slug, "name": names.get(slug, slug)} for slug in one.awarded_to] if won else [],
    }


def _midnight(day: date, *, end: bool = False) -> datetime:
    return datetime.combine(day, time(23, 59, 59) if end else time(0), tzinfo=_ZONE)


def _moment(at: datetime) -> str:
    return at.astimezone(_ZONE).replace(microsecond=0).isoformat()
