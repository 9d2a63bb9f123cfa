"""The outbox: one row per letter, written in the transaction of what it reports."""

from __future__ import annotations

from django.db import models


class Status(models.TextChoices):
    """Where a letter stands. Only WAITING ever becomes CLAIMED, so nothing leaves twice."""

    WAITING = "waiting", "wacht"
    CLAIMED = "claimed", "wordt verzonden"
    SENT = "sent", "verzonden"
    UNCERTAIN = "uncertain", "onzeker of het vertrok"
    FAILED = "failed", "niet verzonden"
    CANCELLED = "cancelled", "ingetrokken"


class Message(models.Model):
    """A letter to one address. `kind` and `context` are composed into text and HTML when it leaves."""

    key = models.CharField(max_length=200, unique=True)  # what it reports: the same key is never written twice
    message_id = models.CharField(max_length=200)  # stable over attempts: a receiver can see that it is the same
    to = models.CharField("aan", max_length=254)  # "" once forgotten
    kind = models.CharField("soort", max_length=60)
    language = models.CharField("taal", max_length=2)
    context = models.JSONField(default=dict)  # {} once forgotten
    status = models.CharField("toestand", max_length=10, choices=Status.choices, default=Status.WAITING)
    created_at = models.DateTimeField("gemaakt")
    due_at = models.DateTimeField("vanaf")  # the first moment it may leave
    next_at = models.DateTimeField("volgende poging")
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    claim = models.UUIDField(null=True)  # who is sending it, and everything that leaves in the same letter
    claimed_until = models.DateTimeField(null=True)  # after this the sender counts as dead
    finished_at = models.DateTimeField("afgesloten", null=True)
    reply = models.CharField("laatste antwoord", max_length=500, blank=True)  # of the mail server, or why not

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["status", "next_at"], name="mail_due"),
            models.Index(fields=["to", "status"], name="mail_to"),
            models.Index(fields=["claim"], name="mail_claim"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class OptOut(models.Model):
    """Somebody wants no more letters of one kind. Kept as a keyed hash: the address cannot be read from it."""

    address = models.CharField(max_length=64)
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "kind"], name="opt_out_once")]

    def __str__(self) -> str:
        return self.kind
