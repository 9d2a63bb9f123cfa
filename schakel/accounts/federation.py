"""To the sign-in service elsewhere, which may be out of reach."""

from __future__ import annotations

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.openid_connect import views as library
from django.http import HttpRequest, HttpResponse


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Leads to the service; a page in words when it does not answer, or not as it should. 404 for an unknown one."""
    try:
        response: HttpResponse = library.login(request, provider_id)
    except (OSError, KeyError) as fault:  # every fault of `requests` is an OSError; KeyError: its answer lacks a part
        response = render_authentication_error(request, provider_id, exception=fault)
    return response
