"""What is kept of whoever signed in: to read, to take along, and to have erased."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schakel.accounts.erase import erase_person
from schakel.accounts.personal_data import collect
from schakel.audit import log
from schakel.core.errors import InvalidInput
from schakel.pages.access import View, requires
from schakel.wording.personal import EVERYBODY, WITH_ACCOUNT

signed_in_just_now: Callable[[View], View] = reauthentication_required


@require_safe
@requires()
def my_data(request: HttpRequest) -> HttpResponse:
    """What is kept of somebody with an account, why and how long."""
    return render(request, "pages/my_data.html", {"kept": (*WITH_ACCOUNT, *EVERYBODY)})


@require_POST
@requires()
def take_along(request: HttpRequest) -> HttpResponse:
    """All of it as JSON; that it was asked stands in the log."""
    person: Any = request.user
    log.record("person-export", f"user:{person.pk}", actor=person)
    found = {"made_at": timezone.now().isoformat(timespec="seconds"), "tables": collect(person.email)}
    response = HttpResponse(json.dumps(found, ensure_ascii=False, indent=1), content_type="application/json")
    response["Cache-Control"] = "no-store"
    response["Content-Disposition"] = f'attachment; filename="schakel-{timezone.localdate()}.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@requires()
@signed_in_just_now
def erase_me(request: HttpRequest) -> HttpResponse:
    """Erase the own account, after signing in again just now and typing the own address."""
    person: Any = request.user
    fault = ""
    if request.method == "POST":
        if request.POST.get("email", "").strip().lower() != person.email:
            fault = gettext("Dit is niet je e-mailadres. Er is niets gewist.")
        else:
            try:
                erase_person(person, by=person)
            except InvalidInput as refusal:
                fault = str(refusal)
            else:
                logout(request)
                messages.success(request, gettext("Je account is gewist."))
                return HttpResponseRedirect(reverse("account_login"))
    return render(request, "pages/erase_me.html", {"fault": fault, "email": person.email}, status=400 if fault else 200)
