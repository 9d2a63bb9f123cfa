"""Blind spots in words, the same on pages, on paper and in files."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from schakel.core import taxonomy
from schakel.core.access.blindspots import Certainty, Nearest, Peers, Rate, Reach, Searched, State
from schakel.wording.dates import date_words, number_words
from schakel.wording.words import Words, joined, service_label, word

STATES: Words = {
    State.NO_DATA: _("we weten het niet"),
    State.ABSENT: _("gezocht en niet gevonden"),
    State.THIN: _("er is te weinig"),
    State.UNKNOWN: _("er is aanbod, maar het is niet gekend"),
    State.SERVED: _("er is aanbod"),
    "suspected": _("we weten niets: na te vragen"),
}
CERTAINTIES: Words = {
    Certainty.HIGH: _("zeker"),
    Certainty.MIDDLE: _("redelijk zeker"),
    Certainty.LOW: _("onzeker"),
}
MODES: Words = {"walk": _("te voet"), "cycle": _("met de fiets"), "car": _("met de auto")}
DOUBTS: Words = {
    "nothing_known": _("Er is geen aanbod bekend en niemand noteerde dat er gezocht is."),
    "old_offer": _("Er is een aanbod bekend, maar wat we ervan weten is te oud."),
    "uncertain_offer": _("Er is een aanbod bekend, maar het is niet zeker of het nog bestaat."),
    "old_search": _("Er is gezocht en niets gevonden, maar dat is te lang geleden."),
    "too_far": _("Er is aanbod, maar de meeste inwoners raken er niet in de gewone tijd."),
    "assumed_area": _("Geen bron zegt dat het aanbod hier geldt: dat is een aanname."),
    "rough_point": _("Van de plaats kennen we alleen de gemeente, niet het adres."),
    "too_few_to_say": _("Er is in de hele regio te weinig aanbod om gemeenten te vergelijken."),
    "searched_none": _("Iemand zocht hier onlangs en vond niets. Dat spreekt dit tegen."),
    "assumed_offer": _("Er zit aanbod in de buurt, maar geen bron zegt dat het hier geldt."),
    "estimated_travel": _("De reistijd is een schatting in vogelvlucht, geen route."),
    "people_by_area": _("Waar de inwoners juist wonen, weten we niet: we verdeelden ze naar oppervlakte."),
    "unverified": _("De bron is nog niet nagekeken."),
    "undated": _("De bron toont geen datum."),
    "dated_long_ago": _("De bron is ouder dan twee jaar."),
    "no_sign_of_use": _("We zien geen opdracht, vraag of zoekopdracht: niets bewijst dat iemand dit aanbod kent."),
    "only_silence": _("Alleen de stilte wijst hierop: er wordt hier veel gezocht, maar niet naar deze dienst."),
    "just_probable": _("De kans dat er te weinig is, ligt boven 90%, maar niet boven 97,5%."),
    "single_search": _("Maar één iemand zocht. Een tweede zoektocht maakt het zekerder."),
    "search_over_a_year": _("Er is langer dan een jaar geleden gezocht."),
    "unverified_search": _("Dat er niets gevonden werd, is nog niet nagekeken."),
    "partly_reached": _("Een deel van de inwoners raakt wel bij een aanbod."),
    "doubtful_offer": _("Er is een aanbod bekend waarvan niet zeker is of het nog bestaat."),
}


class Signs(Protocol):
    """Counts of signs; `None`: there are some, hidden because they are few."""

    @property
    def tasks(self) -> int: ...

    @property
    def needs(self) -> int | None: ...

    @property
    def searches(self) -> int | None: ...

    @property
    def unaware(self) -> int | None: ...

    @property
    def unmet(self) -> int | None: ...


def state_code(state: State, suspected: bool) -> str:
    """The code of the sign: a cell of which nothing is known looks different from one with old evidence."""
    return "suspected" if suspected else state.value


def state_words(state: State, suspected: bool = False) -> str:
    """The state in a few words."""
    return word(STATES, state_code(state, suspected))


def share_words(share: float) -> str:
    """A part of the inhabitants, as people say it: "ongeveer 8 op 10 inwoners"."""
    tenths = round(share * 10)
    if share >= 0.995:
        return gettext("alle inwoners")
    if tenths == 0:
        return gettext("minder dan 1 op 20 inwoners") if share < 0.05 else gettext("ongeveer 1 op 15 inwoners")
    return gettext("ongeveer %(count)s op 10 inwoners") % {"count": min(tenths, 9)}


def reach_words(reach: Reach, *, minutes: int | None = None, estimated: bool = True) -> str:
    """Why we say that this offer reaches the place. `minutes`: the usual travel time, for what one visits."""
    if reach.how == "stated":
        said = gettext("werkt hier, volgens een bron")
    elif reach.how == "assumed":
        said = gettext("werkt hier wellicht: dat is een aanname, geen bron zegt het")
    elif reach.how == "remote":
        said = gettext("het werk gaat naar hen toe")
    else:
        said = _travel_words(reach, minutes, estimated)
    dated = date_words(reach.dated) if reach.dated else gettext("zonder datum")
    return f"{said} ({dated})"


def _travel_words(reach: Reach, minutes: int | None, estimated: bool) -> str:
    mode = word(MODES, taxonomy.service(reach.service).mode or "car")
    said = gettext("%(people)s raken er binnen %(minutes)s minuten %(mode)s") % {
        "people": share_words(reach.share),
        "minutes": minutes or taxonomy.service(reach.service).minutes,
        "mode": mode,
    }
    if reach.minutes is not None:
        said += gettext(", gemiddeld in %(minutes)s min") % {"minutes": max(1, round(reach.minutes))}
    return said + (gettext(" (schatting)") if estimated else "")


def peers_words(peers: Peers) -> str:
    """ "Bij 7 van de 10 vergelijkbare gemeenten wel." """
    if peers.have == 0:
        return gettext("Bij geen van de %(of)s vergelijkbare gemeenten is dit bekend") % {"of": peers.of}
    return gettext("Bij %(have)s van de %(of)s vergelijkbare gemeenten wel") % {"have": peers.have, "of": peers.of}


def neighbours_words(names: list[str]) -> str:
    """Which neighbours do have it; empty for none."""
    if not names:
        return ""
    return ngettext(
        "Buurgemeente die het wel heeft: %(names)s.", "Buurgemeenten die het wel hebben: %(names)s.", len(names)
    ) % {"names": joined(names)}


def nearest_words(nearest: Nearest) -> str:
    """How far the nearest offer is."""
    km = number_words(nearest.km)
    return gettext("%(km)s km in vogelvlucht") % {"km": km}


def searched_words(searched: Searched) -> str:
    """Who searched, how and when."""
    return gettext("%(who)s zocht op %(when)s en vond niets. Hoe: %(how)s") % {
        "who": searched.by,
        "when": date_words(searched.on),
        "how": searched.method,
    }


def rate_words(rate: Rate) -> str:
    """Supply per inhabitant with its interval, against the region: per 10,000 inhabitants."""
    unit = gettext("VTE") if rate.unit == "fte" else gettext("aanbiedingen")
    return gettext(
        "Ongeveer %(mean)s %(unit)s per 10.000 inwoners, tussen %(low)s en %(high)s; in de hele regio %(region)s."
    ) % {
        "mean": per_10000(rate.mean),
        "low": per_10000(rate.low),
        "high": per_10000(rate.high),
        "region": per_10000(rate.region),
        "unit": unit,
    }


def per_10000(rate: float) -> str:
    """A rate per inhabitant as a figure per 10,000, to two meaningful digits."""
    value = rate * 10_000
    return number_words(round(value, 2 if value < 1 else 1 if value < 10 else 0))


def signs_words(signs: Signs) -> tuple[str, ...]:
    """What shows that somebody knows it, or asks for it; a hidden count says so."""
    return (
        ngettext(
            "%(count)s opdracht van het lokaal bestuur", "%(count)s opdrachten van het lokaal bestuur", signs.tasks
        )
        % {"count": signs.tasks},
        gettext("beantwoorde behoeften: %(count)s") % {"count": _count(signs.needs)},
        gettext("zoekopdrachten met deze gemeente: %(count)s") % {"count": _count(signs.searches)},
        gettext("kopers die dit aanbod niet kenden: %(count)s") % {"count": _count(signs.unaware)},
        unmet_words(signs.unmet),
    )


def unmet_words(count: int | None) -> str:
    """How often it was asked here without being found."""
    return gettext("gevraagd en (nog) niet gevonden: %(count)s") % {"count": _count(count)}


def _count(count: int | None) -> str:
    return gettext("enkele (verborgen: minder dan 5)") if count is None else number_words(count)


def question_words(service: str, place: str) -> str:
    """The question that an hour of phoning answers."""
    return gettext("%(service)s in %(place)s: is er iemand?") % {"service": service_label(service), "place": place}
