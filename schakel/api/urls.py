"""Addresses of the API, under `/api/v1/`."""

from django.urls import path

from schakel.api import views
from schakel.api.app import api

urlpatterns = [
    path("docs", views.docs, name="api-docs"),
    path("", views.root, name="api-root"),
    path("", api.urls),
]
