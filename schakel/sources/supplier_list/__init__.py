"""The list of suppliers that a local government uploads: any spreadsheet, with whatever dirt it has."""

from schakel.sources.supplier_list.cells import MOST_BYTES, MOST_ROWS
from schakel.sources.supplier_list.columns import Field
from schakel.sources.supplier_list.parse import Ignored, SupplierList, Why, parse_supplier_list
from schakel.sources.supplier_list.values import NumberState

__all__ = [
    "MOST_BYTES",
    "MOST_ROWS",
    "Field",
    "Ignored",
    "NumberState",
    "SupplierList",
    "Why",
    "parse_supplier_list",
]
