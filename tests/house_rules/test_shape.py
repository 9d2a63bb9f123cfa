"""The rules of the house that a machine can check."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = {".py", ".md", ".toml", ".html", ".css", ".js", ".csv", ".txt", ".json", ".po", ".svg", ".yml", ""}


def tracked(*patterns: str) -> list[Path]:
    """The files of the project: what git holds, or every file where there is no git."""
    try:
        names = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
            cwd=ROOT, check=True, capture_output=True, text=True,
        ).stdout.split("\n")  # fmt: skip
        paths = [ROOT / name for name in names if name]
    except (FileNotFoundError, subprocess.CalledProcessError):
        paths = [path for pattern in patterns or ("*",) for path in ROOT.rglob(pattern)]
    return [path for path in paths if path.is_file()]


def python_modules() -> list[Path]:
    return [path for path in tracked("*.py") if "migrations" not in path.parts]


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_modules_stay_small() -> None:
    too_long = {
        str(path.relative_to(ROOT)): lines
        for path in python_modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines()))
        > (1000 if "tests" in path.relative_to(ROOT).parts else 500)
    }
    assert too_long == {}


def test_functions_stay_small() -> None:
    too_long = {
        f"{path.relative_to(ROOT)}:{function.name}": length
        for path in python_modules()
        if "tests" not in path.relative_to(ROOT).parts
        for function in functions(ast.parse(path.read_text(encoding="utf-8")))
        if (length := (function.end_lineno or 0) - function.lineno + 1) > 50
    }
    assert too_long == {}


def test_templates_stay_small() -> None:
    too_long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked("schakel/*.html")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 200
    }
    assert too_long == {}


def test_no_module_is_a_drawer() -> None:
    assert [path for path in python_modules() if path.stem in {"utils", "helpers", "misc", "common"}] == []


def test_public_functions_say_what_they_do() -> None:
    """Core, sources, and the doors of the register: every public function has a docstring."""
    watched = ("core/", "sources/", "register/read", "register/write", "search/", "ingest/")
    silent = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in python_modules()
        if (name := path.relative_to(ROOT).as_posix()).startswith("schakel/")
        and name.removeprefix("schakel/").startswith(watched)
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and ast.get_docstring(node) is None
    ]
    assert silent == []


def test_modules_have_a_first_sentence() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in python_modules()
        if path.name != "apps.py"
        and (text := path.read_text(encoding="utf-8")).strip()
        and ast.get_docstring(ast.parse(text)) is None
    ]
    assert silent == []


@pytest.mark.parametrize(
    "forbidden",
    [
        r"(?<![\w./:-])/(work|root|home|Users)/",  # where somebody's machine keeps things
        r"(?i)\b(pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian\.org|snapshot\.debian)\b",
        r"(?i)\b(chatgpt|openai|anthropic|claude|copilot)\b",
    ],
)
def test_project_speaks_of_itself_alone(forbidden: str) -> None:
    pattern = re.compile(forbidden)
    here = Path(__file__)
    hits = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path != here and path.suffix in TEXT
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert hits == []


def test_dependencies_have_a_reason() -> None:
    block = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("dependencies = [", 1)[1].split("\n]", 1)[0]
    lines = [line.strip() for line in block.splitlines() if line.strip().startswith('"')]
    assert lines
    assert [line for line in lines if not re.search(r"#.*\w+ \w+", line)] == []


def test_lock_files_hold_names_versions_and_hashes_only() -> None:
    for name in ("run.txt", "dev.txt"):
        for line in (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines():
            assert re.fullmatch(r"[a-zA-Z0-9._-]+==\S+( ; .+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line), line


def test_exceptions_are_never_swallowed() -> None:
    """`except X: pass` hides a fault: say why in words (a comment) or use contextlib.suppress with one."""
    silent = []
    for path in python_modules():
        source = path.read_text(encoding="utf-8")
        lines = source.splitlines()
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ExceptHandler) and all(isinstance(part, ast.Pass) for part in node.body):
                text = "\n".join(lines[node.lineno - 1 : (node.end_lineno or node.lineno)])
                if "#" not in text:
                    silent.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert silent == []


def test_change_log_is_kept() -> None:
    assert "## " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
