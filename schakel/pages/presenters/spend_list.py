"""One list of suppliers: what went to social enterprises, what is not known, and who else could take part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from schakel.cooperation.spend.read import PeerAverage, SpendRecord
from schakel.cooperation.spend.supply import Takers
from schakel.core.model import Customer, Municipality
from schakel.core.spend import GROUP, Amount, Share, Standing, compute_shares, list_categories, list_shares
from schakel.core.spend.peers import PARTS
from schakel.core.tasks import list_catalogue
from schakel.pages.presenters.blocks import Link, crumbs, organisation_href
from schakel.pages.presenters.guide import Option
from schakel.pages.presenters.home import FigureCard
from schakel.pages.presenters.spend import list_words, title_of
from schakel.wording import spend as said
from schakel.wording import words
from schakel.wording.dates import date_words, number_words
from schakel.wording.matching import missing_words

MOST_ACCOUNTS = 40
MOST_TASKS = 4


@dataclass(frozen=True, slots=True)
class Part:
    """What is known of a part of the money; `bar`: its length of 100, as a drawing wants it; "": no bar."""

    label: str
    meaning: str
    amount: str
    share: str
    bar: str


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """One purchase category of one year."""

    label: str
    total: str
    social: str
    at_least: str
    bar: str
    of_recognised: str
    unknown: str
    peers: str


@dataclass(frozen=True, slots=True)
class YearView:
    """One year of a list."""

    year: int
    figures: tuple[FigureCard, ...]
    peers: str
    parts: tuple[Part, ...]
    rows: tuple[CategoryRow, ...]
    receivers: tuple[tuple[Link, str], ...]


@dataclass(frozen=True, slots=True)
class Chance:
    """A purchase category and who could take part in it; `near`: who nearly could, with what is missing.

    `tasks`: what of the catalogue of tasks is this work.
    """

    label: str
    spent: str
    links: tuple[Link, ...]
    more: str
    nothing: str
    near: tuple[tuple[Link, str], ...]
    tasks: tuple[Link, ...]
    ask_href: str


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account that nothing tells the category of, or that the municipality gave one."""

    account: str
    amount: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class SpendListPage:
    """Everything `pages/spend_list.html` shows."""

    title: str
    place: str
    edits: bool
    waiting: str
    review_href: str
    years: tuple[YearView, ...]
    chances: tuple[Chance, ...]
    accounts: tuple[AccountRow, ...]
    reading: tuple[tuple[str, str], ...]
    files: tuple[Link, ...]
    crumbs: tuple[Link, ...]


def present_spend_list(
    place: Municipality,
    record: SpendRecord,
    *,
    peers: Mapping[tuple[int, str | None], PeerAverage],
    takers: Mapping[str, Takers],
    names: Mapping[str, str],
    place_name: Callable[[str], str],
    edits: bool,
) -> SpendListPage:
    """Newest year first. `names`: of the organisations that got something or could take part."""
    shares = compute_shares(record.amounts)
    years = sorted({year for year, _ in shares}, reverse=True)
    kwargs = {"slug": place.slug, "number": record.number}
    open_ones = sum(one.decision is None for one in record.candidates)
    waiting = ngettext(
        "Er is nog %(count)s naam na te kijken. Tot dan telt dat bedrag als niet herkend.",
        "Er zijn nog %(count)s namen na te kijken. Tot dan tellen die bedragen als niet herkend.",
        open_ones,
    ) % {"count": number_words(open_ones)}
    if not open_ones:
        waiting = gettext("Alle namen zijn bekeken. Sluit het nazicht af: dan verdwijnen de namen.")
    return SpendListPage(
        title=list_words(record.at),
        place=place.name,
        edits=edits,
        waiting="" if record.closed_at else waiting,
        review_href=reverse("spend_review", kwargs=kwargs),
        years=tuple(_year(year, record, shares, peers, names) for year in years),
        chances=tuple(_chances(place, shares, takers, names, place_name)),
        accounts=tuple(_accounts(record)),
        reading=tuple(_reading(record)),
        files=tuple(
            Link(label, reverse("spend_file", kwargs={**kwargs, "extension": extension}))
            for label, extension in (
                (gettext("Eén bladzijde (PDF)"), "pdf"),
                (gettext("Rekenblad (XLSX)"), "xlsx"),
                (gettext("Rekenblad (CSV)"), "csv"),
            )
        ),
        crumbs=crumbs((title_of(place), reverse("spend", kwargs={"slug": place.slug})), page=list_words(record.at)),
    )


def peers_words(found: PeerAverage | None) -> str:
    """An average of municipalities, or that there are too few to show one."""
    return said.share_words(found.average / PARTS) if found else gettext("nog niet te tonen")


