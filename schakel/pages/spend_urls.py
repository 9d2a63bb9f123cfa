"""Addresses about what a municipality spends: its lists, one list, looking at names, files."""

from __future__ import annotations

from django.urls import path

from schakel.pages.views import spend

_PLACE = "mijn/uitgaven/<slug:slug>"
spend_patterns = [
    path(_PLACE, spend.lists, name="spend"),
    path(f"{_PLACE}/<int:number>", spend.one_list, name="spend_list"),
    path(f"{_PLACE}/<int:number>/nazicht", spend.review, name="spend_review"),
    path(f"{_PLACE}/<int:number>/uitgaven.<str:extension>", spend.download, name="spend_file"),
]
