"""Drawings as SVG, the same for page and paper: the hexagon map of a region, its legend, icons and signs.

A drawing carries its colours as attributes, so that it stands alone (in a PDF, in a download); in a page the stylesheet
speaks louder and gives the colours of the light or dark scheme. Nothing here holds script or style.
"""

from schakel.figures.hexmap import HexCell, HexMap, HexRow, LegendLine, draw_hexmap
from schakel.figures.icons import icon_svg
from schakel.figures.look import State
from schakel.figures.scale import Scale, make_scale
from schakel.figures.supply import draw_supply

__all__ = [
    "HexCell",
    "HexMap",
    "HexRow",
    "LegendLine",
    "Scale",
    "State",
    "draw_hexmap",
    "draw_supply",
    "icon_svg",
    "make_scale",
]