def _year(
    year: int,
    record: SpendRecord,
    shares: Mapping[tuple[int, str | None], Share],
    peers: Mapping[tuple[int, str | None], PeerAverage],
    names: Mapping[str, str],
) -> YearView:
    total = shares[year, None]
    return YearView(
        year=year,
        figures=_figures(total),
        peers=_peers_line(peers.get((year, None))),
        parts=tuple(_part(standing, total) for standing in Standing if standing in total.cents),
        rows=tuple(_row(category, share, peers.get((year, category))) for category, share in list_shares(shares, year)),
        receivers=tuple(_receivers([one for one in record.amounts if one.bucket.year == year], names)),
    )


def _figures(total: Share) -> tuple[FigureCard, ...]:
    known = total.recognised / total.total if total.total > 0 and total.recognised >= 0 else None
    return (
        FigureCard(
            said.share_words(total.at_least),
            gettext("van alle uitgaven ging minstens naar sociale ondernemingen"),
            gettext("%(social)s van %(total)s")
            % {"social": said.euro_words(total.social), "total": said.euro_words(total.total)},
            gettext("Minstens: wat we niet herkenden, kan ook sociaal zijn."),
            "",
        ),
        FigureCard(
            said.share_words(total.of_recognised),
            gettext("van wat we konden herkennen ging naar sociale ondernemingen"),
            gettext("%(social)s van %(total)s")
            % {"social": said.euro_words(total.social), "total": said.euro_words(total.recognised)},
            gettext("We herkenden %(share)s van alle uitgaven.") % {"share": said.share_words(known)},
            "",
        ),
    )


def _peers_line(found: PeerAverage | None) -> str:
    if found is None:
        return gettext(
            "Vergelijken met andere gemeenten kan nog niet: dat tonen we pas als er %(least)s meedoen, zodat niemand "
            "te herkennen is."
        ) % {"least": GROUP}
    return gettext(
        "Gemiddeld ging in %(count)s gemeenten minstens %(share)s van alle uitgaven naar sociale ondernemingen (elke "
        "gemeente telt even zwaar; berekend op %(day)s). Het gemiddelde verandert pas als er genoeg gemeenten "
        "bij komen of iets wijzigen, zodat niemand te herkennen is."
    ) % {
        "count": found.count,
        "share": said.share_words(found.average / PARTS),
        "day": date_words(found.at.date().isoformat()),
    }


def _part(standing: Standing, total: Share) -> Part:
    cents = total.cents[standing]
    share = cents / total.total if total.total > 0 and 0 <= cents <= total.total else None
    return Part(
        words.word(said.STANDINGS, standing),
        words.word(said.MEANINGS, standing),
        said.euro_words(cents),
        said.share_words(share),
        _bar(share),
    )


def _bar(share: float | None) -> str:
    """With a point whatever the language; a little shows."""
    return "" if share is None else f"{max(share * 100, 0.5 if share else 0):.1f}"


def _row(category: str, share: Share, peers: PeerAverage | None) -> CategoryRow:
    return CategoryRow(
        label=said.category_words(category),
        total=said.euro_words(share.total),
        social=said.euro_words(share.social),
        at_least=said.share_words(share.at_least),
        bar=_bar(share.at_least),
        of_recognised=said.share_words(share.of_recognised),
        unknown=said.euro_words(share.cents.get(Standing.UNKNOWN, 0)),
        peers=peers_words(peers) if category else "",
    )


def _receivers(amounts: Sequence[Amount], names: Mapping[str, str]) -> list[tuple[Link, str]]:
    cents: dict[str, int] = defaultdict(int)
    for amount in amounts:
        if amount.standing is Standing.SOCIAL:
            cents[amount.organisation] += amount.cents
    href = organisation_href()
    return [
        (Link(names.get(key, key), href(key) if key in names else ""), said.euro_words(got))
        for key, got in sorted(cents.items(), key=lambda one: (-one[1], one[0]))
    ]


def _chances(
    place: Municipality,
    shares: Mapping[tuple[int, str | None], Share],
    takers: Mapping[str, Takers],
    names: Mapping[str, str],
    place_name: Callable[[str], str],
) -> list[Chance]:
    """Every category of the newest year in which not everything is social; most of that first."""
    newest = max((year for year, _ in shares), default=0)
    open_cents = {category: share.total - share.social for category, share in list_shares(shares, newest) if category}
    href = organisation_href()
    found = []
    for category, cents in sorted(open_cents.items(), key=lambda one: (-one[1], one[0])):
        if cents <= 0:
            continue
        who = takers.get(category)
        links = (
            tuple(Link(names[one.slug], href(one.slug)) for one in who.candidates if one.slug in names) if who else ()
        )
        hidden = who.found - len(links) if who else 0
        found.append(
            Chance(
                label=said.category_words(category),
                spent=gettext("%(amount)s ging in %(year)s naar anderen, of naar wie we niet herkennen.")
                % {"amount": said.euro_words(cents), "year": newest},
                links=links,
                more=gettext("en nog %(count)s") % {"count": number_words(hidden)} if hidden > 0 else "",
                nothing=_nothing(who),
                tasks=_tasks(place, category),
                near=_near(who, names, place_name) if who and not links else (),
                ask_href=_ask(place, category) if links else "",
            )
        )
    return found


