"""Cedar beside both judges of the planner, over many decisions of shipped and of random law.

A decision is one rule on one case: Cedar's answer (deny, allow, not applicable) against that of the scalar judge, or of
the table of verdicts and the scalar judge together. Run from the root of the checkout:

    python -m benchmarks.cedar [DECISIONS]        at least so many, 1,000,000 by default; exit code 1 on a difference
"""

from __future__ import annotations

import sys
import time
from random import Random
from typing import Final

from tests.oracles.cedar_comparing import Tally, compare_cases, compare_world, compare_written
from tests.oracles.cedar_law import Law, random_law, shipped_law

DEFAULT: Final = 1_000_000
GENERATED: Final = 10
"""Random laws in a round, each about a tenth of the size of what is shipped."""


def main(wanted: int) -> int:
    """Compare in rounds until there are enough decisions."""
    began, shipped = time.monotonic(), shipped_law()
    totals = {shipped.name: Tally(), "generated": Tally()}
    seed = 0
    while sum(tally.decisions for tally in totals.values()) < wanted:
        compare_round(Random(seed), shipped, totals)
        seed += 1
        show(f"round {seed}", totals, began, "\r")
    show(f"{len(shipped.rules)} shipped rules, {seed * GENERATED} random laws", totals, began, "\n")
    for name, tally in totals.items():
        print(f"{name}: {tally.decisions:,} decisions, {dict(sorted(tally.answers.items()))}")
        print(f"    {dict(sorted(tally.shapes.items()))}")
        for difference in tally.differences[:5]:
            print(difference)
    return 1 if any(tally.differences for tally in totals.values()) else 0


def compare_round(draw: Random, shipped: Law, totals: dict[str, Tally]) -> None:
    """Cases, worlds and written cases under the shipped law and under random laws."""
    for law in (shipped, *(random_law(draw) for _ in range(GENERATED))):
        compare_cases(draw, law, 40, totals[law.name])
        compare_world(draw, law, totals[law.name], 6)
        compare_written(draw, law, 40, totals[law.name])


def show(what: str, totals: dict[str, Tally], began: float, end: str) -> None:
    """One line of progress, or the last one."""
    decisions = sum(tally.decisions for tally in totals.values())
    differences = sum(len(tally.differences) for tally in totals.values())
    seconds = time.monotonic() - began
    print(f"{what}: {decisions:,} decisions, {differences} differences, {seconds:.0f} seconds", end=end, flush=True)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1].replace("_", "")) if len(sys.argv) > 1 else DEFAULT))
