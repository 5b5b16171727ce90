"""Flips: for each figure the break-even at which the cheapest plan is another one, exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fnmatch import fnmatchcase

import numpy as np

from planner.answers.ceilings import ceiling_flips, find_ceilings
from planner.answers.inputs import find_inputs
from planner.answers.latency_flips import find_latency_flips
from planner.answers.several import only_one_period
from planner.answers.side_by_side import moves
from planner.candidates.find import find_candidates
from planner.errors import Fault, InputFaults, VerificationFailed, Where
from planner.model.exact import usd_of
from planner.model.flip import Flip, Flips, Input, Swing, Way
from planner.model.outcome import Outcome
from planner.planning import Planned
from planner.solver.formulate import program_of
from planner.solver.parametric import Ray, Values, break_even
from planner.solver.search import search_near
from planner.verification import find_breaches

DIGITS = Decimal("0.000001")
STEP = Decimal("0.0001")
"""Of the present value: so far beyond a break-even the other plan is looked at."""
TENTH = 10
Told = Callable[[int, int, str], None]
"""Called with how many inputs are done, how many there are, and the next one's name."""


def find_flips(
    planned: Planned,
    wanted: Iterable[str] = (),
    *,
    most: Decimal = Decimal(3),
    latency: bool = False,
    tell: Told | None = None,
) -> Flips:
    """The nearest break-even of every input, down to 0 and up to `most` times its value.

    Args:
        planned: an optimum at gap 0.
        wanted: patterns of names of inputs (`*vcpu`); all by default.
        most: the factor up to which is asked.
        latency: whether round trips at the upper edge of their band are asked too.
        tell: told of each input before it is asked.

    Raises:
        InputFaults: no input has such a name, or the scenario has several periods or ranks breaches first.
        VerificationFailed: the verifier refused a plan behind a break-even.
    """
    scenario, plan = planned.scenario, planned.plan
    _check(planned)
    ceilings = {each.input.name: each for each in find_ceilings(scenario, planned.candidates)}
    inputs = _named((*find_inputs(scenario, plan), *(each.input for each in ceilings.values())), tuple(wanted))
    present = _Present(planned, program_of(scenario, planned.candidates).arrays.cost)
    flips: list[Flip] = []
    swings: list[Swing] = []
    for number, each in enumerate(inputs):
        if tell is not None:
            tell(number, len(inputs), each.name)
        if each.name in ceilings:
            flips += ceiling_flips(planned, ceilings[each.name], most)
            continue
        ray = present.ray(each)
        swings.append(Swing(each, usd_of(round(ray.line(present.values)[1] / TENTH))))
        flips += [flip for way in ("down", "up") if (flip := present.flip(each, ray, way, most)) is not None]
    flipping = {flip.input.name for flip in flips}
    steady = tuple(each.name for each in inputs if each.name not in flipping)
    found = find_latency_flips(planned) if latency else None
    return Flips(scenario.name, plan.total_usd, Decimal(0), most, _sorted(flips), _swung(swings), steady, found)


def _check(planned: Planned) -> None:
    only_one_period(planned.scenario, "what flips")
    if planned.scenario.ranks_breaches:
        text = "flips where breaches are ranked first are not answered by this version"
        raise InputFaults([Fault(Where("objectives"), "S004", text, "write `objectives: [cost]`")])
    if planned.plan.status != "optimal" or planned.plan.gap:
        raise InputFaults([Fault(Where("solver"), "N003", "flips need a proved optimum", "use `solver: {gap: 0 %}`")])


def _named(inputs: tuple[Input, ...], wanted: tuple[str, ...]) -> tuple[Input, ...]:
    chosen = tuple(i for i in inputs if not wanted or any(fnmatchcase(i.name, pattern) for pattern in wanted))
    if wanted and not chosen:
        known = ", ".join(each.name for each in inputs[:6])
        raise InputFaults(
            [Fault(Where("--input"), "N001", f"no input is named {' or '.join(wanted)}", f"known: {known}, …")]
        )
    return chosen


@dataclass(frozen=True)
class _Present:
    """The plan as it is, as values of its program's columns."""

    planned: Planned
    cost: np.ndarray

    @property
    def values(self) -> Values:
        outcome = self.planned.outcome
        assert isinstance(outcome, Outcome)
        assert outcome.values is not None
        return outcome.values

    def ray(self, each: Input) -> Ray:
        """The program's costs along the input; a factor of 2 tells what each column pays of it."""
        doubled = each.changed(each.value * 2)
        arrays = program_of(doubled, find_candidates(doubled)).arrays
        slope = arrays.cost - self.cost
        return Ray(arrays, self.cost - slope, slope)

    def flip(self, each: Input, ray: Ray, way: Way, most: Decimal) -> Flip | None:
        """The nearest break-even in one direction; None where nothing pays the input, or nothing flips."""
        if not ray.slope.any():
            return None
        found = break_even(ray, self.values, float(most) if way == "up" else 0.0)
        if found is None:
            return None
        factor, values = found
        rounded = Decimal(factor).quantize(DIGITS, rounding=ROUND_CEILING if way == "up" else ROUND_FLOOR)
        mine, other = (sum(ray.line(each)) for each in (self.values, values))
        return Flip(each, way, rounded, self._moves(each, rounded, way), usd_of(round(other - mine)))

    def _moves(self, each: Input, factor: Decimal, way: Way) -> tuple[str, ...]:
        """What lives elsewhere just beyond the break-even, in the plan there that moves least; it is verified."""
        beyond = factor + STEP if way == "up" else max(factor - STEP, Decimal(0))
        scenario = each.changed(each.value * beyond)
        other, _ = search_near(scenario, find_candidates(scenario), self.planned.plan)
        if other is None:
            return ()
        if breaches := find_breaches(other, scenario):
            raise VerificationFailed(breaches)
        return moves(self.planned.plan, other)


def _sorted(flips: Iterable[Flip]) -> tuple[Flip, ...]:
    """Figures worth checking first: weak ones, then those that need to change least."""
    return tuple(sorted(flips, key=lambda f: (not f.input.weak, abs(f.factor - 1), f.input.name, f.way)))


def _swung(swings: Iterable[Swing]) -> tuple[Swing, ...]:
    found = (swing for swing in swings if swing.usd_month)
    return tuple(sorted(found, key=lambda s: (-abs(s.usd_month), s.input.name)))
