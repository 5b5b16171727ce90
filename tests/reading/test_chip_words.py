"""Chip words: a rule may name chips by country and name of the vendor, by fab, and by processing performance."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from planner.errors import InputFaults
from planner.model.accelerators import Accelerator
from planner.reading.chip_words import belonging
from planner.reading.faults import Collector
from planner.reading.library import Library, data_root
from planner.reading.policies import read_policies
from planner.reading.regions import read_catalogue
from planner.reading.scenarios import read_scenario

RULES = """\
schema: residency-rules/1
as_of: 2026-11-23
rules:
  - id: box
    title: A rule that speaks of chips by what they are
    law_of: MY
    level: must
    in_force: [{from: 2025-01-01}]
    when: {chip: ["%s"]}
    verbs: [process]
    then: {forbid: {in: ["*"]}}
    cites: [{instrument: nothing, quality: memory, checked: 2026-11-23}]
    tests: [{name: any, expect: not_applicable, given: {verb: store, located_in: MY}}]
"""
WORLD = """\
scenario: words
question: May it run here?
as_of: 2026-11-23
horizon: {from: 2026Q4, periods: 1}
catalog: {providers: [], places: []}
policies: [rules.yaml]
entities: [{id: e, established_in: MY, sector: retail}]
accelerators:
  kinds:
    - {id: H20, name: mine, vendor: Acme, vendor_in: DE, fab: Intel 18A, tpp: 5000}
    - {id: L4, name: mine, vendor: Acme, vendor_in: DE}
regions:
  - provider: p
    id: r
    lat: 3.1
    lon: 101.7
    country: MY
    zones: [r1]
    prices: {vcpu_hour: 1, memory_gib_hour: 1, accelerator_hour: {H20: 1, L4: 1}}
workloads:
  - {id: w, entity: e, components: [{id: c, accelerators: [{id: H20, units: 8, group: 8}, {id: L4, units: 8, group: 8}]}]}
objectives: [cost]
"""


def kind(**facts: object) -> Accelerator:
    return replace(Accelerator(id="K", name="k", vendor="Acme", vendor_in="DE"), **facts)


@pytest.mark.parametrize(
    ("word", "facts", "expected"),
    [
        ("from:DE", {}, True),
        ("from:US", {}, False),
        ("vendor:Acme", {}, True),
        ("fab:SMIC", {"fab": "SMIC N+2 (+TSMC dies)"}, True),
        ("fab:TSMC", {"fab": "SMIC N+2 (+TSMC dies)"}, True),
        ("fab:TSM", {"fab": "TSMC 4N"}, False),
        ("fab:TSMC", {}, None),
        ("tpp>=4800", {"tpp": Decimal(4800)}, True),
        ("tpp>=4800", {"tpp": Decimal("4799.9")}, False),
        ("tpp>=4800", {}, None),
    ],
)
def test_a_word_looks_at_one_figure_and_knows_when_it_is_unknown(
    word: str, facts: dict[str, object], expected: bool | None
) -> None:
    found = belonging(word)
    assert found is not None
    assert found[1](kind(**facts)) is expected


def test_a_name_of_a_chip_is_no_such_word() -> None:
    assert belonging("H100") is None


def test_the_families_of_the_vocabulary_are_those_of_the_shipped_catalogue() -> None:
    faults = Collector()
    kinds = read_catalogue(Library.shipped(), faults).accelerators
    words = read_policies(Library.shipped(), [], data_root(), faults.find(), faults).vocabulary
    for word, members in words.chip_families.items():
        derived = belonging(word)
        if derived is not None:
            expected = {name for name, each in kinds.items() if derived[1](each)}
            assert expected == set(members) & set(kinds), word


def read(tmp_path: Path, word: str, world: str = WORLD) -> object:
    (tmp_path / "rules.yaml").write_text(RULES % word)
    (tmp_path / "world.yaml").write_text(world)
    return read_scenario(tmp_path / "world.yaml")


@pytest.mark.parametrize(("word", "members"), [("from:CN", set()), ("vendor:Nvidia", set()), ("from:US", set())])
def test_a_kind_that_the_scenario_replaces_leaves_the_families_it_was_in(
    tmp_path: Path, word: str, members: set[str]
) -> None:
    scenario = read(tmp_path, word)
    assert {"H20", "L4"} & set(scenario.vocabulary.chip_families[word]) == members  # type: ignore[attr-defined]


def test_a_figure_that_a_rule_asks_for_and_nobody_knows_is_one_located_fault(tmp_path: Path) -> None:
    with pytest.raises(InputFaults) as raised:
        read(tmp_path, "tpp>=4800")
    assert [(f.where.line, f.code) for f in raised.value.faults] == [(11, "N001")]
    known = WORLD.replace("vendor_in: DE}", "vendor_in: DE, tpp: 1}")
    scenario = read(tmp_path, "tpp>=4800", known)
    assert {"H20", "L4"} & set(scenario.vocabulary.chip_families["tpp>=4800"]) == {"H20"}  # type: ignore[attr-defined]
