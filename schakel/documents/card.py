"""The picture beside a shared address: 1200 by 630 points, a name and what it is (Open Graph)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.resources import files
from threading import Lock

import typst

from schakel.core.model import Json
from schakel.typesetting import clean
from schakel.typesetting.setting import FONTS

WIDTH, HEIGHT = 1200, 630  # points, as Open Graph advises
LONGEST = 150  # signs of a title; what is longer ends with an ellipsis
KEPT = 64  # pictures in memory, some 60 kB each
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a picture; `site` is the name of the server, below."""

    language: str
    kicker: str
    title: str
    place: str
    site: str


@lru_cache(maxsize=KEPT)
def draw_card(card: Card) -> bytes:
    """The picture as PNG, the same bytes for the same words; kept, and never two made at once.

    Words reach Typst as JSON: nothing in them can be read as markup. A sign that our fonts do not have is an empty box.
    """
    words: dict[str, Json] = {key: _short(value) for key, value in asdict(card).items()}
    source = files(__package__).joinpath("templates", "card.typ").read_bytes()
    with _one_at_a_time:
        made: bytes = typst.compile(
            source,
            format="png",
            ppi=72.0,
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps({**words, "fonts": FONTS}, ensure_ascii=False)},
        )
    return made


def _short(text: str) -> str:
    plain = clean(text)
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1].rstrip() + "…"
