"""Structured logs: one JSON object a line, in the data folder or on stderr."""

from __future__ import annotations

import io
import json
import logging
import logging.handlers
import re
from datetime import UTC, datetime
from pathlib import Path

LARGEST_BYTES = 20 * 1024 * 1024
KEPT_FILES = 5
_ONE_TIME_LINK = re.compile(r"(/beginnen/)\S+")
_EXTRAS = ("method", "path", "status", "ms")


def without_secrets(text: str) -> str:
    """The text with one-time links cut off: whoever reads a log must not be able to use them."""
    return _ONE_TIME_LINK.sub(r"\1…", text)


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message; of a request also method, path, status and milliseconds; a traceback if any.

    Never a query string, an address of a visitor or a body.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
        }
        line.update({name: getattr(record, name) for name in _EXTRAS if hasattr(record, name)})
        if record.exc_info:
            line["traceback"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


class DataFolderHandler(logging.handlers.WatchedFileHandler):
    """Appends to one file from several processes; reopens it after `rotate` moved it away. Makes the folder."""

    def __init__(self, filename: Path) -> None:
        super().__init__(filename, encoding="utf-8", delay=True)

    def _open(self) -> io.TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return super()._open()


def rotate(file: Path, *, largest_bytes: int = LARGEST_BYTES, kept: int = KEPT_FILES) -> bool:
    """Move a log that grew past `largest_bytes` to `.1` (and `.1` to `.2`, up to `kept`); True when it did.

    Only `tick` calls this, so two processes never rotate at once; writers notice by inode and reopen.
    """
    if not file.is_file() or file.stat().st_size <= largest_bytes:
        return False
    for number in range(kept - 1, 0, -1):
        older = file.with_name(f"{file.name}.{number}")
        if older.exists():
            older.replace(file.with_name(f"{file.name}.{number + 1}"))
    file.replace(file.with_name(f"{file.name}.1"))
    return True
