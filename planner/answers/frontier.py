"""Frontier: plans that nothing beats in both cost and round trip, each proved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from planner.answers.several import only_one_period
from planner.answers.side_by_side import moves
from planner.errors import Fault, InputFaults, VerificationFailed, Where
from planner.model.differing import Frontier, Point
from planner.model.plan import Plan
from planner.planning import Planned
from planner.solver.pareto import Trade
from planner.verification import find_breaches

Told = Callable[[int, int], None]
Found = tuple[Plan, int]


@dataclass
class _Search:
    """Points by round trip, and the open stretches between them: (fastest not yet asked, slowest not yet asked)."""

    trade: Trade
    points: dict[int, Plan] = field(default_factory=dict)
    open: list[tuple[int, int]] = field(default_factory=list)

    def split(self) -> None:
        """Ask the middle of the widest stretch; a new point closes what lies between it and the ceiling asked."""
        self.open.sort(key=lambda each: (each[0] - each[1], each[0]))
        low, high = self.open.pop(0)
        middle = (low + high) // 2
        found = self.trade.best(middle)
        assert found is not None
        plan, slow = found
        if slow >= low:
            self.points[slow] = plan
            self.add(low, slow - 1)
        self.add(middle + 1, high)

    def add(self, low: int, high: int) -> None:
        """Open a stretch, where there is one."""
        if low <= high:
            self.open.append((low, high))


def find_frontier(planned: Planned, points: int = 12, tell: Told | None = None) -> Frontier:
    """Up to so many points between the cheapest plan and the fastest; all of them where there are no more.

    Raises:
        InputFaults: no user's round trip counts, or the plan is no proved optimum of one period.
        VerificationFailed: the verifier refused a point.
    """
    only_one_period(planned.scenario, "the frontier")
    trade = Trade.of(planned.scenario, planned.candidates)
    _check(planned, trade)
    cheapest, fastest = trade.best(None), trade.fastest()
    assert cheapest is not None
    assert fastest is not None
    search = _Search(trade, {cheapest[1]: _as_planned(planned, trade, cheapest)})
    if fastest < cheapest[1]:
        end = trade.best(fastest)
        assert end is not None
        search.points[end[1]] = end[0]
        search.add(end[1] + 1, cheapest[1] - 1)
    while search.open and len(search.points) < points:
        if tell is not None:
            tell(len(search.points), points)
        search.split()
    found = tuple(_point(search.points[slow], slow, planned) for slow in sorted(search.points, reverse=True))
    return Frontier(planned.scenario.name, found, not search.open)


def _as_planned(planned: Planned, trade: Trade, cheapest: Found) -> Plan:
    """The cheapest point; the plan itself where it is as fast, so that nothing seems to move."""
    outcome = planned.outcome
    if outcome is not None and outcome.values is not None and trade.slow(outcome.values) == cheapest[1]:
        return planned.plan
    return cheapest[0]


def _check(planned: Planned, trade: Trade) -> None:
    if planned.plan.status != "optimal" or planned.plan.gap or planned.scenario.ranks_breaches:
        fault = Fault(Where("solver"), "N003", "a frontier needs a proved optimum of cost", "use `solver: {gap: 0 %}`")
        raise InputFaults([fault])
    if not trade.measured:
        fault = Fault(Where("users"), "N003", "no user's round trip counts here", "let some component serve users")
        raise InputFaults([fault])


def _point(plan: Plan, slow: int, planned: Planned) -> Point:
    base = planned.plan
    gap = (plan.total_usd - base.bound) / plan.total_usd if plan.total_usd else Decimal(0)
    told = replace(plan, status="feasible", bound=base.bound, gap=gap)
    if breaches := find_breaches(told, planned.scenario):
        raise VerificationFailed(breaches)
    rtt = Decimal(slow).scaleb(-3)
    return Point(told, rtt, moves(base, told))
