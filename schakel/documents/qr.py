"""QR codes."""

from __future__ import annotations

import re

import segno

QUIET = 4  # empty modules around a QR code, as its standard asks


def qr_svg(address: str) -> str:
    """A QR code of an address, dark on white with its quiet zone; error correction M (15 %).

    The mask is fixed: choosing the best of eight makes every code four times as slow and no reader needs it.
    """
    matrix = segno.make(address, error="m", micro=False, mask=3, boost_error=False).matrix
    runs = []
    for y, row in enumerate(matrix):
        line = bytes(row).hex()[1::2]  # modules are 0 or 1
        runs += [
            f"M{found.start() + QUIET} {y + QUIET}h{len(found.group())}v1h-{len(found.group())}z"
            for found in re.finditer("1+", line)
        ]
    side = len(matrix) + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path d="M0 0h{side}v{side}H0z" fill="#fff"/><path d="{"".join(runs)}" fill="#000"/></svg>'
    )
