"""Hand one letter to the mail server and say what became of it. Step by step, since the step decides what is known."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from enum import StrEnum
from types import TracebackType

from schakel.mail.site import SmtpServer

TIMEOUT_SECONDS = 30.0
PATIENCE = 4  # times as long for the answer to a whole letter: servers look for spam and viruses first
# Replies to a letter that say something about us: not allowed (yet) to send anything.
_OURS = {421, 530, 534, 535, 538}


class Outcome(StrEnum):
    """What is known about a letter after handing it in."""

    SENT = "sent"  # the server took it
    LATER = "later"  # the server did not take it; another time it may
    REFUSED = "refused"  # the server will never take it
    UNCERTAIN = "uncertain"  # all of it was given, and no answer came
    SERVER = "server"  # the server took nothing from anybody: away, or it does not let us in


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome and the words of the server, or ours."""

    outcome: Outcome
    words: str


class Courier:
    """A connection that opens at the first letter and stays for the next ones. Use as a context manager."""

    def __init__(self, server: SmtpServer, sender: str, timeout: float = TIMEOUT_SECONDS) -> None:
        self._server = server
        self._sender = sender
        self._timeout = timeout
        self._client: smtplib.SMTP | None = None

    def __enter__(self) -> Courier:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._client is not None:
            try:
                self._client.quit()
            except (OSError, smtplib.SMTPException):
                self._client.close()
            self._client = None

    def hand_in(self, email: EmailMessage, to: str) -> Result:
        """Offer the letter. Only when the end of it was given and no answer came, nobody knows."""
        try:
            client = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Result(Outcome.SERVER, _words(error))
        content = re.sub(rb"(?m)^\.", b"..", email.as_bytes())
        given = False
        try:
            for command, expected in ((f"MAIL FROM:<{self._sender}>", 250), (f"RCPT TO:<{to}>", 250), ("DATA", 354)):
                code, reply = client.docmd(command)
                if code != expected and not (expected == 250 and code == 251):
                    return self._refusal(code, reply)
            client.send(content if content.endswith(b"\r\n") else content + b"\r\n")
            if client.sock is not None:
                client.sock.settimeout(self._timeout * PATIENCE)
            given = True  # from here on the server may have all of it
            client.send(b".\r\n")
            code, reply = client.getreply()
            if client.sock is not None:
                client.sock.settimeout(self._timeout)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Result(Outcome.UNCERTAIN if given else Outcome.LATER, _words(error))
        return Result(Outcome.SENT, _reply(code, reply)) if code == 250 else self._refusal(code, reply)

    def _connected(self) -> smtplib.SMTP:
        if self._client is not None:
            return self._client
        server = self._server
        context = ssl.create_default_context() if server.security else None
        if server.security == "tls":
            client: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=self._timeout, context=context)
        else:
            client = smtplib.SMTP(server.host, server.port, timeout=self._timeout)
        self._client = client
        if client.sock is not None:  # else the last line of a letter waits 40 ms until the rest of it is acknowledged
            client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            client.starttls(context=context)
        if server.user:
            client.login(server.user, server.password)
        return client

    def _refusal(self, code: int, reply: bytes) -> Result:
        """What a reply that is no yes means; the connection is ready for the next letter, or closed."""
        if code in _OURS or code < 400:
            self._drop()
            return Result(Outcome.SERVER, _reply(code, reply))
        try:
            if self._client is not None:
                self._client.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()
        return Result(Outcome.REFUSED if code >= 500 else Outcome.LATER, _reply(code, reply))

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = None


def _reply(code: int, reply: bytes) -> str:
    return f"{code} {reply.decode('utf-8', 'replace')}"[:500]


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return _reply(error.smtp_code, text if isinstance(text, bytes) else str(text).encode())
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):  # smtplib wraps it
        return "de mailserver antwoordde niet op tijd"
    if isinstance(error, ConnectionRefusedError):
        return "de mailserver is niet bereikbaar"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "de mailserver verbrak de verbinding"
    return (str(error) or type(error).__name__)[:500]
