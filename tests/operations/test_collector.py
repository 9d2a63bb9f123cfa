"""The cycle collector rests while the program loads, and no longer."""

from __future__ import annotations

import gc

import pytest

from schakel.operations.collector import loading


def test_collector_rests_while_modules_load() -> None:
    with loading():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_collector_works_again_when_loading_fails() -> None:
    with pytest.raises(ImportError), loading():
        raise ImportError
    assert gc.isenabled()
