"""Addresses about who acts for whom: people, roles, invitations, handing over."""

from __future__ import annotations

from django.urls import path

from schakel.pages.views import hand_over, invitation, people

_BODY = "mijn/mensen/<str:body>"
people_patterns = [
    path("mijn/mensen", people.people, name="people"),
    path(_BODY, people.people_of, name="people_of"),
    path(f"{_BODY}/rol/<int:number>", people.role, name="people_role"),
    path(f"{_BODY}/uitnodiging/<int:number>", people.pending, name="people_invitation"),
    path("mijn/overdracht/<int:person>", hand_over.hand_over, name="hand_over"),
    path("uitnodiging/<str:token>", invitation.invitation, name="invitation"),
]
