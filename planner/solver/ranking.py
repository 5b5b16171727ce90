"""Ranking: the fewest breaches of should-rules first, then the least cost among plans with so few."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.model.candidates import Candidates
from planner.model.scenario import Scenario
from planner.solver.draft import Draft, Entries
from planner.solver.formulate import formulate
from planner.solver.highs import Options, solve


def formulate_ranked(scenario: Scenario, candidates: Candidates, options: Options = Options()) -> Draft:
    """The draft of the scenario's program; where breaches are ranked first, with the row that keeps them fewest."""
    draft = formulate(scenario, candidates)
    if scenario.ranks_breaches:
        limit_breaches(draft, options)
    return draft


def limit_breaches(draft: Draft, options: Options) -> None:
    """Add the row `fewest_breaches`: Σ v ≤ the least that any plan needs; nothing when no plan exists."""
    columns = np.array(sorted(draft.penalties.values()), dtype=np.int64)
    if not len(columns):
        return
    price = np.zeros(draft.width)
    price[columns] = 1.0
    least = solve(draft.finish().arrays, replace(options, gap=0.0, progress=None), price)
    if least.values is None:
        return
    entries = [Entries(np.zeros(len(columns), dtype=np.int64), columns)]
    fewest = round(float(least.values[columns].sum()))
    draft.add_rows("fewest_breaches", {"rank": [0]}, entries, upper=fewest, cause="should-breaches")
