"""In through the same door as everybody: whoever set up a second factor is still asked for it."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse

from schakel.accounts.models import User


def sign_in(request: HttpRequest, person: User, *, to: str) -> HttpResponse:
    """Signs in whoever showed with a link who they are; the answer leads to the path `to`, or asks for the factor."""
    response: HttpResponse = perform_login(request, Login(user=person, redirect_url=to))
    return response
