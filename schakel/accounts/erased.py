"""How an account looks that was erased: the row stays, because the log and statements name it by its number."""

from __future__ import annotations

from django.utils.translation import gettext

_DOMAIN = "gewist.invalid"  # nobody can ever receive mail there


def erased_address(number: int) -> str:
    """What stands in the place of the address of account `number`."""
    return f"gewist-{number}@{_DOMAIN}"


def is_erased(address: str) -> bool:
    """Whether this is what stands in the place of an address."""
    return address.endswith(f"@{_DOMAIN}")


def person_words(address: str) -> str:
    """Who somebody is, for a page that may show it: the address, or that the account is gone."""
    return gettext("gewist account") if is_erased(address) else address
