"""`schakel person`: somebody without an account gets what is kept of them, or has it erased."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from schakel.accounts.erased import is_erased
from schakel.accounts.models import User
from schakel.audit.models import Entry
from schakel.cooperation.models import Report
from schakel.operations.errors import OperationFailed
from schakel.operations.person import erase, export_person

pytestmark = pytest.mark.django_db
VISITOR = "bezoeker@voorbeeld.example"


@pytest.fixture
def report() -> Report:
    return Report.objects.create(organisation_key="x", text="klopt niet", email=VISITOR)


def test_export_is_a_file_for_its_owner_only(report: Report, tmp_path: Path) -> None:
    out = tmp_path / "gegevens.json"
    assert "1 rijen uit 1 tabellen" in export_person(VISITOR.upper(), out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert json.loads(out.read_text())["tables"]["cooperation.Report"][0]["text"] == "klopt niet"
    with pytest.raises(OperationFailed, match="bestaat al"):
        export_person(VISITOR, out)
    with pytest.raises(OperationFailed, match="bestaat niet"):
        export_person(VISITOR, tmp_path / "er-niet" / "x.json")


def test_of_an_unknown_address_nothing_is_kept(tmp_path: Path) -> None:
    with pytest.raises(OperationFailed, match="niets bewaard"):
        export_person("niemand@voorbeeld.example", tmp_path / "x.json")
    assert not (tmp_path / "x.json").exists()


def test_erase_says_first_what_goes_and_then_does_it(report: Report) -> None:
    with pytest.raises(OperationFailed, match="niets gewist"):
        erase(VISITOR, force=False)
    assert Report.objects.get().email == VISITOR
    assert "Gewist" in erase(VISITOR, force=True)
    assert (Report.objects.get().email, Report.objects.get().text) == ("", "klopt niet")
    assert Entry.objects.get().action == "person-erase"


def test_erase_of_somebody_with_an_account() -> None:
    person = User.objects.create_user("ann@voorbeeld.example")
    erase("Ann@voorbeeld.example", force=True)
    assert is_erased(User.objects.get(pk=person.pk).email)
