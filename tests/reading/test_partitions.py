"""A dataset split by its subjects: one set of copies each, so that two laws need not cage one dataset."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from planner.errors import InputFaults, NoLawfulPlan
from planner.model.question import Dataset
from planner.planning import plan
from planner.reading.faults import Collector
from planner.reading.partitions import split_datasets
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings

CAGES = """
schema: residency-rules/1
as_of: 2026-11-23
rules:
  - {id: my-cage, title: Malaysian data stays, law_of: MY, level: must, in_force: [{from: 2020-01-01}],
     when: {subjects_in: [MY]}, verbs: [store], then: {confine: {in: [MY]}}, cites: [{instrument: t, quality: primary, checked: 2026-11-23}]}
  - {id: id-cage, title: Indonesian data stays, law_of: ID, level: must, in_force: [{from: 2020-01-01}],
     when: {subjects_in: [ID]}, verbs: [store], then: {confine: {in: [ID]}}, cites: [{instrument: t, quality: primary, checked: 2026-11-23}]}
"""
TWO_LAWS = """
scenario: two-laws
question: Where do customers of two countries rest?
as_of: 2026-11-23
horizon: {from: 2026Q4, periods: 1}
catalog: {providers: [], places: []}
policies: [cages.yaml]
entities: [{id: e, established_in: MY}]
regions:
  - {provider: p, id: kl, lat: 3.1, lon: 101.7, country: MY, zones: [{id: k}], prices: {storage_gb_month: 0.02, egress_internet_gb: 0.1}}
  - {provider: p, id: jk, lat: -6.2, lon: 106.8, country: ID, zones: [{id: j}], prices: {storage_gb_month: 0.03, egress_internet_gb: 0.1}}
datasets:
  - {id: d, entity: e, classes: [personal], subjects: [MY, ID], size: 100 GB, partition_by: subjects, shares: {MY: 75 %, ID: 25 %}}
workloads:
  - id: w
    entity: e
    components: [{id: c, writes: [d]}]
    flows: [{from: c, to: "dataset:d", volume: 40 GB/month}]
quotes: [{component: w/c, place: "p:kl", cost: 1 USD/month}]
objectives: [cost]
"""


def test_each_part_keeps_the_head_counts_of_the_whole() -> None:
    # splitting to stay under a step is what laws forbid
    shares = {"MY": Decimal("0.75"), "ID": Decimal("0.25")}
    whole = Dataset(id="d", entity="e", subjects=("MY", "ID"), persons={"heads": 1000}, partition_by="subjects", shares=shares)
    parts, _ = split_datasets([whole], Collector())
    assert [(part.id, part.persons) for part in parts] == [("d@ID", {"heads": 1000}), ("d@MY", {"heads": 1000})]


@pytest.fixture
def two_laws(tmp_path: Path) -> Path:
    (tmp_path / "cages.yaml").write_text(CAGES)
    path = tmp_path / "two-laws.yaml"
    path.write_text(TWO_LAWS)
    return path


def test_each_part_rests_where_its_law_wants_it(two_laws: Path) -> None:
    found = plan(read_scenario(two_laws)).plan
    assert {(c.dataset, c.region) for c in found.copies} == {("d@ID", "p:jk"), ("d@MY", "p:kl")}
    # 75 GB x 0.02 + 25 GB x 0.03 + a quarter of 40 GB over the border at 0.1 + the quote of 1
    assert found.total_usd == Decimal("1.5") + Decimal("0.75") + Decimal("1") + Decimal("1")


def test_as_one_dataset_the_two_cages_contradict(two_laws: Path) -> None:
    whole = Settings(values={"datasets.d.partition_by": "null"})
    with pytest.raises(NoLawfulPlan):
        plan(read_scenario(two_laws, settings=whole))


def test_shares_that_do_not_sum_to_one_are_a_fault(two_laws: Path) -> None:
    with pytest.raises(InputFaults, match="sum to 100 %"):
        read_scenario(two_laws, settings=Settings(values={"datasets.d.shares.ID": "'30 %'"}))
