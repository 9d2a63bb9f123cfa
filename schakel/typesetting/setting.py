"""From a template and data to a PDF: tagged for screen readers (PDF/UA-1), the same bytes for the same input."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime

import typst

from schakel.core.model import Json
from schakel.typesetting.printable import unusual_signs, without

_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
_ROUNDS = 4
_PROBE = b"#set document(title: [x])\n#set text(font: json(bytes(sys.inputs.data)).fonts)\n#sys.inputs.signs"
FONTS: list[Json] = ["Libertinus Serif", "DejaVu Sans Mono"]  # both inside Typst


def set_pdf(source: bytes, data: dict[str, Json], *, on: date) -> bytes:
    """The PDF of `data` by the template `source`, dated `on`.

    Signs that no font of ours has are replaced by a stand-in. Data reaches the template as JSON: nothing in it can be
    read as markup. Raises typst.TypstError only for a fault in our own template.
    """
    data = {**data, "fonts": FONTS, "replaced": False}
    signs = unusual_signs(data)
    if signs:
        data = _less(data, _missing(on, " ".join(sorted(signs))))
    for _ in range(_ROUNDS):
        try:
            return _compile(source, data, on)
        except typst.TypstError as error:
            missing = _named(error)
            if not missing:
                raise
            data = _less(data, missing)
    return _compile(source, data, on)


def _less(data: dict[str, Json], missing: frozenset[str]) -> dict[str, Json]:
    """With a stand-in for what is missing; `replaced` tells the template that there is one."""
    if not missing:
        return data
    return {**{key: without(value, missing) for key, value in data.items()}, "replaced": True}


def _missing(on: date, signs: str) -> frozenset[str]:
    try:
        _compile(_PROBE, {"fonts": FONTS}, on, signs)
    except typst.TypstError as error:
        return _named(error)
    return frozenset()


def _compile(source: bytes, data: dict[str, Json], on: date, signs: str = "") -> bytes:
    moment = datetime(on.year, on.month, on.day, tzinfo=UTC)
    made: bytes = typst.compile(
        source,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "signs": signs},
        pdf_standards=["ua-1"],
        timestamp=int(moment.timestamp()),
    )
    return made


def _named(error: typst.TypstError) -> frozenset[str]:
    """The signs an error says no font has."""

    def plain(found: re.Match[str]) -> str:
        return chr(int(found[1], 16)) if found[1] else {"n": "\n", "t": "\t", "r": "\r"}.get(found[2], found[2])

    return frozenset(_ESCAPE.sub(plain, part) for part in _MISSING.findall(str(error)))
