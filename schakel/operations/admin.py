"""The outbox at /beheer/: what leaves, what did not, and what a person decides about it."""

from __future__ import annotations

import uuid
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from schakel.audit import log
from schakel.audit.readonly import ReadOnlyAdmin
from schakel.core.errors import InvalidInput
from schakel.core.permissions import REGION
from schakel.mail import outbox
from schakel.mail.compose import Composed, compose
from schakel.mail.letters import kind_of, list_kinds
from schakel.mail.models import Message

# A letter has its styles inside it, as mail programs want; nothing else of it may do anything.
_as_letter: Any = csp_replace(
    {"style-src": ["'unsafe-inline'"]}
    | {f"{what}-src": ["'none'"] for what in ("script", "img", "font", "connect", "manifest")}
    | {"form-action": ["'none'"]}
)


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin[Message]):
    """Only for who may see people: a letter holds an address."""

    list_display = ["created_at", "kind", "to", "status", "attempts", "next", "reply"]
    list_filter = ["status", "kind", "language", "created_at"]
    search_fields = ["to", "key"]
    actions = ["resend", "cancel"]
    fields = ["to", "kind", "language", "status", "created_at", "next", "attempts", "finished_at", "reply", "preview"]
    change_list_template = "beheer/outbox.html"
    show_full_result_count = False

    @admin.display(description="volgende poging", ordering="next_at")
    def next(self, row: Message) -> Any:
        return row.next_at if row.status == "waiting" else None

    @admin.display(description="zo ziet het eruit")
    def preview(self, row: Message) -> str:
        if not row.to:
            return "Adres en inhoud zijn weg: dit bericht is langer dan 30 dagen afgesloten."
        try:
            composed = _composed(row)
        except InvalidInput as refusal:
            return str(refusal)
        address = reverse("admin:mail_message_html", args=[row.pk])
        words = '<p><strong>{}</strong></p><pre>{}</pre><p><a href="{}">Bekijk de opgemaakte versie</a></p>'
        return format_html(words, composed.subject, composed.text, address)

    @admin.action(description="Opnieuw verzenden (ook als het misschien al aankwam)", permissions=["view"])
    def resend(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        self._decide(request, queryset, "mail-resend", outbox.resend, "vertrekt opnieuw")

    @admin.action(description="Niet (meer) verzenden", permissions=["view"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        self._decide(request, queryset, "mail-cancel", outbox.cancel, "vertrekt niet meer")

    def _decide(self, request: HttpRequest, queryset: QuerySet[Message], action: str, decide: Any, done: str) -> None:
        actor: Any = request.user
        for row in queryset:
            try:
                decide(row.pk)
            except InvalidInput as refusal:
                self.message_user(request, f"Bericht {row.pk}: {refusal}", messages.ERROR)
                continue
            log.record(action, f"mail:{row.pk}", actor=actor, body=str(REGION))
            self.message_user(request, f"Bericht {row.pk} {done}.", messages.SUCCESS)

    def get_urls(self) -> list[Any]:
        """Beside the usual pages: a letter as HTML, what each kind looks like, and a trial."""
        own = [
            path("voorbeelden/", self._guarded(self.examples), name="mail_message_examples"),
            path(
                "voorbeelden/<slug:kind>/<slug:language>/",
                self._guarded(_as_letter(self.example)),
                name="mail_message_example",
            ),
            path("proef/", self._guarded(require_POST(self.try_out)), name="mail_message_trial"),
            path("html/<int:number>/", self._guarded(_as_letter(self.html)), name="mail_message_html"),
        ]
        return own + super().get_urls()

    def _guarded(self, view: Any) -> Any:
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if not self.has_view_permission(request):
                raise Http404
            answer: HttpResponse = view(request, **kwargs)
            return answer

        return self.admin_site.admin_view(guarded)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        context = {"configured": bool(settings.SMTP_URL), "outbox": outbox.count()} | (extra_context or {})
        return super().changelist_view(request, context)

    def examples(self, request: HttpRequest) -> HttpResponse:
        """Every kind in every language."""
        context = self.admin_site.each_context(request) | {
            "title": "Voorbeelden van berichten",
            "kinds": list_kinds(),
            "languages": settings.LANGUAGES,
        }
        return render(request, "beheer/letters.html", context)

    def example(self, request: HttpRequest, kind: str, language: str) -> HttpResponse:
        """One kind with its example."""
        if language not in dict(settings.LANGUAGES) or kind not in {found.code for found in list_kinds()}:
            raise Http404
        found = kind_of(kind)
        return _letter(request, compose([(kind, found.example)], to="voorbeeld@voorbeeld.be", language=language))

    def html(self, request: HttpRequest, number: int) -> HttpResponse:
        """One letter of the outbox."""
        row = Message.objects.filter(pk=number).exclude(to="").first()
        if row is None:
            raise Http404
        return _letter(request, _composed(row))

    def try_out(self, request: HttpRequest) -> HttpResponse:
        """A letter to who asks."""
        actor: Any = request.user
        outbox.enqueue(key=f"trial:{uuid.uuid4()}", to=actor.email, kind="trial", context={}, language=actor.language)
        self.message_user(request, f"Er staat een proefbericht klaar voor {actor.email}.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:mail_message_changelist"))


def _composed(row: Message) -> Composed:
    return compose([(row.kind, row.context)], to=row.to, language=row.language, hide=True)


def _letter(request: HttpRequest, composed: Composed) -> HttpResponse:
    if request.GET.get("als") == "tekst":
        return HttpResponse(composed.text, content_type="text/plain; charset=utf-8")
    return HttpResponse(composed.html)
