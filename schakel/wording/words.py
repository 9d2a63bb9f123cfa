"""The words for the codes of the register: the only place where they stand. Unknown codes show themselves.

A table holds the Dutch words, for those who manage the register and for files; `word` says them in the language of the
page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_noop as _

from schakel.core import taxonomy
from schakel.core.errors import CoreError
from schakel.core.model import (
    AreaKnowledge,
    Customer,
    Delivered,
    EntityKind,
    Kind,
    LifeStatus,
    PointPrecision,
    SourceRank,
)
from schakel.core.permissions import Action, BodyKind, Role

Words = Mapping[str, "str | Promise"]

KINDS: Mapping[str, str] = {
    Kind.MAATWERKBEDRIJF: _("Maatwerkbedrijf"),
    Kind.MAATWERKAFDELING: _("Maatwerkafdeling"),
    Kind.LOKALE_DIENSTENECONOMIE: _("Lokale diensteneconomie"),
    Kind.KRINGLOOPCENTRUM: _("Kringloopcentrum"),
    Kind.SOCIAL_ENTERPRISE: _("Sociale onderneming"),
    Kind.COOPERATIVE: _("Coöperatie"),
    Kind.LOCAL_GOVERNMENT_SERVICE: _("Dienst van een lokaal bestuur"),
    Kind.SERVICE_VOUCHER_COMPANY: _("Dienstenchequebedrijf"),
    Kind.CARE_ORGANISATION: _("Zorgorganisatie"),
    Kind.VOLUNTEER_INITIATIVE: _("Vrijwilligersinitiatief"),
    Kind.ENERGIEHUIS: _("Energiehuis"),
}
CUSTOMERS: Mapping[str, str] = {
    Customer.CITIZEN: _("Inwoners"),
    Customer.COMPANY: _("Bedrijven"),
    Customer.LOCAL_GOVERNMENT: _("Lokale besturen"),
}
DELIVERED: Mapping[str, str] = {
    Delivered.ON_SITE: _("Ze komen naar jou"),
    Delivered.VISIT: _("Jij gaat naar hen"),
    Delivered.REMOTE: _("Het werk gaat naar hen"),
}
STATUSES: Mapping[str, str] = {
    LifeStatus.LIVE: _("Bestaat"),
    LifeStatus.UNCERTAIN: _("Onzeker of dit nog bestaat"),
    LifeStatus.UNCONFIRMED: _("Niet meer bevestigd"),
    LifeStatus.ANNOUNCED: _("Aangekondigd, start niet bevestigd"),
    LifeStatus.CLOSED: _("Gestopt"),
    LifeStatus.HISTORICAL: _("Geschiedenis"),
}
AREAS: Mapping[str, str] = {
    AreaKnowledge.STATED: _("Werkgebied volgens de bron"),
    AreaKnowledge.ASSUMED: _("Werkgebied is een aanname"),
    AreaKnowledge.UNKNOWN: _("Werkgebied niet bekend"),
}
ENTITIES: Mapping[str, str] = {
    EntityKind.ORGANISATION: _("Organisatie"),
    EntityKind.ESTABLISHMENT: _("Vestiging"),
    EntityKind.OFFER: _("Aanbod"),
    EntityKind.RECOGNITION: _("Erkenning"),
    EntityKind.EMPLOYMENT: _("Tewerkstelling"),
}
RANKS: Mapping[str, str] = {
    SourceRank.EDITOR: _("redactie van Schakel"),
    SourceRank.OWNER: _("de organisatie zelf"),
    SourceRank.OFFICIAL_REGISTER: _("officieel register"),
    SourceRank.PUBLICATION: _("publicatie"),
}
PRECISIONS: Mapping[str, str] = {
    PointPrecision.ADDRESS: _("op het adres"),
    PointPrecision.LOCALITY: _("ongeveer: midden van de deelgemeente"),
    PointPrecision.MUNICIPALITY: _("ongeveer: midden van de gemeente"),
}
STATES: Mapping[str, str] = {
    "served": _("aanwezig"),
    "assumed": _("aanname"),
    "thin": _("schaars"),
    "absent": _("gezocht en niet gevonden"),
    "unknown": _("niet bekend"),
    "no_data": _("geen gegevens"),
    "suspected": _("geen gegevens, en waarschijnlijk niemand"),
    "hidden": _("verborgen om mensen te beschermen"),
}
LAWS: Mapping[str, str] = {
    "collectief_maatwerk": _("Collectief maatwerk"),
    "individueel_maatwerk": _("Individueel maatwerk"),
    "lokale_diensteneconomie": _("Lokale diensteneconomie"),
    "arbeidsmatige_activiteiten": _("Arbeidsmatige activiteiten"),
    "kringloopcentrum": _("Kringloopcentrum"),
    "erkende_so": _("CV erkend als sociale onderneming"),
    "dienstencheques": _("Dienstencheques"),
}
LANGUAGES: Mapping[str, str] = {
    "nl": _("Nederlands"),
    "fr": _("Frans"),
    "en": _("Engels"),
    "de": _("Duits"),
    "tr": _("Turks"),
    "ar": _("Arabisch"),
}
PARTNER_KINDS: Mapping[str, str] = {
    "lokaal_bestuur": _("Lokaal bestuur"),
    "local_government": _("Lokaal bestuur"),
    "cluster": _("Cluster"),
    "intercommunale": _("Intercommunale"),
    "vdab": _("VDAB"),
    "onderwijs": _("Onderwijs"),
    "education": _("Onderwijs"),
    "sectororganisatie": _("Sectororganisatie"),
    "sector_organisation": _("Sectororganisatie"),
    "provincie": _("Provincie"),
    "province": _("Provincie"),
    "onderneming": _("Onderneming"),
    "company": _("Onderneming"),
    "other": _("Andere partner"),
}
GOALS: Mapping[str, str] = {
    "jobs": _("Meer werk"),
    "doorstroom": _("Doorstroom"),
    "local_government": _("Lokale besturen als klant"),
    "awareness": _("Bekendheid"),
    "other": _("Ander doel"),
}
INDICATORS: Mapping[str, str] = {
    "werkloosheidsgraad": _("Werkloosheidsgraad"),
    "unemployment_rate": _("Werkloosheidsgraad"),
    "population": _("Inwoners"),
}
UNITS: Mapping[str, str] = {
    "procent": "%",
    "percent": "%",
    "personen": _("personen"),
    "persons": _("personen"),
    "inhabitants": _("inwoners"),
    "euro": _("euro"),
    "kg_per_inhabitant": _("kg per inwoner"),
}
SORTS: Mapping[str, str] = {
    "relevance": _("Past het best"),
    "distance": _("Dichtste eerst"),
    "name": _("Naam (A tot Z)"),
}
DAYS: Mapping[str, str] = {
    "mo": _("maandag"),
    "tu": _("dinsdag"),
    "we": _("woensdag"),
    "th": _("donderdag"),
    "fr": _("vrijdag"),
    "sa": _("zaterdag"),
    "su": _("zondag"),
}
FIELDS: Mapping[str, str] = {
    "name": _("Naam"),
    "legal_name": _("Officiële naam"),
    "previous_names": _("Vroegere namen"),
    "ondernemingsnummer": _("Ondernemingsnummer"),
    "kinds": _("Soort"),
    "description": _("Wat ze zeggen of wat over hen gezegd wordt"),
    "website": _("Website"),
    "email": _("E-mail"),
    "phone": _("Telefoon"),
    "languages": _("Talen"),
    "status": _("Toestand"),
    "address": _("Adres"),
    "offers": _("Aanbod"),
    "other": _("Iets anders"),
}
BODY_KINDS: Words = {
    BodyKind.REGION: _("Regio"),
    BodyKind.CLUSTER: _("Cluster"),
    BodyKind.MUNICIPALITY: _("Gemeente"),
    BodyKind.ORGANISATION: _("Organisatie"),
    BodyKind.PARTNER: _("Partner"),
}
ROLES: Words = {
    Role.READER: _("lezer"),
    Role.EDITOR: _("bewerker"),
    Role.MANAGER: _("beheerder"),
}
ACTIONS: Words = {
    Action.SEE_WORK: _("Zien wat er voor je klaarligt"),
    Action.EDIT_PROFILE: _("Een profiel aanpassen"),
    Action.CONFIRM_PROFILE: _("Bevestigen dat een profiel klopt"),
    Action.SEE_HISTORY: _("Zien wie wat wanneer veranderde"),
    Action.MODERATE: _("Meldingen en voorstellen nakijken"),
    Action.STATE_NEGATIVE: _("Noteren dat een dienst gezocht en niet gevonden is"),
    Action.PLACE_NEED: _("Een vraag plaatsen"),
    Action.SEE_NEED: _("Een vraag en de antwoorden erop lezen"),
    Action.ANSWER_NEED: _("Een vraag beantwoorden"),
    Action.SEE_SPEND: _("Zien wat de gemeente sociaal inkoopt"),
    Action.EDIT_SPEND: _("Lijsten van leveranciers opladen en nakijken"),
    Action.SEE_MEMBERS: _("Zien wie voor een instantie werkt"),
    Action.MANAGE_MEMBERS: _("Mensen uitnodigen en rollen geven"),
    Action.SEE_DRAFT: _("Berekeningen lezen die nog niet openbaar zijn"),
    Action.PUBLISH: _("Een berekening openbaar maken"),
    Action.MANAGE_REGISTER: _("Het hele register beheren"),
    Action.SEE_MAIL: _("Zien welke mails vertrokken"),
    Action.MANAGE_PEOPLE: _("Gegevens van mensen inkijken en wissen"),
}


_spoken: dict[tuple[int, str, str], str] = {}


def word(table: Words, code: str, language: str | None = None) -> str:
    """The word for `code` in `language`, else in that of the page; a code nobody named yet is shown with spaces."""
    key = (
        id(table),
        code,
        language or get_language() or "nl",
    )  # the tables of this package live as long as the process
    if key not in _spoken:
        found = table.get(code)
        if found is None:
            return code.replace("_", " ")
        with override(key[2]):
            _spoken[key] = gettext(found) if isinstance(found, str) else str(found)
    return _spoken[key]


def words(table: Words, codes: Iterable[str]) -> str:
    """The words for several codes, with commas."""
    return ", ".join(word(table, code) for code in codes)


def in_language(labels: Mapping[str, str]) -> str:
    """A text that comes in three languages, in the language of the page; Dutch when there is no other."""
    return labels.get(get_language() or "nl") or labels.get("nl", "")


def speaks(labels: Mapping[str, str]) -> str:
    """The language `in_language` really gives, for the `lang` attribute."""
    language = get_language() or "nl"
    return language if labels.get(language) else "nl"


def service_label(code: str) -> str:
    """The label of a service; a code outside the taxonomy shows itself."""
    try:
        return in_language(taxonomy.service(code).labels)
    except CoreError:
        return code.replace("_", " ")


def theme_label(code: str) -> str:
    """The label of a theme; a code outside the taxonomy shows itself."""
    try:
        return in_language(taxonomy.theme(code).labels)
    except CoreError:
        return code.replace("_", " ")


def theme_of(service: str) -> str:
    """The theme of a service; `hexagon` (the neutral icon) for a code outside the taxonomy."""
    try:
        return taxonomy.service(service).theme
    except CoreError:
        return "hexagon"


def joined(parts: list[str]) -> str:
    """Words in a sentence: "Aalst, Lede en Ninove"."""
    if len(parts) < 2:
        return "".join(parts)
    return gettext("%(first)s en %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def delivered_words(service: str) -> str:
    """How a service reaches its user; empty for a code outside the taxonomy."""
    try:
        return word(DELIVERED, taxonomy.service(service).delivered)
    except CoreError:
        return ""
