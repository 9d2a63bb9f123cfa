"""Ask organisations whether their profile still holds, and let go of who does not answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from schakel.accounts.models import User
from schakel.accounts.read import Addressee, list_addressees
from schakel.audit import log
from schakel.core.errors import InvalidInput
from schakel.core.model import FINDABLE, Json, LifeStatus, OrganisationRecord
from schakel.core.permissions import BodyKind
from schakel.core.upkeep import Ask, Asking, Rules, State, assess, next_ask
from schakel.mail import links
from schakel.mail.outbox import enqueue, sent_keys
from schakel.register import read as register
from schakel.register import write
from schakel.register.read import Kept
from schakel.upkeep.models import ProfileAsk
from schakel.wording import words
from schakel.wording.dates import date_words

PURPOSE = "confirm-profile"
LINK_DAYS = 90
MOST_OFFERS = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """One organisation with the days it was asked; `delivered` are those of which a letter really left."""

    letters: tuple[date, ...] = ()
    delivered: tuple[Ask, ...] = ()


def run_daily(now: datetime) -> str:
    """What is due today, in a few Dutch words; inside the transaction of the job. Twice on a day changes nothing.

    Who answered through a newer source comes back; who was asked and did not answer by the announced day leaves; who
    is no longer fresh is asked, as the region's rules say. An address that cannot be one stops nobody else.
    """
    rules, today = register.upkeep_rules(), timezone.localdate(now)
    kept = register.list_kept((*FINDABLE, LifeStatus.UNCONFIRMED))
    asked = list_asked([row.slug for row in kept])
    people = list_addressees(BodyKind.ORGANISATION, on=today)
    done: Counter[str] = Counter()
    for row in kept:
        known = asked.get(row.slug, Asked())
        fresh = assess(row.newest_on, known.delivered, rules, today)
        if row.status is LifeStatus.UNCONFIRMED:
            if fresh.state is not State.LEFT:
                done["teruggekomen"] += write.lift_silence(row.slug, now=now)
        elif fresh.state is State.LEFT:
            done["uit de gids"] += _let_go(row, known.delivered, people, now)
        elif ask := next_ask(row.newest_on, known.letters, rules, today):
            done["gevraagd"] += bool(_ask(row, ask, _recipients(row, rules.ask, people), by=None))
    return ", ".join(f"{count} {what}" for what, count in sorted(done.items()) if count) or "niets"


def ask_by_hand(slug: str, *, by: User, now: datetime | None = None) -> int:
    """A coordinator asks now, also who has no account; returns the number of letters.

    Raises `InvalidInput` within the days that must lie between two letters, or when no address is known.
    """
    now = now or timezone.now()
    rules, today = register.upkeep_rules(), timezone.localdate(now)
    with transaction.atomic():
        row = next((one for one in register.list_kept((*FINDABLE, LifeStatus.UNCONFIRMED), slug=slug)), None)
        if row is None:
            raise InvalidInput(gettext("Deze organisatie staat niet in de gids: er is niets te bevestigen."))
        letters = list_asked([slug]).get(slug, Asked()).letters
        ask = next_ask(None, letters, rules, today)
        if ask is None:
            last = date_words(max(letters).isoformat())
            said = gettext("Er vertrok een brief op %(day)s. Wacht minstens %(days)s dagen.")
            raise InvalidInput(said % {"day": last, "days": rules.ask_every_days})
        heard = next_ask(row.newest_on, (), rules, today)
        leaves_on = ask.leaves_on if heard is None else heard.leaves_on
        sent = _ask(row, Ask(today, leaves_on), _recipients(row, Asking.EVERYONE, _people(slug)), by=by)
    if not sent:
        raise InvalidInput(gettext("Van deze organisatie is geen e-mailadres bekend. Bel, en leg vast wat je hoort."))
    return sent


def list_asked(slugs: Sequence[str]) -> Mapping[str, Asked]:
    """When these organisations were asked; those that never were are absent."""
    rows = list(ProfileAsk.objects.filter(organisation_key__in=slugs).order_by("on"))
    keys = {_key(row, number): row.pk for row in rows for number in range(row.letters)}
    left = {keys[key] for key in sent_keys(keys)}
    found: dict[str, tuple[list[date], list[Ask]]] = {}
    for row in rows:
        letters, delivered = found.setdefault(row.organisation_key, ([], []))
        letters.append(row.on)
        if row.pk in left:
            delivered.append(Ask(row.on, row.leaves_on))
    return {slug: Asked(tuple(letters), tuple(delivered)) for slug, (letters, delivered) in found.items()}


def read_link(token: str) -> tuple[str, bool]:
    """The organisation a confirmation link is for, and whether it was answered already.

    Raises `LinkExpired` or `LinkInvalid` (both `InvalidInput`).
    """
    row = _row(token)
    return row.organisation_key, row.answered_at is not None


def answer(token: str, *, now: datetime | None = None) -> bool:
    """Confirm through a link; `False` when that was done before. Raises as `read_link`, or for who is gone."""
    now = now or timezone.now()
    with transaction.atomic():
        row = _row(token)
        if row.answered_at is not None:
            return False
        slug = register.resolve_slug(row.organisation_key) or row.organisation_key
        how = gettext("Bevestigd met de knop in de brief van %(date)s.") % {"date": date_words(row.on.isoformat())}
        write.confirm_profile(slug, voice=write.Voice(None, f"organisation:{slug}"), how=how, now=now)
        ProfileAsk.objects.filter(organisation_key=row.organisation_key, answered_at=None).update(answered_at=now)
    return True


def _row(token: str) -> ProfileAsk:
    number = links.read(PURPOSE, token).get("ask")
    row = ProfileAsk.objects.filter(pk=number).first() if isinstance(number, int) else None
    if row is None:
        raise links.LinkInvalid(gettext("Deze link werkt niet meer. Vraag een nieuwe aan de coördinator."))
    return row


def _people(slug: str) -> Mapping[str, Sequence[Addressee]]:
    return list_addressees(BodyKind.ORGANISATION, on=timezone.localdate(), key=slug)


def _recipients(row: Kept, asking: Asking, people: Mapping[str, Sequence[Addressee]]) -> tuple[Addressee, ...]:
    """Who edits for the organisation; else, where the region asks everyone, the address that everybody can read."""
    if asking is Asking.NOBODY:
        return ()
    own = tuple(people.get(row.slug, ()))
    if own or asking is Asking.OWNERS or not row.email:
        return own
    return (Addressee(row.email, "nl"),)


def _ask(row: Kept, ask: Ask, to: Sequence[Addressee], *, by: User | None) -> int:
    """Write the letters; how many. Without anybody to write to nothing is kept: tomorrow there may be somebody."""
    record = register.get_organisation(row.slug) if to else None
    if record is None:
        return 0
    asked = ProfileAsk.objects.create(
        organisation_key=row.slug, on=ask.on, leaves_on=ask.leaves_on, by_hand=by is not None
    )
    asked.letters = _write_letters("confirm-profile", asked, record, to, {"leaves_on": ask.leaves_on.isoformat()})
    asked.save(update_fields=["letters"])
    if not asked.letters:
        asked.delete()
        return 0
    log.record("ask-confirmation", row.slug, actor=by, details={"letters": asked.letters})
    return asked.letters


def _let_go(row: Kept, asks: Sequence[Ask], people: Mapping[str, Sequence[Addressee]], now: datetime) -> bool:
    last = max(asks, key=lambda ask: ask.on)
    said = {"heard": date_words(row.newest_on), "asked": date_words(last.on.isoformat())}
    note = "Gevraagd op {asked} of alles nog klopt; geen antwoord. Laatst iets gehoord: {heard}.".format(**said)
    if not write.mark_unconfirmed(row.slug, note=note, now=now):
        return False
    asked = ProfileAsk.objects.filter(organisation_key=row.slug).latest("on")
    record = register.get_organisation(row.slug)
    to = _recipients(row, Asking.EVERYONE, people)
    if record is not None:
        _write_letters("profile-left", asked, record, to, {"asked_on": last.on.isoformat()})
    return True


def _write_letters(
    kind: str, asked: ProfileAsk, record: OrganisationRecord, to: Sequence[Addressee], more: dict[str, Json]
) -> int:
    token = links.sign(PURPOSE, {"ask": asked.pk}, days=LINK_DAYS)
    count = 0
    for person in to:
        with override(person.language):
            context: dict[str, Json] = {
                **_what_stands(record),
                **more,
                "confirm": reverse("confirm_profile", kwargs={"token": token}),
                "edit": reverse("profile", kwargs={"slug": record.slug}),
            }
        key = _key(asked, count) if kind == "confirm-profile" else f"{kind}:{asked.pk}:{count}"
        try:
            enqueue(key=key, to=person.email, kind=kind, context=context, language=person.language)
        except InvalidInput:  # an address that cannot be one: the next may be right, and the coordinator's list says so
            continue
        count += 1
    return count


def _what_stands(record: OrganisationRecord) -> dict[str, Json]:
    """What the letter repeats, so that it can be judged without opening anything."""

    def text(field: str) -> str:
        fact = record.facts.get(field)
        return "" if fact is None or fact.value is None else str(fact.value)

    live = [offer for offer in record.offers if offer.status in FINDABLE or offer.status is LifeStatus.UNCONFIRMED]
    lines = [
        f"{words.service_label(offer.service)}: {offer.area.words or gettext('werkgebied niet bekend')}"
        for offer in live
    ]
    return {
        "name": record.name,
        "phone": text("phone"),
        "email": text("email"),
        "website": text("website"),
        "offers": list[Json](dict.fromkeys(lines[:MOST_OFFERS])),
        "heard_on": record.newest_on,
    }


def _key(row: ProfileAsk, number: int) -> str:
    return f"confirm-profile:{row.organisation_key}:{row.on.isoformat()}:{number}"


def rules_in_words(rules: Rules) -> str:
    """What the region decided, in one sentence for who edits."""
    return gettext(
        "Na %(ageing)s maanden zonder nieuws vragen we of alles nog klopt. Na %(old)s maanden staat er een teken bij. "
        "Na %(leaves)s maanden zonder antwoord verdwijnt een profiel uit de gids."
    ) % {"ageing": rules.ageing_months, "old": rules.old_months, "leaves": rules.leaves_months}
