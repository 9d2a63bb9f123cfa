"""From a need in someone's own words to the services that answer it, and to who can do it, with reasons."""

from schakel.core.matching.asking import build_need, guess_services, read_text
from schakel.core.matching.classifier import classify, explain
from schakel.core.matching.match import MOST_SERVICES, match, why_not
from schakel.core.matching.prepared import Prepared, prepare
from schakel.core.matching.supply import (
    Condition,
    Consortium,
    Match,
    Matching,
    NearMiss,
    Need,
    Place,
    Reason,
    Recognition,
    Role,
    Supplier,
    SupplyOffer,
)

__all__ = [
    "MOST_SERVICES",
    "Condition",
    "Consortium",
    "Match",
    "Matching",
    "NearMiss",
    "Need",
    "Place",
    "Prepared",
    "Reason",
    "Recognition",
    "Role",
    "Supplier",
    "SupplyOffer",
    "build_need",
    "classify",
    "explain",
    "guess_services",
    "match",
    "prepare",
    "read_text",
    "why_not",
]
