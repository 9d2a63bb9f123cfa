"""Who makes statements beside the lists that are loaded: each way of speaking is one source."""

from __future__ import annotations

from dataclasses import dataclass

from schakel.core.model import SourceRank


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source that is not loaded; who it was stands on each statement."""

    key: str
    title: str
    rank: SourceRank


EDITORS = Speaker("redactie", "Redactie van het platform", SourceRank.EDITOR)
OWNER = Speaker("eigenaar", "De organisatie zelf", SourceRank.OWNER)
# What an organisation proposed and an editor accepted: it counts as much as what editors say themselves.
REVIEWED = Speaker("eigenaar-nagekeken", "De organisatie zelf, nagekeken door de redactie", SourceRank.EDITOR)
# The daily job, about who was asked to confirm and did not answer. Taken back as soon as a person speaks.
FRESHNESS = Speaker("versheid", "Schakel: gevraagd en geen antwoord", SourceRank.EDITOR)

PEOPLE = (EDITORS, OWNER, REVIEWED)
OWNERS = (OWNER, REVIEWED)
BY_RANK = {EDITORS.rank: EDITORS, OWNER.rank: OWNER}
