"""Side by side: where the things of two plans live, and what lives elsewhere."""

from __future__ import annotations

from planner.model.plan import Plan

NOWHERE = "nowhere"


def homes(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The regions of every component and every copy (`dataset:ID/ROLE`), sorted."""
    found: dict[str, set[str]] = {}
    for placement in plan.placements:
        found.setdefault(placement.component, set()).add(placement.region)
    for copy in plan.copies:
        found.setdefault(f"dataset:{copy.dataset}/{copy.role}", set()).add(copy.region)
    return {name: tuple(sorted(found[name])) for name in sorted(found)}


def moves(old: Plan, new: Plan) -> tuple[str, ...]:
    """Things whose regions differ, with both sets of regions."""
    before, after = homes(old), homes(new)
    return tuple(
        f"{name}: {', '.join(before.get(name, (NOWHERE,)))} → {', '.join(after.get(name, (NOWHERE,)))}"
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    )
