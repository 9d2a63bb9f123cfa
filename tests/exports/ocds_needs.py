"""Public needs for the tests of the exchange: one in every state, with everything or nearly nothing filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from schakel.cooperation.needs.public import PublicNeed, PublicOutcome

OPENED = datetime(2026, 11, 25, 9, 30, 15, 999, tzinfo=UTC)
ENDED = datetime(2026, 12, 21, 6, tzinfo=UTC)
BARE = PublicNeed(
    key="abc234def567", state="open", opened_at=OPENED, ended_at=None, text="bermen maaien",
    services=("green_maintenance",), places=("45041",), spot="", customer="local_government",
    buyer_name="Gemeente Voorbeeld", contract="services", amount=None, unit="", needed_from=None, needed_until=None,
    answer_by=date(2026, 12, 20), reserved=False, outcomes=(),
)  # fmt: skip
FULL = replace(
    BARE, key="full", state="closed", ended_at=ENDED, services=("green_maintenance", "litter_collection"),
    places=("45041", "45064"), spot="langs de N48", contract="works", amount=120.5, unit="uren per week",
    needed_from=date(2027, 3, 1), needed_until=date(2027, 10, 31), reserved=True,
    outcomes=(
        PublicOutcome(4, "partly", ("voorbeeld-groen",), datetime(2027, 1, 5, 12, tzinfo=UTC)),
        PublicOutcome(9, "not", ("voorbeeld-groen",), datetime(2027, 1, 6, 12, tzinfo=UTC)),
    ),
)  # fmt: skip
WITHDRAWN = replace(BARE, key="gone", state="withdrawn", ended_at=ENDED, contract="supplies")
ODD = replace(BARE, key="odd", text="<b>&\x00\x0b ]]> " + "x" * 4000, buyer_name="A & B <nv>", services=("odd_jobs",))
ALL = (BARE, FULL, WITHDRAWN, ODD)
NAMES = {"voorbeeld-groen": "Voorbeeld Groen"}
PLACES = {"45041": "Ronse", "45064": "Maarkedal"}


def place_name(code: str) -> str:
    return PLACES.get(code, code)
