"""Every rule's price of every shipped scenario against the difference of two plans made from the files.

python benchmarks/prices.py [SCENARIO ...]
"""

from __future__ import annotations

import sys
from time import perf_counter

from planner.answers.prices import find_prices
from planner.planning import plan
from planner.reading.library import data_root
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings


def main(names: list[str]) -> None:
    """Print a line a scenario: rules, solved again, differences, seconds of both ways."""
    print(f"{'scenario':20} {'rules':>5} {'solved':>6} {'wrong':>5} {'price s':>8} {'two plans s':>11} {'ratio':>6}")
    for path in sorted((data_root() / "scenarios").glob("*.yaml")):
        world = read_scenario(path)
        if world.expect == "infeasible" or not world.rules or (names and path.stem not in names):
            continue
        start = perf_counter()
        found = find_prices(world)
        middle = perf_counter()
        total = plan(world).plan.total_usd
        wrong = [
            price.name
            for price in found.rules
            if price.usd_month
            != total - plan(read_scenario(path, settings=Settings(without=(price.name,)))).plan.total_usd
        ]
        honest = perf_counter() - middle
        solved = sum(price.proof == "solved" for price in found.rules)
        spent = middle - start
        row = f"{path.stem:20} {len(found.rules):5} {solved:6} {len(wrong):5} {spent:8.1f} {honest:11.1f}"
        print(f"{row} {honest / spent:5.0f}x", *wrong, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
