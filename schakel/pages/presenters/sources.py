"""Who speaks in this register, and every time something was loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schakel.pages.presenters.notes import web_address
from schakel.pages.standing import Standing
from schakel.register.read import RunInfo, SourceInfo
from schakel.wording import words
from schakel.wording.dates import number_words

COUNTED: words.Words = {
    "municipalities": _("gemeenten"),
    "localities": _("deelgemeenten"),
    "clusters": _("clusters"),
    "cluster_members": _("lidmaatschappen van clusters"),
    "organisations": _("organisaties"),
    "establishments": _("vestigingen"),
    "recognitions": _("erkenningen"),
    "offers": _("diensten in het aanbod"),
    "employment": _("jaren tewerkstelling"),
    "tasks": _("taken van lokale besturen"),
    "partners": _("partners"),
    "initiatives": _("initiatieven"),
    "municipal_figures": _("cijfers over gemeenten"),
    "negative_statements": _("keer gezocht en niet gevonden"),
    "statements_added": _("nieuwe uitspraken"),
    "statements_withdrawn": _("ingetrokken uitspraken"),
    "statements_kept": _("ongewijzigde uitspraken"),
    "statements": _("uitspraken"),
}


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source; `tags` say what is special (invented, withdrawn)."""

    key: str
    title: str
    href: str
    rank: str
    statements: str
    licence: str
    run: int | None
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountLine:
    """How much of one thing a run held."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class RunLine:
    """One load."""

    id: int
    title: str
    when: str
    version: str
    fingerprint: str
    counts: tuple[CountLine, ...]


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """Everything `pages/sources.html` shows."""

    licence: str
    sources: tuple[SourceLine, ...]
    runs: tuple[RunLine, ...]


def present_sources(sources: Sequence[SourceInfo], runs: Sequence[RunInfo], region: Standing) -> SourcesPage:
    """The page of sources and runs, newest run first."""
    licence = region.region.licence if region.region else ""
    return SourcesPage(
        licence=gettext("Licentie van de streek: %(licence)s") % {"licence": licence} if licence else "",
        sources=tuple(_source(source) for source in sources),
        runs=tuple(_run(run) for run in runs),
    )


def _source(source: SourceInfo) -> SourceLine:
    tags = []
    if source.synthetic:
        tags.append(gettext("verzonnen"))
    if source.withdrawn_at is not None:
        tags.append(gettext("ingetrokken"))
    return SourceLine(
        key=source.key,
        title=source.title,
        href=web_address(source.url),
        rank=words.word(words.RANKS, source.rank),
        statements=number_words(source.statements),
        licence=source.licence,
        run=source.last_run,
        tags=tuple(tags),
    )


def _run(run: RunInfo) -> RunLine:
    when = date_format(timezone.localtime(run.finished_at), "j F Y, H:i")
    counts = tuple(CountLine(words.word(COUNTED, key), number_words(value)) for key, value in run.counts.items())
    return RunLine(run.id, run.source_title, when, run.version, run.fingerprint[:12], counts)
