"""The register for the people who manage it, at /beheer/. Saving states; nothing is overwritten or deleted."""

from schakel.register.admin import offers, organisation, region, statements

__all__ = ["offers", "organisation", "region", "statements"]
