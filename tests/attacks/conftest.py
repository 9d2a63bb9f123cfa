"""The attacks happen in the small region of the pages."""

from tests.pages.conftest import klein

__all__ = ["klein"]
