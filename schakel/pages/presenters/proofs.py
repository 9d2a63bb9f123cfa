"""What the register knows about the 30 % of article 15: recognitions with their dates."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext

from schakel.core.matching import Recognition, Supplier
from schakel.core.matching.prepared import RESERVED_LAWS
from schakel.pages.presenters.advice import ProofRow
from schakel.wording import words
from schakel.wording.dates import date_words


def present_proofs(suppliers: Iterable[Supplier]) -> tuple[ProofRow, ...]:
    """Organisations with a recognition that shows the 30 %, by name; the source stands on their own page."""
    rows = [
        ProofRow(one.name, reverse("organisation", kwargs={"slug": one.slug}), _words(recognition), None)
        for one in suppliers
        for recognition in one.recognitions
        if recognition.law in RESERVED_LAWS
    ]
    return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.words)))


def _words(recognition: Recognition) -> str:
    since = date_words(recognition.since) if recognition.since else gettext("begin niet bekend")
    until = date_words(recognition.until) if recognition.until else gettext("einde niet bekend")
    said = gettext("%(law)s: %(since)s tot %(until)s") % {
        "law": words.word(words.LAWS, recognition.law), "since": since, "until": until,
    }  # fmt: skip
    return said + (gettext(" (voor één vestiging)") if recognition.establishment else "")
