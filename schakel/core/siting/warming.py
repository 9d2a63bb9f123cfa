"""Have every kernel of siting compiled and kept on disk: `python -m schakel.core.siting.warming`, once per machine.

Compiling takes 20 to 80 seconds, reading what was kept about one. It happens by answering three small questions, so
that the kernels are compiled for just the arrays that they get.
"""

from __future__ import annotations

import os

import numpy as np

from schakel.core.siting import max_coverage, p_centre, p_median

NICE = 15  # nobody waits for it
SECONDS = 5.0  # for the solvers: far more than such a question takes


def warm() -> None:
    """Answer one question of each kind."""
    random = np.random.default_rng(1)
    points = random.uniform(0.0, 60.0, (40, 2))
    cost = np.linalg.norm(points[:, None] - points[None], axis=2)
    people = random.uniform(1.0, 100.0, 40)
    existing, candidates, groups = range(38, 40), range(38), ((0, 1, 2),)
    max_coverage(
        cost <= 10, 3, demand=people, time_limit=SECONDS, existing=existing, candidates=candidates,
        at_least_one_of=groups,
    )  # fmt: skip
    p_median(
        cost, 3, demand=people, time_limit=SECONDS, existing=existing, candidates=candidates, at_least_one_of=groups,
        unreached_cost=600.0,
    )  # fmt: skip
    p_centre(cost, 3, time_limit=SECONDS, existing=existing, candidates=candidates, at_least_one_of=groups)


if __name__ == "__main__":
    os.nice(NICE)
    warm()
