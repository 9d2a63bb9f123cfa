"""A sender that is killed doubles nothing and loses nothing; two senders at once share the work."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from django.db import connection

from schakel.mail import outbox, sender
from schakel.mail.models import Message
from tests.mail.crashes import crash_trial
from tests.mail.server import PostOffice

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_killed_senders_double_nothing_and_lose_nothing() -> None:
    report = crash_trial(str(connection.settings_dict["NAME"]), mails=40, kills=3)
    assert (report.duplicates, report.elsewhere) == (0, 0)
    assert 1 <= report.uncertain <= 3  # one of them was killed with the letter in its hands
    assert report.uncertain_that_arrived >= 1
    assert report.arrived == report.sent + report.uncertain_that_arrived


def test_several_senders_at_once_send_each_letter_once(office: PostOffice) -> None:
    for number in range(30):
        outbox.enqueue(key=str(number), to=f"a{number}@voorbeeld.be", kind="trial", context={})
    done: list[sender.Sent] = []

    def send() -> None:
        try:
            done.append(sender.send_due())
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 3
    assert sum(one.sent for one in done) == 30
    assert set(Counter(office.to).values()) == {1}
    assert Message.objects.filter(status="sent").count() == 30
