"""The cards of profiles: the own ones, and for coordinators how fresh those of others are."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from schakel.core.permissions import Action, Actor, BodyKind, bodies_for
from schakel.pages.presenters.blocks import Link
from schakel.pages.presenters.work_card import WorkCard
from schakel.pages.standing import Standing
from schakel.register import read


def profile_card(actor: Actor, region: Standing, today: date) -> WorkCard | None:
    """The organisations whose profile somebody keeps."""
    mine = [body.key for body in bodies_for(actor, Action.EDIT_PROFILE) if body.kind == BodyKind.ORGANISATION]
    names = read.list_names(mine) if mine else {}
    if not names:
        return None
    links = tuple(Link(name, reverse("profile", kwargs={"slug": slug})) for slug, name in sorted(names.items()))
    return WorkCard(
        gettext("Jullie profiel"), gettext("Wat er in de gids over jullie staat: kijk na, pas aan, bevestig."), links
    )


def looks_after(actor: Actor) -> bool:
    """Whether somebody reviews what others say: for the region or a cluster, as more than a reader."""
    return any(body.kind in (BodyKind.REGION, BodyKind.CLUSTER) for body in bodies_for(actor, Action.MODERATE))


def freshness_card(actor: Actor, region: Standing, today: date) -> WorkCard | None:
    """Which profiles get old."""
    if not looks_after(actor):
        return None
    links = (Link(gettext("Hoe vers zijn de profielen?"), reverse("freshness")),)
    return WorkCard(gettext("Profielen vers houden"), gettext("Wie bevestigde, wie niet, en wie je kan vragen."), links)
