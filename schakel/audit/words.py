"""What the log says, in Dutch."""

from __future__ import annotations

ACTIONS: dict[str, str] = {
    "edit": "gewijzigd",
    "check": "nagekeken",
    "propose": "voorgesteld",
    "proposal-accepted": "voorstel aanvaard",
    "proposal-rejected": "voorstel geweigerd",
    "proposal-taken_back": "voorstel teruggenomen",
    "confirm": "bevestigd dat alles klopt",
    "ask-confirmation": "gevraagd of alles nog klopt",
    "photo-add": "foto toegevoegd",
    "photo-remove": "foto weggehaald",
    "photo-accept": "foto aanvaard",
    "photo-reject": "foto geweigerd",
    "unconfirmed": "uit de gids: niet meer bevestigd",
    "heard-again": "terug in de gids: een nieuwere bron",
    "merge": "samengevoegd",
    "undo-merge": "samenvoegen ongedaan gemaakt",
    "load": "pakket geladen",
    "rebuild": "register opnieuw opgebouwd",
    "negative": "gezocht en niet gevonden",
    "withdraw-negative": "'niet gevonden' ingetrokken",
    "withdraw-source": "bron ingetrokken",
    "withdraw-statement": "uitspraak ingetrokken",
    "handle-report": "melding afgehandeld",
    "handle-suggestion": "voorstel afgehandeld",
    "handle-taster": "aanbod van een bedrijf afgehandeld",
    "person-add": "persoon toegevoegd",
    "person-change": "persoon gewijzigd",
    "person-link": "eenmalige link gegeven",
    "mail-resend": "bericht opnieuw laten verzenden",
    "mail-cancel": "bericht niet laten verzenden",
    "first_sign_in": "wachtwoord gekozen met een link",
}


def action_words(action: str) -> str:
    """An action in Dutch; one that has no words yet as it is."""
    return ACTIONS.get(action, action)
