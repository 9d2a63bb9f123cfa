"""Who may answer what we do not know yet, and what their answer writes."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import override

from schakel.accounts.models import User
from schakel.cooperation.write import report_problem
from schakel.core.permissions import REGION, Action, BodyKind, Target, acting_for, may
from schakel.pages.access import actor
from schakel.pages.bodies import body_names
from schakel.pages.presenters.blindspots.cell import REGION as WHOLE_REGION
from schakel.pages.presenters.blindspots.questions import NONE, UNDO, Answer
from schakel.pages.standing import Standing, standing
from schakel.register.write import state_negatives, withdraw_negatives
from schakel.wording.words import service_label

BLIND_SPOT = "blind_spot"  # what such a report is about


def answerable(request: HttpRequest, region: Standing) -> frozenset[str]:
    """Where this visitor may answer: the NIS codes of municipalities, and the whole region for what is asked once."""
    asks = actor(request)
    return frozenset(
        where for where in (*region.by_nis, WHOLE_REGION) if may(asks, Action.STATE_NEGATIVE, _target(where))
    )


def _target(where: str) -> Target:
    return REGION if where == WHOLE_REGION else Target(BodyKind.MUNICIPALITY, where)


def save_answer(request: HttpRequest, answer: Answer, places: Sequence[str]) -> str:
    """Write the answer on behalf of a body; returns what the page must say, as a query. Not found for who may not.

    `places`: the municipalities for which a search that found nothing is written down.
    """
    nis_code = answer.place.nis_code if answer.place else WHOLE_REGION
    giving = acting_for(actor(request), Action.STATE_NEGATIVE, _target(nis_code))
    author = request.user
    if giving is None or not isinstance(author, User):
        raise Http404
    if answer.kind == UNDO:
        own = answer.place.nis_code if answer.place else None
        withdraw_negatives(answer.numbers, author=author, body=giving.body, nis_code=own)
        return urlencode({"municipality": nis_code})
    if answer.kind == NONE:
        body = Target(giving.kind, giving.key)
        with override("nl"):
            who = body_names([body], standing(request))[str(body)]
        numbers = state_negatives(
            places,
            answer.service,
            searched_by=who,
            method=answer.method,
            searched_on=timezone.localdate().isoformat(),
            author=author,
            body=giving.body,
        )
        return urlencode({"municipality": nis_code, "genoteerd": ",".join(map(str, numbers))}, safe=",")
    with override("nl"):
        place = answer.place.name if answer.place else "de hele regio"
        text = f"{service_label(answer.service)} in {place}: er is er een. {answer.text}"
    report_problem("", BLIND_SPOT, text)
    return urlencode({"municipality": nis_code, "tip": 1})
