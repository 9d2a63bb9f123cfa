"""All addresses. Dutch without a prefix, `/en/…` and `/fr/…` beside it."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("schakel.operations.urls")),
    path("", include("schakel.accounts.urls")),
    path("beheer/", admin.site.urls),
]
