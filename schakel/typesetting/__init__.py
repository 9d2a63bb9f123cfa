"""From a template and data to a PDF, by Typst. Plain Python: it also runs in a process without Django."""

from schakel.typesetting.apart import NotSet, set_pdf_apart
from schakel.typesetting.printable import clean
from schakel.typesetting.setting import set_pdf

__all__ = ["NotSet", "clean", "set_pdf", "set_pdf_apart"]
