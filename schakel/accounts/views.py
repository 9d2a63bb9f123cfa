"""Setting an address and a password through a one-time link."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from schakel.accounts.door import sign_in
from schakel.accounts.forms import BeginForm
from schakel.accounts.links import find_person, has_coordinator
from schakel.audit import log


@sensitive_post_parameters("password", "repeated")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Show the form, or set what was filled in and sign in. Only a form that is right uses the link up."""
    response = _save(request, uid, token) if request.method == "POST" else _show(request, uid, token)
    # The address of this page is a key, so it never travels as a whole. Not "no-referrer": browsers then send
    # "Origin: null" with the form, which is refused as coming from elsewhere.
    response["Referrer-Policy"] = "strict-origin"
    return response


def _show(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    person = find_person(uid, token)
    return _gone(request) if person is None else _form(request, BeginForm(person=person))


def _save(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    with transaction.atomic():  # of two people who send the form at once, the second finds the link used
        person = find_person(uid, token, for_update=True)
        if person is None:
            return _gone(request)
        form = BeginForm(request.POST, person=person)
        if not form.is_valid():
            return _form(request, form, status=400)
        person.email = form.cleaned_data["email"]
        person.set_password(form.cleaned_data["password"])
        person.save()
        log.record("first_sign_in", f"user:{person.pk}", actor=person)
    return sign_in(request, person, to=reverse("my_work"))


def _form(request: HttpRequest, form: BeginForm, status: int = 200) -> HttpResponse:
    return render(request, "accounts/begin.html", {"form": form, "first": not has_coordinator()}, status=status)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/begin_gone.html", {}, status=410)
