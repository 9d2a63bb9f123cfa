"""Addresses of an own profile, and of confirming one through a letter."""

from __future__ import annotations

from django.urls import path

from schakel.pages.views import confirm, freshness, photos, profile

_OWN = "mijn/organisatie/<slug:slug>"
profile_patterns = [
    path(_OWN, profile.profile, name="profile"),
    path(f"{_OWN}/contact", profile.contact, name="profile_contact"),
    path(f"{_OWN}/over", profile.about, name="profile_about"),
    path(f"{_OWN}/aanbod", profile.new_offer, name="profile_offer_new"),
    path(f"{_OWN}/aanbod/<path:key>", profile.offer, name="profile_offer"),
    path(f"{_OWN}/uren/<path:key>", profile.hours, name="profile_hours"),
    path(f"{_OWN}/mensen", profile.people, name="profile_people_new"),
    path(f"{_OWN}/mensen/<int:year>", profile.people, name="profile_people"),
    path(f"{_OWN}/fotos", photos.edit_photos, name="profile_photos"),
    path(f"{_OWN}/bevestig", profile.confirm, name="profile_confirm"),
    path(f"{_OWN}/voorstel/<int:number>/terug", profile.take_back, name="profile_take_back"),
    path(f"{_OWN}/geschiedenis", profile.history, name="profile_history"),
    path(f"{_OWN}/geschiedenis/<int:number>/ongedaan", profile.undo, name="profile_undo"),
    path(f"{_OWN}/voorbeeld", profile.preview, name="profile_preview"),
    path("mijn/versheid", freshness.freshness, name="freshness"),
    path("mijn/versheid/<slug:slug>", freshness.ask, name="freshness_ask"),
    path("bevestig/<str:token>", confirm.confirm_profile, name="confirm_profile"),
]
# One address, whatever the language.
photo_patterns = [path("foto/<str:digest>-<int:width>.jpg", photos.photo, name="photo")]
