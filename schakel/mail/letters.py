"""What a letter says. One function per kind makes it; text and HTML come from the same parts, so they never differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from django.utils.functional import Promise

from schakel.core.errors import InvalidInput
from schakel.core.model import Json

Context: TypeAlias = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Button:
    """The thing to do: a label and a path of this site."""

    label: str
    path: str

    def __post_init__(self) -> None:
        if not self.path.startswith("/") or self.path.startswith("//") or not self.path.isprintable():
            raise InvalidInput(f"Een knop in een bericht wijst naar een pad van deze site, niet naar {self.path!r}.")


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody wrote, as it was written."""

    text: str

    @property
    def lines(self) -> list[str]:
        """Its lines, for who marks each of them."""
        return self.text.splitlines()


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with their values."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Begins a part; a digest has one per letter in it."""

    text: str


Part: TypeAlias = Paragraph | Button | Quote | Facts | Items | Heading


@dataclass(frozen=True, slots=True, init=False)
class Letter:
    """A subject and the parts below it."""

    subject: str
    parts: tuple[Part, ...]

    def __init__(self, subject: str, *parts: Part) -> None:
        object.__setattr__(self, "subject", subject)
        object.__setattr__(self, "parts", parts)


Compose: TypeAlias = Callable[[Context], Letter]


@dataclass(frozen=True, slots=True)
class LetterKind:
    """How letters of one kind are made and treated.

    `reason`: completes "You get this because …". `example`: a context that shows what it looks like. `secret`: it
    holds a key, which is hidden from who manages and forgotten once sent. `digest`: within this time several letters
    to one address become one. `optional`: who gets it may say: no more of these.
    """

    code: str
    compose: Compose
    reason: str | Promise
    example: Context
    secret: bool
    digest: timedelta | None
    optional: bool


_kinds: dict[str, LetterKind] = {}


def letter(
    code: str,
    *,
    reason: str | Promise,
    example: Context,
    secret: bool = False,
    digest: timedelta | None = None,
    optional: bool = False,
) -> Callable[[Compose], Compose]:
    """Register the function below it as what makes letters of kind `code` (see LetterKind)."""
    if secret and digest:
        raise ValueError(f"{code}: a letter with a key goes alone")

    def register(compose: Compose) -> Compose:
        if code in _kinds:
            raise ValueError(f"two functions make letters of kind {code}")
        _kinds[code] = LetterKind(code, compose, reason, example, secret, digest, optional)
        return compose

    return register


def kind_of(code: str) -> LetterKind:
    """The kind with this code. Raises InvalidInput when this version does not know it."""
    if code not in _kinds:
        raise InvalidInput(f"Deze versie kent geen berichten van de soort {code!r}.")
    return _kinds[code]


def list_kinds() -> tuple[LetterKind, ...]:
    """Every kind, by code."""
    return tuple(_kinds[code] for code in sorted(_kinds))


def digestible() -> list[str]:
    """The kinds of which several to one address become one letter."""
    return [kind.code for kind in list_kinds() if kind.digest]


def word(context: Context, name: str) -> str:
    """A text from the context. Raises InvalidInput when it is not there or not a text: the caller is wrong."""
    value = context.get(name)
    if not isinstance(value, str):
        raise InvalidInput(f"Voor dit bericht ontbreekt {name!r}.")
    return value
