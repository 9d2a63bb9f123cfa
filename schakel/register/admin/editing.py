"""What the edit pages share: saving states, deleting is not offered, the history shows every statement."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar, cast

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from schakel.audit.models import Entry
from schakel.audit.words import action_words
from schakel.core.model import EntityKind, LifeStatus
from schakel.register import models
from schakel.register.admin.forms import ABOUT, StatementForm, build_form
from schakel.register.admin.life import DEEDS, deeds
from schakel.register.fields import FIELDS
from schakel.wording import words

M = TypeVar("M", bound=Model)
_LIFE = ("status", "status_note", "status_date", "succeeded_by", "replaced_by")


class EditingAdmin(admin.ModelAdmin[M]):
    """Edits one kind of thing through statements."""

    entity: ClassVar[EntityKind]
    key_field: ClassVar[str] = "key"
    show_full_result_count = False  # counting everything twice is slow in a large register
    list_per_page = 50
    change_form_template = "admin/register/change_form.html"
    save_on_top = True

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        author: Any = request.user
        return build_form(self.entity, self.model, author=author, adding=obj is None)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        names = list(FIELDS[self.entity])
        new = [name for name in ("new_organisation", "new_year") if name in self.get_form(request, obj).base_fields]
        life = [name for name in names if name in _LIFE]
        sets: list[tuple[str | None, dict[str, Any]]] = [
            (None, {"fields": [*self.get_readonly_fields(request, obj), *new, *(n for n in names if n not in life)]}),
        ]
        if life:
            sets.append(("Toestand", {"fields": life}))
        sets.append(("Bij deze wijziging", {"fields": [*ABOUT, "based_on"]}))
        return sets

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"new_organisation": request.GET.get("organisation", "")}

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """The row the register wrote when the form stated what changed."""
        assert isinstance(form, StatementForm)  # noqa: S101 (the class made this form)
        return self.model._default_manager.get(**{self.key_field: form.stated_key})

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool) -> None:
        """Nothing: the form has stated it and the register has written it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing: see `save_model`."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # what stopped is closed, so that its history stays

    def get_urls(self) -> list[Any]:
        """Django's, and one for each thing that can happen."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_life"
        ours = [path("<path:object_id>/<slug:deed>/", self.admin_site.admin_view(self.life_view), name=name)]
        known = super().get_urls()
        return [*known[:-1], *ours, known[-1]]  # the last one answers every address

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Django's, with links to what can happen."""
        possible = [(deed, DEEDS[deed].title) for deed in deeds(self.entity)]
        return super().change_view(request, object_id, form_url, {"deeds": possible, **(extra_context or {})})

    def life_view(self, request: HttpRequest, object_id: str, deed: str) -> HttpResponse:
        """Ask what happened and state it."""
        row: Any = self.get_object(request, unquote(object_id))
        if row is None or deed not in deeds(self.entity):
            raise Http404("Dit staat niet (meer) in het register.")
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        kind, author = DEEDS[deed], cast(Any, request.user)
        form = kind(request.POST if request.method == "POST" else None, entity=self.entity, row=row, author=author)
        if request.method == "POST" and form.is_valid():
            self.message_user(request, f"{row} {kind.done}.", messages.SUCCESS)
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", row.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{kind.title}: {row}",
            "opts": self.opts,
            "object": row,
            "form": form,
            "explained": kind.explained,
            "button": kind.button,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/register/life.html", context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every statement about this thing, also withdrawn ones, and every line of the log."""
        row: Any = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404("Dit staat niet (meer) in het register.")
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        key = getattr(row, self.key_field)
        statements = (
            models.Statement.objects.filter(entity=self.entity.value, key=key)
            .select_related("source", "author")
            .order_by("-id")
        )
        context = {
            **self.admin_site.each_context(request),
            "title": f"Geschiedenis: {row}",
            "opts": self.opts,
            "object": row,
            "statements": [_statement_words(said, self.entity, row.provenance) for said in statements],
            "entries": [
                {"at": entry.at, "actor": entry.actor, "words": action_words(entry.action)}
                for entry in Entry.objects.filter(subject=key).select_related("actor")[:200]
            ],
        }
        return TemplateResponse(request, "admin/register/history.html", context)


def _statement_words(said: models.Statement, entity: EntityKind, provenance: dict[str, int]) -> dict[str, Any]:
    rules = FIELDS[entity]
    values = [
        {
            "label": rules[name].label if name in rules else name,
            "text": shown(entity, name, value),
            "counts": provenance.get(name) == said.pk,
        }
        for name, value in said.values.items()
    ]
    return {"row": said, "rank": words.RANKS[said.source.rank], "values": values}


def shown(entity: EntityKind, name: str, value: Any) -> str:
    """A value in words: codes become their Dutch words, `None` becomes "(leeg)"."""
    rule = FIELDS[entity].get(name)
    if value is None:
        return "(leeg)"
    if rule is None:
        return str(value)
    if rule.many:
        return ", ".join(rule.choices.get(str(code), str(code)) for code in value)
    if rule.choices:
        return rule.choices.get(str(value), str(value))
    return rule.text(value)


class MunicipalityFilter(admin.SimpleListFilter):
    """Located in a municipality."""

    title = "gemeente"
    parameter_name = "gemeente"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = models.Municipality.objects.values_list("nis_code", "name")
        return sorted(rows, key=lambda row: row[1])

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() is None:
            return queryset
        places = models.Establishment.objects.filter(nis_code=self.value())
        if queryset.model is models.Establishment:
            return queryset.filter(nis_code=self.value())
        if queryset.model is models.Organisation:
            return queryset.filter(pk__in=places.values("organisation_id"))
        return queryset.filter(organisation_id__in=places.values("organisation_id"))


def status_words(status: str) -> str:
    """A status in Dutch."""
    return words.STATUSES[LifeStatus(status)]
