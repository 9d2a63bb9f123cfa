"""Keeping profiles current: whom we asked to confirm, and photos. Points at the register by key."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class ProfileAsk(models.Model):
    """One time that an organisation was asked whether its profile still holds; one letter per address.

    `leaves_on`: the day the letters said it would leave the guide. Never removed while the organisation exists: two
    letters within 60 days must be impossible, also after a restart or a jump of the clock.
    """

    organisation_key = models.CharField("organisatie", max_length=120, db_index=True)
    on = models.DateField("gevraagd op")
    leaves_on = models.DateField("uit de gids op")
    letters = models.PositiveSmallIntegerField("brieven", default=0)
    by_hand = models.BooleanField("door een coördinator", default=False)
    answered_at = models.DateTimeField("beantwoord op", null=True, blank=True)

    class Meta:
        verbose_name = "vraag om te bevestigen"
        verbose_name_plural = "vragen om te bevestigen"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["organisation_key", "on"], name="asked_once_a_day")]

    def __str__(self) -> str:
        return f"{self.organisation_key} {self.on}"


class Photo(models.Model):
    """A photo of an organisation. The file lies outside the web root, named by the SHA-256 of what we made of it."""

    organisation_key = models.CharField("organisatie", max_length=120, db_index=True)
    digest = models.CharField(max_length=64)
    width = models.PositiveIntegerField("breedte")
    height = models.PositiveIntegerField("hoogte")
    alt = models.CharField("wat is te zien", max_length=300)
    author = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField("toegevoegd op")
    rights_confirmed_at = models.DateTimeField("rechten bevestigd op")
    shown = models.BooleanField("getoond", default=True)  # False: waits until an editor looked at it
    reason = models.TextField("waarom geweigerd", blank=True)
    removed_at = models.DateTimeField("weggehaald op", null=True, blank=True)

    class Meta:
        verbose_name = "foto"
        verbose_name_plural = "foto's"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_key", "digest"], condition=Q(removed_at=None), name="photo_once"
            ),
        ]
        indexes = [models.Index(fields=["digest"], name="photo_digest")]

    def __str__(self) -> str:
        return f"{self.organisation_key}: {self.alt}"
