"""The data folder: made on first use, closed to other people on the machine. No Django here."""

from __future__ import annotations

import fcntl
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from schakel.operations.errors import OperationFailed, reason

SECRET_FILE = "secret-key"  # noqa: S105 (a file name)


def prepare_data_folder(folder: Path, *, with_secret: bool = True) -> None:
    """Make `folder` (0700) and in it `secret-key` (0600) when they are not there. Raises OperationFailed."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if with_secret and not (folder / SECRET_FILE).exists():
            _write_secret(folder / SECRET_FILE)
    except FileExistsError as error:
        raise OperationFailed(f"{folder} is geen map. Kies een andere met --data MAP.", exit_code=2) from error
    except OSError as error:
        raise OperationFailed(
            f"De gegevensmap {folder} kan niet gemaakt of beschreven worden ({reason(error)}). "
            "Kies een andere map met --data MAP of geef jezelf schrijfrecht."
        ) from error


def _write_secret(file: Path) -> None:
    """Whole or not at all, and never over an existing key: two first starts agree on one key."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".secret-")  # mkstemp makes it 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(secrets.token_urlsafe(64) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(name, file)
        except FileExistsError:
            return
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def preparing(folder: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the one lock for preparing this data folder; `on_wait` is called once when another process has it.

    The kernel gives the lock back when the holder dies, also after kill -9.
    """
    with (folder / ".preparing").open("a") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield
