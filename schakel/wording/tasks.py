"""The words for the tasks of a local government."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schakel.core.procurement import RouteKind
from schakel.core.tasks import Where
from schakel.wording.words import Words

ROUTES: Words = {
    RouteKind.RESERVE_CONTRACT: _("de hele opdracht voorbehouden (artikel 15)"),
    RouteKind.RESERVE_LOT: _("één perceel voorbehouden (artikel 15)"),
    RouteKind.EXECUTION_CONDITIONS: _("een sociale voorwaarde voor de uitvoering"),
    RouteKind.AWARD_CRITERIA: _("een sociaal gunningscriterium"),
}
WHERE: Words = {
    Where.HERE: _("Gebeurt hier, volgens een bron"),
    Where.NEIGHBOURS: _("Buren doen het, hier nog niet bekend"),
    Where.NOT_KNOWN: _("Nog niemand bekend"),
}
