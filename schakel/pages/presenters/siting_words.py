"""The words of the pages about sites: modes, goals, rounded people, what is proven."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from schakel.analyses.siting.proof import Proof
from schakel.analyses.siting.question import Goal, Question
from schakel.core.geography.travel import Basis, Mode
from schakel.wording.dates import number_words

MODES: Mapping[Mode, Promise] = {Mode.WALK: _("te voet"), Mode.CYCLE: _("met de fiets"), Mode.CAR: _("met de auto")}
GOALS: Mapping[Goal, Promise] = {
    Goal.REACH: _("zoveel mogelijk mensen dichtbij"),
    Goal.NEAR: _("iedereen samen zo weinig mogelijk onderweg"),
    Goal.FAR: _("wie het verst woont, zo dichtbij mogelijk"),
}


def about(people: float) -> str:
    """People rounded to tens: an estimate is never known to the last person."""
    return number_words(int(round(people, -1)))


def people_words(people: float) -> str:
    """ "ongeveer 9.400 mensen"."""
    return gettext("ongeveer %(people)s mensen") % {"people": about(people)}


def minutes_words(minutes: float | None) -> str:
    """Minutes to half a minute; what cannot be told is said to be unknown."""
    if minutes is None:
        return gettext("niet te zeggen")
    return gettext("%(minutes)s min") % {"minutes": number_words(round(2 * minutes) / 2)}


def share_words(part: float, whole: float) -> str:
    """A share in whole percents; of nobody it is unknown."""
    return gettext("niet bekend") if whole <= 0 else gettext("%(share)s %%") % {"share": round(100 * part / whole)}


def basis_words(basis: Basis) -> str:
    """What the minutes rest on."""
    if basis is Basis.ROADS:
        return gettext("Reistijden over de weg, zonder files of hellingen. © OpenStreetMap-bijdragers.")
    return gettext(
        "Reistijden zijn een schatting: in vogelvlucht, keer 1,3 voor de omweg, te voet 5, met de fiets 15 en met de "
        "auto 40 km per uur."
    )


def score_words(question: Question, score: float) -> str:
    """What a choice of sites scores, in the unit of its goal."""
    if question.goal is Goal.REACH:
        return people_words(score)
    if question.goal is Goal.FAR:
        return minutes_words(score)
    return gettext("%(hours)s uur samen, als iedereen één keer gaat") % {"hours": number_words(round(score / 60))}


def proof_words(question: Question, proof: Proof) -> str:
    """What the solvers proved, in plain Dutch."""
    told = {
        "score": score_words(question, proof.objective),
        "seconds": number_words(round(proof.seconds, 1)),
    }
    if proof.optimal:
        return gettext("Bewezen: geen enkele keuze is beter. Score: %(score)s. Rekentijd: %(seconds)s seconden.") % told
    if proof.bound is None or proof.gap is None:
        return (
            gettext("Score: %(score)s. Er is niet bewezen hoe ver dit van het beste ligt (%(seconds)s seconden).")
            % told
        )
    told["bound"] = score_words(question, proof.bound)
    told["gap"] = number_words(round(100 * proof.gap, 2))
    return (
        gettext(
            "Score: %(score)s. Bewezen: geen enkele keuze is beter dan %(bound)s, dus dit ligt hoogstens "
            "%(gap)s %% van het beste. Rekentijd: %(seconds)s seconden."
        )
        % told
    )


def sites_words(number: int, service: str) -> str:
    """ "3 plaatsen voor: Fietspunt"."""
    count = ngettext("%(number)s plaats", "%(number)s plaatsen", number) % {"number": number}
    return gettext("%(count)s voor: %(service)s") % {"count": count, "service": service}
