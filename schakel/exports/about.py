"""What every exported file says about itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from schakel.core.errors import NotEnoughData
from schakel.register import read


@dataclass(frozen=True, slots=True)
class About:
    """Where an exported file comes from, from when it is and what may be done with it.

    `base_url`: address of this site, without a slash at the end. `selection`: which part of the register this is, in
    Dutch words ("Zoekopdracht: hagen in Haaltert"); empty: the whole register. `run`: number of the latest load, `None`
    when everything was typed in by hand. `synthetic`: every fact is invented; `synthetic_sources`: titles of sources
    whose facts are. `places`: NIS code -> slug and name of the municipalities of the region.
    """

    base_url: str
    region: str
    licence: str
    made_at: datetime
    revision: int
    run: int | None
    compiled_on: str
    synthetic: bool
    synthetic_sources: frozenset[str]
    places: Mapping[str, tuple[str, str]]
    selection: str = ""

    @property
    def warning(self) -> str:
        """What a reader must know before anything else; empty for real data."""
        if self.synthetic:
            return "Verzonnen gegevens, om te proberen en te testen. Niets hierin bestaat echt."
        if self.synthetic_sources:
            return "Een deel van deze gegevens is verzonnen: zie de kolom 'synthetic'."
        return ""

    def is_synthetic(self, sources: Iterable[str]) -> bool:
        """Whether something that rests on these sources (by title) is invented."""
        return self.synthetic or not self.synthetic_sources.isdisjoint(sources)


def describe_export(base_url: str, *, now: datetime, selection: str = "") -> About:
    """What files made `now` from the register of this moment say about themselves. Six queries.

    Raises `NotEnoughData` before a region was loaded: a file without region and licence must not leave the house.
    """
    region = read.region()
    if region is None:
        raise NotEnoughData(
            "Er is nog geen regio geladen, dus er valt niets uit te voeren. Laad eerst een regiopakket."
        )
    runs = read.list_runs(1)
    return About(
        base_url=base_url.rstrip("/"),
        region=region.name["nl"],
        licence=region.licence,
        made_at=now,
        revision=read.revision(),
        run=runs[0].id if runs else None,
        compiled_on=region.compiled_on,
        synthetic=region.synthetic,
        synthetic_sources=frozenset(source.title for source in read.list_sources() if source.synthetic),
        places={place.nis_code: (place.slug, place.name) for place in read.list_municipalities()},
        selection=selection,
    )
