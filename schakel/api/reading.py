"""Reading what is asked, for the lists. Refuses in plain Dutch."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.conf import settings

from schakel.api.content import about_content
from schakel.api.present import plain
from schakel.core.errors import InvalidInput
from schakel.register.read import Page, paginate

T = TypeVar("T")
LARGEST_SIZE = 500
STANDARD_SIZE = 100
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,119}")


def read_whole(text: str | None, name: str, standard: int, largest: int) -> int:
    """A whole number from 1 to `largest`; nothing given is `standard`. Raises InvalidInput."""
    if text is None or text == "":
        return standard
    if not re.fullmatch(r"[0-9]{1,9}", text) or not 1 <= int(text) <= largest:
        raise InvalidInput(f"{shown(text)} kan niet voor {name!r}. Geef een geheel getal van 1 tot {largest}.")
    return int(text)


def read_page(params: Mapping[str, Any]) -> tuple[int, int]:
    """Page number and size of a list."""
    page = read_whole(params.get("page"), "page", 1, 1_000_000)
    return page, read_whole(params.get("size"), "size", STANDARD_SIZE, LARGEST_SIZE)


def read_nis_code(text: str | None) -> str | None:
    """A NIS code, or None when none is given. Raises InvalidInput."""
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{5}", text):
        raise InvalidInput(f"{shown(text)} is geen NIS-code. Geef vijf cijfers, bijvoorbeeld municipality=45041.")
    return text


def read_language(text: str | None) -> str:
    """The language of the words in an answer. Raises InvalidInput."""
    allowed = [code for code, _ in settings.LANGUAGES]
    if not text:
        return settings.LANGUAGE_CODE
    if text not in allowed:
        raise InvalidInput(f"{shown(text)} is geen taal van deze site. Kies lang={' of lang='.join(allowed)}.")
    return text


def is_slug(text: str) -> bool:
    """Whether this can be the public key of an organisation at all."""
    return _SLUG.fullmatch(text) is not None


def shown(text: str) -> str:
    """Foreign text in a message: quoted, short, without control characters."""
    return repr(text if len(text) <= 40 else text[:40] + "…")


def list_answer(items: Sequence[T], params: Mapping[str, Any]) -> dict[str, Any]:
    """One page of a list that is small enough to hold."""
    page, size = read_page(params)
    return page_answer(paginate(tuple(items), page, size))


def page_answer(page: Page[T]) -> dict[str, Any]:
    """One page that was read already."""
    return {
        **about_content(),
        "count": page.total,
        "page": page.number,
        "pages": max(1, -(-page.total // page.size)),
        "size": page.size,
        "results": [plain(item) for item in page.items],
    }
