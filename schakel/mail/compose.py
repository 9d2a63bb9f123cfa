"""From a row of the outbox to the e-mail that leaves."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, override

from schakel.core.errors import InvalidInput
from schakel.mail import links
from schakel.mail.letters import Button, Context, Heading, Letter, LetterKind, Paragraph, Part, kind_of
from schakel.mail.site import absolute, parse_sender

LONGEST_SUBJECT = 150
HIDDEN = "/…"  # instead of a path that is a key
UNSUBSCRIBE = "unsubscribe"
UNSUBSCRIBE_DAYS = 365


@dataclass(frozen=True, slots=True)
class Composed:
    """What is read: subject, plain text and HTML, and the path with which one asks for no more ("" for none)."""

    subject: str
    text: str
    html: str
    unsubscribe: str


def message_id(key: str) -> str:
    """The same for the same key, and no way back to it."""
    domain = parse_sender(settings.MAIL_FROM).domain if settings.MAIL_FROM else "schakel.invalid"
    return f"<{salted_hmac('schakel.mail.message-id', key, algorithm='sha256').hexdigest()[:40]}@{domain}>"


def address_hash(address: str) -> str:
    """What is kept of an address that unsubscribed."""
    return salted_hmac("schakel.mail.opt-out", address.lower(), algorithm="sha256").hexdigest()


def same_address(address: str, hashed: str) -> bool:
    """Whether `hashed` was made of this address."""
    return hmac.compare_digest(address_hash(address), hashed)


def compose(rows: Sequence[tuple[str, Context]], *, to: str, language: str, hide: bool = False) -> Composed:
    """One letter of the kinds and contexts in `rows`; several become a digest.

    `hide`: paths of letters that hold a key are left out. Raises InvalidInput for an unknown kind or a context that
    misses something.
    """
    kinds = [kind_of(code) for code, _ in rows]
    with override(language):
        letters = [kind.compose(context) for kind, (_, context) in zip(kinds, rows, strict=True)]
        whole = letters[0] if len(letters) == 1 else _digest(letters)
        unsubscribe = _unsubscribe_path(kinds, to)
        parts = [_hidden(part) if hide and kinds[0].secret else part for part in whole.parts]
        subject = one_line(whole.subject)[:LONGEST_SUBJECT]
        if not subject or not parts:
            raise InvalidInput("Een bericht zonder onderwerp of zonder inhoud vertrekt niet.")
        about = {
            "subject": subject,
            "language": language,
            "parts": [{"kind": type(part).__name__.lower(), "part": part} for part in parts],
            "site": settings.SITE_URL,
            "reasons": list(dict.fromkeys(str(kind.reason) for kind in kinds)),
            "unsubscribe": unsubscribe,
        }
        text = render_to_string("mail/letter.txt", about).strip() + "\n"
        return Composed(subject, text, render_to_string("mail/letter.html", about), unsubscribe)


def one_line(text: str) -> str:
    """The text without line breaks or control characters: safe in a header."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def build_email(composed: Composed, *, to: str, language: str, identifier: str, at: datetime) -> EmailMessage:
    """The e-mail with its headers. Nothing from outside reaches a header with a line break in it."""
    email = EmailMessage(policy=SMTP)
    email["From"] = parse_sender(settings.MAIL_FROM)
    email["To"] = to
    email["Subject"] = composed.subject
    email["Date"] = at
    email["Message-ID"] = identifier
    email["Auto-Submitted"] = "auto-generated"
    if composed.unsubscribe:
        email["List-Unsubscribe"] = f"<{absolute(composed.unsubscribe)}>"
        email["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    email.set_content(composed.text, cte="quoted-printable")
    email.add_alternative(composed.html, subtype="html", cte="quoted-printable")
    email["Content-Language"] = language  # last: an e-mail that gets parts hands its Content- headers to the first
    return email


def _digest(letters: Sequence[Letter]) -> Letter:
    parts: list[Part] = [
        Paragraph(gettext("Er zijn %(count)s berichten voor je. We sturen ze samen.") % {"count": len(letters)})
    ]
    for one in letters:
        parts += [Heading(one_line(one.subject)), *one.parts]
    return Letter(gettext("%(count)s berichten voor je") % {"count": len(letters)}, *parts)


def _unsubscribe_path(kinds: Sequence[LetterKind], to: str) -> str:
    """Only when every letter in it may be refused. The token names the kinds, and the address as a hash."""
    if not all(kind.optional for kind in kinds):
        return ""
    codes = sorted({kind.code for kind in kinds})
    return "/mail/afmelden/" + links.sign(
        UNSUBSCRIBE, {"kinds": list(codes), "address": address_hash(to)}, days=UNSUBSCRIBE_DAYS
    )


def _hidden(part: Part) -> Part:
    return Button(part.label, HIDDEN) if isinstance(part, Button) else part
