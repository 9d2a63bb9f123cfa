"""A letter leaves once, whatever the mail server does; who reads it sees what was meant."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from schakel.core.errors import InvalidInput
from schakel.mail import outbox, sender
from schakel.mail.models import Message
from schakel.mail.sender import back_off, find_lost, send_due
from tests.mail.server import PostOffice

pytestmark = pytest.mark.django_db
TO = "ann@voorbeeld.be"


def write(key: str = "een", kind: str = "plain", to: str = TO, **fields: Any) -> int:
    context = {"path": "/x/geheim"} if kind == "key" else {"name": key}
    return outbox.enqueue(key=key, to=to, kind=kind, context=context, **fields)


def row(number: int) -> Message:
    return Message.objects.get(pk=number)


def due_again() -> None:
    Message.objects.filter(status="waiting").update(next_at=timezone.now() - timedelta(seconds=1))


def test_letter_arrives_with_text_html_and_headers(office: PostOffice) -> None:
    number = write()
    assert send_due() == sender.Sent(1, 0)
    (mail,) = office.taken
    assert office.to == [TO]
    assert (mail["From"], mail["To"], mail["Subject"]) == ("Schakel <schakel@voorbeeld.be>", TO, "Dag een")
    assert mail["Message-ID"] == row(number).message_id
    assert (mail["Auto-Submitted"], mail["Content-Language"], mail["List-Unsubscribe"]) == (
        "auto-generated", "nl", None,
    )  # fmt: skip
    text, html = [part.get_content() for part in mail.iter_parts()]
    assert "> .twee" in text
    assert "https://schakel.voorbeeld.be/gids" in text
    assert "Je krijgt dit bericht omdat dit een proef is." in text
    assert '<html lang="nl">' in html
    assert 'href="https://schakel.voorbeeld.be/gids"' in html
    assert (row(number).status, row(number).attempts) == ("sent", 1)
    assert send_due() == sender.Sent()
    assert len(office.taken) == 1


def test_same_key_is_the_same_letter(office: PostOffice) -> None:
    assert write() == write(to="bea@voorbeeld.be")
    send_due()
    assert office.to == [TO]


def test_many_letters_in_one_go_are_each_written_once(office: PostOffice) -> None:
    write("twee")
    outbox.enqueue_all(outbox.NewLetter(key, TO, "plain", {"name": key}) for key in ("een", "twee", "drie", "een"))
    assert sorted(Message.objects.values_list("key", flat=True)) == ["drie", "een", "twee"]
    with pytest.raises(InvalidInput):
        outbox.enqueue_all(
            [outbox.NewLetter("vier", TO, "plain", {"name": "x"}), outbox.NewLetter("v", "", "plain", {})]
        )
    assert Message.objects.count() == 3, "of a group of which one is wrong, nothing is written"
    send_due()
    assert sorted(mail["Subject"] for mail in office.taken) == ["Dag drie", "Dag een", "Dag twee"]


def test_letter_of_a_transaction_that_fails_does_not_exist() -> None:
    def report() -> None:
        with transaction.atomic():
            write()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        report()
    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    "to", ["", "x", "a@b", "a@voorbeeld.be\nBcc: x@y.be", "é@voorbeeld.be", "a@" + "b" * 300 + ".be"]
)
def test_address_that_is_none_is_refused(to: str) -> None:
    with pytest.raises(InvalidInput):
        write(to=to)


def test_domain_with_an_accent_leaves_in_ascii(office: PostOffice) -> None:
    write(to="ann@café.be")
    send_due()
    assert office.to == ["ann@xn--caf-dma.be"]


def test_wrong_context_or_kind_fails_where_it_is_written() -> None:
    with pytest.raises(InvalidInput, match="name"):
        outbox.enqueue(key="x", to=TO, kind="plain", context={})
    with pytest.raises(InvalidInput, match="soort"):
        outbox.enqueue(key="x", to=TO, kind="bestaat-niet", context={})


def test_name_with_a_line_break_adds_no_header(office: PostOffice) -> None:
    outbox.enqueue(
        key="x", to=TO, kind="plain", context={"name": "Ann\r\nBcc: kwaad@voorbeeld.be\r\n\r\n<script>x</script>"}
    )
    send_due()
    (mail,) = office.taken
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Dag Ann Bcc: kwaad@voorbeeld.be <script>x</script>"
    text, html = [part.get_content() for part in mail.iter_parts()]
    assert "<script>" in text
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert office.to == [TO]


@pytest.mark.parametrize(
    ("command", "reply", "status"),
    [
        ("MAIL", "451 later", "waiting"),
        ("RCPT", "450 mailbox busy", "waiting"),
        ("RCPT", "550 no such user", "failed"),
        ("MAIL", "552 too much", "failed"),
        ("DATA", "451 later", "waiting"),
        ("DATA", "554 spam", "failed"),
        ("MAIL", "421 closing", "waiting"),
        ("MAIL", "530 sign in first", "waiting"),
        ("MAIL", "drop", "waiting"),
        ("RCPT", "drop", "waiting"),
        ("DATA", "drop", "uncertain"),  # all was given: it may have been taken
        ("AFTER", "drop", "uncertain"),
    ],
)
def test_what_the_server_says_decides(office: PostOffice, command: str, reply: str, status: str) -> None:
    number = write()
    office.replies[command] = [reply]
    assert send_due().sent == 0
    found = row(number)
    assert (found.status, found.claimed_until) == (status, None)
    assert found.reply.startswith(reply[:3]) or "verbrak" in found.reply or "peer" in found.reply
    due_again()
    send_due()
    expected = {"waiting": "sent", "failed": "failed", "uncertain": "uncertain"}[status]
    assert row(number).status == expected
    assert len(office.taken) == (1 if expected == "sent" or command == "AFTER" else 0)


@pytest.mark.slow
@pytest.mark.parametrize(("command", "status"), [("RCPT", "waiting"), ("AFTER", "uncertain")])
def test_server_that_stalls(office: PostOffice, monkeypatch: pytest.MonkeyPatch, command: str, status: str) -> None:
    monkeypatch.setattr("schakel.mail.smtp.PATIENCE", 1)
    number = write()
    office.replies[command] = ["stall"]
    send_due(timeout=0.2)
    assert (row(number).status, row(number).reply) == (status, "de mailserver antwoordde niet op tijd")


def test_after_a_refusal_the_next_letter_leaves_over_the_same_connection(office: PostOffice) -> None:
    write("een")
    write("twee", to="bea@voorbeeld.be")
    office.replies["RCPT"] = ["550 no such user"]
    assert send_due() == sender.Sent(1, 1)
    assert office.to == ["bea@voorbeeld.be"]
    assert office.connections == 1


def test_attempts_come_later_and_later() -> None:
    waits = [back_off(attempt) for attempt in range(1, 9)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (timedelta(minutes=1), timedelta(hours=4))


def test_refused_for_now_waits_longer_each_time(office: PostOffice) -> None:
    number = write()
    office.replies["RCPT"] = ["450 busy", "450 busy"]
    for attempt in (1, 2):
        before = timezone.now()
        send_due()
        found = row(number)
        assert found.attempts == attempt
        assert before + back_off(attempt) <= found.next_at <= timezone.now() + back_off(attempt)
        assert send_due() == sender.Sent()
        due_again()
    assert send_due().sent == 1


def test_after_five_days_it_is_given_up(office: PostOffice) -> None:
    number = write()
    Message.objects.update(due_at=timezone.now() - timedelta(days=5, seconds=1))
    assert send_due() == sender.Sent()
    assert row(number).status == "failed"
    outbox.resend(number)
    assert send_due().sent == 1


def test_server_that_is_away_is_asked_once_and_nobody_loses_an_attempt(settings: Any, office: PostOffice) -> None:
    numbers = [write(str(number), to=f"a{number}@voorbeeld.be") for number in range(3)]
    good, settings.SMTP_URL = settings.SMTP_URL, "smtp://127.0.0.1:1"
    assert send_due() == sender.Sent(0, 1)
    for number in numbers:
        assert (row(number).status, row(number).attempts) == ("waiting", 0)
        assert row(number).reply == "de mailserver is niet bereikbaar"
        assert row(number).next_at > timezone.now() + timedelta(seconds=50)
    settings.SMTP_URL = good
    due_again()
    assert send_due() == sender.Sent(3, 0)


def test_server_that_is_away_for_a_day_gets_every_letter_once(settings: Any, office: PostOffice) -> None:
    number = write()
    good, settings.SMTP_URL = settings.SMTP_URL, "smtp://127.0.0.1:1"
    for hours in range(24):
        Message.objects.update(created_at=timezone.now() - timedelta(hours=hours))
        due_again()
        assert send_due() == sender.Sent(0, 1)
    assert (row(number).status, row(number).attempts) == ("waiting", 0)
    settings.SMTP_URL = good
    for _ in range(2):
        due_again()
        send_due()
    assert (row(number).status, row(number).attempts) == ("sent", 1)


def test_without_a_server_letters_wait(settings: Any) -> None:
    settings.SMTP_URL = ""
    number = write()
    assert send_due() == sender.Sent()
    assert row(number).status == "waiting"
    assert outbox.count().waiting == 1


def test_claim_of_a_dead_sender_is_uncertain_and_not_sent_again(office: PostOffice) -> None:
    number = write()
    Message.objects.update(status="claimed", claim=uuid.uuid4(), claimed_until=timezone.now() - timedelta(seconds=1))
    assert send_due() == sender.Sent()
    assert row(number).status == "uncertain"
    assert office.taken == []
    identifier = row(number).message_id
    outbox.resend(number)
    send_due()
    assert office.taken[0]["Message-ID"] == identifier


def test_claim_that_still_runs_is_left_alone(office: PostOffice) -> None:
    number = write()
    Message.objects.update(status="claimed", claim=uuid.uuid4(), claimed_until=timezone.now() + timedelta(minutes=1))
    assert (find_lost(), send_due()) == (0, sender.Sent())
    assert row(number).status == "claimed"


def test_slow_sender_that_lives_still_writes_what_it_knows(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its lease ran out while the server thought: somebody called it uncertain, then the answer came."""
    number = write()
    before = sender._hand_in

    def slow(courier: Any, claimed: Any) -> Any:
        result = before(courier, claimed)
        Message.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
        assert find_lost() == 1
        return result

    monkeypatch.setattr(sender, "_hand_in", slow)
    send_due()
    assert row(number).status == "sent"


