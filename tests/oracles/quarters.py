"""Plans over several quarters by trying everything: placements of each quarter, then the cheapest purchases for them.

Written from part 1b of docs/mathematics.md. Worlds of this kind: indivisible components with a quote in some regions,
regions of one zone, one entity `e`, one rule `border` that asks for `assessed` (scope entity) in SG, no users and no flows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, getcontext
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from math import ceil

from planner.model.calendar import Period
from planner.model.question import Component
from planner.model.scenario import Scenario

Homes = tuple[str, ...]
"""The region key of each component, in the order of the scenario."""


def root(value: Fraction, digits: int) -> Fraction:
    """The fourth root, rounded half-even."""
    getcontext().prec = 80
    exact = (Decimal(value.numerator) / Decimal(value.denominator)).sqrt().sqrt()
    return round(Fraction(exact), digits)


@dataclass(frozen=True)
class World:
    """A scenario with the figures of every quarter worked out."""

    scenario: Scenario

    @cached_property
    def quarters(self) -> int:
        return self.scenario.horizon.periods

    @cached_property
    def parts(self) -> Sequence[Component]:
        return self.scenario.components

    def weight(self, t: int) -> Fraction:
        return root((1 + Fraction(self.scenario.horizon.discount_rate)) ** -t, 12)

    def factor(self, part: Component, t: int) -> Fraction:
        return root((1 + Fraction(part.growth or 0)) ** t, 6)

    @cached_property
    def quotes(self) -> Mapping[tuple[str, str], tuple[Fraction, Fraction]]:
        """(component, region) to USD a month for all units today, and vcpu of one unit."""
        own = {c.id: c.per_replica.get("vcpu", Decimal(0)) for c in self.parts}
        return {
            (q.component, q.place): (Fraction(q.cost), Fraction(q.uses.get("vcpu", own[q.component])))
            for q in self.scenario.quotes
        }

    def begins(self, period: Period) -> date:
        return max(self.scenario.as_of, period.first_day)

    def open(self, t: int) -> set[str]:
        begins = self.begins(self.scenario.periods[t])
        return {
            r.key
            for r in self.scenario.regions
            if r.status == "active" or (r.status == "announced" and r.opens is not None and r.opens <= begins)
        }

    def fits(self, homes: Homes, t: int) -> bool:
        used: dict[str, Fraction] = {}
        for part, key in zip(self.parts, homes, strict=True):
            if (part.id, key) not in self.quotes or key not in self.open(t):
                return False
            units = ceil(part.count * self.factor(part, t))
            used[key] = used.get(key, Fraction(0)) + units * self.quotes[part.id, key][1]
        room = {r.key: r.zones[0].capacity.get("vcpu") for r in self.scenario.regions}
        return all(room[key] is None or amount <= Fraction(room[key] or 0) for key, amount in used.items())

    def monthly(self, part: Component, key: str, t: int) -> Fraction | None:
        found = self.quotes.get((part.id, key))
        return None if found is None else round(found[0] * self.factor(part, t), 6)

    def running(self, homes: Homes, t: int) -> Fraction:
        quoted = sum((self.monthly(p, k, t) or Fraction(0) for p, k in zip(self.parts, homes, strict=True)), Fraction(0))
        opened = sum((Fraction(self.scenario.region[key].opening_cost) for key in set(homes)), Fraction(0))
        return 3 * self.weight(t) * (quoted + opened)

    def charged(self, cash: Fraction, paid: Period, valid_days: int | None = None) -> Fraction:
        months = int(self.scenario.horizon.amortise)
        if valid_days is not None:
            months = max(1, min(months, valid_days * 12 // 365))
        inside = Fraction(0)
        for t, period in enumerate(self.scenario.periods):
            age = 3 * ((period.year - paid.year) * 4 + period.quarter - paid.quarter)
            inside += self.weight(t) * (min(max(months - age, 0), 3) if age >= 0 else 0)
        return round(cash * inside / months, 6)

    @cached_property
    def current(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for row in self.scenario.current:
            found.setdefault(row.what, set()).add(row.region)
        return found

    def move(self, part: Component, was: set[str], key: str, t: int) -> Fraction | None:
        """USD of the cheapest way into a region; None where there is none."""
        ways = []
        for source in was:
            price = self.scenario.region[source].prices.egress_to(key)
            data, parallel = Fraction(part.migration.data or 0), Fraction(part.migration.parallel)
            monthly = self.monthly(part, source, t)
            if (data and price is None) or (parallel and monthly is None):
                continue
            carried = data * Fraction(price.value) if data and price else Fraction(0)
            ways.append(round(Fraction(part.migration.cost) + carried + parallel * (monthly or 0), 6))
        return min(ways, default=None)

    def step(self, was: Mapping[str, set[str]], used: set[str], homes: Homes, t: int) -> Fraction | None:
        """What is paid once in a quarter for moving and opening; None where it may not or cannot be done."""
        waves, period, total, entries = self.scenario.limits.moves, self.scenario.periods[t], Fraction(0), 0
        for part, key in zip(self.parts, homes, strict=True):
            if part.id in was and key not in was[part.id]:
                usd = self.move(part, was[part.id], key, t)
                if usd is None:
                    return None
                entries += 1
                total += self.charged(usd, period)
        if entries and (str(period) in waves.freeze or (waves.at_most is not None and entries > waves.at_most)):
            return None
        for key in set(homes) - used:
            total += self.charged(Fraction(self.scenario.region[key].opening_once), period)
        return total

    def stays(self, path: Sequence[Homes]) -> bool:
        for n, part in enumerate(self.parts):
            before = self.current.get(part.id)
            for t, homes in enumerate(path):
                entered = before is not None and homes[n] not in before
                if entered and any(later[n] != homes[n] for later in path[t : t + part.stay]):
                    return False
                before = {homes[n]}
        return True

    def needs(self, homes: Homes) -> bool:
        """Whether the border rule bears: something is in SG."""
        return bool(self.scenario.rules) and any(self.scenario.region[key].country == "SG" for key in homes)

    def purchases(self, needed: Sequence[bool]) -> Fraction | None:
        """The cheapest quarters in which to buy the mechanism so that it holds wherever it is needed."""
        today = [any(h.until is None or h.until >= p.last_day for h in self.scenario.holds) for p in self.scenario.periods]
        open_ = [t for t, need in enumerate(needed) if need and not today[t]]
        if not open_:
            return Fraction(0)
        found = self.scenario.vocabulary.mechanisms["assessed"]
        first, last = Period.of(self.scenario.as_of), self.scenario.periods[-1]
        quarters = [first.plus(n) for n in range(30) if first.plus(n) <= last]
        costs = {q: self.charged(Fraction(found.cost_usd), q, found.valid_days) for q in quarters}
        best: Fraction | None = None
        for count in range(1, len(quarters) + 1):
            for chosen in combinations(quarters, count):
                if all(any(self._holds(q, t) for q in chosen) for t in open_):
                    usd = sum((costs[q] for q in chosen), Fraction(0))
                    best = usd if best is None else min(best, usd)
        return best

    def _holds(self, quarter: Period, t: int) -> bool:
        found, period = self.scenario.vocabulary.mechanisms["assessed"], self.scenario.periods[t]
        granted = self.begins(quarter) + timedelta(days=found.lead_days)
        ends = None if found.valid_days is None else granted + timedelta(days=found.valid_days - 1)
        return granted <= self.begins(period) and (ends is None or ends >= period.last_day)


def cheapest(scenario: Scenario) -> Fraction | None:
    """The least total_usd of any plan, not yet rounded as a sum; None where no plan exists."""
    world = World(scenario)
    keys = [r.key for r in scenario.regions]
    choices = [[h for h in product(keys, repeat=len(world.parts)) if world.fits(h, t)] for t in range(world.quarters)]
    return min(_totals(world, choices), default=None)


def _totals(world: World, choices: Sequence[Sequence[Homes]]) -> Iterator[Fraction]:
    running = [{homes: world.running(homes, t) for homes in each} for t, each in enumerate(choices)]
    for path in product(*choices):
        if world.stays(path) and (once := _once(world, path)) is not None:
            yield once + sum((running[t][homes] for t, homes in enumerate(path)), Fraction(0))


def _once(world: World, path: Sequence[Homes]) -> Fraction | None:
    was, used = world.current, {row.region for row in world.scenario.current}
    total = world.purchases([world.needs(homes) for homes in path])
    for t, homes in enumerate(path):
        if total is None:
            return None
        paid = world.step(was, used, homes, t)
        total = None if paid is None else total + paid
        was = {part.id: {key} for part, key in zip(world.parts, homes, strict=True)}
        used = set(homes)
    return total
