"""One page on paper: what a municipality bought from social enterprises, and who else could take part."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext, override

from schakel.cooperation.spend.read import PeerAverage, SpendRecord
from schakel.cooperation.spend.supply import Takers
from schakel.core.model import Json, Municipality
from schakel.core.spend import Share, Standing, compute_shares, list_shares
from schakel.core.spend.peers import PARTS
from schakel.documents.blindspots import about_place, region_frame
from schakel.documents.templates import template
from schakel.register import read
from schakel.typesetting import set_pdf
from schakel.wording import spend as said
from schakel.wording import words
from schakel.wording.dates import date_words
from schakel.wording.matching import missing_words

MOST_CATEGORIES = 9
MOST_NAMES = 3


def build_spend(
    place: Municipality,
    record: SpendRecord,
    *,
    peers: Mapping[tuple[int, str | None], PeerAverage],
    takers: Mapping[str, Takers],
    names: Mapping[str, str],
    language: str,
    on: date,
    base_url: str,
) -> bytes:
    """The newest year of a list as a tagged PDF."""
    shares = compute_shares(record.amounts)
    year = max((at for at, _ in shares), default=on.year)
    total = shares.get((year, None), Share({}, 0))
    with override(language):
        places = {one.nis_code: one.name for one in read.list_municipalities()}
        data: dict[str, Json] = {
            **region_frame(on, language),
            "run": gettext("Lijst opgeladen op %(day)s") % {"day": date_words(record.at.date().isoformat())},
            "site": base_url.removeprefix("https://").removeprefix("http://"),
            "place": place.name,
            **about_place(place),
            "title": gettext("Wat kocht %(place)s sociaal in? (%(year)s)") % {"place": place.name, "year": year},
            "lead": _lead(total, peers.get((year, None))),
            "parts": [
                {
                    "title": gettext("Per soort aankoop"),
                    "lines": _lines(shares, year, takers, names, places),
                    "nothing": gettext("Van geen enkel bedrag is bekend wat er gekocht werd."),
                }
            ],
            "map": None,
            "doubts": _known(total),
            "doubts_title": gettext("Wat weten we van dit geld?"),
            "there": [],
            "there_title": "",
            "next": [
                gettext("Kies één soort aankoop, en vraag wie hierboven staat wat ze kunnen."),
                gettext("Minstens: wat we niet herkenden, kan ook sociaal zijn."),
            ],
            "next_title": gettext("Wat nu?"),
        }
    return set_pdf(template("case.typ"), data, on=on)


def _lead(total: Share, peers: PeerAverage | None) -> str:
    lead = gettext(
        "Van %(total)s ging minstens %(social)s (%(at_least)s) naar sociale ondernemingen. Dat is %(of_recognised)s "
        "van wat we konden herkennen."
    ) % {
        "total": said.euro_words(total.total),
        "social": said.euro_words(total.social),
        "at_least": said.share_words(total.at_least),
        "of_recognised": said.share_words(total.of_recognised),
    }
    if peers is None:
        return lead
    average = gettext("Gemiddeld is het in %(count)s gemeenten minstens %(share)s.")
    return f"{lead} {average % {'count': peers.count, 'share': said.share_words(peers.average / PARTS)}}"


def _lines(
    shares: Mapping[tuple[int, str | None], Share],
    year: int,
    takers: Mapping[str, Takers],
    names: Mapping[str, str],
    places: Mapping[str, str],
) -> list[Json]:
    """The categories of most money, the unknown one last."""
    own = list_shares(shares, year)[:MOST_CATEGORIES]
    return [_line(category, share, takers.get(category), names, places) for category, share in own]


def _line(category: str, share: Share, who: Takers | None, names: Mapping[str, str], places: Mapping[str, str]) -> Json:
    able = [names[one.slug] for one in who.candidates if one.slug in names] if who else []
    facts: list[Json] = []
    if able:
        facts.append(gettext("Wie het hier wellicht kan: %(names)s.") % {"names": words.joined(able[:MOST_NAMES])})
    elif who and who.near and who.near[0].slug in names:
        missing = [missing_words(one, lambda code: places.get(code, code)) for one in who.near[0].missing]
        said_of = {"name": names[who.near[0].slug], "missing": words.joined(missing)}
        facts.append(gettext("Bijna: %(name)s, %(missing)s.") % said_of)
    known = {"total": said.euro_words(share.total), "share": said.share_words(share.at_least)}
    return {
        "label": said.category_words(category),
        "code": "served" if share.social > 0 else "no_data",
        "words": gettext("%(total)s, minstens %(share)s sociaal") % known,
        "facts": facts,
    }


def _known(total: Share) -> list[Json]:
    return [
        f"{words.word(said.STANDINGS, standing)}: {said.euro_words(total.cents[standing])}"
        for standing in Standing
        if standing in total.cents
    ]
