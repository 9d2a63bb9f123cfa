"""From a folder to bytes: the files of a region pack, not yet looked into."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from schakel.core.model import Fault
from schakel.sources.region_pack.model import PackFaults
from schakel.sources.region_pack.schema import SETTINGS_FILE


def fetch_pack(folder: Path) -> dict[str, bytes]:
    """`region.toml` and every CSV file of the folder by name; other files and folders are left alone.

    Raises PackFaults if the folder is not there or a file cannot be read.
    """
    if not folder.is_dir():
        raise PackFaults([Fault(str(folder), None, None, "", f"een map met {SETTINGS_FILE} en CSV-bestanden")])
    files: dict[str, bytes] = {}
    faults: list[Fault] = []
    for path in sorted(folder.iterdir()):
        if path.name != SETTINGS_FILE and path.suffix.lower() != ".csv":
            continue
        if not path.is_file():
            faults.append(Fault(path.name, None, None, "iets wat geen bestand is", "een gewoon bestand"))
            continue
        try:
            files[path.name] = path.read_bytes()
        except OSError as error:
            faults.append(Fault(path.name, None, None, error.strerror or str(error), "een bestand dat leesbaar is"))
    if faults:
        raise PackFaults(faults)
    return files


def fingerprint(files: Mapping[str, bytes]) -> str:
    """SHA-256 over names and contents: the same files give the same text, whatever the folder is called."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()
