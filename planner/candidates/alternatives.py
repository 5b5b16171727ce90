"""Alternatives: each kind of accelerator a component can run on, against every region, with reasons and costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

import numpy as np

from planner.candidates.installs import find_fleet
from planner.candidates.needs import Needs
from planner.candidates.profiles import LawProfile
from planner.candidates.verdicts import Bench, Verdict, gates_of
from planner.model.accelerators import Alternative
from planner.model.alternatives import Alternatives, Fleet
from planner.model.exclusions import Exclusions, ExclusionsDraft, Mask, Reason, Whole
from planner.model.law import Verb
from planner.model.question import Component
from planner.objectives import accelerators, electricity
from planner.requirements.spread import Spread


def find_alternatives(needs: Needs, profiles: Sequence[LawProfile], bought: Mask | None = None) -> Alternatives:
    """The table of alternatives.

    Args:
        needs: what components need in the period.
        profiles: the law profile of each component.
        bought: [H, R] where chips of a kind may have been bought in an earlier period.
    """
    table = _Table(needs, profiles, bought)
    exclusions = table.excluded()
    return Alternatives(
        component=table.component,
        kind=table.kind,
        groups=table.groups,
        group=table.group,
        kinds=table.kinds,
        exclusions=exclusions,
        allowed=~exclusions.refused(),
        cost=np.where(table.quoted[:, None], 0, table.cost),
        electricity=np.where(table.quoted[:, None], 0, table.electricity),
        fitting=table.fitting,
        gates=gates_of(table.verdicts, np.arange(len(table.rows))),
        fleet=table.fleet,
        matched=frozenset(v.rule.id for v in table.verdicts if v.bears),
    )


def reasons_where_none_is_left(found: Alternatives, of: Sequence[int]) -> Iterable[tuple[Reason, Mask]]:
    """For representative components: what refuses each kind, [len(of), R], in regions where every kind is refused."""
    owns = np.array(of, dtype=np.int64)[:, None] == found.component[None, :]
    shut = (owns[:, :, None] <= found.exclusions.refused()[None, :, :]).all(axis=1) & owns.any(axis=1)[:, None]
    for number, kind in enumerate(found.kinds):
        kept = owns & (found.kind == number)[None, :]
        for index, reason in enumerate(found.exclusions.reasons):
            mask = (kept[:, :, None] & found.exclusions.cells(index)[None, :, :]).any(axis=1) & shut
            yield Reason(reason.id, f"{kind}: {reason.detail}", reason.where, derived=True), mask


@dataclass(frozen=True)
class _Table:
    """The rows (component index, component, alternative), and what follows from them."""

    needs: Needs
    profiles: Sequence[LawProfile]
    bought: Mask | None = None

    @cached_property
    def rows(self) -> list[tuple[int, Component, Alternative]]:
        components = self.needs.scenario.components
        return [(k, c, a) for k, c in enumerate(components) for a in sorted(c.accelerators, key=lambda a: a.id)]

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        return tuple(sorted({a.id for _, _, a in self.rows}))

    @property
    def component(self) -> Whole:
        return np.array([k for k, _, _ in self.rows], dtype=np.int64)

    @property
    def kind(self) -> Whole:
        return np.array([self.kinds.index(a.id) for _, _, a in self.rows], dtype=np.int64)

    @cached_property
    def groups(self) -> Whole:
        return np.array([a.groups for _, _, a in self.rows], dtype=np.int64)

    @property
    def group(self) -> Whole:
        return np.array([a.group for _, _, a in self.rows], dtype=np.int64)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows), len(self.needs.scenario.regions)

    @cached_property
    def quoted(self) -> Mask:
        return np.asarray(self.needs.quoted[self.needs.of][self.component])

    @cached_property
    def fleet(self) -> Fleet:
        return find_fleet(self.needs.scenario, self.needs.period, self.kinds)

    @cached_property
    def cost(self) -> Whole:
        amounts = [c.per_replica for _, c, _ in self.rows]
        return accelerators.cost([a for _, _, a in self.rows], amounts, self.needs.scenario.regions)

    @cached_property
    def electricity(self) -> Whole:
        kw = [each or Decimal(0) for each in self._kw]
        amounts, times = [c.per_replica for _, c, _ in self.rows], [int(g) for g in self.groups]
        return electricity.cost(amounts, times, kw, self.needs.scenario.regions).micro()

    @cached_property
    def _kw(self) -> list[Decimal | None]:
        """What the chips of each alternative draw with their servers, kW; None = the chip's power is unknown."""
        tdp = {kind: self.needs.scenario.accelerators[kind].tdp_w for kind in self.kinds}
        share = electricity.SERVER_SHARE / electricity.WATTS
        return [None if (watts := tdp[a.id]) is None else a.units * watts * share for _, _, a in self.rows]

    @cached_property
    def verdicts(self) -> list[Verdict]:
        """What rules that look at the chip say."""
        scenario = self.needs.scenario
        chipped = [
            replace(self.profiles[k], chip="" if a.tokens else a.id, control=scenario.accelerators[a.id].control)
            for k, _, a in self.rows
        ]
        bench = Bench(scenario, chipped, self.needs.period)
        found = [*bench.judge(Verb.PROCESS), *bench.judge(Verb.ADMINISTER)] if chipped else []
        return [v for v in found if bench.looks_at_chip(v.rule)]

    def excluded(self) -> Exclusions:
        draft = ExclusionsDraft(list(range(len(self.rows))), *self.shape)
        for verdict in self.verdicts:
            draft.add(verdict.reason, verdict.refused)
        self._add_release(draft.add)
        self._add_origin(draft.add)
        self._add_offer(draft.add)
        self._add_power(draft.add)
        self._add_spread(draft.add)
        self._add_room(draft.add)
        return draft.finish()

    def _add_release(self, add: Callable[[Reason, Mask], None]) -> None:
        """A kind is used from the period on that begins when it can be had."""
        first, _ = self.needs.scenario.days(self.needs.period)
        days = [self.needs.scenario.accelerators[a.id].counted_from for _, _, a in self.rows]
        late = np.array([day is not None and day > first for day in days], dtype=bool)
        add(Reason("release", "it cannot be had yet"), np.broadcast_to(late[:, None], self.shape))

    def _add_origin(self, add: Callable[[Reason, Mask], None]) -> None:
        """A hall may take the chips of some countries alone."""
        made = [self.needs.scenario.accelerators[a.id].vendor_in for _, _, a in self.rows]
        taken = [region.chips_from for region in self.needs.scenario.regions]
        foreign = [[some is not None and maker not in some for some in taken] for maker in made]
        add(
            Reason("chips_from", "the hall takes no chips of its maker"),
            np.array(foreign, dtype=bool).reshape(self.shape),
        )

    def _add_offer(self, add: Callable[[Reason, Mask], None]) -> None:
        regions = self.needs.scenario.regions
        unpriced = ~accelerators.priced([a for _, _, a in self.rows], regions) & ~self.quoted[:, None]
        there = self.fleet.stated[self.kind]
        add(Reason("unknown: accelerator price", "no price of the accelerator is known"), unpriced & there)
        add(Reason("accelerator", "it is not on offer"), unpriced & ~there)

    def _add_power(self, add: Callable[[Reason, Mask], None]) -> None:
        amounts = [c.per_replica for _, c, _ in self.rows]
        for name, mask in electricity.unknown(amounts, self._kw, self.needs.scenario.regions):
            add(Reason(f"unknown: {name}", f"{name} of the own hall is not known"), mask & ~self.quoted[:, None])

    def _add_spread(self, add: Callable[[Reason, Mask], None]) -> None:
        asked = [s.zones if isinstance(s := c.requires.get("spread"), Spread) else 0 for _, c, _ in self.rows]
        few = self.groups < np.array(asked, dtype=np.int64)
        add(Reason("spread", "fewer groups than zones asked for"), np.broadcast_to(few[:, None], self.shape))

    @cached_property
    def fitting(self) -> Whole:
        """[A, Z] groups for which chips stand in a zone; all where they are not limited or can be bought."""
        stock = self.fleet.units[:, self.kind].T // self.group[:, None]
        sold = self.fleet.buyable if self.bought is None else self.fleet.buyable | self.bought
        bound = (self.fleet.stated & ~sold)[self.kind][:, self.needs.zone_region]
        return np.where(bound, np.minimum(stock, self.groups[:, None]), self.groups[:, None])

    def _add_room(self, add: Callable[[Reason, Mask], None]) -> None:
        """Groups that fit into the zones of a region, by stock and by capacity."""
        zone_region, chips = self.needs.zone_region, self.fitting
        room = np.minimum(self.needs.most[self.needs.of[self.component]], chips)
        for name, detail, fitting in (
            ("stock", "too few stand there", chips),
            ("capacity", "the groups do not fit into its zones", room),
        ):
            total = np.zeros(self.shape, dtype=np.int64)
            np.add.at(total.T, zone_region, fitting.T)
            add(Reason(name, detail), total < self.groups[:, None])
