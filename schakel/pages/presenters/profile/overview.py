"""The first page of an own profile: how complete it is, what to do, what waits, and each part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from schakel.core.model import FINDABLE, AreaKnowledge, LifeStatus, OfferRecord, OrganisationRecord
from schakel.core.upkeep import (
    Freshness,
    Gap,
    GapCode,
    OfferFacts,
    OwnerEdits,
    ProfileFacts,
    Quality,
    Rules,
    Section,
    State,
    assess,
    score,
)
from schakel.pages.presenters.blocks import Link, Notice, crumbs
from schakel.pages.presenters.facts import number_of, opening_hours, text_of
from schakel.pages.presenters.profile.values import field_words, value_words
from schakel.pages.standing import Standing
from schakel.register.read import Proposal
from schakel.upkeep.asking import Asked, rules_in_words
from schakel.upkeep.photos import Photo
from schakel.wording import words
from schakel.wording.dates import date_words, number_words

GOOD, FAIR = 80, 50  # percent: from here it is good, from here it is on its way
OURS = (*FINDABLE, LifeStatus.UNCONFIRMED)


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to mend: in words, where, and what it brings."""

    words: str
    href: str
    gain: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the profile: what stands there today, and where to change or add to it."""

    title: str
    lines: tuple[tuple[str, str], ...]  # words, address (may be empty)
    link: Link


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that waits for review."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """One proposal that waits, with its differences."""

    number: int
    about: str
    at: str
    rows: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """Everything `pages/profile.html` shows."""

    slug: str
    name: str
    percent: int
    level: str
    level_words: str
    todo: tuple[ToDo, ...]
    more: tuple[ToDo, ...]
    heard: str
    rules: str
    notices: tuple[Notice, ...]
    confirm_label: str
    waiting: tuple[Waiting, ...]
    parts: tuple[Part, ...]
    photos: int
    crumbs: tuple[Link, ...]


def present_profile(
    record: OrganisationRecord,
    *,
    photos: Sequence[Photo],
    proposals: Sequence[Proposal],
    spoken_on: str | None,
    asked: Asked,
    rules: Rules,
    region: Standing,
    today: date,
) -> ProfilePage:
    """The page for who edits. `spoken_on`: when the organisation or an editor last said something."""
    heard = assess(spoken_on, asked.delivered, rules, today)
    fresh = assess(record.newest_on, asked.delivered, rules, today)
    quality = score(
        profile_facts(record, photos=len(photos), confirmed_months=heard.months),
        ageing_months=rules.ageing_months,
        on=today,
    )
    todo = _todo(record, quality)
    return ProfilePage(
        slug=record.slug,
        name=record.name,
        percent=quality.percent,
        level="served" if quality.percent >= GOOD else "thin" if quality.percent >= FAIR else "absent",
        level_words=_level(quality.percent),
        todo=todo[:4],
        more=todo[4:],
        heard=_heard(spoken_on),
        rules=rules_in_words(rules),
        notices=_notices(record, fresh, rules),
        confirm_label=gettext("Alles klopt: zet terug in de gids")
        if record.status is LifeStatus.UNCONFIRMED
        else gettext("Alles klopt nog"),
        waiting=tuple(present_waiting(proposal, record, region) for proposal in proposals),
        parts=_parts(record, len(photos)),
        photos=len(photos),
        crumbs=crumbs((gettext("Mijn werk"), reverse("my_work")), page=record.name),
    )


def profile_facts(record: OrganisationRecord, *, photos: int, confirmed_months: int | None) -> ProfileFacts:
    """What the score looks at, from the record."""
    places = [place for place in record.establishments if place.status in OURS]
    return ProfileFacts(
        description=text_of(record.facts, "description"),
        has_phone=bool(text_of(record.facts, "phone")),
        has_email=bool(text_of(record.facts, "email")),
        has_website=bool(text_of(record.facts, "website")),
        has_languages=bool(text_of(record.facts, "languages")),
        has_address=any(text_of(place.facts, "locality") or place.nis_code for place in places),
        places=tuple(bool(text_of(place.facts, "opening_hours")) for place in places),
        offers=tuple(
            OfferFacts(
                offer.key,
                offer.area.knowledge is AreaKnowledge.STATED,
                bool(number_of(offer.facts, "capacity_amount") is not None or text_of(offer.facts, "capacity_from")),
            )
            for offer in record.offers
            if offer.status in OURS
        ),
        employment_year=max((int(item.key.rpartition("/")[2]) for item in record.employment), default=None),
        photos=photos,
        confirmed_months=confirmed_months,
    )


def present_waiting(proposal: Proposal, record: OrganisationRecord, region: Standing) -> Waiting:
    """A proposal with what stands there today beside it."""
    offer = next((one for one in record.offers if one.key == proposal.key), None)
    return Waiting(
        number=proposal.number,
        about=words.service_label(offer.service) if offer else record.name,
        at=date_words(proposal.at.date().isoformat()),
        rows=tuple(
            Difference(
                field_words(change.field),
                value_words(proposal.entity, change.field, change.before, region),
                value_words(proposal.entity, change.field, change.after, region),
            )
            for change in proposal.changes
        ),
    )


def _level(percent: int) -> str:
    if percent == 100:
        return gettext("Volledig. Zo vinden mensen je, en weten ze wat ze aan je hebben.")
    if percent >= GOOD:
        return gettext("Goed. Nog een paar stukjes en het is volledig.")
    return gettext("Op weg. Begin met wat bovenaan staat: daar wint wie je zoekt het meest bij.")


def _heard(spoken_on: str | None) -> str:
    if spoken_on is None:
        return gettext("Jullie bevestigden dit profiel nog nooit. Wat er staat, komt uit openbare bronnen.")
    return gettext("Laatst door jullie of een coördinator nagekeken: %(date)s.") % {"date": date_words(spoken_on)}


def _notices(record: OrganisationRecord, fresh: Freshness, rules: Rules) -> tuple[Notice, ...]:
    found: list[Notice] = []
    if record.status is LifeStatus.UNCONFIRMED:
        found.append(
            Notice(
                "attention",
                gettext("Jullie staan niet meer in de gids"),
                gettext("We kregen geen antwoord op onze vraag. Bevestig hieronder: dan staan jullie er weer."),
            )
        )
    elif fresh.leaves_on is not None:
        found.append(
            Notice(
                "attention",
                gettext("Klopt alles nog?"),
                gettext("Bevestig voor %(date)s. Daarna verdwijnt dit profiel uit de gids.")
                % {"date": date_words(fresh.leaves_on.isoformat())},
            )
        )
    elif fresh.state is State.OLD:
        found.append(
            Notice(
                "attention",
                gettext("Bezoekers zien dat dit oud is"),
                gettext("Bevestig dat alles klopt, dan verdwijnt het teken."),
            )
        )
    if rules.owner_edits is OwnerEdits.AFTER_REVIEW:
        found.append(
            Notice(
                "info",
                "",
                gettext("Wat je verandert, staat in de gids nadat een coördinator het nakeek. Je krijgt een mail."),
            )
        )
    return tuple(found)


def _todo(record: OrganisationRecord, quality: Quality) -> tuple[ToDo, ...]:
    offers = {offer.key: offer for offer in record.offers}
    return tuple(
        ToDo(
            gap_words(gap, offers),
            _where(gap, record),
            gettext("+%(percent)s") % {"percent": number_words(max(1, round(gap.percent)))},
        )
        for gap in quality.gaps
    )


def gap_words(gap: Gap, offers: dict[str, OfferRecord]) -> str:
    """What is missing, in words."""
    offer = offers.get(gap.subject)
    label = words.service_label(offer.service) if offer else ""
    if gap.code is GapCode.NOT_CONFIRMED:
        months = gap.months or 0
        return ngettext("%(months)s maand niet bevestigd", "%(months)s maanden niet bevestigd", months) % {
            "months": months
        }
    return {
        GapCode.NO_OFFER: gettext("Geen aanbod: niemand vindt jullie in de zoekmachine"),
        GapCode.OFFER_WITHOUT_AREA: gettext("Aanbod zonder werkgebied: %(offer)s") % {"offer": label},
        GapCode.OFFER_WITHOUT_CAPACITY: gettext("Niet gezegd of er werk bij kan: %(offer)s") % {"offer": label},
        GapCode.NO_DESCRIPTION: gettext("Geen beschrijving"),
        GapCode.SHORT_DESCRIPTION: gettext("De beschrijving is erg kort"),
        GapCode.NEVER_CONFIRMED: gettext("Nog nooit bevestigd"),
        GapCode.NO_PHONE: gettext("Geen telefoonnummer"),
        GapCode.NO_EMAIL: gettext("Geen e-mailadres"),
        GapCode.NO_WEBSITE: gettext("Geen website"),
        GapCode.NO_LANGUAGES: gettext("Niet gezegd in welke talen men bij jullie terechtkan"),
        GapCode.NO_ADDRESS: gettext("Geen adres: meld het onderaan jullie pagina"),
        GapCode.NO_HOURS: gettext("Geen openingsuren"),
        GapCode.NO_EMPLOYMENT: gettext("Geen cijfers over wie er werkt"),
        GapCode.OLD_EMPLOYMENT: gettext("De cijfers over wie er werkt, zijn van %(year)s") % {"year": gap.year},
        GapCode.NO_PHOTO: gettext("Geen foto"),
    }[gap.code]


def _where(gap: Gap, record: OrganisationRecord) -> str:
    slug = record.slug
    if gap.code is GapCode.NO_ADDRESS:
        return reverse("organisation", kwargs={"slug": slug}) + "#melden"
    if gap.section is Section.CONFIRM:
        return "#bevestig"
    if gap.section is Section.OFFERS:
        return (
            reverse("profile_offer", kwargs={"slug": slug, "key": gap.subject})
            if gap.subject
            else reverse("profile_offer_new", kwargs={"slug": slug})
        )
    if gap.section is Section.PLACES:
        place = next(place for place in record.establishments if place.status in OURS)
        return reverse("profile_hours", kwargs={"slug": slug, "key": place.key})
    name = {
        Section.CONTACT: "profile_contact",
        Section.ABOUT: "profile_about",
        Section.PEOPLE: "profile_people_new",
        Section.PHOTOS: "profile_photos",
    }
    return reverse(name[gap.section], kwargs={"slug": slug})


def _parts(record: OrganisationRecord, photos: int) -> tuple[Part, ...]:
    slug, missing = record.slug, gettext("niet bekend")

    def to(name: str, label: str, **more: str) -> Link:
        return Link(label, reverse(name, kwargs={"slug": slug, **more}))

    def plain(*fields: str) -> tuple[tuple[str, str], ...]:
        return tuple((f"{field_words(field)}: {text_of(record.facts, field) or missing}", "") for field in fields)

    languages = record.facts["languages"].value if "languages" in record.facts else None
    spoken = words.words(words.LANGUAGES, [str(code) for code in languages]) if isinstance(languages, list) else missing
    return (
        Part(gettext("Contact"), plain("phone", "email", "website"), to("profile_contact", gettext("Pas contact aan"))),
        Part(
            gettext("Wie jullie zijn"),
            ((text_of(record.facts, "description") or missing, ""), (f"{gettext('Talen')}: {spoken}", "")),
            to("profile_about", gettext("Pas tekst en talen aan")),
        ),
        Part(gettext("Aanbod"), tuple(_offers(record)), to("profile_offer_new", gettext("Voeg aanbod toe"))),
        Part(gettext("Openingsuren"), tuple(_hours(record, missing)), Link("")),
        Part(
            gettext("Mensen aan het werk"),
            tuple(_people(record)),
            to("profile_people_new", gettext("Voeg een jaar toe")),
        ),
        Part(
            gettext("Foto's"),
            ((ngettext("%(count)s foto", "%(count)s foto's", photos) % {"count": photos}, ""),) if photos else (),
            to("profile_photos", gettext("Foto's toevoegen of weghalen")),
        ),
    )


def _offers(record: OrganisationRecord) -> Iterable[tuple[str, str]]:
    """What, in the words of the organisation, for whom and where: two offers of one service must be told apart."""
    for offer in record.offers:
        if offer.status in OURS:
            area = offer.area.words if offer.area.knowledge is not AreaKnowledge.UNKNOWN else ""
            assumed = offer.area.knowledge is AreaKnowledge.ASSUMED
            where = (
                (gettext("%(area)s (aanname)") % {"area": area})
                if assumed
                else area or gettext("werkgebied niet bekend")
            )
            href = reverse("profile_offer", kwargs={"slug": record.slug, "key": offer.key})
            own, whom = text_of(offer.facts, "words"), words.words(words.CUSTOMERS, offer.customers)
            yield " · ".join(filter(None, (words.service_label(offer.service), own, whom, where))), href


def _hours(record: OrganisationRecord, missing: str) -> Iterable[tuple[str, str]]:
    for place in record.establishments:
        if place.status in OURS:
            hours = place.facts.get("opening_hours")
            told = "; ".join(line.text for line in opening_hours(hours.value)) if hours else ""
            name = text_of(place.facts, "name") or text_of(place.facts, "locality") or record.name
            yield f"{name}: {told or missing}", reverse("profile_hours", kwargs={"slug": record.slug, "key": place.key})


def _people(record: OrganisationRecord) -> Iterable[tuple[str, str]]:
    for item in record.employment:
        year = item.key.rpartition("/")[2]
        number = number_of(item.facts, "headcount")
        told = (
            gettext("%(count)s mensen") % {"count": number_words(number)}
            if number is not None
            else gettext("aantal mensen niet bekend")
        )
        yield f"{year}: {told}", reverse("profile_people", kwargs={"slug": record.slug, "year": int(year)})
