"""The signed links of a need: confirming, managing without an account, answering, saying what came of it."""

from __future__ import annotations

from django.utils.translation import gettext

from schakel.core.errors import InvalidInput
from schakel.mail.links import read, sign

CONFIRM, DESK, ANSWER, OUTCOME = "need-confirm", "need-desk", "need-answer", "need-outcome"
INVITATIONS = "need-invitations"
LINK_DAYS_AFTER = 3  # a link opens a little longer than one can answer, to say that it is too late
_MANAGE_DAYS = 400  # as long as an outcome may still be asked
_CONFIRM_DAYS = 14
_INVITATIONS_DAYS = 60


def confirm_path(key: str) -> str:
    """Where an address is confirmed."""
    return f"/behoefte/bevestig/{sign(CONFIRM, {'need': key}, days=_CONFIRM_DAYS)}"


def desk_path(key: str) -> str:
    """Where whoever posted the need manages it."""
    return f"/behoefte/open/{sign(DESK, {'need': key}, days=_MANAGE_DAYS)}"


def answer_path(invitation: int, *, days: int) -> str:
    """Where somebody invited answers, until so many days from now."""
    return f"/antwoord/{sign(ANSWER, {'invitation': invitation}, days=days)}"


def invitations_path(organisation_key: str) -> str:
    """Where somebody invited sees every invitation that can still be answered."""
    return f"/uitnodigingen/{sign(INVITATIONS, {'organisation': organisation_key}, days=_INVITATIONS_DAYS)}"


def outcome_path(need: str, organisation_key: str) -> str:
    """Where a supplier (or with "" the buyer) says what came of it."""
    return f"/gevolg/{sign(OUTCOME, {'need': need, 'organisation': organisation_key}, days=_MANAGE_DAYS)}"


def read_key(purpose: str, token: str) -> str:
    """The key of the need a token is for. Raises InvalidInput."""
    return _text(read(purpose, token).get("need"))


def read_invitation(token: str) -> int:
    """The number of the invitation a token is for. Raises InvalidInput."""
    number = read(ANSWER, token).get("invitation")
    if not isinstance(number, int):
        raise InvalidInput(gettext("Deze link is niet volledig overgenomen. Open hem nog eens vanuit je e-mail."))
    return number


def read_organisation(token: str) -> str:
    """The organisation whose invitations a token shows. Raises InvalidInput."""
    return _text(read(INVITATIONS, token).get("organisation"))


def read_side(token: str) -> tuple[str, str]:
    """The need and the organisation ("" for the buyer) that say what came of it. Raises InvalidInput."""
    found = read(OUTCOME, token)
    return _text(found.get("need")), _text(found.get("organisation"))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise InvalidInput(gettext("Deze link is niet volledig overgenomen. Open hem nog eens vanuit je e-mail."))
    return value
