"""A scenario of two regions and one dataset under a folder of policies, written out in full."""

from __future__ import annotations

from pathlib import Path

from planner.model.scenario import Scenario
from planner.reading.library import Library
from planner.reading.scenarios import read_scenario
from tests.authoring.worlds import VOCABULARY_TEXT, policy_folder

SCENARIO = """\
scenario: two-places
question: Where does a small bank keep its book?
as_of: 2026-11-23
horizon: {from: 2026Q4, periods: 1}
catalog: {providers: [], places: []}
policies: [law]
entities: [{id: bank, established_in: MY, sector: bank, regulated_by: [BNM]}]
datasets:
  - {id: book, entity: bank, classes: [personal], subjects: [MY, SG], size: 1 TB, copies: [{role: primary}]}
regions:
  - {provider: toy, id: my, lat: 3.1, lon: 101.7, country: MY, zones: [{id: my-a}], prices: {storage_gb_month: 0.03, egress_internet_gb: 0.1}}
  - {provider: toy, id: sg, lat: 1.3, lon: 103.8, country: SG, zones: [{id: sg-a}], prices: {storage_gb_month: 0.02, egress_internet_gb: 0.1}}
workloads:
  - {id: w, entity: bank, components: [{id: db, critical: true, writes: [book], replicas: {count: 1}, per_replica: {vcpu: 1}}]}
quotes:
  - {component: w/db, place: "toy:my", cost: 30 USD/month}
  - {component: w/db, place: "toy:sg", cost: 20 USD/month}
objectives: [cost]
solver: {gap: 0 %}
"""


def library(at: Path, rules: str, words: str = VOCABULARY_TEXT) -> Library:
    """A library with no shipped regions and the rules given."""
    (at / "regions").mkdir(exist_ok=True, parents=True)
    return Library((at / "regions",), (policy_folder(at / "policies", rules, words),))


def scenario(at: Path, rules: str, words: str = VOCABULARY_TEXT, persons: str = "") -> Scenario:
    """The small bank under these rules; `persons` are the head counts of its book."""
    shelf = library(at, rules, words)
    (at / "small.yaml").write_text(
        SCENARIO.replace("subjects: [MY, SG],", f"subjects: [MY, SG], persons: {{{persons}}},")
    )
    return read_scenario(at / "small.yaml", library=shelf)
