"""Who works in a municipality, service by service: one pass over the index instead of a search for each service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from schakel.core.model import AreaKnowledge
from schakel.search.content import KNOWLEDGE, NO_SERVICE
from schakel.search.selection import Index

_STATED = KNOWLEDGE.index(AreaKnowledge.STATED)


@dataclass(frozen=True, slots=True)
class Server:
    """An organisation that serves a municipality with one service. `stated`: a source says so for that service."""

    slug: str
    stated: bool


def list_servers(index: Index, nis_code: str, most: int) -> Mapping[str, Sequence[Server]]:
    """Per service, in the order of the taxonomy, the first `most` organisations by name; without services of nobody.

    The same as a search for each service with this municipality chosen. Raises InvalidInput for a municipality that
    is not in the region.
    """
    content = index.content
    live = index.live_docs
    docs = live[index.holds("municipality", (nis_code,), live)]
    docs = docs[content.service[docs] != NO_SERVICE]
    order = np.lexsort((content.knowledge[docs], content.organisation[docs], content.service[docs]))
    services, organisations = content.service[docs][order], content.organisation[docs][order]
    stated = content.knowledge[docs][order] == _STATED  # the firmest knowledge of an organisation comes first
    first = np.ones(len(docs), dtype=np.bool_)
    first[1:] = (services[1:] != services[:-1]) | (organisations[1:] != organisations[:-1])
    services, organisations, stated = services[first], organisations[first], stated[first]
    codes = index.codes.values["service"]
    found: dict[str, list[Server]] = {}
    for number in np.unique(services).tolist():
        start = int(np.searchsorted(services, number))
        end = min(int(np.searchsorted(services, number, side="right")), start + most)
        pairs = zip(organisations[start:end].tolist(), stated[start:end].tolist(), strict=True)
        found[codes[number]] = [Server(content.slugs[organisation], said) for organisation, said in pairs]
    return found
