"""Keeping a profile current: what is missing in it, how long nobody confirmed it, and what follows from that."""

from schakel.core.upkeep.freshness import Ask, Asking, Freshness, OwnerEdits, Rules, State, assess, next_ask
from schakel.core.upkeep.quality import Gap, GapCode, OfferFacts, ProfileFacts, Quality, Section, score

__all__ = [
    "Ask",
    "Asking",
    "Freshness",
    "Gap",
    "GapCode",
    "OfferFacts",
    "OwnerEdits",
    "ProfileFacts",
    "Quality",
    "Rules",
    "Section",
    "State",
    "assess",
    "next_ask",
    "score",
]
