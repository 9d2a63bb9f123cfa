"""Where a document is written, and the address it sends its readers to."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from schakel.core.errors import InvalidInput

BESIDE = ".gids-"  # what the name of a guide begins with while it is being written


def check_target(path: Path) -> None:
    """Raises InvalidInput when no file can be written there: the folder is missing, or it is a folder itself."""
    if not path.parent.is_dir():
        raise InvalidInput(f"De map {path.parent} bestaat niet. Maak ze, of geef een ander bestand.")
    if path.is_dir():
        raise InvalidInput(f"{path} is een map. Geef de naam van een bestand, bijvoorbeeld gids.pdf.")


def check_site(address: str) -> str:
    """The public address of this site without a slash at the end; empty stays empty. Raises InvalidInput."""
    address = address.strip().rstrip("/")
    if not address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    odd = not address.isascii() or any(sign.isspace() for sign in address) or len(address) > 200
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or odd:
        raise InvalidInput(f"{address!r} is geen adres van een website. Geef iets als https://gids.voorbeeld.be.")
    return address


def write_guide(path: Path, content: bytes) -> None:
    """Put a guide in its place at once: beside it first, then over it; when that fails, what stood there still stands.

    Raises what `check_target` raises, and OSError when the disk refuses.
    """
    check_target(path)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=BESIDE, suffix=".pdf")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        mask = os.umask(0)
        os.umask(mask)
        Path(beside).chmod(0o666 & ~mask)  # as any file one makes, not for the owner alone
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
