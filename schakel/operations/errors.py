"""What an operator is told when something cannot be done."""

from __future__ import annotations

import errno

FAILED = 1
BAD_INPUT = 2


class OperationFailed(Exception):
    """A refusal in plain Dutch, with the remedy. `exit_code` is 1 (it failed) or 2 (what was given is wrong)."""

    def __init__(self, message: str, *, exit_code: int = FAILED) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class Interrupted(Exception):
    """Ctrl-C while a child process was working."""


_REASONS = {
    errno.EACCES: "geen toegang",
    errno.EPERM: "geen toegang",
    errno.ENOENT: "die plaats bestaat niet",
    errno.ENOTDIR: "een deel van het pad is geen map",
    errno.EROFS: "die plaats is alleen om te lezen",
    errno.ENOSPC: "de schijf is vol",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.EADDRNOTAVAIL: "deze machine heeft dat adres niet",
}


def reason(error: OSError) -> str:
    """Why the system refused, in Dutch; a reason that has no words here as the system says it."""
    return _REASONS.get(error.errno or 0, error.strerror or type(error).__name__)
