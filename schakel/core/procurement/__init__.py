"""How to let a job to the social economy: routes, thresholds by date, texts to copy. Never legal advice."""

from schakel.core.procurement.advice import advise
from schakel.core.procurement.model import (
    Advice,
    Buyer,
    Certainty,
    ContractKind,
    FormField,
    Possible,
    Route,
    RouteKind,
    Source,
    TextBlock,
    Threshold,
)
from schakel.core.procurement.thresholds import get_threshold, list_thresholds

__all__ = [
    "Advice",
    "Buyer",
    "Certainty",
    "ContractKind",
    "FormField",
    "Possible",
    "Route",
    "RouteKind",
    "Source",
    "TextBlock",
    "Threshold",
    "advise",
    "get_threshold",
    "list_thresholds",
]
