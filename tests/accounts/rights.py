"""Write docs/handbook/rechten.md from the table of permissions: `python -m tests.accounts.rights`."""

from __future__ import annotations

import os
from pathlib import Path

from schakel.core.permissions import RANK, RULES, Action, BodyKind, Reach, Role

PAGE = Path(__file__).resolve().parents[2] / "docs" / "handbook" / "rechten.md"
WIDEST = list(Reach)
INTRODUCTION = """
# Wie mag wat

Deze bladzijde is gemaakt uit de code (`schakel/core/permissions.py`); een test kijkt na dat ze gelijk is. Wat hier niet
staat, mag niet. Lezen wat op de site openbaar is, mag iedereen.

Een persoon werkt voor een instantie in een rol. Een bewerker mag alles wat een lezer mag, een beheerder alles wat een
bewerker mag. In de tabellen:

- **eigen**: alleen voor de eigen instantie;
- **eigen en binnen**: ook voor wat erin ligt. Bij een cluster zijn dat de gemeenten die er op die dag bij horen, en de
  organisaties en partners die daar gevestigd zijn;
- **alles**: voor alles in de regio;
- **–**: niet.
""".strip()


def cell(action: Action, kind: BodyKind, role: Role) -> str:
    """How far a role in a body of this kind reaches, in Dutch."""
    reaches = [rule.reach for rule in RULES[action] if rule.kind == kind and RANK[rule.role] <= RANK[role]]
    words = {Reach.OWN: "eigen", Reach.WITHIN: "eigen en binnen", Reach.ALL: "alles"}
    return words[max(reaches, key=WIDEST.index)] if reaches else "–"


def current() -> str:
    """The page as the code says it."""
    from schakel.wording import words

    lines = [INTRODUCTION]
    for kind in BodyKind:
        lines.append(f"\n## {words.BODY_KINDS[kind]}\n")
        lines.append("| wat | " + " | ".join(str(words.ROLES[role]) for role in Role) + " |")
        lines.append("|---|---|---|---|")
        for action in Action:
            cells = [cell(action, kind, role) for role in Role]
            lines.append(f"| {words.ACTIONS[action]} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    PAGE.write_text(current(), encoding="utf-8")


if __name__ == "__main__":
    main()
