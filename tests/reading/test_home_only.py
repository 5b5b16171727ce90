"""`default: home_only`: ordinary rules with cases of their own, which only ever take places away."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.authoring.cases import run_cases
from planner.authoring.finding import Finding
from planner.authoring.lint import Linted, lint
from planner.authoring.mutation import mutate
from planner.authoring.words import Language
from planner.candidates.find import find_candidates
from planner.errors import InputFaults, Where
from planner.model.law import Rule
from planner.model.scenario import Scenario
from planner.reading.faults import Collector
from planner.reading.library import Library, data_root
from planner.reading.policies import PolicySet, read_policies
from planner.reading.scenarios import read_scenario

OVERLAY = """\
schema: residency-rules/1
as_of: 2026-11-23
rules: []
default:
  home_only: [personal, secret]
  seats: [MY, SG-01]
  in_force: [{from: 2026-01-01, to: 2026-12-31}, {from: 2028-01-01}]
  cites: [{instrument: Group data standard, at: s. 4, quality: primary, checked: 2026-11-23}]
"""
BY_HAND = """\
schema: residency-rules/1
as_of: 2026-11-23
rules:
  - id: {id}
    title: Written out
    law_of: {seat}
    level: must
    in_force: [{{from: 2026-01-01, to: 2026-12-31}}, {{from: 2028-01-01}}]
    when: {{established_in: [{seat}], data_class: [{data}]}}
    verbs: [store, backup, process, administer]
    then: {{confine: {{in: [{seat}]}}}}
    cites: [{{instrument: Group data standard, at: s. 4, quality: primary, checked: 2026-11-23}}]
"""
WORDS = """\
schema: residency-vocabulary/1
data_classes: {personal: null, health: personal, secret: null, public: null}
"""
SCENARIO = """\
scenario: two-places
question: Where does it go?
as_of: 2026-11-23
horizon: {from: 2026Q4, periods: 1}
catalog: {providers: [], places: []}
policies: [org/group.yaml]
entities: [{id: e, established_in: MY}]
datasets: [{id: d, entity: e, classes: [health]}]
regions:
  - {provider: toy, id: my, lat: 3.1, lon: 101.7, country: MY, admin_sites: [MY], zones: [{id: a}], prices: {storage_gb_month: 1}}
  - {provider: toy, id: sg, lat: 1.3, lon: 103.8, country: SG, admin_sites: [MY], zones: [{id: b}], prices: {storage_gb_month: 1}}
