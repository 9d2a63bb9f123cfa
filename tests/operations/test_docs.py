"""The handbook for operators describes every setting and every command, and nothing else."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from schakel.cli import build_parser
from schakel.operations.words import DutchParser

ROOT = Path(__file__).resolve().parents[2]
HANDBOOK = (ROOT / "docs" / "handbook" / "beheerders.md").read_text(encoding="utf-8")
NOT_SETTINGS = {"SCHAKEL_TEST_DATABASE_URL"}  # only for who develops


def _commands(parser: argparse.ArgumentParser, prefix: str = "schakel") -> dict[str, argparse.ArgumentParser]:
    found: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                deeper = _commands(command, f"{prefix} {name}")
                found.update(deeper)
                if not deeper or not _needs_more(command):
                    found[f"{prefix} {name}"] = command
    return found


def _needs_more(command: argparse.ArgumentParser) -> bool:
    """Whether the command does nothing without a command below it."""
    return any(isinstance(action, argparse._SubParsersAction) and action.required for action in command._actions)


def _section(title: str) -> str:
    return HANDBOOK.split(f"\n## {title}\n")[1].split("\n## ")[0]


def _first_cells(title: str) -> list[str]:
    return re.findall(r"^\| `([^`]+)`", _section(title), re.MULTILINE)


def test_every_setting_is_described_and_nothing_else() -> None:
    read = set()
    for file in (ROOT / "schakel").rglob("*.py"):
        read |= set(re.findall(r"\bSCHAKEL_[A-Z_]+\b", file.read_text(encoding="utf-8")))
    assert set(_first_cells("Instellingen")) == read - NOT_SETTINGS
    assert set(re.findall(r"\bSCHAKEL_[A-Z_]+\b", HANDBOOK)) <= read


def test_every_command_is_described_and_nothing_else() -> None:
    commands = _commands(build_parser())
    described = [" ".join(re.findall(r"^[a-z ]+", cell)[0].split()) for cell in _first_cells("Opdrachten")]
    assert sorted(described) == sorted(commands)


def test_every_option_of_a_command_is_described() -> None:
    section = _section("Opdrachten")
    for name, command in _commands(build_parser()).items():
        for action in command._actions:
            for option in action.option_strings:
                if option.startswith("--") and option not in ("--help", "--hulp"):
                    assert option in section, f"{name} {option}"


def test_every_option_that_is_described_exists() -> None:
    parsers: list[argparse.ArgumentParser] = [build_parser(), *_commands(build_parser()).values()]
    options = {option for parser in parsers for action in parser._actions for option in action.option_strings}
    assert set(re.findall(r"`[^`\n]*?(--[a-z-]+)", _section("Opdrachten"))) <= options
    assert isinstance(parsers[0], DutchParser)


def test_every_command_in_an_example_exists() -> None:
    known = {name.split()[1] for name in _commands(build_parser())}
    used = set(re.findall(r"(?:^|`|/)schakel ([a-z]+)", HANDBOOK, re.MULTILINE))
    assert used
    assert used <= known


def test_defaults_in_the_handbook_are_those_of_the_code() -> None:
    settings = (ROOT / "schakel" / "config" / "settings.py").read_text(encoding="utf-8")
    for name, default in re.findall(r"^\| `(SCHAKEL_[A-Z_]+)` \| `([^`]*)`", _section("Instellingen"), re.MULTILINE):
        assert re.search(rf'"{name}", "?{re.escape(default)}"?[,)]', settings), (name, default)
