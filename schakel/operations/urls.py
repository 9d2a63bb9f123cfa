"""Addresses for monitoring."""

from django.urls import path

from schakel.operations import health

urlpatterns = [path("gezondheid", health.health, name="health")]
