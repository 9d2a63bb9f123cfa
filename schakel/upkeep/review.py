"""Decide about a proposal and tell whoever made it, in one transaction."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext, override

from schakel.accounts.models import User
from schakel.core.errors import InvalidInput
from schakel.core.model import Json
from schakel.mail.outbox import enqueue
from schakel.register import read, write
from schakel.register.fields import FIELDS


def decide_proposal(number: int, *, accept: bool, reason: str, by: User, body: str) -> None:
    """Accept, or reject with a reason; the author gets a letter. Raises as the register does."""
    proposal = read.get_proposal(number)
    if proposal is None:
        raise InvalidInput(gettext("Dit voorstel bestaat niet."))
    with transaction.atomic():
        if accept:
            write.accept_proposal(number, by=by, body=body)
        else:
            write.reject_proposal(number, reason=reason, by=by, body=body)
        author = User.objects.filter(email=proposal.author, is_active=True).first() if proposal.author else None
        if author is not None:
            _tell(author, proposal, accept, reason)


def _tell(author: User, proposal: read.Proposal, accept: bool, reason: str) -> None:
    rules = FIELDS[proposal.entity]
    with override(author.language):
        context: dict[str, Json] = {
            "name": proposal.name,
            "accepted": accept,
            "fields": [str(rules[change.field].label) for change in proposal.changes if change.field in rules],
            "reason": reason.strip(),
            "edit": reverse("profile", kwargs={"slug": proposal.organisation}),
        }
    enqueue(
        key=f"proposal-decided:{proposal.number}",
        to=author.email,
        kind="proposal-decided",
        context=context,
        language=author.language,
    )
