"""Accelerators of a scenario: the kinds it may name, those it does name, and the own halls that are in play."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from planner.errors import Where
from planner.model.accelerators import Accelerator, Chips
from planner.model.catalogue import Region
from planner.model.question import Entity, Workload
from planner.model.vocabulary import Vocabulary
from planner.reading.faults import Collector


@dataclass(frozen=True, slots=True)
class AcceleratorSettings:
    """What a scenario says of chips in general.

    Attributes:
        announced: whether arrivals count that are only announced.
        kinds: kinds of chip beside the catalogue's; one of the same id replaces it.
        available: kind to the day or quarter from which the scenario counts on it.
    """

    announced: bool = False
    kinds: tuple[Accelerator, ...] = ()
    available: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kinds:
    """Every kind of chip that a scenario may name, and words that only rules know."""

    known: Mapping[str, Accelerator]
    words: Vocabulary

    def named(
        self, workloads: Iterable[Workload], regions: Iterable[Region], faults: Collector
    ) -> dict[str, Accelerator]:
        """The kinds that components and regions name; a name without figures is a fault."""
        found: set[str] = set()
        for where, steps, name in (*_in_workloads(workloads), *_in_regions(regions)):
            if name in self.known:
                found.add(name)
            else:
                self._refuse(where, steps, name, faults)
        return {name: self.known[name] for name in sorted(found)}

    def _refuse(self, where: Where, steps: tuple[str | int, ...], name: str, faults: Collector) -> None:
        place = faults.inside(where, *steps, key=steps[0] == "prices")
        if name not in self.words.chips:
            faults.unknown(place, "accelerator", name, self.known)
            return
        parts = [each for each in self.words.chip_families.get(name, ()) if each in self.known]
        hint = f"did you mean {parts[-1]!r}?" if parts else "write it under `accelerators: {kinds: […]}`"
        faults.complete = False
        faults.add(place, "N001", f"accelerator {name!r} is a word of rules without figures", hint)


def _in_workloads(workloads: Iterable[Workload]) -> Iterator[tuple[Where, tuple[str | int, ...], str]]:
    for component in (component for workload in workloads for component in workload.components):
        if component.serves is None:
            for index, each in enumerate(component.accelerators):
                yield component.where, ("accelerators", index, "id"), each.id
        else:
            for name in component.serves.accelerators:
                yield component.where, ("serves", "accelerators", name), name
            for each in component.accelerators:
                yield component.where, ("serves",), each.id


def _in_regions(regions: Iterable[Region]) -> Iterator[tuple[Where, tuple[str | int, ...], str]]:
    for region in regions:
        for key, table in (
            ("accelerator_hour", region.prices.accelerators),
            ("accelerator_purchase", region.prices.purchases),
        ):
            for name in table:
                yield region.where, ("prices", key, name), name
        for zone in region.zones:
            tables: dict[str, Sequence[Chips]] = {"stock": zone.stock, "arrivals": zone.arrivals}
            for key, rows in tables.items():
                for index, row in enumerate(rows):
                    yield region.where, ("zones", zone.id, key, index, "accelerator"), row.accelerator


def known_kinds(
    own: Iterable[Accelerator], catalogue: Mapping[str, Accelerator], words: Vocabulary, faults: Collector
) -> Kinds:
    """The catalogue's kinds with those of the scenario; the same id twice in the scenario is a fault."""
    mine: dict[str, Accelerator] = {}
    for each in own:
        if each.id in mine:
            faults.twice(faults.inside(each.where, "id"), f"accelerator {each.id!r}", mine[each.id].where)
        mine.setdefault(each.id, each)
    return Kinds({**catalogue, **mine}, words)


def operated_halls(
    chosen: Mapping[str, Region],
    entities: Iterable[Entity],
    named: Collection[str] | None,
    shipped: Collection[str],
    head: Where,
    faults: Collector,
) -> dict[str, Region]:
    """The catalogue's regions without own halls that no entity of the scenario operates.

    Args:
        chosen: regions of the catalogue that the scenario sees, by key.
        entities: who may operate halls.
        named: providers that the scenario asks for by name; None = all.
        shipped: keys of shipped halls; those in a folder of the user's are the user's.
        head: where the scenario file begins.
        faults: learns of a provider that is asked for and cannot be in play.
    """
    operated = {provider for entity in entities for provider in entity.operates}
    closed = {key for key, r in chosen.items() if r.kind == "own" and key in shipped and r.provider not in operated}
    left = {key: region for key, region in chosen.items() if key not in closed}
    lost = {region.provider for region in chosen.values()} - {region.provider for region in left.values()}
    for provider in sorted(lost & set(named or ())):
        where = faults.inside(head, "catalog", "providers", provider)
        text = f"provider {provider!r} has own halls only, and no entity operates it"
        faults.add(where, "N003", text, f"write `operates: [{provider}]` on the entity whose halls they are")
        faults.complete = False
    return left


def check_operators(
    entities: Iterable[Entity], regions: Iterable[Region], catalogue: Collection[str], faults: Collector
) -> None:
    """Every operated provider is in play, and has one operator.

    Args:
        entities: who operates providers.
        regions: the regions in play.
        catalogue: providers of the whole catalogue.
        faults: takes what is wrong.
    """
    playing = {region.provider for region in regions}
    first: dict[str, Entity] = {}
    for entity in sorted(entities, key=lambda each: each.where):
        for provider in entity.operates:
            where = faults.inside(entity.where, "operates", provider)
            if provider in catalogue and provider not in playing:
                text = f"provider {provider!r} has no region in play"
                faults.add(where, "N003", text, "widen `catalog`, or leave it out")
            elif provider not in playing:
                faults.unknown(where, "provider", provider, playing)
            elif provider in first and first[provider].id != entity.id:
                text = f"provider {provider!r} is operated by two entities"
                faults.add(where, "N002", text, f"first at {first[provider].where}; its halls are one's own")
            first.setdefault(provider, entity)
