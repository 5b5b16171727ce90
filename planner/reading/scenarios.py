"""Scenarios: from a file to the resolved question."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

from planner.errors import InputFaults, Where
from planner.model.calendar import Horizon
from planner.model.catalogue import Operator, Region
from planner.model.law import Rule, Status
from planner.model.moving import Standing
from planner.model.provenance import HIDDEN, NOWHERE
from planner.model.question import (
    Catalog,
    Dataset,
    Entity,
    Hold,
    Latency,
    Limits,
    Quote,
    SolverSettings,
    Users,
    Workload,
)
from planner.model.scenario import Scenario
from planner.reading.accelerators import AcceleratorSettings, check_operators, known_kinds
from planner.reading.checking import check_question
from planner.reading.checking_nouns import first_period
from planner.reading.chip_dates import check_roadmap, with_dates
from planner.reading.chip_words import with_derived_families
from planner.reading.current import resolve_current
from planner.reading.demand import with_points
from planner.reading.documents import Document
from planner.reading.faults import Collector
from planner.reading.home_only import warn_of_other_seats
from planner.reading.library import Library, label
from planner.reading.naming import resolve_names
from planner.reading.nouns import read_noun
from planner.reading.partitions import split_datasets, split_traffic
from planner.reading.placing import warn_of_areas
from planner.reading.policies import PolicySet, read_policies
from planner.reading.quotes import read_quotes
from planner.reading.regions import Catalogue, read_catalogue
from planner.reading.regions_in_play import regions_in_play
from planner.reading.round_trips import with_round_trips
from planner.reading.serving import with_alternatives
from planner.reading.settings import Settings, apply_settings
from planner.reading.token_prices import kinds_sold, models_sold
from planner.reading.yaml_files import load_document


@dataclass(frozen=True, slots=True)
class Rate:
    """USD for one unit of a currency on a day."""

    usd: Decimal
    as_of: date
    source: str | None = None


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """A scenario document (docs/scenario-format.md): the whole question as the user writes it."""

    scenario: str
    question: str
    as_of: date
    horizon: Horizon
    entities: tuple[Entity, ...]
    workloads: tuple[Workload, ...]
    objectives: tuple[str, ...]
    catalog: Catalog = Catalog()
    policies: tuple[str, ...] | None = None
    datasets: tuple[Dataset, ...] = ()
    users: tuple[Users, ...] = ()
    holds: tuple[Hold, ...] = ()
    current: tuple[Standing, ...] = ()
    mechanisms: Mapping[str, Literal["refused"]] = field(default_factory=dict)
    limits: Limits = Limits()
    latency: Latency = Latency()
    regions: tuple[Region, ...] = ()
    accelerators: AcceleratorSettings = AcceleratorSettings()
    quotes: tuple[Quote, ...] | str = ()
    exchange_rates: Mapping[str, Rate] = field(default_factory=dict)
    solver: SolverSettings = SolverSettings()
    expect: Literal["infeasible", "optimal"] | None = None
    not_modelled: tuple[str, ...] = ()
    note: str | None = None
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)


STAND_INS: Final[Mapping[str, Any]] = {
    "scenario": "scenario",
    "question": "question",
    "as_of": "2026-10-01",
    "horizon": {"from": "2026Q4"},
    "objectives": ["cost"],
}
"""Read in place of required keys that are missing or wrong, so that the rest of a faulty file is checked too."""


def read_scenario(path: str | Path, *, library: Library | None = None, settings: Settings = Settings()) -> Scenario:
    """Read a scenario file and everything it refers to.

    Args:
        path: the YAML file.
        library: folders of regions and policies; the shipped ones by default.
        settings: changes to apply before reading.

    Raises:
        InputFaults: anything that cannot be read into nouns, all faults at once, each with file:line:col.
    """
    path = Path(path)
    faults = Collector()
    document = load_document(path, label(path), into=faults.faults)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return resolve(document, path.parent, digest, library or Library.shipped(), settings, faults)


def resolve(
    document: Document, folder: Path, digest: str, library: Library, settings: Settings, faults: Collector
) -> Scenario:
    """The resolved scenario of a document whose file lies in `folder`; raises InputFaults."""
    apply_settings(document, settings)
    rates = _rates(document)
    file: ScenarioFile | None = read_noun(ScenarioFile, document, faults, rates=rates, stand_ins=STAND_INS)
    if file is None:
        raise InputFaults(faults.faults)
    catalogue = read_catalogue(library, faults, _providers_named(file))
    policies = read_policies(library, file.policies, folder, faults.inside(file.where, "policies"), faults)
    if faults.lost:
        raise InputFaults(faults.faults)
    quotes = read_quotes(file.quotes, folder, faults.inside(file.where, "quotes"), rates, faults)
    scenario = _assemble(file, catalogue, policies, quotes, digest, settings, faults)
    scenario = replace(scenario, current=resolve_current(file.current, scenario, faults))
    scenario = with_round_trips(scenario, file.latency, catalogue, library, folder, file.where, faults)
    scenario = _with_accelerators(scenario, file, catalogue, library, faults)
    warn_of_areas(scenario, policies.outlines, faults)
    check_question(scenario, file.where, faults)
    faults.raise_errors()
    warn_of_other_seats([default for default, _ in policies.defaults], scenario.entities, faults)
    return replace(scenario, library=library.digests(), warnings=faults.warnings)


def _providers_named(file: ScenarioFile) -> set[str] | None:
    """The providers a scenario can touch: those of its catalogue and of its own regions; None = any."""
    named = file.catalog.providers
    return None if named is None else {*named, *(region.provider for region in file.regions)}


def _rates(document: Document) -> dict[str, Decimal]:
    """USD for one unit of each currency; a faulty rate, told elsewhere, counts as one so that it is told once."""
    given = document.data.get("exchange_rates") if isinstance(document.data, dict) else None
    out = {}
    for currency in given if isinstance(given, dict) else ():
        rate: Rate | None = read_noun(Rate, document, Collector(), at=("exchange_rates", currency))
        out[currency] = rate.usd if rate else Decimal(1)
    return out


def _assemble(
    file: ScenarioFile,
    catalogue: Catalogue,
    policies: PolicySet,
    quotes: tuple[Quote, ...],
    digest: str,
    settings: Settings,
    faults: Collector,
) -> Scenario:
    regions = _regions(file, catalogue, policies, faults)
    named = resolve_names(file.workloads, file.datasets, file.users, quotes, faults)
    datasets, parts = split_datasets(file.datasets, faults)
    scenario = Scenario(
        name=file.scenario,
        question=file.question,
        sha256=digest,
        as_of=file.as_of,
        horizon=file.horizon,
        entities=_by_id(file.entities, "entity", faults),
        datasets=_by_id(datasets, "dataset", faults),
        workloads=_by_id(split_traffic(named.workloads, parts), "workload", faults),
        users=_by_id(with_points(file.users, catalogue.demand, catalogue.people, faults), "user group", faults),
        regions=tuple(regions[key] for key in sorted(regions)),
        operators=_operators_of(regions, catalogue),
        rules=(),
        vocabulary=policies.vocabulary,
        lists=dict(sorted(policies.lists.items())),
        measurements=(),
        exemptions=tuple(policies.exemptions[key] for key in sorted(policies.exemptions)),
        holds=tuple(sorted(file.holds, key=lambda h: (h.mechanism, h.entity, h.destination or "", str(h.until)))),
        quotes=tuple(sorted(named.quotes, key=lambda q: (q.component, q.place))),
        limits=file.limits,
        limits_where=faults.inside(file.where, "limits", "regions"),
        objectives=file.objectives,
        refused=frozenset(file.mechanisms),
        solver=_solver(file.solver, settings),
        expect=file.expect,
        not_modelled=file.not_modelled,
    )
    return replace(scenario, rules=_rules_in_play(scenario, policies, settings, faults))


def _with_accelerators(
    scenario: Scenario, file: ScenarioFile, catalogue: Catalogue, library: Library, faults: Collector
) -> Scenario:
    """The scenario with demand on models turned into chips, and every kind of chip that it names."""
    check_operators(scenario.entities, scenario.regions, catalogue.providers, faults)
    kinds = known_kinds(file.accelerators.kinds, catalogue.accelerators, scenario.vocabulary, faults)
    kinds = replace(kinds, known=with_dates(kinds.known, file.accelerators.available, file.where, faults))
    days = _days(scenario)
    sold = models_sold(scenario.regions)
    workloads = with_alternatives(scenario.workloads, kinds.known, library, days, sold, faults)
    tokens = kinds_sold(sold)
    named = replace(kinds, known={**kinds.known, **tokens}).named(workloads, scenario.regions, faults)
    chips = {name: kind for name, kind in named.items() if name not in tokens}
    check_roadmap(chips, faults)
    words = with_derived_families(scenario.vocabulary, chips, scenario.rules, faults)
    return replace(
        scenario, workloads=workloads, accelerators=named, vocabulary=words, announced=file.accelerators.announced
    )


def _days(scenario: Scenario) -> tuple[date, date] | None:
    """First and last day of the horizon; None where it is none, which is told elsewhere."""
    first = first_period(scenario.horizon)
    try:
        last = first.plus(max(scenario.horizon.periods, 1) - 1).last_day if first else None
    except (ValueError, OverflowError):
        return None
    return (max(scenario.as_of, first.first_day), last) if first and last else None


def _regions(file: ScenarioFile, catalogue: Catalogue, policies: PolicySet, faults: Collector) -> dict[str, Region]:
    own, day, head = file.regions, file.as_of, file.where
    return regions_in_play(file.catalog, own, file.entities, catalogue, policies, day, head, faults)


def _operators_of(regions: Mapping[str, Region], catalogue: Catalogue) -> dict[str, Operator]:
    """The operators whose regions are in play."""
    providers = {region.provider for region in regions.values()}
    return {name: operator for name, operator in sorted(catalogue.operators.items()) if name in providers}


Named = TypeVar("Named", Entity, Dataset, Workload, Users)


def _by_id(things: Iterable[Named], what: str, faults: Collector) -> tuple[Named, ...]:
    """Sorted by id; the same id twice is a fault."""
    seen: dict[str, Named] = {}
    for thing in things:
        if thing.id in seen:
            faults.twice(faults.inside(thing.where, "id"), f"{what} {thing.id!r}", seen[thing.id].where)
        seen.setdefault(thing.id, thing)
    return tuple(seen[key] for key in sorted(seen))


def _solver(written: SolverSettings, settings: Settings) -> SolverSettings:
    gap = written.gap if settings.gap is None else settings.gap
    limit = written.time_limit if settings.time_limit is None else settings.time_limit
    return SolverSettings(gap, limit)


def _rules_in_play(scenario: Scenario, policies: PolicySet, settings: Settings, faults: Collector) -> tuple[Rule, ...]:
    for word in settings.include:
        if word not in set(Status):
            faults.unknown(Where("--include"), "status", word, [s.value for s in Status])
    for rule_id in settings.without:
        if rule_id not in policies.rules:
            faults.unknown(Where("--without"), "rule", rule_id, policies.rules)
    wanted = {Status.ENACTED.value, *settings.include}
    return tuple(
        rule
        for rule_id, rule in sorted(policies.rules.items())
        if rule.status.value in wanted and rule_id not in settings.without
    )
