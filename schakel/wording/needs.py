"""The words for what happens to a need."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schakel.core.procurement import ContractKind
from schakel.wording.words import Words

STATES: Words = {
    "unconfirmed": _("Wacht op bevestiging van het e-mailadres"),
    "open": _("Open"),
    "withdrawn": _("Ingetrokken"),
    "closed": _("Afgesloten"),
}
REFUSALS: Words = {
    "no_capacity": _("we hebben nu geen capaciteit"),
    "too_far": _("het is te ver"),
    "outside_our_work": _("dit doen we niet"),
    "price": _("de prijs past niet"),
    "terms": _("de voorwaarden passen niet"),
    "procedure": _("we kennen de procedure niet"),
    "other": _("iets anders"),
}
UNMET: Words = {
    "no_supplier": _("niemand in het register kon dit"),
    "no_answer": _("niemand antwoordde"),
    "no_capacity": _("ze hadden geen capaciteit"),
    "too_far": _("het was te ver"),
    "outside_our_work": _("het paste niet bij hun werk"),
    "price": _("de prijs paste niet"),
    "terms": _("de voorwaarden pasten niet"),
    "procedure": _("de procedure was een drempel"),
    "other": _("iets anders"),
}
RESULTS: Words = {
    "awarded": _("Ja, helemaal"),
    "partly": _("Een deel"),
    "not": _("Nee"),
}
ANSWERS: Words = {
    "interested": _("Interesse"),
    "not_now": _("Nu niet"),
}
SKIPPED: Words = {
    "no_address": _("geen e-mailadres bekend: bel of schrijf zelf"),
    "near_miss": _("voldeed niet aan alles"),
}
CONTRACTS: Words = {
    ContractKind.SERVICES: _("Diensten (onderhoud, schoonmaak, catering ...)"),
    ContractKind.SUPPLIES: _("Leveringen (goederen kopen)"),
    ContractKind.WORKS: _("Werken (bouwen, renoveren)"),
    ContractKind.SOCIAL_SERVICES: _("Sociale en andere specifieke diensten"),
}
