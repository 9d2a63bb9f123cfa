"""Spend analysis: what a municipality bought, what of it went to social enterprises, and how peers do."""

from schakel.core.spend.categories import Category, category_of, list_categories
from schakel.core.spend.model import Amount, Bucket, Line, Party, Standing
from schakel.core.spend.peers import GROUP, as_parts, average, release
from schakel.core.spend.recognise import Pending, Recognition, Said, Supplier, recognise, unmatched
from schakel.core.spend.shares import Share, compute_shares, list_shares

__all__ = [
    "GROUP",
    "Amount",
    "Bucket",
    "Category",
    "Line",
    "Party",
    "Pending",
    "Recognition",
    "Said",
    "Share",
    "Standing",
    "Supplier",
    "as_parts",
    "average",
    "category_of",
    "compute_shares",
    "list_categories",
    "list_shares",
    "recognise",
    "release",
    "unmatched",
]
