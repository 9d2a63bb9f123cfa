"""The letters about signing in."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from schakel.accounts.models import User
from schakel.mail.letters import Button, Context, Letter, Paragraph, letter, word
from schakel.mail.outbox import enqueue


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


def send_password_reset(user: User, key: str) -> None:
    """Put the letter into the outbox; `key` opens the page and is forgotten once the letter is sent."""
    uid, token = key.split("-", 1)
    with override(user.language):
        path = reverse("account_reset_password_from_key", args=[uid, token])
    written = f"password-reset:{key}"
    enqueue(key=written, to=user.email, kind="password-reset", context={"path": path}, language=user.language)
