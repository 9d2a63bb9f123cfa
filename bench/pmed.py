"""The OR-Library format of p-median instances (Beasley 1985), and synthetic instances of the same kind and sizes.

The format: the number of vertices, of edges, and p; then one line per edge with its two vertices (from 1) and its cost.
When an edge is stated twice the last one counts. Every vertex is a demand point of weight 1 and a candidate site; costs
are the lengths of the shortest paths.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

Edge = tuple[int, int, int]

# vertices and p of the forty instances; each has vertices^2 / 50 edges
SIZES = [
    (n, p)
    for n, choices in [
        (100, (5, 10, 10, 20, 33)), (200, (5, 10, 20, 40, 67)), (300, (5, 10, 30, 60, 100)),
        (400, (5, 10, 40, 80, 133)), (500, (5, 10, 50, 100, 167)), (600, (5, 10, 60, 120, 200)),
        (700, (5, 10, 70, 140)), (800, (5, 10, 80)), (900, (5, 10, 90)),
    ]
    for p in choices
]  # fmt: skip


@dataclass(frozen=True)
class Instance:
    """A network and how many medians it asks for; vertices are numbered from 0 here."""

    name: str
    vertices: int
    p: int
    edges: tuple[Edge, ...]

    def cost(self) -> NDArray[np.float64]:
        """Shortest paths between all vertices; infinite where there is none."""
        table: dict[tuple[int, int], int] = {}
        for one, other, length in self.edges:
            table[one, other] = table[other, one] = length
        ends = np.array(list(table), dtype=np.int64).reshape(-1, 2)
        lengths = np.array(list(table.values()), dtype=np.float64)
        graph = sparse.csr_matrix((lengths, (ends[:, 0], ends[:, 1])), shape=(self.vertices, self.vertices))
        paths: NDArray[np.float64] = csgraph.dijkstra(graph)
        return paths


def parse_pmed(text: str, name: str = "pmed") -> Instance:
    """Read one instance; ValueError with the place when it is not in the format."""
    try:
        numbers = [int(word) for word in text.split()]
        vertices, edges, p = numbers[:3]
    except ValueError as broken:
        raise ValueError(f"{name}: expected whole numbers, beginning with vertices, edges and p: {broken}") from broken
    if len(numbers) != 3 + 3 * edges:
        raise ValueError(f"{name}: {edges} edges are announced, but {(len(numbers) - 3) / 3:g} follow")
    rows = np.array(numbers[3:]).reshape(-1, 3)
    if rows.size and not (rows[:, :2].min() >= 1 and rows[:, :2].max() <= vertices):
        raise ValueError(f"{name}: an edge names a vertex outside 1 to {vertices}")
    return Instance(name, vertices, p, tuple((int(a) - 1, int(b) - 1, int(c)) for a, b, c in rows))


def write_pmed(instance: Instance) -> str:
    """The instance as text in the format; `parse_pmed` gives it back."""
    lines = [f" {instance.vertices} {len(instance.edges)} {instance.p}"]
    lines += [f" {one + 1} {other + 1} {length}" for one, other, length in instance.edges]
    return "\n".join(lines) + "\n"


def make_instance(number: int) -> Instance:
    """A synthetic twin of instance `number` (1 to 40): a random connected network with edge lengths of 1 to 100."""
    vertices, p = SIZES[number - 1]
    rng = np.random.default_rng(1985 + number)
    order = rng.permutation(vertices)
    edges = {(int(a), int(b)) for a, b in itertools.pairwise(order)}  # a path keeps it connected
    while len(edges) < vertices * vertices // 50:
        one, other = (int(v) for v in rng.integers(0, vertices, 2))
        if one != other and (other, one) not in edges:
            edges.add((one, other))
    lengths = rng.integers(1, 101, len(edges))
    rows = tuple((a, b, int(length)) for (a, b), length in zip(sorted(edges), lengths, strict=True))
    return Instance(f"synthetic-pmed{number}", vertices, p, rows)


def list_instances(folder: Path | None = None) -> list[Instance]:
    """The real instances pmed1 to pmed40 where all are in `folder`, else forty synthetic ones of the same sizes."""
    if folder is not None:
        paths = [path for k in range(1, 41) for path in folder.glob(f"pmed{k}*") if path.stem == f"pmed{k}"]
        if len(paths) >= 40:
            return [parse_pmed(path.read_text(encoding="ascii"), path.stem) for path in paths]
    return [make_instance(number) for number in range(1, 41)]
