"""The templates of the documents, in Typst. All words and figures reach them as data."""

from __future__ import annotations

from importlib.resources import files


def template(name: str) -> bytes:
    """The source of the template `name`, a file beside this one."""
    return files(__package__).joinpath(name).read_bytes()
