"""The errors of the core. Outlets translate them to a page, a status or an exit code."""


class CoreError(Exception):
    """Any refusal by the core."""


class InvalidInput(CoreError):
    """Input from outside that breaks a rule; the message says where and what is expected."""


class NotEnoughData(CoreError):
    """The question is sound, but what is known cannot answer it; the message says what is missing."""
