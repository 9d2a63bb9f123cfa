"""The pages of the management at /beheer/: our name on them, and the lists in the order of the work."""

from __future__ import annotations

from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from schakel.accounts.read import actor_of
from schakel.core.permissions import REGION, Action, may

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
    "Vragen van bezoekers": (
        "cooperation.report",
        "cooperation.tasterplace",
        "cooperation.suggestion",
        "cooperation.searchtally",
    ),
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


HIDDEN = ("account", "socialaccount", "mfa")


class ManagementSite(AdminSite):
    site_header = "Schakel: beheer"
    site_title = "Schakel"
    index_title = "Wat wil je doen?"
    enable_nav_sidebar = False  # it takes the room that the columns of a list need

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Not the tables of the sign-in library: they hold secrets, and nobody edits them by hand."""
        models: list[Any] = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        ours = [model for model in models if model._meta.app_label not in HIDDEN]
        super().register(ours, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """A visitor is led to the sign-in page; for who signed in and may not manage, nothing is here."""
        if not request.user.is_authenticated:
            return False
        actor = actor_of(request.user, on=timezone.localdate(), cluster_members={})
        if actor.second_factor_missing:
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("mfa_index")))
        if not may(actor, Action.MANAGE_REGISTER, REGION) or not super().has_permission(request):
            raise Http404
        return True

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The same door as everybody's."""
        back = request.GET.get(REDIRECT_FIELD_NAME, reverse("admin:index"))
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: back})}")

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The same door, outwards."""
        return HttpResponseRedirect(reverse("account_logout"))

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Where everybody changes it."""
        return HttpResponseRedirect(reverse("account_change_password"))

    def password_change_done(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Nothing of its own."""
        return HttpResponseRedirect(reverse("mfa_index"))

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
