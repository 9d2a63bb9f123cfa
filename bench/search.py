"""Search at 100,000 organisations: ours, SQLite FTS5 as the peer, raw tantivy on the same words as the limit.

    python -m bench.search [--organisations 100000] [--rounds 4]

Ours is the whole search: reading the text, matching, exact counting of organisations, ordering, reasons of a page.
FTS5 holds the same text (with the taxonomy's words for each service) and answers an OR query, top 10 by bm25. Raw
tantivy holds the same terms and answers the same boolean query, top 10 documents with their count: no organisations,
no reasons; preparing its query is not timed. Timings are one process, one thread.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import tantivy

from bench.search_records import invent_records, read_places
from schakel.core import taxonomy
from schakel.core.model import SearchRecord
from schakel.search.analysis import is_stop_word, split_words
from schakel.search.build import build_content
from schakel.search.engine import run_search
from schakel.search.interpret import interpret
from schakel.search.matching import WordMatch, match_text
from schakel.search.query import SearchQuery
from schakel.search.selection import Index
from schakel.search.store import read_content, write_content

WORDS = [
    "strijk", "poetshulp", "poetsdienst", "kringloop", "kringwinkel", "hagen scheren", "gras maaien", "tuinonderhoud",
    "fietsherstelling", "fiets herstellen", "zwerfvuil opruimen", "onkruid wieden", "verpakking", "montage",
    "drukwerk", "houtbewerking", "lassen", "catering", "broodjes", "sociaal restaurant", "sociale kruidenier",
    "maaltijden aan huis", "kinderopvang", "thuishulp", "zaal huren", "vergaderruimte", "evenement", "jobcoaching",
    "arbeidszorg", "energiescan", "isolatie", "schilderwerk", "renovatie", "klusjesdienst", "ramen wassen",
    "kantoor poetsen", "begraafplaats onderhoud", "trage wegen", "speeltuigen", "textiel sorteren",
    "iemand die mijn haag kan snoeien", "ik zoek een kuisvrouw", "velo maken", "fietskoerier",
    "vervoer naar ziekenhuis",
    "groenten", "fietsherstling", "strijkwinkell", "magazijn opslag", "enclave",
]  # fmt: skip
PLACES = ["Ronse", "Aalst", "Zottegem", "Haaltert", "Oudenaarde"]


@dataclass(frozen=True)
class Times:
    """Milliseconds of each query: on the clock, and of the processor."""

    wall: list[float]
    processor: list[float]


def percentile(values: Sequence[float], share: float) -> float:
    return float(np.percentile(values, share))


def measure(run: Callable[[int], object], count: int, rounds: int) -> Times:
    """Every query once in every round, in an order that differs per round, after one round to warm up.

    Besides the time on the clock the time of the processor: on a machine that does other things too, only the second
    says what a search costs.
    """
    for number in range(count):
        run(number)
    gc.collect()
    wall, processor = [], []
    for turn in range(rounds):
        for step in range(count):
            number = (step * 7 + turn * 13) % count
            started, worked = time.perf_counter(), time.thread_time()
            run(number)
            processor.append((time.thread_time() - worked) * 1000)
            wall.append((time.perf_counter() - started) * 1000)
    return Times(wall, processor)


class Fts5:
    """SQLite's full-text index over the same text."""

    def __init__(self, records: Sequence[SearchRecord]) -> None:
        said = {service.code: " ".join((service.labels["nl"], *service.synonyms)) for service in taxonomy.services()}
        self.database = sqlite3.connect(":memory:")
        self.database.execute("CREATE VIRTUAL TABLE offers USING fts5(text, tokenize='unicode61 remove_diacritics 2')")
        rows = (
            (" ".join((one.name, *one.other_names, one.description, offer.words, said[offer.service])),)
            for one in records
            for offer in one.offers
        )
        self.database.executemany("INSERT INTO offers VALUES (?)", rows)

    def search(self, text: str) -> list[tuple[int]]:
        words = [word for word in split_words(text) if not is_stop_word(word)]
        match = " OR ".join(f'"{word}"' for word in words)
        found = self.database.execute(
            "SELECT rowid FROM offers WHERE offers MATCH ? ORDER BY bm25(offers) LIMIT 10", (match,)
        )
        return found.fetchall()


class RawTantivy:
    """tantivy with our terms: the boolean query alone."""

    def __init__(self, index: Index, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", stored=False, tokenizer_name="whitespace", index_option="freq")
        self.schema = builder.build()
        content = index.content
        documents: list[list[str]] = [[] for _ in range(len(content.organisation))]
        for number in range(len(content.terms)):
            term = content.terms[number]
            for doc in content.posting_doc[int(content.term_start[number]) : int(content.term_start[number + 1])]:
                documents[doc].append(term)
        codes = index.codes.values["municipality"]
        tantivy_index = tantivy.Index(self.schema, path=str(folder))
        writer = tantivy_index.writer(heap_size=500_000_000, num_threads=1)
        for doc, terms in enumerate(documents):
            served = [f"nis{code}" for bit, code in enumerate(codes) if int(content.served[0, doc]) >> bit & 1]
            live = ["live"] if doc < index.live else []
            document = tantivy.Document()
            document.add_text("text", " ".join([*terms, f"service{content.service[doc]}", *served, *live]))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        tantivy_index.reload()
        self.searcher = tantivy_index.searcher()
        self.bytes = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())

    def _term(self, text: str) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, "text", text, index_option="freq")

    def _word(self, match: WordMatch) -> tantivy.Query:
        anyone = [self._term(source.term) for source in match.sources]
        anyone += [self._term(f"service{service}") for service in match.services]
        if match.together and all(part.is_known for part in match.together):
            anyone.append(
                tantivy.Query.boolean_query([(tantivy.Occur.Must, self._word(part)) for part in match.together])
            )
        anyone += [self._word(other) for other in match.corrections]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in anyone])

    def search(self, prepared: list[tantivy.Query], number: int) -> object:
        return self.searcher.search(prepared[number], 10).hits

    def prepare(self, index: Index, query: SearchQuery) -> tantivy.Query:
        reading = interpret(query, index.gazetteer)
        text = match_text(index.matcher, reading.words, index.live)
        must = [self._word(match) for match in (text.words if text else [])] + [self._term("live")]
        must += [self._term(f"nis{code}") for code in reading.query.municipality]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, one) for one in must])


