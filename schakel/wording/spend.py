"""The words of the spend analysis, and its amounts and shares as people write them."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schakel.core.spend import Standing, list_categories
from schakel.sources.supplier_list import Field, NumberState, Why
from schakel.wording.words import Words, in_language

STANDINGS: Words = {
    Standing.SOCIAL: _("Naar sociale ondernemingen"),
    Standing.OTHER: _("Naar openbare diensten uit het register"),
    Standing.NOT_FOUND: _("Bekend nummer, niet in het register"),
    Standing.NAME_ONLY: _("Alleen op naam vergeleken, niet in het register"),
    Standing.UNKNOWN: _("Niet herkend"),
}
MEANINGS: Words = {
    Standing.SOCIAL: _("Herkend aan het ondernemingsnummer, of aan de naam nadat iemand dat bevestigde."),
    Standing.OTHER: _("Een dienst van een lokaal bestuur of een energiehuis. Dat telt niet als sociaal."),
    Standing.NOT_FOUND: _("Een geldig ondernemingsnummer, en geen naam in het register lijkt erop."),
    Standing.NAME_ONLY: _("Zonder ondernemingsnummer; geen naam lijkt erop, of iemand zei dat het een ander is."),
    Standing.UNKNOWN: _("Geen naam of nummer, of er moet nog iemand kijken. Dit kan sociaal zijn of niet."),
}
WHYS: Words = {
    Why.EMPTY: _("Lege rijen"),
    Why.HEAD: _("Herhaalde kopregels"),
    Why.TOTAL: _("Rijen met een totaal"),
    Why.NO_AMOUNT: _("Rijen zonder bedrag"),
    Why.UNREADABLE: _("Rijen met een bedrag dat niet te lezen was (hoeveel dat is, weten we niet)"),
}
NUMBERS: Words = {
    NumberState.GOOD: _("Ondernemingsnummer gelezen"),
    NumberState.RESTORED: _("Ondernemingsnummer waarvan een rekenblad de 0 had weggelaten, hersteld"),
    NumberState.NONE: _("Geen nummer"),
    NumberState.FOREIGN: _("Buitenlands nummer, op naam vergeleken"),
    NumberState.WRONG: _("Nummer dat geen ondernemingsnummer is, op naam vergeleken"),
}
FIELDS: Words = {
    Field.NUMBER: _("ondernemingsnummer"),
    Field.NAME: _("naam"),
    Field.AMOUNT: _("bedrag"),
    Field.CODE: _("rekening"),
    Field.TEXT: _("omschrijving"),
    Field.YEAR: _("jaar"),
}


def euro_words(cents: int) -> str:
    """An amount to the cent, as the language writes it: "€ 1.234,56"."""
    amount = number_format(Decimal(abs(cents)) / 100, decimal_pos=2, use_l10n=True, force_grouping=True)
    return f"{'−' if cents < 0 else ''}€\u00a0{amount}"


def share_words(share: float | None) -> str:
    """A share from 0 to 1 with one decimal; a little is not nothing, and what cannot be said is said."""
    if share is None:
        return gettext("niet te zeggen")
    if 0 < share < 0.0005:
        return gettext("minder dan 0,1%")
    return f"{number_format(Decimal(str(round(share * 100, 1))), decimal_pos=1, use_l10n=True)}%"


def category_words(code: str) -> str:
    """The name of a purchase category in the language of the page; "" is not known."""
    labels = {one.code: one.labels for one in list_categories()}
    return in_language(labels[code]) if code in labels else gettext("Categorie niet bekend")
