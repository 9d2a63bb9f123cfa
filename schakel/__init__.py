"""Schakel: the regional platform for the social economy."""

__version__ = "0.1.0"
