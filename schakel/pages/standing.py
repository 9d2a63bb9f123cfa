"""What stands still between two writes to the register, kept in memory per revision: one query a request."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from django.http import HttpRequest

from schakel.core.model import Cluster, Locality, Municipality, OrganisationCard
from schakel.register import read
from schakel.register.read import RegionInfo
from schakel.search.kept import Kept

Made = TypeVar("Made")
MOST_CARDS = 3000  # some two kilobytes each
_ASKED = "_schakel_standing"


@dataclass(frozen=True, slots=True)
class Standing:
    """The region as it stands at one revision of the register, with what pages made of it."""

    revision: int
    region: RegionInfo | None
    municipalities: tuple[Municipality, ...]
    by_nis: Mapping[str, Municipality]
    localities: tuple[Locality, ...]
    clusters: tuple[Cluster, ...]
    _cards: dict[str, OrganisationCard] = field(default_factory=dict, repr=False, compare=False)
    _told: Kept[Hashable, Any] = field(default_factory=lambda: Kept(MOST_CARDS), repr=False, compare=False)
    _made: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    def keep(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives, made once as long as the register does not change.

        For what follows from the register, the language and a few fixed choices only: nothing is thrown away before
        the next revision, so there must be few keys. Two threads may both make it the first time; that does no harm.
        """
        try:
            found: Made = self._made[key]
        except KeyError:
            found = self._made[key] = make()
        return found

    def drop(self, key: Hashable) -> None:
        """Forget one thing that was kept, so that it is made again."""
        self._made.pop(key, None)

    def cards(self, slugs: Sequence[str]) -> tuple[OrganisationCard, ...]:
        """As `read.list_cards`, which is asked only for cards that nobody looked at since the register changed."""
        known = {slug: card for slug in slugs if (card := self._cards.get(slug)) is not None}
        missing = [slug for slug in slugs if slug not in known]
        if missing:
            fresh = {card.slug: card for card in read.list_cards(missing)}
            if len(self._cards) > MOST_CARDS:
                self._cards.clear()
            self._cards.update(fresh)
            known |= fresh
        return tuple([known[slug] for slug in dict.fromkeys(slugs) if slug in known])

    def tell(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """As `keep`, for what is said of one organisation: there may be many, so the oldest of them go."""
        found: Made = self._told.get(key, make)
        return found

    def place_name(self, nis_code: str | None) -> str:
        """The name of a municipality; empty for None, the code itself outside the region."""
        if nis_code is None:
            return ""
        found = self.by_nis.get(nis_code)
        return found.name if found else nis_code


_lock = Lock()
_kept: Standing | None = None


def standing(request: HttpRequest | None = None) -> Standing:
    """The region now. Asks the register for its revision each time; reads the rest only when that changed.

    With a request: asked once for that request, so a page shows one state of the region.
    """
    if request is None:
        return _current()
    known: Standing | None = vars(request).get(_ASKED)
    if known is None:
        known = vars(request)[_ASKED] = _current()
    return known


def _current() -> Standing:
    global _kept
    revision = read.revision()
    with _lock:
        if _kept is None or _kept.revision != revision:
            municipalities = read.list_municipalities()
            _kept = Standing(
                revision=revision,
                region=read.region(),
                municipalities=municipalities,
                by_nis={municipality.nis_code: municipality for municipality in municipalities},
                localities=read.list_localities(),
                clusters=read.list_clusters(),
            )
        return _kept


def forget() -> None:
    """Forget what is kept. For tests, whose revisions start again at zero."""
    global _kept
    with _lock:
        _kept = None
