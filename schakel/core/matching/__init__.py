"""From a need in someone's own words to the services that answer it, with the words that spoke for each."""

from schakel.core.matching.classifier import classify, explain

__all__ = ["classify", "explain"]
