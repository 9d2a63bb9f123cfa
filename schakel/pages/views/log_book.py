"""The log of the whole region."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schakel.audit.read import Filter, list_lines
from schakel.core.permissions import REGION, Action
from schakel.pages.access import requires
from schakel.pages.presenters.log_book import SIZE, LogForm, present_log
from schakel.pages.standing import standing


@require_safe
@requires(Action.MANAGE_PEOPLE, REGION)
def log_book(request: HttpRequest) -> HttpResponse:
    """Who did what, on whose behalf; filtered by what is asked. A date that is none is said beside its field."""
    asked = request.GET.dict()
    number = asked.pop("pagina", "1")
    if not number.isascii() or not number.isdigit() or len(number) > 7 or int(number) < 1:
        raise Http404
    form = LogForm(asked)
    found = list_lines(form.chosen() if form.is_valid() else Filter(), page=int(number), size=SIZE)
    page = present_log(found, int(number), standing(request), lambda page: f"?{urlencode({**asked, 'pagina': page})}")
    status = 200 if form.is_valid() else 400
    return render(request, "pages/log_book.html", {"page": page, "form": form}, status=status)