def resident_megabytes() -> float:
    """Memory of this process now, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _queries() -> tuple[list[SearchQuery], list[SearchQuery], list[SearchQuery]]:
    plain = [SearchQuery(q=text, size=10) for text in WORDS]
    served = [SearchQuery(q=f"{text} in {PLACES[number % 5]}") for number, text in enumerate(WORDS)]
    near = [SearchQuery(q=f"{text} bij {PLACES[number % 5]}") for number, text in enumerate(WORDS)]
    return plain, served, near


def measure_ours(index: Index, rounds: int) -> list[tuple[str, Times]]:
    """Our searches, from words only to conditions only."""
    plain, served, near = _queries()
    full = [SearchQuery(q=text) for text in WORDS]
    places = [SearchQuery(municipality=(one.nis_code,)) for one in index.content.region.municipalities]
    asked = [
        ("ours, words, top 10", plain, False),
        ("ours, words and municipality, page of 25", served, False),
        ("ours, words, page of 25 with facets", full, True),
        ("ours, words, municipality, facets", served, True),
        ("ours, words, place with radius, facets", near, True),
        ("ours, municipality only, facets", places, True),
        ("ours, nothing asked, facets (kept)", [SearchQuery()] * 50, True),
    ]
    return [(name, _measure_index(index, queries, facets, rounds)) for name, queries, facets in asked]


def _measure_index(index: Index, queries: list[SearchQuery], facets: bool, rounds: int) -> Times:
    return measure(lambda number: run_search(index, queries[number], facets=facets), len(queries), rounds)


def measure_peers(
    index: Index, records: Sequence[SearchRecord], folder: Path, rounds: int
) -> tuple[list[tuple[str, Times]], int]:
    """The limit and the peer on the same words, and the size of the limit's index in bytes."""
    plain, served, _ = _queries()
    (folder / "raw").mkdir()
    raw = RawTantivy(index, folder / "raw")
    found = []
    for name, queries in (("raw tantivy, same words, top 10", plain), ("raw tantivy, words and municipality", served)):
        prepared = [raw.prepare(index, query) for query in queries]
        found.append((name, measure(partial(raw.search, prepared), len(prepared), rounds)))
    peer = Fts5(records)
    found.append(("SQLite FTS5, OR query, top 10", measure(lambda number: peer.search(WORDS[number]), len(WORDS), 1)))
    return found, raw.bytes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--organisations", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--without-peers", action="store_true", help="measure ours only")
    options = parser.parse_args()
    municipalities, localities = read_places()
    records = list(invent_records(options.organisations, seed=1, municipalities=municipalities))
    folder = Path(tempfile.mkdtemp(prefix="schakel-bench-"))
    started = time.perf_counter()
    content = build_content(records, municipalities=municipalities, localities=localities, clusters=(), revision=1)
    built = time.perf_counter() - started
    write_content(content, folder / "index.npz")
    before = resident_megabytes()
    started = time.perf_counter()
    index = Index(read_content(folder / "index.npz"))
    run_search(index, SearchQuery())
    loaded = time.perf_counter() - started

    rows = measure_ours(index, options.rounds)
    resident = resident_megabytes() - before
    raw_bytes = 0
    if not options.without_peers:
        peers, raw_bytes = measure_peers(index, records, folder, options.rounds)
        rows += peers

    print(
        f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, numpy {np.__version__}"
    )
    print(
        f"{len(content.slugs)} organisations, {len(content.organisation)} documents, {len(content.terms)} terms, "
        f"{len(content.posting_doc)} postings; {len(WORDS)} distinct queries x {options.rounds}"
    )
    print(
        f"build {built:.1f} s, load {loaded:.2f} s, file {(folder / 'index.npz').stat().st_size / 1e6:.0f} MB, "
        f"arrays {content.memory_bytes / 1e6:.0f} MB, process grew by {resident:.0f} MB"
        + (f", raw tantivy {raw_bytes / 1e6:.0f} MB" if raw_bytes else "")
    )
    base = percentile(rows[0][1].processor, 95)
    print(f"\n{'milliseconds':44}{'p50':>8}{'p95':>8}   processor:{'p50':>8}{'p95':>8}{'p95 against the first':>24}")
    for name, times in rows:
        wall, processor = ([percentile(part, share) for share in (50, 95)] for part in (times.wall, times.processor))
        print(
            f"{name:44}{wall[0]:8.2f}{wall[1]:8.2f}{'':13}{processor[0]:8.2f}{processor[1]:8.2f}"
            f"{processor[1] / base:23.2f}x"
        )
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
