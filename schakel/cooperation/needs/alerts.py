"""New public needs by e-mail, per service and municipality: confirmed first, one letter a day, ended by one click."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from schakel.cooperation.needs.models import Alert
from schakel.cooperation.needs.public import PublicNeed, list_public_needs
from schakel.core.errors import InvalidInput
from schakel.core.model import Json
from schakel.mail import links, outbox

CONFIRM, CONFIRM_DAYS = "need-alert", 7
ALERT, ASK = "need_alert", "need_alert_confirm"
MOST_ASKED_A_DAY = 3  # per address: nobody fills the mailbox of somebody else
MOST_ALERTS = 10  # per address
MOST_TOLD = 25  # in one letter


def ask_for_alert(email: str, service: str, nis_code: str, *, language: str, now: datetime) -> None:
    """Write the letter with the link that confirms; nothing else is kept. The same asked twice a day is one letter.

    Raises InvalidInput for an address that is none, or that was asked too often today.
    """
    address = outbox.checked_address(email).lower()
    today = timezone.localdate(now)
    if outbox.count_since(address, ASK, now.replace(hour=0, minute=0)) >= MOST_ASKED_A_DAY:
        raise InvalidInput(gettext("We stuurden vandaag al mails om te bevestigen. Open eerst de link daarin."))
    asked: dict[str, Json] = {"email": address, "service": service, "place": nis_code, "language": language}
    path = f"/vragen/mail/{links.sign(CONFIRM, asked, days=CONFIRM_DAYS)}"
    key = f"need-alert-confirm:{outbox.address_key(address)}:{service}:{nis_code}:{today.isoformat()}"
    outbox.enqueue(key=key, to=address, kind=ASK, context={"path": path}, language=language)


def confirm_alert(token: str, *, now: datetime) -> None:
    """From now on new needs are told. Twice changes nothing.

    Raises LinkInvalid, or InvalidInput for somebody who follows too much.
    """
    asked = {name: str(value) for name, value in links.read(CONFIRM, token).items()}
    with transaction.atomic():
        own = Alert.objects.select_for_update().filter(email=asked["email"])
        if len(own) >= MOST_ALERTS:
            raise InvalidInput(gettext("Je volgt al tien keer iets. Meld je eerst af onderaan een van de mails."))
        outbox.opt_in(asked["email"], ALERT)
        Alert.objects.get_or_create(
            email=asked["email"], service=asked["service"], nis_code=asked["place"],
            defaults={"language": asked["language"], "told_until": now},
        )  # fmt: skip


def send_alerts(now: datetime) -> int:
    """Tell everybody what was opened since they were last told and can still be answered; how many letters.

    One letter per address and day, whatever they follow; whoever ended it by the link in a letter is forgotten.
    """
    count = 0
    rows = Alert.objects.exclude(email="").order_by("email", "id")
    for address, group in groupby(list(rows), key=lambda one: one.email):
        alerts = list(group)
        if outbox.is_opted_out(address, ALERT):
            Alert.objects.filter(email=address).delete()
            continue
        count += _tell(address, alerts, now)
    Alert.objects.filter(email="").delete()  # of somebody who was erased
    return count


def _tell(address: str, alerts: list[Alert], now: datetime) -> int:
    today = timezone.localdate(now)
    found: dict[str, PublicNeed] = {}
    for alert in alerts:
        fresh = list_public_needs(
            open_on=today, service=alert.service, nis_code=alert.nis_code, opened_after=alert.told_until
        )
        found |= {one.key: one for one in fresh}
    with transaction.atomic():
        if found:
            lines: list[Json] = [f"{one.buyer_name}: {one.text[:300]}" for one in list(found.values())[:MOST_TOLD]]
            key = f"need-alert:{outbox.address_key(address)}:{today.isoformat()}"
            outbox.enqueue(key=key, to=address, kind=ALERT, context={"lines": lines}, language=alerts[0].language)
        Alert.objects.filter(pk__in=[one.pk for one in alerts]).update(told_until=now)
    return int(bool(found))
