"""The letters about signing in, invitations and handing over."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from schakel.accounts.models import Invitation, User
from schakel.core.errors import InvalidInput
from schakel.core.model import Json
from schakel.core.permissions import Role, Target
from schakel.mail.letters import Button, Context, Facts, Letter, Paragraph, letter, word
from schakel.mail.outbox import cancel_written, enqueue
from schakel.wording import words
from schakel.wording.dates import date_words

_ROLES: list[Json] = [["Gemeente Voorbeeld", "manager"]]


@letter(
    "password-reset",
    reason=_("iemand een nieuw wachtwoord vroeg voor dit e-mailadres"),
    example={"path": "/wachtwoord/nieuw/voorbeeld"},
    secret=True,
)
def password_reset(context: Context) -> Letter:
    """A link to choose a new password."""
    return Letter(
        gettext("Kies een nieuw wachtwoord"),
        Paragraph(gettext("Je vroeg een nieuw wachtwoord voor Schakel. De knop werkt één keer, drie dagen lang.")),
        Button(gettext("Kies een nieuw wachtwoord"), word(context, "path")),
        Paragraph(gettext("Vroeg je dit niet? Doe dan niets: je wachtwoord blijft zoals het is.")),
    )


@letter(
    "invitation",
    reason=_("iemand je uitnodigde om mee te werken"),
    example={
        "by": "an@voorbeeld.example",
        "roles": _ROLES,
        "until": "2027-01-15",
        "path": "/uitnodiging/voorbeeld",
        "leaver": "",
    },
    secret=True,
)
def invitation(context: Context) -> Letter:
    """For whom, in which role, by whom; one button."""
    by, leaver = word(context, "by"), word(context, "leaver")
    who = (
        gettext("%(by)s vraagt of jij op Schakel het werk van %(leaver)s overneemt.")
        if leaver
        else gettext("%(by)s nodigt je uit om mee te werken op Schakel, het platform voor de sociale economie.")
    )
    return Letter(
        gettext("Uitnodiging om mee te werken op Schakel"),
        Paragraph(who % {"by": by or gettext("Een beheerder"), "leaver": leaver}),
        _facts(context),
        Button(gettext("Bekijk de uitnodiging"), word(context, "path")),
        Paragraph(
            gettext("De knop werkt één keer, tot en met %(date)s. Ken je ons niet? Doe dan niets.")
            % {"date": date_words(word(context, "until"))}
        ),
    )


@letter(
    "handed-over",
    reason=_("je op Schakel een rol had"),
    example={"to": "bea@voorbeeld.example", "path": "/mijn"},
)
def handed_over(context: Context) -> Letter:
    """To who leaves: somebody else has the roles now."""
    return Letter(
        gettext("Je werk op Schakel is overgedragen"),
        Paragraph(
            gettext("%(to)s neemt je werk over. Wat openstond, blijft openstaan voor de opvolger.")
            % {"to": word(context, "to")}
        ),
        Paragraph(gettext("Je rollen zijn afgenomen. Had je er nog andere, dan houd je die.")),
        Button(gettext("Naar mijn werk"), word(context, "path")),
    )


@letter(
    "taken-over",
    reason=_("iemand op Schakel zijn werk aan je overdroeg"),
    example={"roles": _ROLES, "path": "/mijn"},
)
def taken_over(context: Context) -> Letter:
    """To the successor who has an account: the roles are theirs now."""
    return Letter(
        gettext("Je kreeg een nieuwe rol op Schakel"),
        Paragraph(gettext("Iemand droeg zijn werk aan je over. Vanaf nu werk je voor:")),
        _facts(context),
        Button(gettext("Naar mijn werk"), word(context, "path")),
    )


def send_password_reset(user: User, key: str) -> None:
    """Put the letter into the outbox; `key` opens the page and is forgotten once the letter is sent."""
    uid, token = key.split("-", 1)
    with override(user.language):
        path = reverse("account_reset_password_from_key", args=[uid, token])
    written = f"password-reset:{key}"
    enqueue(key=written, to=user.email, kind="password-reset", context={"path": path}, language=user.language)


def send_invitation(row: Invitation, token: str, names: Mapping[str, str]) -> None:
    """The letter with the link, once per number of the invitation."""
    with override(row.language):
        path = reverse("invitation", args=[token])
    context: dict[str, Json] = {
        "by": row.by.email if row.by else "",
        "leaver": row.leaver.email if row.leaver else "",
        "roles": [[names[f"{one.kind}:{one.key}"], one.role] for one in row.roles.order_by("pk")],
        "until": row.until.date().isoformat(),
        "path": path,
    }
    enqueue(key=_invitation_key(row), to=row.email, kind="invitation", context=context, language=row.language)


def hold_invitation(row: Invitation) -> None:
    """The letter stays when it did not leave yet; when it did, its link no longer works anyway."""
    with suppress(InvalidInput):
        cancel_written(_invitation_key(row))


def send_handed_over(leaver: User, successor: str, *, key: str) -> None:
    """To who no longer has the roles. An account that is closed gets no letter."""
    if not leaver.is_active:
        return
    context: dict[str, Json] = {"to": successor, "path": _work_path(leaver)}
    written = f"handed-over:{key}"
    enqueue(key=written, to=leaver.email, kind="handed-over", context=context, language=leaver.language)


def send_taken_over(successor: User, roles: Mapping[Target, Role], names: Mapping[str, str], *, key: str) -> None:
    """To who has the roles now."""
    context: dict[str, Json] = {
        "roles": [[names[str(body)], role.value] for body, role in roles.items()],
        "path": _work_path(successor),
    }
    written = f"taken-over:{key}"
    enqueue(key=written, to=successor.email, kind="taken-over", context=context, language=successor.language)


def _invitation_key(row: Invitation) -> str:
    return f"invitation:{row.pk}:{row.number}"


def _work_path(person: User) -> str:
    with override(person.language):
        return reverse("my_work")


def _facts(context: Context) -> Facts:
    rows = context["roles"]
    pairs = [pair for pair in rows if isinstance(pair, list)] if isinstance(rows, list) else []
    return Facts(tuple((str(name), words.word(words.ROLES, str(role))) for name, role in pairs))
