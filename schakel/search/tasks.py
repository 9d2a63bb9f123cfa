"""Background work of the search."""

from __future__ import annotations

from django_tasks import task

from schakel.search import index


@task()
def rebuild_index() -> None:
    """Brings the index up to date with the register; nothing to do when it already is."""
    index.ensure_fresh()


def enqueue_rebuild() -> None:
    """Called after each commit that changed the register."""
    rebuild_index.enqueue()
