"""Whether somebody can listen on a port. No Django here: it is the first thing `up` looks at."""

from __future__ import annotations

import errno
import socket
import time

from schakel.operations.errors import OperationFailed, reason


def check_port(host: str, port: int, *, patience_seconds: float = 3.0) -> None:
    """Raise OperationFailed when nobody can listen on `host`:`port`.

    Waits a moment: after a kill -9 the workers of the previous start need up to a second to leave.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    deadline = time.monotonic() + patience_seconds
    while True:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
                return
            except OSError as error:
                if error.errno == errno.EADDRINUSE and time.monotonic() < deadline:
                    time.sleep(0.2)
                    continue
                raise _port_refused(host, port, error) from error


def _port_refused(host: str, port: int, error: OSError) -> OperationFailed:
    if error.errno == errno.EADDRINUSE:
        return OperationFailed(
            f"Poort {port} is al in gebruik op {host}. Draait Schakel al? Stop het andere programma, "
            f"of kies een andere poort: schakel up --port {port + 1 if port < 65535 else 8000}"
        )
    if error.errno == errno.EACCES:
        return OperationFailed(
            f"Poort {port} mag je niet openen (onder 1024 mag meestal alleen root). Kies --port 8000."
        )
    return OperationFailed(f"Op {host}:{port} kan niemand luisteren: {reason(error)}.", exit_code=2)
