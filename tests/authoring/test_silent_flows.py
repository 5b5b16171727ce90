"""A flow that takes a class along unsaid is told where a rule keeps its target out of places by that class alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from planner.authoring.silent_flows import find_silent_flows
from planner.cli.main import main
from planner.errors import Where
from planner.model.calendar import Horizon, Window
from planner.model.catalogue import Region, Zone
from planner.model.law import Exemption, Level, Then, Unless, Verb, When
from planner.model.question import (
    Component,
    Dataset,
    DemandPoint,
    Entity,
    Flow,
    Hold,
    Limits,
    Quote,
    SolverSettings,
    Users,
    Workload,
)
from planner.model.scenario import Scenario
from planner.model.vocabulary import Mechanism, Scope, Vocabulary
from planner.reading.library import data_root
from planner.reading.scenarios import read_scenario
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.rules.require import Require
from tests.authoring.worlds import TODAY, rule
from tests.reading.area_world import RULES, area_folder

SG = Region(provider="p", id="sg", lat=Decimal(0), lon=Decimal(1), country="SG", zones=(Zone("z"),))
MY = Region(provider="p", id="my", lat=Decimal(0), lon=Decimal(0), country="MY", zones=(Zone("y"),))


def component(name: str, **more: Any) -> Component:
    return Component(id=f"w/{name}", workload="w", entity="e", **more)


def scenario(*components: Component, flows: tuple[Flow, ...] = (), **more: Any) -> Scenario:
    return Scenario(
        **{
            "name": "s", "question": "?", "sha256": "", "as_of": TODAY, "horizon": Horizon("2026Q4"),
            "entities": (Entity(id="e"),), "datasets": (), "users": (), "regions": (MY, SG), "operators": {},
            "workloads": (Workload(id="w", entity="e", components=components, flows=flows),), "rules": (),
            "vocabulary": Vocabulary(), "lists": {}, "measurements": (), "holds": (), "exemptions": (), "quotes": (),
            "limits": Limits(), "objectives": (), "refused": frozenset(), "solver": SolverSettings(), **more,
        }
    )  # fmt: skip


HOME = Then(Confine(("MY",)))
OF_MY = When(data_class=("personal",), subjects_in=("MY",))
LAW = rule(OF_MY, HOME, id="law", verbs=(Verb.PROCESS,))
WORDS = Vocabulary(
    data_classes={"personal": None, "health": "personal", "public": None, "tokens": None},
    transforms={"tokenise": {"personal": "tokens"}},
    mechanisms={"letter": Mechanism("contract", Scope.ENTITY, id="letter")},
)
BOOK = Dataset(id="book", entity="e", classes=("personal",), subjects=("MY",))
DB = component("db", writes=("book",))


def flow(src: str, dst: str, line: int = 1, **more: Any) -> Flow:
    ends = [name if ":" in name else f"w/{name}" for name in (src, dst)]
    return Flow(from_=ends[0], to=ends[1], where=Where("s.yaml", line, 9), workload="w", **more)


def world(*flows: Flow, components: tuple[Component, ...] = (), **more: Any) -> Scenario:
    """A database of personal data and whatever it feeds; Malaysia and Singapore are open to all of them."""
    settled = {"datasets": (BOOK,), "vocabulary": WORDS, "rules": (LAW,), **more}
    return scenario(DB, component("report"), component("mail"), *components, flows=flows, **settled)


def told(asked: Scenario) -> list[int]:
    """The lines of the flows that are told."""
    return [fault.where.line for fault in find_silent_flows(asked)]


def test_a_flow_that_says_nothing_is_told_with_classes_rule_clause_and_a_way_to_mend_it() -> None:
    (fault,) = find_silent_flows(world(flow("db", "report", 7)))
    assert (fault.where, fault.code, fault.severity) == (Where("s.yaml", 7, 9), "R114", "warning")
    assert fault.message == (
        "the flow from w/db to w/report does not say what it carries, so it takes along personal;"
        " that alone keeps w/report out of p:sg, by law (An Act, s.1)"
    )
    assert fault.hint == (
        "if that is meant, write `carries: [personal]`, else fewer classes or `transform:`; docs/lint/R114.md"
    )


@pytest.mark.parametrize(
    "said",
    [{"carries": ("personal",)}, {"carries": ("public",)}, {"carries": ()}, {"transform": "tokenise"}],
    ids=["the class itself", "another class", "nothing", "a transform"],
)
def test_whatever_the_author_says_of_the_flow_silences_it(said: dict[str, Any]) -> None:
    assert told(world(flow("db", "report", **said))) == []


@pytest.mark.parametrize("key", ["reads", "writes"])
def test_a_component_that_touches_the_data_itself_was_told_of_the_class(key: str) -> None:
    reader = component("reader", **{key: ("book",)})
    assert told(world(flow("db", "reader"), components=(reader,))) == []


def test_what_users_send_was_said_by_them() -> None:
    group = Users(
        id="u", at={}, carries=("personal",), points=(DemandPoint("MY/x", "MY", Decimal(1), Decimal(0), Decimal(0)),)
    )
    asked = world(flow("users:u", "mail"), flow("db", "mail", 2), users=(group,))
    assert told(asked) == []
    assert told(replace(asked, users=(replace(group, carries=("public",)),))) == [2]


def test_a_flow_out_of_a_dataset_is_told_until_the_component_reads_it() -> None:
    asked = world(flow("dataset:book", "mail", 4))
    (fault,) = find_silent_flows(asked)
    assert fault.hint == "if that is meant, write `reads: [book]` on w/mail; docs/lint/R114.md"
    assert told(world(flow("dataset:book", "reader"), components=(component("reader", reads=("book",)),))) == []


@pytest.mark.parametrize(
    "other",
    [
        {"then": Then(Confine(("MY", "SG")))},
        {"then": Then(Confine(("*",)))},
        {"then": Then(Forbid(("CN",)))},
        {"then": Then(Require(isolation="dedicated"))},
        {"verbs": (Verb.STORE, Verb.ADMINISTER)},
        {"level": Level.SHOULD, "penalty_usd_month": Decimal(1)},
        {"in_force": (Window(date(2030, 1, 1)),)},
        {"when": When(data_class=("public",))},
        {"when": When(data_class=("personal",), subjects_in=("SG",))},
        {"when": When(established_in=("MY",))},
    ],
    ids=lambda other: next(iter(other)),
)
def test_where_no_live_hard_rule_confines_the_class_nothing_is_told(other: dict[str, Any]) -> None:
    assert told(world(flow("db", "report"), rules=(replace(LAW, **other),))) == []


def test_a_rule_that_binds_the_target_anyway_is_not_the_flows_doing() -> None:
    chart = Dataset(id="chart", entity="e", classes=("health",), subjects=("MY",))
    clinic = component("clinic", reads=("chart",))
    asked = world(flow("db", "clinic"), components=(clinic,), datasets=(BOOK, chart))
    assert told(asked) == []
    singapores = replace(chart, subjects=("SG",))
    assert told(replace(asked, datasets=(BOOK, singapores))) == [1]


def test_a_rule_of_another_kind_that_shuts_the_region_anyway_leaves_nothing_to_tell() -> None:
    everyone = rule(When(established_in=("MY",)), HOME, id="all", verbs=(Verb.PROCESS,))
    seat = (Entity(id="e", established_in=("MY",)),)
    assert told(world(flow("db", "report"), entities=seat)) == [1]
    assert told(world(flow("db", "report"), entities=seat, rules=(LAW, everyone))) == []


def test_a_region_the_target_cannot_use_leaves_nothing_to_tell() -> None:
    quoted = (Quote("w/report", "p:my", Decimal(1)),)
    assert told(world(flow("db", "report"), quotes=quoted)) == []
    assert told(world(flow("db", "report"), regions=(MY, replace(SG, status="closed")))) == []
    assert told(world(flow("db", "report"), regions=(MY,))) == []


def test_a_held_mechanism_leaves_nothing_to_tell_and_one_to_buy_is_mentioned() -> None:
    gate = replace(LAW, then=replace(HOME, unless=(Unless(holds=("letter",)),)))
    (fault,) = find_silent_flows(world(flow("db", "report"), rules=(gate,)))
    assert "out of p:sg unless a mechanism is held, by law" in fault.message
    assert told(world(flow("db", "report"), rules=(gate,), holds=(Hold("letter", "e"),))) == []


def test_an_exemption_silences_the_rule_and_the_lint() -> None:
    exempt = Exemption("x", "law", When(), "mitigated", "r", "dpo", date(2026, 1, 1), date(2026, 12, 31), "T")
    assert told(world(flow("db", "report"), exemptions=(exempt,))) == []


def test_along_a_chain_the_flow_where_the_class_was_last_said_is_told_once() -> None:
    chain = world(flow("db", "report", 3), flow("report", "mail", 5))
    (fault,) = find_silent_flows(chain)
    assert fault.where.line == 3
    assert "keeps w/mail and w/report out of p:sg" in fault.message
    said_first = world(flow("db", "report", 3, carries=("personal",)), flow("report", "mail", 5))
    assert told(said_first) == [5]


def test_a_chain_in_a_circle_ends() -> None:
    assert told(world(flow("db", "report", 3), flow("report", "mail", 4), flow("mail", "report", 5))) == [3]


def test_a_silent_middle_that_no_rule_binds_does_not_hide_the_flow() -> None:
    critical = replace(LAW, when=replace(OF_MY, critical=True))
    vault = component("vault", critical=True)
    plain = tuple(replace(each, critical=False) for each in (DB, component("relay")))
    asked = scenario(
        *plain, vault, flows=(flow("db", "relay", 3), flow("relay", "vault", 4)),
        datasets=(BOOK,), vocabulary=WORDS, rules=(critical,),
    )  # fmt: skip
    (fault,) = find_silent_flows(asked)
    assert fault.where.line == 3
    assert "keeps w/vault out of p:sg" in fault.message


def test_several_rules_and_classes_of_one_flow_are_one_warning() -> None:
    chart = replace(BOOK, classes=("personal", "health", "public", "tokens"))
    tokens = rule(When(data_class=("tokens",)), HOME, id="more", verbs=(Verb.PROCESS,))
    (fault,) = find_silent_flows(world(flow("db", "report"), datasets=(chart,), rules=(LAW, tokens)))
    assert "takes along health, personal and tokens; " in fault.message
    assert "by law (An Act, s.1) and more (An Act, s.1)" in fault.message


def test_data_without_stated_classes_are_not_a_flows_doing() -> None:
    assert told(world(flow("db", "report"), datasets=(replace(BOOK, classes=None),))) == []
    assert told(world(flow("db", "report"), datasets=(replace(BOOK, subjects=None),))) == [1]


SILENT = """\
scenario: reports
question: Where does the report run?
as_of: 2026-11-23
horizon: {from: 2026Q4, periods: 1}
catalog: {providers: [], places: []}
policies: [law/own.yaml]
entities: [{id: e, established_in: MY}]
datasets: [{id: d, entity: e, classes: [personal], subjects: [MY], size: 1 GB}]
regions:
  - {provider: own, id: my, lat: 1.5000, lon: 103.5000, country: MY, zones: [{id: a}], prices: {storage_gb_month: 0.03, egress_internet_gb: 0.1}}
  - {provider: own, id: sg, lat: 1.3000, lon: 103.8000, country: SG, zones: [{id: b}], prices: {storage_gb_month: 0.03, egress_internet_gb: 0.1}}