workloads: [{id: w, entity: e, components: [{id: k, reads: [d]}]}]
objectives: [cost]
"""


def policies(at: Path, overlay: str = OVERLAY, folder: str = "org") -> PolicySet:
    """The overlay read by itself."""
    (at / folder).mkdir(exist_ok=True)
    (at / "vocab.yaml").write_text(WORDS)
    (at / folder / "group.yaml").write_text(overlay)
    faults = Collector()
    found = read_policies(Library((), ()), [str(at / folder / "group.yaml")], at, Where("here"), faults)
    faults.raise_errors()
    return found


def world(at: Path, overlay: str = OVERLAY, scenario: str = SCENARIO) -> Scenario:
    policies(at, overlay)
    (at / "regions").mkdir(exist_ok=True)
    (at / "s.yaml").write_text(scenario)
    return read_scenario(at / "s.yaml", library=Library((at / "regions",), (at,)))


def essence(rule: Rule) -> Rule:
    return replace(rule, title="", tests=(), note=None)


def test_a_class_and_a_seat_become_a_rule_like_one_that_is_written_out(tmp_path: Path) -> None:
    found = policies(tmp_path).rules
    assert sorted(found) == [
        f"group-home-only-{data}-{seat}" for data in ("personal", "secret") for seat in ("MY", "SG-01")
    ]
    for name, derived in found.items():
        data, _, seat = name.removeprefix("group-home-only-").partition("-")
        written = policies(tmp_path, BY_HAND.format(id=name, data=data, seat=seat)).rules[name]
        assert essence(derived) == essence(written)
        assert derived.where.line == 5


def test_its_cases_pass_notice_every_slip_and_leave_lint_nothing_to_say(tmp_path: Path) -> None:
    found = policies(tmp_path)
    language = Language(found.vocabulary, found.lists)
    results = run_cases(found.rules.values(), found.vocabulary, found.lists)
    assert len(results) > 40
    assert [str(result) for result in results if not result.passed] == []
    assert [str(s) for mutation in mutate(found.rules.values(), language) for s in mutation.survivors] == []
    said: list[Finding] = lint(Linted(found.rules, language, date(2026, 11, 23)))
    assert [finding.message for finding in said if finding.severity == "error"] == []


def open_cells(of: Scenario) -> set[tuple[str, str]]:
    runs = find_candidates(of).periods[0].runs
    return {(c.id, r.key) for n, c in enumerate(of.components) for m, r in enumerate(of.regions) if runs.allowed[n, m]}


def test_it_keeps_at_home_what_no_rule_speaks_of_and_never_opens_what_a_rule_shuts(tmp_path: Path) -> None:
    free = SCENARIO.replace("policies: [org/group.yaml]", "policies: []")
    assert open_cells(world(tmp_path, scenario=free)) == {("w/k", "toy:my"), ("w/k", "toy:sg")}
    home = world(tmp_path)
    assert open_cells(home) == {("w/k", "toy:my")}
    law = BY_HAND.replace("confine", "forbid").format(id="law", data="health", seat="MY")
    both = OVERLAY.replace("rules: []\n", law.partition("as_of: 2026-11-23\n")[2])
    assert open_cells(world(tmp_path, both)) == set()


def test_a_rule_that_overrides_it_and_an_exemption_name_it_by_its_id(tmp_path: Path) -> None:
    special = BY_HAND.replace("confine: {{in: [{seat}]}}", "require: {{record: [leave of the board]}}")
    special = special.format(id="special", data="health", seat="MY").partition("as_of: 2026-11-23\n")[2]
    special += "    overrides: [group-home-only-personal-MY]\n"
    assert open_cells(world(tmp_path, OVERLAY.replace("rules: []\n", special))) == {("w/k", "toy:my"), ("w/k", "toy:sg")}
    (tmp_path / "exemptions").mkdir()
    (tmp_path / "exemptions" / "x.yaml").write_text(
        "schema: residency-exemptions/1\nexemptions:\n  - {id: x, rule: group-home-only-personal-MY, when: {data_class: [health]},\n"
        "     category: mitigated, reason: masked, approved_by: dpo, approved_on: 2026-11-01, expires_on: 2027-02-01, ticket: T-1}\n"
    )
    assert open_cells(world(tmp_path)) == {("w/k", "toy:my"), ("w/k", "toy:sg")}


@pytest.mark.parametrize(
    ("seat", "cells", "warned"),
    [
        ("MY", {"toy:my"}, 0),
        ("MY-14", {"toy:my"}, 0),
        ("[MY, SG-01]", set(), 0),
        ("TH", {"toy:my", "toy:sg"}, 1),
        ("[]", {"toy:my", "toy:sg"}, 0),
    ],
)
def test_an_entity_is_kept_at_each_of_its_seats_and_one_that_is_seated_elsewhere_is_told_of(
    tmp_path: Path, seat: str, cells: set[str], warned: int
) -> None:
    found = world(tmp_path, scenario=SCENARIO.replace("established_in: MY", f"established_in: {seat}"))
    assert {region for _, region in open_cells(found)} == cells
    told = [fault for fault in found.warnings if "not kept at home" in fault.message]
    assert len(told) == warned
    if told:
        assert (told[0].where.line, told[0].hint) == (7, f"add TH to `seats` at {tmp_path}/org/group.yaml:5")


def test_an_entity_without_a_known_seat_is_kept_at_every_seat_so_nowhere(tmp_path: Path) -> None:
    nowhere = world(tmp_path, scenario=SCENARIO.replace("established_in: MY", "name: Somebody"))
    assert open_cells(nowhere) == set()
    assert nowhere.warnings == ()


def test_the_overlay_of_the_guide_is_four_rules(tmp_path: Path) -> None:
    guide = (data_root() / "docs" / "policy-authoring.md").read_text()
    overlay = next(block for block in re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL) if "home_only" in block)
    (tmp_path / "org").mkdir()
    (tmp_path / "org" / "group.yaml").write_text(overlay)
    faults = Collector()
    found = read_policies(Library.shipped(), [str(tmp_path / "org" / "group.yaml")], tmp_path, Where("here"), faults)
    assert faults.faults == []
    classes = ("source-code", "tenant-confidential")
    assert sorted(found.rules) == [f"group-home-only-{name}-{seat}" for name in classes for seat in ("MY", "SG")]


def test_law_itself_has_no_default(tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match="law has no default"):
        policies(tmp_path, folder="law")


def test_the_same_class_twice_is_the_same_rule_twice(tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match="'group-home-only-secret-MY' is declared twice"):
        policies(tmp_path, OVERLAY.replace("[personal, secret]", "[secret, secret]"))
