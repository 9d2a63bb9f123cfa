"""What the log says, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: Mapping[str, str | Promise] = {
    "edit": _("gewijzigd"),
    "undo": _("wijziging ongedaan gemaakt"),
    "check": _("nagekeken"),
    "propose": _("voorgesteld"),
    "proposal-accepted": _("voorstel aanvaard"),
    "proposal-rejected": _("voorstel geweigerd"),
    "proposal-taken_back": _("voorstel teruggenomen"),
    "confirm": _("bevestigd dat alles klopt"),
    "ask-confirmation": _("gevraagd of alles nog klopt"),
    "photo-add": _("foto toegevoegd"),
    "photo-remove": _("foto weggehaald"),
    "photo-accept": _("foto aanvaard"),
    "photo-reject": _("foto geweigerd"),
    "unconfirmed": _("uit de gids: niet meer bevestigd"),
    "heard-again": _("terug in de gids: een nieuwere bron"),
    "merge": _("samengevoegd"),
    "undo-merge": _("samenvoegen ongedaan gemaakt"),
    "load": _("pakket geladen"),
    "rebuild": _("register opnieuw opgebouwd"),
    "negative": _("gezocht en niet gevonden"),
    "withdraw-negative": _("'niet gevonden' ingetrokken"),
    "withdraw-source": _("bron ingetrokken"),
    "withdraw-statement": _("uitspraak ingetrokken"),
    "handle-report": _("melding afgehandeld"),
    "handle-suggestion": _("voorstel afgehandeld"),
    "handle-taster": _("aanbod van een bedrijf afgehandeld"),
    "need-waves": _("uitnodigingen voor een vraag begonnen"),
    "need-withdraw": _("vraag ingetrokken"),
    "spend-add": _("uitgavenlijst opgeladen"),
    "spend-account": _("gezegd waarvoor rekeningen dienen"),
    "spend-forget": _("naam van een leverancier niet meer onthouden"),
    "spend-close": _("uitgavenlijst nagekeken"),
    "spend-remove": _("uitgavenlijst weggehaald"),
    "person-add": _("persoon toegevoegd"),
    "person-change": _("persoon gewijzigd"),
    "person-link": _("eenmalige link gegeven"),
    "person-export": _("eigen gegevens opgevraagd"),
    "person-erase": _("persoon gewist"),
    "role-give": _("rol gegeven"),
    "role-end": _("rol afgenomen"),
    "invitation": _("uitgenodigd"),
    "invitation-again": _("uitnodiging opnieuw gestuurd"),
    "invitation-withdraw": _("uitnodiging ingetrokken"),
    "invitation-accept": _("uitnodiging aanvaard"),
    "hand-over": _("werk overgedragen"),
    "mail-resend": _("bericht opnieuw laten verzenden"),
    "mail-cancel": _("bericht niet laten verzenden"),
    "first_sign_in": _("wachtwoord gekozen met een link"),
}


def action_words(action: str) -> str:
    """An action in the language of the page; one that has no words yet as it is."""
    return str(ACTIONS.get(action, action))
