"""The stops under /beheer/: every list of the management with its pages, and what an editor and a manager get there."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.urls import reverse

from tests.access.addresses import every_route
from tests.access.expected import ADMIN, ADMIN_BESIDE, Answers, Stop, everybody, only

# Page of a list -> the right it needs, and what who has it gets: without the right the page is not there.
PAGES = {"changelist": "v", "add": "a", "change": "v", "history": "v", "delete": "d"}
_EDITOR, _MANAGER = "region-editor", "region-manager"
# Lists whose rows have pages for what can happen to them. Nothing can happen to a figure of employment.
DEEDS = {
    "register.employment": only(),
    **{f"register.{name}": only(_EDITOR) for name in ("establishment", "offer", "organisation", "recognition")},
}


def admin_stops() -> Iterator[tuple[str, Stop]]:
    """The route of each address under /beheer/ with its stop."""
    yield from ADMIN_BESIDE.items()
    yield "beheer/login/", Stop("/beheer/login/", everybody(302))
    yield "beheer/logout/", Stop("/beheer/logout/", only(_EDITOR, found=302))
    yield "beheer/r/<path:content_type_id>/<path:object_id>/", Stop("/beheer/r/0/0/", only())
    yield "beheer/(?P<url>.*)$", Stop("/beheer/bestaat/niet", only())
    labels = sorted({label.split(".")[0] for label in ADMIN})
    for route in (route for route in every_route() if route.startswith("beheer/^(?P<app_label>")):
        for app in labels:
            seen = any(name.startswith(f"{app}.") and rights[0] for name, rights in ADMIN.items())
            yield route, Stop(f"/beheer/{app}/", only(_EDITOR if seen else _MANAGER))
    for label in ADMIN:
        app, model = label.split(".")
        row = apps.get_model(label)._default_manager.order_by("pk").values_list("pk", flat=True).first()
        start = f"beheer/{app}/{model}/"
        for page in PAGES:
            args = () if page in ("changelist", "add") else (row if row is not None else "0",)
            inside = "" if page == "changelist" else "add/" if page == "add" else f"<path:object_id>/{page}/"
            yield start + inside, Stop(reverse(f"admin:{app}_{model}_{page}", args=args), _answers(label, page, row))
        if label in DEEDS:
            yield f"{start}<path:object_id>/<slug:deed>/", Stop(f"/{start}{row}/gestopt/", DEEDS[label])
        yield f"{start}<path:object_id>/", Stop(f"/{start}{row or 0}/", only(_EDITOR, found=302))


def _answers(label: str, page: str, row: object) -> Answers:
    """With the right: the page, or for a row that is not there a way back to the start of the management."""
    missing = row is None and page in ("change", "delete", "history")
    answers = dict(only())
    for who, rights in zip((_EDITOR, _MANAGER), ADMIN[label], strict=True):
        if PAGES[page] in rights or (missing and page == "history"):
            answers[who] = 302 if missing else 200
    return answers
