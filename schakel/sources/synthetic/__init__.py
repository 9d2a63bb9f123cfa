"""Invented registers of any size, for tests and measurements. Everything in them says that it is invented."""

from schakel.sources.synthetic.generate import write_synthetic_pack

__all__ = ["write_synthetic_pack"]
