"""Waves: the moves a plan lists are those it makes, and no more move, or leave, than the scenario allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from planner.model.plan import Breach, Move, Plan
from planner.model.scenario import Scenario
from planner.verification.amounts import plain
from planner.verification.claim import Claim
from planner.verification.entries import Entry


def find_move_breaches(plan: Plan, scenario: Scenario, entries: Sequence[Entry]) -> Iterator[Breach]:
    """Moves that are not made, not listed, listed twice, or with another source or cash than the cheapest."""
    due = {(e.what, str(scenario.periods[e.number]), e.region): e for e in entries}
    written: dict[tuple[str, str, str], Move] = {}
    for row in plan.moves:
        key = (row.what, row.period, row.dst_region)
        if key in written:
            yield _wrong(row.what, f"the plan lists its move into {row.dst_region} in {row.period} twice")
        written[key] = row
    for key in sorted(due.keys() | written.keys()):
        yield from _compare(key, due.get(key), written.get(key))


def _compare(key: tuple[str, str, str], due: Entry | None, row: Move | None) -> Iterator[Breach]:
    what, period, region = key
    if due is None:
        yield _wrong(what, f"the plan lists a move into {region} in {period} that it does not make")
    elif due.usd is None or due.source is None:
        yield _wrong(what, f"it enters {region} in {period}, and no price is known of any region it could come from")
    elif row is None:
        yield _wrong(what, f"it enters {region} in {period}, the plan does not list the move")
    elif row.src_region != due.source:
        text = f"the plan moves it into {region} in {period} from {row.src_region}, {due.source} is the cheapest"
        yield _wrong(what, text)
    elif due.usd != Fraction(row.cash_usd):
        text = f"the plan pays {plain(row.cash_usd)} USD to enter {region} in {period}, it costs {plain(due.usd)} USD"
        yield _wrong(what, text)


def find_wave_breaches(scenario: Scenario, entries: Sequence[Entry]) -> Iterator[Breach]:
    """Periods in which more enters than is allowed, or anything although nothing may."""
    waves = scenario.limits.moves
    for number, period in enumerate(scenario.periods):
        count = sum(e.number == number for e in entries)
        if str(period) in waves.freeze and count:
            yield Breach("limits.moves", str(period), f"{count} things move in a frozen quarter")
        elif waves.at_most is not None and count > waves.at_most:
            yield Breach("limits.moves", str(period), f"{count} things move, at most {waves.at_most} may")


def find_stay_breaches(claims: Sequence[Claim], entries: Sequence[Entry]) -> Iterator[Breach]:
    """Components that leave a region before they have stayed as long as they must."""
    for entry in entries:
        component = claims[0].scenario.component.get(entry.what)
        if component is None:
            continue
        for claim in claims[entry.number : entry.number + component.stay]:
            if entry.region not in claim.homes[entry.what]:
                text = f"it entered {entry.region} to stay {component.stay} quarters and is gone in {claim.period}"
                yield Breach("stay", entry.what, text)


def _wrong(what: str, text: str) -> Breach:
    return Breach("move", what, text)
