"""Compile a kernel with Numba, once per machine: the machine code is kept beside the module or in the user's cache."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function as machine code: same arguments and result, no Python objects inside, the lock of Python let go."""
    return cast(Callable[P, R], numba.njit(cache=True, nogil=True)(function))
