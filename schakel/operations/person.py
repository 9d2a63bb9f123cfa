"""`schakel person`: give somebody, with or without an account, what is kept of them, or erase it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from schakel.accounts.erase import erase_person, forget_address
from schakel.accounts.models import User
from schakel.accounts.personal_data import collect
from schakel.audit import log
from schakel.core.model import Json
from schakel.operations.errors import BAD_INPUT, OperationFailed, reason


def export_person(address: str, out: Path) -> str:
    """Write all that is kept of this address to a file that only its owner reads; returns how much it is."""
    found = _found(address)
    try:
        out.touch(mode=0o600, exist_ok=False)
        out.write_text(
            json.dumps({"made_at": timezone.now().isoformat(), "tables": found}, ensure_ascii=False, indent=1)
        )
    except FileExistsError as error:
        raise OperationFailed(f"{out} bestaat al. Kies een andere naam.", exit_code=BAD_INPUT) from error
    except OSError as error:
        raise OperationFailed(f"{out} kan niet geschreven worden ({reason(error)}).") from error
    return f"{_count(found)} geschreven naar {out}."


def erase(address: str, *, force: bool) -> str:
    """Erase who has this address; without `force` only say what would go. Raises as `erase_person` does."""
    found = _found(address)
    if not force:
        raise OperationFailed(f"Er is niets gewist. Met --force verdwijnt: {_count(found)}.", exit_code=BAD_INPUT)
    with transaction.atomic():
        person = User.objects.filter(email__iexact=address).first()
        if person is not None:
            erase_person(person, by=None)
        else:
            forget_address(address)
            log.record("person-erase", "address")
    return f"Gewist: {_count(found)}. Wat iemand deed, blijft, zonder wie het was."


def _found(address: str) -> Mapping[str, Json]:
    found = collect(address.strip())
    if not found:
        raise OperationFailed(f"Van {address} wordt niets bewaard.", exit_code=BAD_INPUT)
    return found


def _count(found: Mapping[str, Json]) -> str:
    rows = sum(len(rows) for rows in found.values() if isinstance(rows, list))
    return f"{rows} rijen uit {len(found)} tabellen"
