"""The command line as an operator meets it: Dutch, quick, with the exit status that scripts need."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from schakel.cli import build_parser, explain
from schakel.core.errors import InvalidInput, NotEnoughData
from schakel.operations.errors import Interrupted, OperationFailed
from schakel.operations.folder import prepare_data_folder
from schakel.operations.up import serve
from schakel.operations.words import in_dutch

KLEIN = Path(__file__).resolve().parent.parent / "fixtures" / "packs" / "klein"
COMMANDS = ("up", "serve", "worker", "tick", "region", "load", "backup", "restore", "check")


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The real command in its own process, without settings of these tests."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SCHAKEL_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "schakel", *arguments],
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        build_parser().parse_args(["--help"])
    assert end.value.code == 0
    shown = capsys.readouterr().out
    for command in COMMANDS:
        assert f"    {command} " in shown
    assert "gebruik:" in shown
    assert "usage" not in shown


@pytest.mark.slow
def test_help_is_quick_and_imports_no_django() -> None:
    code = "import sys; from schakel.cli import build_parser; build_parser(); print('django' in sys.modules)"
    started = time.monotonic()
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True)
    assert result.stdout.strip() == "False"
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "er ontbreekt nog iets"),
        (["dansen"], "bestaat niet"),
        (["up", "--port", "99999999"], "geen poort"),
        (["up", "--port", "nul"], "geen poort"),
        (["--port", "0", "up"], "geen poort"),
        (["backup"], "er ontbreekt nog iets: --out"),
        (["check", "--soep"], "niet begrepen: --soep"),
        (["region", "synth", "--organisations", "-5", "--out", "x"], "verwacht|past niet|waarde"),
    ],
)
def test_wrong_arguments_exit_with_2_in_dutch(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        build_parser().parse_args(arguments)
    assert end.value.code == 2
    shown = capsys.readouterr().err
    assert any(word in shown for word in words.split("|")), shown
    assert "Traceback" not in shown


def test_options_may_stand_before_or_after_the_command() -> None:
    parser = build_parser()
    for arguments in (["--data", "x", "--port", "9000", "up"], ["up", "--data", "x", "--port", "9000"]):
        args = parser.parse_args(arguments)
        assert (args.data, args.port) == (Path("x"), 9000)
    assert parser.parse_args(["up"]).port == 8000


def test_message_of_argparse_that_is_not_known_stays() -> None:
    assert in_dutch("something new") == "something new"


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (OperationFailed("Poort bezet."), 1, "Poort bezet."),
        (OperationFailed("Geen map.", exit_code=2), 2, "Geen map."),
        (InvalidInput("rij 3: geen getal"), 2, "rij 3: geen getal"),
        (NotEnoughData("te weinig lijsten"), 1, "te weinig lijsten"),
        (KeyboardInterrupt(), 1, "Gestopt."),
        (Interrupted(), 1, "Gestopt."),
        (OSError(28, "No space left on device"), 1, "De schijf is vol"),
        (PermissionError(13, "Permission denied", "/ergens"), 1, "/ergens"),
        (ImproperlyConfigured("SCHAKEL_HTTPS is 'ja'"), 2, "instelling"),
        (OperationalError("connection refused\nmore"), 1, "connection refused."),
        (RuntimeError("zomaar"), 1, "niet voorzagen (RuntimeError)"),
    ],
)
def test_error_is_told_in_one_plain_line(
    error: BaseException, status: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(error) == status
    shown = capsys.readouterr().err.strip()
    assert words in shown
    assert "\n" not in shown
    assert "Traceback" not in shown


def test_unforeseen_error_is_logged_with_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise RuntimeError("zomaar")
    except RuntimeError as error:
        explain(error)
    assert caplog.records[-1].exc_info is not None


def test_data_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "een" / "gegevens"
    prepare_data_folder(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    secret = folder / "secret-key"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    kept = secret.read_text()
    assert len(kept.strip()) >= 50
    prepare_data_folder(folder)
    assert secret.read_text() == kept
    assert sorted(path.name for path in folder.iterdir()) == ["secret-key"]


def test_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bestand"
    file.write_text("")
    with pytest.raises(OperationFailed, match="geen map") as refusal:
        prepare_data_folder(file)
    assert refusal.value.exit_code == 2


def test_data_folder_inside_a_file_says_why_in_dutch(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    with pytest.raises(OperationFailed, match="een deel van het pad is geen map"):
        prepare_data_folder(tmp_path / "bestand" / "map")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("SCHAKEL_HTTPS", "ja"),
        ("SCHAKEL_API_LIMIT", "-5"),
        ("SCHAKEL_WEB_PROCESSES", "veel"),
        ("SCHAKEL_LOG_LEVEL", "LUID"),
        ("SCHAKEL_LOG_TO", "printer"),
        ("SCHAKEL_SECRET_KEY", "kort"),
        ("SCHAKEL_HOSTS", " , "),
        ("SCHAKEL_HOSTS", "https://schakel.voorbeeld.be"),
        ("SCHAKEL_DATABASE_URL", "mysql://x/y"),
        ("SCHAKEL_DATABASE_URL", "postgresql://x:w8w00rd@y:99999999/z"),
    ],
)
def test_wrong_setting_stops_the_start_in_plain_words(tmp_path: Path, setting: str, value: str) -> None:
    result = run("--data", str(tmp_path / "d"), "check", **{setting: value})
    assert result.returncode == 2, result.stderr
    assert setting in result.stderr
    assert "Traceback" not in result.stderr
    assert "w8w00rd" not in result.stderr


@pytest.mark.slow
def test_check_of_a_fresh_folder_says_what_to_do(tmp_path: Path) -> None:
    result = run("check", "--data", str(tmp_path / "d"))
    assert result.returncode == 1
    assert "in orde       Databank: SQLite" in result.stdout
    assert "NIET in orde  Tabellen" in result.stdout
    assert "schakel up" in result.stdout


@pytest.mark.slow
def test_unreachable_database_is_told_plainly(tmp_path: Path) -> None:
    address = "postgresql://niemand:geheim@127.0.0.1:1/niets"
    result = run("check", "--data", str(tmp_path / "d"), SCHAKEL_DATABASE_URL=address)
    assert result.returncode == 1
    assert "NIET in orde  Databank" in result.stdout
    assert "geheim" not in result.stdout + result.stderr
    other = run("tick", "--data", str(tmp_path / "d"), SCHAKEL_DATABASE_URL=address)
    assert other.returncode == 1
    assert "Traceback" not in other.stderr


@pytest.mark.slow
def test_region_check_of_a_good_pack() -> None:
    result = run("region", "check", str(KLEIN))
    assert (result.returncode, result.stderr) == (0, "")
    assert "geen fouten" in result.stdout


@pytest.mark.slow
def test_region_check_shows_every_fault(tmp_path: Path) -> None:
    for file in KLEIN.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    offers = tmp_path / "offers.csv"
    lines = offers.read_text(encoding="utf-8").splitlines()
    columns = lines[0].split(",")
    for row in (1, 2):
        cells = lines[row].split(",")
        cells[columns.index("service")] = "toveren"
        lines[row] = ",".join(cells)
    offers.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = run("region", "check", str(tmp_path))
    assert result.returncode == 2
    assert result.stderr.count("toveren") == 2
    assert "offers.csv, rij 2" in result.stderr
    assert "2 fouten" in result.stderr


@pytest.mark.slow
def test_region_check_of_a_folder_that_is_not_there() -> None:
    result = run("region", "check", "/nergens")
    assert result.returncode == 2
    assert result.stderr == "/nergens is geen map. Geef de map van een regiopakket.\n"


@pytest.mark.django_db
def test_serve_without_style_sheets_is_refused_with_the_remedy(settings: Any, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path
    with pytest.raises(OperationFailed, match="stijlbladen van deze versie ontbreken"):
        serve("127.0.0.1", 8000, started=0.0)
