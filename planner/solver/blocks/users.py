"""Users: q[g,k,r] = share of demand point g served from r; Σ_r q = 1 for each g, q ≤ x, W · s = Σ_g w_g q, `within`.

Components of one region serve whole groups from it: there q = x and no columns are needed.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

import numpy as np

from planner.requirements.latency import Within
from planner.solver.draft import Draft, Entries
from planner.solver.traffic import Serving


def add(draft: Draft) -> None:
    """Add the columns q and the rows `served`, `served_here`, `share_users`, `within`."""
    for serving in draft.servings:
        if not serving.whole:
            _serve(draft, serving)
    for component in sorted({s.component for s in draft.servings if not s.whole}):
        _weigh(draft, component)


def _serve(draft: Draft, serving: Serving) -> None:
    x = draft.tables["x"][serving.component]
    point, region = np.nonzero(draft.admitted(serving.allowed) & (x >= 0)[None, :])
    q = draft.table(f"q:{serving.key}", serving.allowed.shape)
    split = draft.scenario.user_group[serving.group].split
    price = draft.price_of(~serving.allowed[point, region], serving.cost[point, region])
    keys = {"serving": [serving.number] * len(point), "point": point, "region": region}
    if len(point):
        q[point, region] = draft.add_columns("q" if split else "q_whole", keys, upper=1, cost=price, integer=not split)
    named = {"serving": [serving.number] * q.shape[0], "point": np.arange(q.shape[0])}
    draft.add_rows("served", named, [Entries(point, q[point, region])], lower=1, upper=1, cause=serving.key)
    rows = np.arange(len(point))
    draft.add_rows("served_here", keys, [Entries(rows, q[point, region]), Entries(rows, x[region], -1)], upper=0)


def _weigh(draft: Draft, component: int) -> None:
    """The component's share follows its users; `within` counts the near ones. Weights are whole numbers."""
    servings = [s for s in draft.servings if s.component == component]
    weights = whole_numbers([w for s in servings for w in s.weights])
    offsets = np.cumsum([0, *(len(s.weights) for s in servings)])
    s_row = draft.tables["s"][component]
    regions = np.flatnonzero(s_row >= 0)
    place = {int(r): n for n, r in enumerate(regions)}
    entries = [Entries(np.arange(len(regions)), s_row[regions], -int(sum(weights)))]
    for serving, start in zip(servings, offsets, strict=False):
        q = draft.tables[f"q:{serving.key}"]
        point, region = np.nonzero(q >= 0)
        rows = [place[int(r)] for r in region]
        entries.append(Entries(rows, q[point, region], np.array(weights, dtype=np.int64)[start + point]))
    draft.add_rows(
        "share_users", {"component": [component] * len(regions), "region": regions}, entries, lower=0, upper=0
    )
    within = draft.scenario.components[component].requires.get("within")
    if isinstance(within, Within):
        _within(draft, component, within)


def _within(draft: Draft, component: int, within: Within) -> None:
    """Σ w q over near pairs ≥ part × Σ w, multiplied out to whole numbers; groups without latency do not count."""
    groups = draft.scenario.user_group
    counted = [s for s in draft.servings if s.component == component and groups[s.group].latency != "none"]
    raw = [weight for s in counted for weight in s.weights]
    weights = whole_numbers([*raw, sum(raw, Fraction(0)) * Fraction(within.users)])
    columns: list[int] = []
    values: list[int] = []
    start = 0
    for serving in counted:
        q = draft.tables[f"q:{serving.key}"]
        point, region = np.nonzero((q >= 0) & within.near(draft.now.paths.point_rtt[serving.group]))
        columns += q[point, region].tolist()
        values += [weights[start + int(p)] for p in point]
        start += q.shape[0]
    entries = [Entries([0] * len(columns), columns, values)]
    draft.add_rows("within", {"component": [component]}, entries, lower=weights[-1], cause="within", elastic=True)


def whole_numbers(values: list[Fraction]) -> list[int]:
    """Proportional whole numbers without a common factor."""
    scale = lcm(1, *(v.denominator for v in values))
    whole = [int(v * scale) for v in values]
    factor = gcd(*whole) or 1
    return [w // factor for w in whole]
