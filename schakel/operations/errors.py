"""What an operator is told when something cannot be done."""

from __future__ import annotations

FAILED = 1
BAD_INPUT = 2


class OperationFailed(Exception):
    """A refusal in plain Dutch, with the remedy. `exit_code` is 1 (it failed) or 2 (what was given is wrong)."""

    def __init__(self, message: str, *, exit_code: int = FAILED) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class Interrupted(Exception):
    """Ctrl-C while a child process was working."""
