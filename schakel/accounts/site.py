"""The pages of the management at /beheer/: our name on them, and the lists in the order of the work."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

# Title of a block -> the lists in it, in this order. A list that is named nowhere is only for who knows its address.
SECTIONS: dict[str, tuple[str, ...]] = {
    "Het register": (
        "register.organisation",
        "register.establishment",
        "register.offer",
        "register.recognition",
        "register.employment",
        "register.negativestatement",
    ),
    "Vragen van bezoekers": ("cooperation.report", "cooperation.searchtally"),
    "Wie zei wat": ("register.statement", "register.source", "register.run", "register.merge"),
    "De regio": (
        "register.municipality",
        "register.cluster",
        "register.partner",
        "register.initiative",
        "register.task",
        "register.municipalfigure",
    ),
    "Mensen en logboek": ("accounts.user", "auth.group", "mail.message", "audit.entry"),
}


class ManagementSite(AdminSite):
    site_header = "Schakel: beheer"
    site_title = "Schakel"
    index_title = "Wat wil je doen?"
    enable_nav_sidebar = False  # it takes the room that the columns of a list need

    def has_permission(self, request: HttpRequest) -> bool:
        """A visitor is led to the sign-in page; for who signed in and may not manage, nothing is here."""
        allowed = super().has_permission(request)
        if not allowed and request.user.is_authenticated:
            raise Http404
        return allowed

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """What somebody may not see is not there: 404, as everywhere in Schakel, instead of 403."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                response: HttpResponseBase = inner(request, *args, **kwargs)
            except PermissionDenied as refusal:
                raise Http404 from refusal
            return response

        return wrapped

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The blocks of `SECTIONS`; for one app what Django makes of it."""
        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        found = {
            f"{app['app_label']}.{model['object_name'].lower()}": (app, model)
            for app in apps
            for model in app["models"]
        }
        blocks: list[Any] = []
        for title, names in SECTIONS.items():
            rows = [found[name] for name in names if name in found]
            if rows:
                blocks.append({**rows[0][0], "name": title, "models": [model for _, model in rows]})
        return blocks
