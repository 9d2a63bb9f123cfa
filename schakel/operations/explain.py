"""From an exception to one plain Dutch line and an exit status."""

from __future__ import annotations

import errno
import logging
import os
import sys
from pathlib import Path

from schakel.core.errors import CoreError, InvalidInput
from schakel.operations.errors import BAD_INPUT, FAILED, OperationFailed

_log = logging.getLogger("schakel.command")


def in_words(error: BaseException) -> tuple[str, int]:
    """What to tell the operator, and the exit status. An error that is not foreseen is logged with its traceback."""
    if isinstance(error, OperationFailed):
        return str(error), error.exit_code
    if isinstance(error, CoreError):
        return str(error), BAD_INPUT if isinstance(error, InvalidInput) else FAILED
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "De schijf is vol. Maak plaats en probeer opnieuw; wat er stond, staat er nog.", FAILED
    if isinstance(error, PermissionError):
        return f"Geen toegang tot {error.filename}. Geef deze gebruiker het recht, of kies een andere map.", FAILED
    if "django" in sys.modules:
        words = _of_django(error)
        if words is not None:
            return words
    _log.error("unforeseen error in the command", exc_info=error)
    kind = type(error).__name__
    if logging.getLogger().handlers and os.environ.get("SCHAKEL_LOG_TO", "file") == "file":
        file = Path(os.environ.get("SCHAKEL_DATA", "data")) / "log" / "schakel.jsonl"
        return f"Er ging iets mis dat we niet voorzagen ({kind}). Het staat met uitleg in {file}.", FAILED
    return f"Er ging iets mis dat we niet voorzagen ({kind}): {error}", FAILED


def _of_django(error: BaseException) -> tuple[str, int] | None:
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError, OperationalError

    if isinstance(error, ImproperlyConfigured):
        return f"Een instelling klopt niet: {error}", BAD_INPUT
    if isinstance(error, DatabaseError):
        _log.error("the database refused", exc_info=error)
    if isinstance(error, OperationalError):
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        return f"De databank antwoordt niet zoals het moet: {first}. Voer uit: schakel check", FAILED
    return None
