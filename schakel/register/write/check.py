"""Whether what somebody wants to state about one thing can be true: field by field, and with the rest of the record."""

from __future__ import annotations

from collections.abc import Mapping

from schakel.core.errors import InvalidInput
from schakel.core.geography import check_area
from schakel.core.identifiers import get_municipality_name, is_certainly_before, list_postal_code_municipalities
from schakel.core.model import EntityKind, Json
from schakel.register import models
from schakel.register.fields import FIELDS
from schakel.register.write.places import Places


class InvalidEdit(InvalidInput):
    """What was stated breaks rules; `errors` maps each field to what is wrong, in plain Dutch."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__(" ".join(self.errors.values()))


class StaleEdit(InvalidInput):
    """Somebody else changed the record since this form was opened; `fields`: each changed field with its value now."""

    def __init__(self, entity: EntityKind, fields: Mapping[str, Json]) -> None:
        self.fields = dict(fields)
        rules = FIELDS[entity]
        told = "; ".join(
            f"{rules[name].label} is nu " + (f"'{rules[name].text(value)}'" if value is not None else "leeg")
            for name, value in self.fields.items()
            if name in rules
        )
        super().__init__(
            f"Iemand anders veranderde dit intussen: {told}. Kijk na of je wijziging nog klopt en bewaar opnieuw."
        )


def check_values(
    entity: EntityKind,
    key: str,
    organisation_key: str,
    values: Mapping[str, Json],
    standing: Mapping[str, Json],
    places: Places,
) -> dict[str, Json]:
    """The normal form of `values`, to be stated about `key` of which `standing` is known.

    Raises `InvalidEdit` with every fault at once.
    """
    errors: dict[str, str] = {}
    normal: dict[str, Json] = {}
    rules = FIELDS[entity]
    for name, value in values.items():
        rule = rules.get(name)
        if rule is None:
            errors[name] = f"Het gegeven {name!r} bestaat niet voor deze soort. Verwacht: een van {', '.join(rules)}."
            continue
        try:
            normal[name] = rule.check(value)
        except InvalidInput as refusal:
            errors[name] = f"{rule.label}: verwacht wordt {refusal}."
    whole = {**standing, **normal}
    for name, rule in rules.items():
        if rule.required and name not in errors and whole.get(name) in (None, "", []):
            errors[name] = f"{rule.label}: verwacht wordt een waarde; dit vak mag niet leeg zijn."
    errors |= {
        name: f"{rules[name].label}: verwacht wordt {expected}."
        for name, expected in _together(entity, key, organisation_key, whole, places).items()
        if name not in errors and (name in normal or not standing)
    }
    if errors:
        raise InvalidEdit(errors)
    return normal


def _together(
    entity: EntityKind, key: str, organisation_key: str, whole: Mapping[str, Json], places: Places
) -> dict[str, str]:
    match entity:
        case EntityKind.ORGANISATION:
            return _organisation(key, whole)
        case EntityKind.ESTABLISHMENT:
            return _establishment(key, whole, places)
        case EntityKind.OFFER:
            return _bound(organisation_key, whole) | _area(whole, places)
        case EntityKind.RECOGNITION:
            return _bound(organisation_key, whole) | _period(whole)
        case EntityKind.EMPLOYMENT:
            return _figures(whole)


def _organisation(key: str, whole: Mapping[str, Json]) -> dict[str, str]:
    successor = whole.get("succeeded_by")
    if successor is None:
        return {}
    if successor == key:
        return {"succeeded_by": "een andere organisatie dan deze zelf"}
    if not models.Organisation.objects.filter(slug=str(successor)).exists():
        return {"succeeded_by": f"de sleutel van een organisatie in het register; {successor!r} staat er niet in"}
    return {}


def _establishment(key: str, whole: Mapping[str, Json], places: Places) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not any(whole.get(name) for name in ("name", "street", "postal_code", "locality", "nis_code")):
        wrong["locality"] = "minstens een naam, een adres, een plaats of een gemeente"
    nis_code, postal_code = whole.get("nis_code"), whole.get("postal_code")
    if nis_code is not None and nis_code not in places.geography.municipalities:
        wrong["nis_code"] = "een gemeente van deze regio, of een leeg vak als ze erbuiten ligt"
    if nis_code and postal_code:
        owners = list_postal_code_municipalities(str(postal_code))
        if nis_code not in owners:
            names = " of ".join(sorted(get_municipality_name(owner) or owner for owner in owners))
            wrong["postal_code"] = f"een postcode van die gemeente; {postal_code} hoort bij {names}"
    if (whole.get("lat") is None) != (whole.get("lon") is None):
        missing = "lat" if whole.get("lat") is None else "lon"
        wrong[missing] = "breedtegraad en lengtegraad allebei, of geen van beide"
    successor = whole.get("replaced_by")
    if successor == key:
        wrong["replaced_by"] = "een andere vestiging dan deze zelf"
    elif successor is not None and not models.Establishment.objects.filter(key=str(successor)).exists():
        wrong["replaced_by"] = f"de sleutel van een vestiging in het register; {successor!r} staat er niet in"
    return wrong


def _bound(organisation_key: str, whole: Mapping[str, Json]) -> dict[str, str]:
    establishment = whole.get("establishment")
    if establishment is None:
        return {}
    own = models.Establishment.objects.filter(organisation__slug=organisation_key).values_list("key", flat=True)
    if establishment in own:
        return {}
    known = f": {', '.join(sorted(own))}" if own else "; ze heeft er nog geen"
    return {"establishment": f"de sleutel van een vestiging van deze organisatie{known}"}


def _area(whole: Mapping[str, Json], places: Places) -> dict[str, str]:
    stated = whole.get("area")
    if not isinstance(stated, list):
        return {}
    try:
        check_area([str(token) for token in stated], places.geography)
    except InvalidInput as refusal:
        return {"area": str(refusal)}
    return {}


def _period(whole: Mapping[str, Json]) -> dict[str, str]:
    begin, end = whole.get("valid_from"), whole.get("valid_until")
    if isinstance(begin, str) and isinstance(end, str) and is_certainly_before(end, begin):
        return {"valid_until": f"een datum die niet voor {begin} ligt"}
    return {}


def _figures(whole: Mapping[str, Json]) -> dict[str, str]:
    wrong: dict[str, str] = {}
    for total, part in (("headcount", "target_group_headcount"), ("fte", "target_group_fte")):
        most, some = _float(whole.get(total)), _float(whole.get(part))
        if most is not None and some is not None and some > most and not whole.get("is_minimum"):
            wrong[part] = f"hoogstens het totaal ({most:g})"
    if all(whole.get(name) is None for name in ("headcount", "fte", "target_group_headcount", "target_group_fte")):
        wrong["headcount"] = "minstens één getal"
    return wrong


def _float(value: Json) -> float | None:
    return float(value) if isinstance(value, int | float) else None
