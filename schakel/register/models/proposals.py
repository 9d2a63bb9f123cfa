"""What an organisation wants to say of itself and an editor has not looked at yet."""

from __future__ import annotations

from django.db import models

from schakel.register.models.statements import Statement
from schakel.wording.words import ENTITIES

STATES = {
    "open": "wacht op nazicht",
    "accepted": "aanvaard",
    "rejected": "geweigerd",
    "replaced": "vervangen door een later voorstel",
    "taken_back": "zelf teruggenomen",
}


class Proposal(models.Model):
    """A statement that does not count yet. `seen`: what stood there when it was made, for those fields."""

    organisation_key = models.CharField("organisatie", max_length=120)
    entity = models.CharField("over", max_length=20, choices=list(ENTITIES.items()))
    key = models.CharField("sleutel", max_length=200)
    values = models.JSONField("voorgesteld")
    seen = models.JSONField("stond er", default=dict)
    author = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    body = models.CharField("namens", max_length=250, blank=True)  # "organisation:slug"
    at = models.DateTimeField("wanneer")
    state = models.CharField("toestand", max_length=20, default="open", choices=list(STATES.items()))
    decided_at = models.DateTimeField("beslist op", null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField("waarom", blank=True)
    statement = models.ForeignKey(Statement, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "voorstel"
        verbose_name_plural = "voorstellen"
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "key"], condition=models.Q(state="open"), name="one_open_proposal_per_thing"
            ),
        ]
        indexes = [models.Index(fields=["organisation_key", "state"], name="proposal_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation_key}: {self.key}"
