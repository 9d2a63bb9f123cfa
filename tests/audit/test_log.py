"""The log can only grow."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import schakel
from schakel.accounts.models import User
from schakel.audit import log
from schakel.audit.models import AppendOnly, Entry
from schakel.audit.words import ACTIONS

pytestmark = pytest.mark.django_db


def test_record_keeps_who_did_what() -> None:
    person = User.objects.create_user("redactie@voorbeeld.example")
    log.record("edit", "de-loods", actor=person, details={"fields": ["phone"]})
    log.record("load", "pakket")
    edit, load = Entry.objects.order_by("id")
    assert (edit.actor, edit.action, edit.subject, edit.details) == (person, "edit", "de-loods", {"fields": ["phone"]})
    assert load.actor is None


def test_every_action_has_words() -> None:
    written = {
        action
        for file in Path(schakel.__file__).parent.rglob("*.py")
        for action in re.findall(r'\blog\.record\(\s*"([^"]+)"', file.read_text(encoding="utf-8"))
    }
    assert len(written) > 15
    assert written <= set(ACTIONS)


def test_line_of_the_log_cannot_be_changed_or_removed() -> None:
    log.record("edit", "x" * 500)
    entry = Entry.objects.get()
    assert len(entry.subject) == 200
    entry.action = "load"
    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        entry.delete()