def test_cancelled_letter_does_not_leave_and_sent_one_cannot_be_cancelled(office: PostOffice) -> None:
    first, second = write("een"), write("twee", to="bea@voorbeeld.be")
    outbox.cancel(first)
    send_due()
    assert office.to == ["bea@voorbeeld.be"]
    for decide in (outbox.cancel, outbox.resend):
        with pytest.raises(InvalidInput):
            decide(second)


def test_letter_for_later_waits_until_then(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    write(not_before=timezone.now() + timedelta(days=2))
    assert send_due() == sender.Sent()
    moment = timezone.now() + timedelta(days=2, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert send_due().sent == 1


def test_flood_becomes_one_letter(office: PostOffice) -> None:
    numbers = [write(f"n{number}", kind="news") for number in range(5)]
    other = write("ander", kind="news", to="bea@voorbeeld.be")
    plain = write("gewoon")
    assert send_due() == sender.Sent(3, 0)
    digest = next(mail for mail in office.taken if mail["Subject"] == "5 berichten voor je")
    body = digest.get_body(("plain",))
    assert body is not None
    assert all(f"Nieuws: n{number}" in body.get_content() for number in range(5))
    assert [row(number).status for number in (*numbers, other, plain)] == ["sent"] * 7
    later = write("later", kind="news")
    assert row(later).next_at > timezone.now() + timedelta(hours=3)
    assert send_due() == sender.Sent()


def test_digest_is_never_larger_than_what_was_claimed_for_it(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "MOST_IN_A_DIGEST", 3)
    for number in range(7):
        write(f"n{number}", kind="news")
    assert send_due() == sender.Sent(3, 0)
    assert sorted(mail["Subject"] for mail in office.taken) == ["3 berichten voor je"] * 2 + ["Nieuws: n6"]


def test_uncertain_digest_is_uncertain_as_a_whole(office: PostOffice) -> None:
    numbers = [write(f"n{number}", kind="news") for number in range(3)]
    office.replies["AFTER"] = ["drop"]
    send_due()
    assert {row(number).status for number in numbers} == {"uncertain"}


def test_key_in_a_letter_is_forgotten_once_sent(office: PostOffice) -> None:
    number = write("k", kind="key")
    send_due()
    assert "/x/geheim" in office.taken[0].as_string()
    assert row(number).context == {}


def test_address_and_content_are_forgotten_after_thirty_days(office: PostOffice) -> None:
    old, new = write("oud"), write("nieuw", to="bea@voorbeeld.be")
    send_due()
    now: datetime = timezone.now()
    Message.objects.filter(pk=old).update(finished_at=now - timedelta(days=30, seconds=1))
    assert outbox.forget(now) == 1
    assert (row(old).to, row(old).context) == ("", {})
    assert row(new).to == "bea@voorbeeld.be"
    assert write("oud") == old  # the key is still known: it does not leave again
    assert send_due() == sender.Sent()


def test_what_waits_in_a_restored_backup_is_uncertain() -> None:
    number = write()
    assert outbox.distrust_after_restore() == 1
    assert row(number).status == "uncertain"
