"""argparse in Dutch."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

from schakel.operations.errors import BAD_INPUT

_DUTCH = (
    (r"the following arguments are required: (.*)", r"er ontbreekt nog iets: \1"),
    (r"unrecognized arguments: (.*)", r"niet begrepen: \1"),
    (r"argument (.*): invalid choice: (.*) \(choose from .*\)", r"\1: \2 bestaat niet"),
    (r"argument (.*): expected one argument", r"\1: er hoort een waarde bij"),
    (r"argument (.*): expected at least one argument", r"\1: er hoort een waarde bij"),
    (r"argument (.*): invalid .* value: (.*)", r"\1: \2 past hier niet"),
    (r"ambiguous option: (.*) could match (.*)", r"\1 is niet duidelijk: bedoel je \2?"),
    (r"argument (.*): (.*)", r"\1: \2"),
)


def in_dutch(message: str) -> str:
    """The message of argparse in Dutch; one that is not known stays as it is."""
    for english, dutch in _DUTCH:
        if found := re.fullmatch(english, message, re.DOTALL):
            return str(found.expand(dutch))
    return message


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, prefix or "gebruik: ")


class DutchParser(argparse.ArgumentParser):
    """An ArgumentParser whose own words are Dutch."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", _Formatter)
        super().__init__(add_help=False, **options)
        self._positionals.title = "wat je geeft"
        self._optionals.title = "opties"
        self.add_argument("-h", "--help", "--hulp", action="help", help="toon deze uitleg")

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {in_dutch(message)}\nHulp: {self.prog} --help\n")
