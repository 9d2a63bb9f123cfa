"""Text that is safe in a cell of a spreadsheet, and back.

A spreadsheet that opens a CSV file takes a cell that begins with `=`, `+`, `-` or `@` for a formula. A Belgian one
splits at `;` whatever the file says, so a formula can also hide behind a separator inside a quoted text. Both get an
apostrophe in front, the sign that spreadsheets themselves use for "this is text". An apostrophe that stands before such
a sign gets a second one, so that `restore` gives back exactly what was there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

Cell: TypeAlias = str | int | float | None

# The full-width twins count too: some spreadsheets read them as their plain sisters.
_SIGNS = "=+\\-@＝＋－＠"
# Spaces, and what shows as nothing, do not stop a spreadsheet.
_BLANKS = (
    "\\x00-\\x08\\x0b\\x0c\\x0e-\\x20\\x7f\\x85\\xa0\\xad\\u1680\\u2000-\\u200f"
    "\\u2028-\\u202f\\u205f-\\u2064\\u3000\\ufeff"
)
_BLANK = f"[{_BLANKS}]"
# A telephone number in international form: digits and single spaces only. Nothing in it can be computed.
_PHONE_AFTER_PLUS = "[0-9]{1,3}(?: [0-9]{1,4})+"
_PHONE = re.compile(rf"\+{_PHONE_AFTER_PLUS}")
# Nearly all text has no sign at its start or behind a separator: one pass tells.
_NEEDS_LOOK = re.compile(f"(?:\\A|[;,\\t\\r\\n|])(?:{_BLANK}|')*+[{_SIGNS}\\t\\r\\n]")
# The same for many texts, each with this sign before it. The pattern begins with a set of signs: those a search
# skips to, which makes it four times as fast.
_BESIDE = "\x00"
_ONE_NEEDS_LOOK = re.compile(
    f"[{_BESIDE};,\\t\\r\\n|][{_BLANKS}']*+[{_SIGNS}\\t\\r\\n](?!(?<={_BESIDE}\\+){_PHONE_AFTER_PLUS}(?:\\Z|{_BESIDE}))"
)
_AT_START = re.compile(f"'*{_BLANK}*+[{_SIGNS}\\t\\r\\n]")
_INSIDE = re.compile(f"([;,\\t\\r\\n|]{_BLANK}*+)('*)(?={_BLANK}*+(?:[=@＝＠]|[+\\-＋－][^;,\\t\\r\\n]*[(|!\\[]))")


@lru_cache(maxsize=8192)  # most cells repeat: codes, places, licence
def neutralise(text: str) -> str:
    """`text` as it may stand in a cell of a CSV file: no spreadsheet computes anything of it.

    At the start of a cell every sign, tab and line break counts; behind a separator inside the text `=` and `@` count,
    and `+` or `-` where a function, a link to another program or another file follows: a list of lines with dashes
    stays as it is. `+32 55 00 00 01` stays as it is; `+3255000001` does not, since a spreadsheet would make a number
    of it and drop the plus.
    """
    if _NEEDS_LOOK.search(text) is None or _PHONE.fullmatch(text):
        return text
    text = _INSIDE.sub(r"\1'\2", text)
    return f"'{text}" if _AT_START.match(text) else text


def is_plain(texts: Sequence[str]) -> bool:
    """Whether one look at many texts tells that each may stand between double quotes as it is: nearly always."""
    together = _BESIDE.join(["", *texts])
    return '"' not in together and together.count(_BESIDE) == len(texts) and _ONE_NEEDS_LOOK.search(together) is None


def restore(cell: str) -> str:
    """The text that `neutralise` made this cell from."""
    if cell.startswith("'") and _AT_START.match(cell):
        cell = cell[1:]
    return _INSIDE.sub(lambda found: found[1] + found[2][1:], cell)
