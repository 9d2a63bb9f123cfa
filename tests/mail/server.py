"""A real mail server on this machine that takes letters, and on request refuses, stalls or drops."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, TypeVar

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class PostOffice:
    """Handler of aiosmtpd. `replies`: what to answer per command, used up from the front; "" for as usual."""

    port = 0

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """As good as new."""
        self.taken: list[EmailMessage] = []
        self.to: list[str] = []
        self.replies: dict[str, list[str]] = {}
        self.connections = 0

    def _next(self, command: str) -> str:
        waiting = self.replies.get(command, [])
        return waiting.pop(0) if waiting else ""

    async def _behave(self, server: SMTP, command: str) -> str:
        reply = self._next(command)
        if reply == "stall":
            await asyncio.sleep(5)
        if reply == "drop":
            assert server.transport is not None
            server.transport.abort()
            await asyncio.sleep(0)
            raise ConnectionResetError
        return reply

    async def handle_EHLO(  # noqa: N802 (aiosmtpd finds it by this name)
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802 (aiosmtpd finds it by this name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = await self._behave(server, "MAIL")
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return reply or "250 OK"

    async def handle_RCPT(  # noqa: N802 (aiosmtpd finds it by this name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = await self._behave(server, "RCPT")
        if not reply:
            envelope.rcpt_tos.append(address)
        return reply or "250 OK"

    async def handle_DATA(  # noqa: N802 (aiosmtpd finds it by this name)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        before = await self._behave(server, "DATA")
        if before:
            return before
        self.take(envelope)
        after = await self._behave(server, "AFTER")
        return after or "250 taken"

    def take(self, envelope: Envelope) -> None:
        content = envelope.content
        assert isinstance(content, bytes)
        found = message_from_bytes(content, policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.taken.append(found)
        self.to += envelope.rcpt_tos

    async def handle_exception(self, error: Exception) -> str:
        return "451 broken"


Office = TypeVar("Office", bound=PostOffice)


@contextmanager
def post_office(office: Office, **options: Any) -> Iterator[Office]:
    """Start it on a free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        office.port = free.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=office.port, **options)
    controller.start()
    try:
        yield office
    finally:
        controller.stop(no_assert=True)