workloads:
  - {id: w, entity: e, components: [{id: db, reads: [d]}, {id: report}], flows: [{from: db, to: report, volume: 1 GB/month}]}
quotes:
  - {component: w/db, place: "own:my", cost: 20 USD/month}
  - {component: w/report, place: "own:my", cost: 20 USD/month}
  - {component: w/report, place: "own:sg", cost: 10 USD/month}
objectives: [cost]
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.chdir(tmp_path)
    area_folder(tmp_path, '{"type": "FeatureCollection", "features": []}', RULES)
    (tmp_path / "silent.yaml").write_text(SILENT)

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["planner", "--policies", "policies", *words])
        with pytest.raises(SystemExit) as leaving:
            main()
        return (int(leaving.value.code or 0), *capsys.readouterr())

    return run


def test_check_tells_it_in_every_format_and_plan_on_standard_error(desk: Any) -> None:
    line = "silent.yaml:13:82: warning[R114]: the flow from w/db to w/report does not say what it carries"
    code, out, _ = desk("check", "silent.yaml")
    assert (code, out.startswith(line)) == (0, True)
    assert json.loads(desk("check", "silent.yaml", "--format", "json")[1])["faults"][0]["code"] == "R114"
    assert desk("check", ".", "--format", "github")[1].startswith(
        "::warning file=silent.yaml,line=13,col=82,title=R114::"
    )
    results = json.loads(desk("check", "silent.yaml", "--format", "sarif")[1])["runs"][0]["results"]
    assert [(each["ruleId"], each["level"]) for each in results] == [("R114", "warning")]
    code, out, err = desk("plan", "silent.yaml", "--format", "json")
    assert (code, err.startswith(line), json.loads(out)["status"]) == (0, True, "optimal")


@pytest.mark.parametrize("path", sorted((data_root() / "scenarios").glob("*.yaml")), ids=lambda path: path.name)
def test_the_flows_of_shipped_scenarios_say_what_they_carry(path: Path) -> None:
    assert find_silent_flows(read_scenario(path)) == []


def test_the_wallet_without_its_words_about_two_flows_would_be_told(tmp_path: Path) -> None:
    text = (data_root() / "scenarios" / "tng-ewallet.yaml").read_text()
    (tmp_path / "wallet.yaml").write_text(text.replace("carries: [behavioural], ", ""))
    found = find_silent_flows(read_scenario(tmp_path / "wallet.yaml"))
    assert [fault.message.split(" does not")[0] for fault in found] == [
        "the flow from data/feature-store to discovery/ranker",
        "the flow from data/realtime-warehouse to discovery/ranker",
    ]
    assert all("my-pdpa-s129 (Personal Data Protection Act 2010 (Act 709), s.129" in fault.message for fault in found)
