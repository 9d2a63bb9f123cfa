"""What leaves the house on paper: the guide as PDF, set by Typst from the same read functions as the pages.

Everything that comes from the register goes in as data, never as markup. The fonts are those inside Typst (Libertinus
Serif, with DejaVu Sans Mono for signs it lacks), so that the same register gives the same bytes on every machine.
"""

from schakel.documents.guide import Bounds, build_guide
from schakel.documents.place import check_site, check_target, write_guide
from schakel.documents.selection import EmptySelection, Selection, TooMany

__all__ = [
    "Bounds",
    "EmptySelection",
    "Selection",
    "TooMany",
    "build_guide",
    "check_site",
    "check_target",
    "write_guide",
]
