"""Needs and what happens to them. Organisations are pointed at by their public key; nothing here is ever rebuilt."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models


class Unchangeable(Exception):
    """Somebody tried to change what is kept as it was said."""


class KeptAsSaid(models.Model):
    """A row that is added and never changed."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable(f"{self._meta.verbose_name} cannot be changed: add a new one")
        super().save(*args, **kwargs)


class State(models.TextChoices):
    UNCONFIRMED = "unconfirmed", "wacht op bevestiging van het e-mailadres"
    OPEN = "open", "open"
    WITHDRAWN = "withdrawn", "ingetrokken"
    CLOSED = "closed", "afgesloten"


class Estimate(KeptAsSaid):
    """What a contract is thought to cost, without VAT. It is stored before the need it belongs to: hence only its key.

    A later estimate is a new row; the first one stays.
    """

    need_key = models.CharField("behoefte", max_length=20, db_index=True)
    amount = models.DecimalField("bedrag in euro zonder btw", max_digits=13, decimal_places=2)
    basis = models.CharField("berekend op", max_length=300, blank=True)
    recorded_at = models.DateTimeField("vastgelegd op")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="auteur",
    )
    author_words = models.CharField("auteur in woorden", max_length=254)  # function or address, as it was then

    class Meta:
        verbose_name = "raming"
        verbose_name_plural = "ramingen"
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.need_key}: {self.amount}"


class Need(models.Model):
    """What somebody asks. `places` are NIS codes; `services` codes, all of them needed when `chosen`."""

    key = models.CharField("sleutel", max_length=20, unique=True)
    state = models.CharField("toestand", max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    created_at = models.DateTimeField("geplaatst op")
    opened_at = models.DateTimeField("open sinds", null=True, blank=True)
    text = models.TextField("vraag")
    services = models.JSONField("diensten", default=list)
    chosen = models.BooleanField("diensten zelf gekozen", default=False)
    places = models.JSONField("gemeenten", default=list)
    spot = models.CharField("plaats in woorden", max_length=120, blank=True)
    customer = models.CharField("voor wie", max_length=20)
    buyer_name = models.CharField("vrager", max_length=200)  # a body or a company, no person
    contract = models.CharField("soort opdracht", max_length=20)
    amount = models.FloatField("hoeveel", null=True, blank=True)
    unit = models.CharField("eenheid", max_length=100, blank=True)
    needed_from = models.DateField("vanaf", null=True, blank=True)
    needed_until = models.DateField("tot en met", null=True, blank=True)
    answer_by = models.DateField("antwoorden tot en met")
    reserved = models.BooleanField("voorbehouden (art. 15)", default=False)
    body = models.CharField("namens", max_length=130, blank=True)  # "municipality:41024"; "": for oneself
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="eigenaar",
    )
    email = models.CharField("e-mailadres voor antwoorden", max_length=254)
    language = models.CharField("taal", max_length=2, default="nl")
    paused = models.BooleanField("gepauzeerd", default=False)
    next_wave_at = models.DateTimeField("volgende golf", null=True, blank=True)
    withdrawn_because = models.CharField("ingetrokken omdat", max_length=300, blank=True)
    ended_at = models.DateTimeField("ingetrokken of afgesloten op", null=True, blank=True)
    public = models.BooleanField("in de openbare lijst", default=False)  # the buyer said so; never of a citizen
    form_key = models.CharField(max_length=40, unique=True)  # of the form it was sent with: a double click is one need

    class Meta:
        verbose_name = "behoefte"
        verbose_name_plural = "behoeften"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.text[:60]