def _nothing(who: Takers | None) -> str:
    if who is None:
        return gettext("Geen van onze diensten is dit werk. Of een sociale onderneming het doet, weten we niet.")
    return gettext("We kennen hier nog niemand die dit doet.")


def _tasks(place: Municipality, category: str) -> tuple[Link, ...]:
    services = {code for one in list_categories() if one.code == category for code in one.services}
    href = reverse("tasks_place", kwargs={"slug": place.slug})
    return tuple(
        Link(words.in_language(task.labels), f"{href}#{task.key}")
        for task in list_catalogue()
        if services & set(task.services)
    )[:MOST_TASKS]


def _near(who: Takers, names: Mapping[str, str], place_name: Callable[[str], str]) -> tuple[tuple[Link, str], ...]:
    href = organisation_href()
    found = []
    for miss in who.near:
        if miss.slug in names:
            missing = words.joined([missing_words(one, place_name) for one in miss.missing])
            found.append((Link(names[miss.slug], href(miss.slug)), missing))
    return tuple(found)


def _ask(place: Municipality, category: str) -> str:
    label = next(one.labels["nl"] for one in list_categories() if one.code == category)
    asked = {"text": label, "customer": Customer.LOCAL_GOVERNMENT.value, "municipality": place.nis_code}
    return f"{reverse('need_form')}?{urlencode(asked)}"


def _accounts(record: SpendRecord) -> list[AccountRow]:
    """Accounts of which the words tell nothing, of most money first; their category as the municipality said."""
    cents: dict[str, int] = defaultdict(int)
    for amount in record.amounts:
        if amount.bucket.account:
            cents[amount.bucket.account] += amount.cents
    rows = sorted(cents.items(), key=lambda one: (one[0] in record.accounts, -abs(one[1]), one[0]))
    return [
        AccountRow(
            account,
            said.euro_words(amount),
            (
                Option("", gettext("niet bekend"), account not in record.accounts),
                *(
                    Option(one.code, words.in_language(one.labels), record.accounts.get(account) == one.code)
                    for one in list_categories()
                ),
            ),
        )
        for account, amount in rows[:MOST_ACCOUNTS]
    ]


def _reading(record: SpendRecord) -> list[tuple[str, str]]:
    """How the file was read: what was used, what was left out, and how much the register knows."""
    counts = record.counts
    used = cast("Mapping[str, str]", counts["said"])
    ignored = cast("Mapping[str, tuple[int, int]]", counts["ignored"])
    numbers = cast("Mapping[str, int]", counts["numbers"])
    organisations, with_number = cast("tuple[int, int]", counts["register"])
    columns = ", ".join(f"{words.word(said.FIELDS, field)}: “{head}”" for field, head in used.items())
    found = [
        (gettext("Gelezen kolommen"), f"{columns} ({gettext('rij')} {counts['head_row']})"),
        (gettext("Gelezen rijen"), f"{number_words(record.rows)}: {said.euro_words(cast('int', counts['cents']))}"),
    ]
    for why, (rows, cents) in ignored.items():
        amount = f": {said.euro_words(cents)}" if cents else ""
        found.append((words.word(said.WHYS, why), f"{number_words(rows)} {gettext('weggelaten')}{amount}"))
    found += [(words.word(said.NUMBERS, state), number_words(rows)) for state, rows in numbers.items()]
    if counts["without_year"]:
        found.append((gettext("Rijen zonder jaar"), number_words(cast("int", counts["without_year"]))))
    found.append(
        (
            gettext("Ons register"),
            gettext("%(all)s organisaties; van %(known)s kennen we het ondernemingsnummer")
            % {"all": number_words(organisations), "known": number_words(with_number)},
        )
    )
    return found


def category_codes(record: SpendRecord) -> set[str]:
    """The categories of a list."""
    return {amount.bucket.category for amount in record.amounts if amount.bucket.category}


def organisations_of(record: SpendRecord, takers: Mapping[str, Takers]) -> list[str]:
    """Every organisation that a page about this list names."""
    got = {amount.organisation for amount in record.amounts if amount.organisation}
    able = {one.slug for who in takers.values() for one in who.candidates}
    near = {one.slug for who in takers.values() for one in who.near}
    return sorted(got | able | near)
