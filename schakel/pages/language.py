"""The address of a page says its language: Dutch without a prefix, `/en/` and `/fr/` beside it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation


class AddressLanguage:
    """Middleware in the place of Django's, which also asks the browser and a cookie, and tells caches that pages differ
    by those. Ours do not: what was sent to somebody in French is a page in French for everybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language  # where Django and its libraries look
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or language)
        return response