class Invitation(models.Model):
    """One organisation was asked, once. `why` is what the matching said then."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="invitations", verbose_name="behoefte")
    organisation_key = models.CharField("organisatie", max_length=120)
    wave = models.PositiveSmallIntegerField("golf")  # 0: chosen by hand
    at = models.DateTimeField("uitgenodigd op")
    email = models.CharField("e-mailadres", max_length=254, blank=True)  # "": none known, so nothing was sent
    score = models.FloatField("score", null=True, blank=True)
    why = models.JSONField("waarom", default=list)

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["need", "organisation_key"], name="invited_once")]
        indexes = [models.Index(fields=["organisation_key", "at"], name="invited_lately")]

    def __str__(self) -> str:
        return f"{self.organisation_key}: {self.need_id}"


class Skipped(models.Model):
    """Who was not asked, and why not, at the moment of a wave: for the record of the consultation."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="skipped", verbose_name="behoefte")
    organisation_key = models.CharField("organisatie", max_length=120)
    at = models.DateTimeField("wanneer")
    reason = models.CharField("waarom niet", max_length=20)  # "no_address", "mail_limit", "near_miss"
    missing = models.JSONField("wat ontbreekt", default=list)

    class Meta:
        verbose_name = "niet gevraagd"
        verbose_name_plural = "niet gevraagd"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["need", "organisation_key"], name="skipped_once")]

    def __str__(self) -> str:
        return f"{self.organisation_key}: {self.reason}"


class Answer(KeptAsSaid):
    """What an invited organisation said; the newest counts, all are kept."""

    invitation = models.ForeignKey(
        Invitation, on_delete=models.CASCADE, related_name="answers", verbose_name="uitnodiging"
    )
    kind = models.CharField("antwoord", max_length=12)  # "interested", "not_now"
    reason = models.CharField("reden", max_length=24, blank=True)
    text = models.TextField("toelichting", max_length=2000, blank=True)
    at = models.DateTimeField("wanneer")

    class Meta:
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.reason}"


class Question(models.Model):
    """A question of somebody invited, and the answer: everybody invited sees both, never who asked."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="questions", verbose_name="behoefte")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="+", verbose_name="van")
    text = models.TextField("vraag", max_length=2000)
    at = models.DateTimeField("gevraagd op")
    answer = models.TextField("antwoord", max_length=4000, blank=True)
    answered_at = models.DateTimeField("beantwoord op", null=True, blank=True)

    class Meta:
        verbose_name = "vraag over een behoefte"
        verbose_name_plural = "vragen over behoeften"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]


class Unaware(models.Model):
    """A buyer says of a match: I did not know this offer."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="unaware", verbose_name="behoefte")
    organisation_key = models.CharField("organisatie", max_length=120)
    service = models.CharField("dienst", max_length=60)
    at = models.DateTimeField("wanneer")

    class Meta:
        verbose_name = "kende dit aanbod niet"
        verbose_name_plural = "kende dit aanbod niet"
        constraints = [models.UniqueConstraint(fields=["need", "organisation_key"], name="unaware_once")]

    def __str__(self) -> str:
        return self.organisation_key


class Outcome(KeptAsSaid):
    """What one side says came of it; the newest of each side counts. `organisation_key` "": the buyer speaks."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="outcomes", verbose_name="behoefte")
    organisation_key = models.CharField("organisatie", max_length=120, blank=True)
    result = models.CharField("gevolg", max_length=12)  # "awarded", "partly", "not"
    awarded_to = models.JSONField("gegund aan", default=list)  # slugs, as the buyer says
    reason = models.CharField("reden", max_length=24, blank=True)
    euro = models.DecimalField("bedrag in euro zonder btw", max_digits=13, decimal_places=2, null=True, blank=True)
    hours = models.FloatField("uren", null=True, blank=True)
    target_jobs = models.FloatField("doelgroepjobs", null=True, blank=True)
    months = models.FloatField("duur in maanden", null=True, blank=True)
    at = models.DateTimeField("wanneer")

    class Meta:
        verbose_name = "gevolg"
        verbose_name_plural = "gevolgen"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.result


class Alert(models.Model):
    """Somebody who confirmed their address wants to hear of new public needs; "" for every service or municipality."""

    email = models.CharField("e-mailadres", max_length=254)
    service = models.CharField("dienst", max_length=60, blank=True)
    nis_code = models.CharField("gemeente", max_length=5, blank=True)
    language = models.CharField("taal", max_length=2, default="nl")
    told_until = models.DateTimeField("verteld tot")  # of what was opened later, nothing was told yet

    class Meta:
        verbose_name = "bericht over nieuwe vragen"
        verbose_name_plural = "berichten over nieuwe vragen"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["email", "service", "nis_code"], name="alert_once")]

    def __str__(self) -> str:
        return f"{self.service} {self.nis_code}"
