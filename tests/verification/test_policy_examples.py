"""The three worked files of the rule language: fifteen rules and their cases, one verb at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planner.model.calendar import Window
from planner.model.law import Citation, Given, Level, PolicyCase, Rule, Status, Then, Unless, Verb, When
from planner.model.vocabulary import Mechanism, Member, PlaceList, Scope, Vocabulary
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.rules.require import LocalCopy, Require
from planner.verification.judging import judge_case

TODAY = date(2026, 11, 23)
CITES = (Citation("an act", "secondary", TODAY),)
CHIP_RULE = ("3A090.a", "4A090.a")
VOCABULARY = Vocabulary(
    data_classes={"personal": None, "customer-financial": "personal"},
    mechanisms={
        "th-no-third-party-access": Mechanism("technical", Scope.DESTINATION, holds_if={"keys": "customer_held"}),
    },
)
LISTS = {"list:us-d5": PlaceList("list:us-d5", tuple(map(Member, ("BY", "CN", "KH", "RU", "VE"))))}


def windows(*days: str) -> tuple[Window, ...]:
    ends = [day.partition("/")[::2] for day in days]
    return tuple(Window(date.fromisoformat(a), date.fromisoformat(b) if b else None) for a, b in ends)


def rule(name: str, verbs: str, when: When, then: Then, *days: str, **more: object) -> Rule:
    level = Level.SHOULD if "penalty_usd_month" in more else Level.MUST
    verbs_ = tuple(map(Verb, verbs.split()))
    return Rule(name, "A title.", name[:2].upper(), level, windows(*days), when, verbs_, then, CITES, **more)


def held(*names: str) -> tuple[Unless, ...]:
    return (Unless(holds=names),)


BNM, KR, RBI, OJK = ("BNM",), ("KR-FSC",), ("RBI",), ("OJK",)
STORED, ALL = "store process backup", "store process backup administer"
RULES = {
    r.id: r
    for r in (
        rule(
            "my-rmit-cloud-gate", STORED, When(regulated_by=BNM, critical=True, deployment=("public-cloud",)),
            Then(Forbid(("*",)), held("my-bnm-consulted")), "2024-06-01",
        ),
        rule(
            "my-rmit-keys", "store backup", When(regulated_by=BNM, data_class=("customer-financial",)),
            Then(Require(keys="customer_held")), "2025-11-28",
        ),
        rule(
            "my-pdpa-s129", ALL, When(data_class=("personal", "customer-financial"), subjects_in=("MY",)),
            Then(Confine(("MY",)), held("my-tia-similar-law", "my-tia-adequate", "my-consent", "my-bcr", "my-scc")),
            "2025-04-01",
        ),
        rule(
            "my-nccp-confidential", ALL,
            When(established_in=("MY",), sector=("government",), data_class=("government-confidential",)),
            Then(Confine(("MY",))), "2025-08-13",
        ),
        rule(
            "in-rbi-payment-store", "store backup", When(regulated_by=RBI, data_class=("payment-transaction",)),
            Then(Confine(("IN",))), "2018-10-15",
        ),
        rule(
            "in-rbi-payment-process", "process", When(regulated_by=RBI, data_class=("payment-transaction",)),
            Then(Confine(("IN",)), held("in-delete-abroad-24h")), "2019-06-26",
        ),
        rule(
            "vn-d53-local-copy", "store",
            When(None, ("VN",), data_class=("personal", "user-generated", "social-graph"), subjects_in=("VN",)),
            Then(Require(local_copy=LocalCopy(("VN",)), record=("retain at least 24 months",))), "2022-10-01",
        ),
        rule(
            "id-pojk11-onshore", STORED, When(regulated_by=OJK, sector=("bank",)),
            Then(Confine(("ID",)), held("id-ojk-offshore-approval")), "2022-10-07",
        ),
        rule(
            "kr-efsr-onshore-cloud", ALL, When(regulated_by=KR, data_class=("personal-credit", "unique-identifier")),
            Then(Confine(("KR",))), "2019-01-01",
        ),
        rule(
            "th-pdpa-s28", ALL, When(data_class=("personal",), subjects_in=("TH",)),
            Then(
                Confine(("TH",)),
                held("th-no-third-party-access", "th-scc", "th-bcr", "th-consent", "th-contract-necessity"),
            ),
            "2024-03-24",
        ),
        rule(
            "us-ear-adv-compute-destination", "install", When(chip_control=CHIP_RULE),
            Then(Forbid(("list:us-d5", "MO")), held("us-bis-licence")), "2022-10-21",
        ),
        rule(
            "us-ear-adv-compute-headquarters", "install",
            When(chip_control=CHIP_RULE, operator_parent_in=("list:us-d5", "MO")),
            Then(Forbid(("*",)), held("us-bis-licence")), "2023-11-17",
        ),
        rule(
            "us-ear-affiliates-50", "install",
            When(chip_control=(*CHIP_RULE, "other-ear"), operator_entity_listed=True),
            Then(Forbid(("*",)), held("us-bis-licence")), "2025-09-29/2025-11-09", "2026-11-10",
        ),
        rule(
            "us-gp10-ascend", "install process", When(chip=("Ascend-910B", "Ascend-910C", "Ascend-910D")),
            Then(Forbid(("*",)), held("us-bis-licence")), "2025-05-13",
            penalty_usd_month=Decimal(250_000), status=Status.CONTESTED,
        ),
        rule(
            "cn-state-funded-domestic-chips", "install",
            When(chip=("H20", "H100", "H200", "MI300X", "B200"), zone_funding=("state",)),
            Then(Forbid(("CN",))), "2025-11-05", status=Status.CONTESTED,
        ),
    )
}  # fmt: skip


def given(verbs: str, place: str, **facts: object) -> Given:
    words = {key: (value,) if isinstance(value, str) and key != "keys" else value for key, value in facts.items()}
    return Given(verb=tuple(verbs.split()), located_in=(place,), **words)


MONEY = {"regulated_by": "BNM", "data_class": "customer-financial"}
MALAYSIAN, THAI = ({"data_class": "personal", "subjects_in": code} for code in ("MY", "TH"))
SECRET = {"established_in": "MY", "sector": "government", "data_class": "government-confidential"}
PAYMENT = {"regulated_by": "RBI", "data_class": "payment-transaction"}
VIETNAMESE = {"established_in": "VN", "data_class": "personal", "subjects_in": "VN"}
BANK = {"regulated_by": "OJK", "sector": "bank"}
CREDIT = {"regulated_by": "KR-FSC", "data_class": "personal-credit"}
H100 = {"chip": "H100", "chip_control": "3A090.a"}
CASES: dict[str, list[tuple[str, str, Given] | tuple[str, str, Given, date]]] = {
    "my-rmit-cloud-gate": [
        ("Johor without consultation is refused", "deny", given("process", "MY", regulated_by="BNM", critical=True)),
        ("Singapore with consultation passes THIS rule", "allow",
         given("process", "SG", regulated_by="BNM", critical=True, holds="my-bnm-consulted")),
        ("the bank's own hall is not public cloud", "not_applicable",
         given("process", "MY", regulated_by="BNM", critical=True, deployment="own")),
        ("OCBC Singapore is under MAS not BNM", "not_applicable",
         given("process", "SG", regulated_by="MAS", critical=True)),
        ("a marketing site is not a critical system", "not_applicable",
         given("process", "SG", regulated_by="BNM", critical=False)),
        ("criticality not stated", "deny", given("process", "MY", regulated_by="BNM")),
    ],
    "my-rmit-keys": [
        ("provider-held keys refused", "deny", given("store", "MY", **MONEY, keys="provider_held")),
        ("own HSM passes", "allow", given("store", "MY", **MONEY, keys="customer_held")),
    ],
    "my-pdpa-s129": [
        ("Singapore with an assessment", "allow", given("process", "SG", **MALAYSIAN, holds="my-tia-adequate")),
        ("Singapore with nothing", "deny", given("process", "SG", **MALAYSIAN)),
        ("remote administration from Hangzhou", "deny", given("administer", "CN", **MALAYSIAN)),
        ("before the amendment", "not_applicable", given("process", "SG", **MALAYSIAN), date(2025, 3, 31)),
    ],
    "my-nccp-confidential": [
        ("Johor", "allow", given("store", "MY", **SECRET)),
        ("Singapore", "deny", given("store", "SG", **SECRET)),
    ],
    "in-rbi-payment-store": [
        ("Mumbai", "allow", given("store", "IN", **PAYMENT)),
        ("Singapore replica", "deny", given("backup", "SG", **PAYMENT)),
    ],
    "in-rbi-payment-process": [
        ("fraud scoring in Singapore with wipe", "allow",
         given("process", "SG", **PAYMENT, holds="in-delete-abroad-24h")),
        ("model training in Singapore keeps the data", "deny", given("process", "SG", **PAYMENT)),
    ],
    "vn-d53-local-copy": [
        ("Singapore master with Hanoi replica", "allow", given("store", "SG", **VIETNAMESE, copies_in=("SG", "VN"))),
        ("Singapore only", "deny", given("store", "SG", **VIETNAMESE, copies_in=("SG",))),
    ],
    "id-pojk11-onshore": [
        ("DR in Batam", "allow", given("backup", "ID", **BANK)),
        ("DR in Johor", "deny", given("backup", "MY", **BANK)),
        ("group AML system in Singapore with OJK approval", "allow",
         given("process", "SG", **BANK, holds="id-ojk-offshore-approval")),
    ],
    "kr-efsr-onshore-cloud": [
        ("Seoul", "allow", given(ALL, "KR", **CREDIT)),
        ("Seoul compute run from a Singapore control plane", "deny", given(ALL, "SG", **CREDIT)),
        ("public web site", "not_applicable", given("administer", "SG", regulated_by="KR-FSC", data_class="public")),
    ],
    "th-pdpa-s28": [
        ("encrypted archive in Singapore with customer keys", "allow",
         given("store backup", "SG", **THAI, holds="th-no-third-party-access")),
        ("inference in Singapore with nothing", "deny", given(ALL, "SG", **THAI)),
        ("transit through Singapore", "not_applicable", given("transit", "SG", **THAI)),
    ],
    "us-ear-adv-compute-destination": [
        ("H100 in Hangzhou", "deny", given("install", "CN", **H100)),
        ("H200 in Hangzhou under a licence", "allow",
         given("install", "CN", chip="H200", chip_control="3A090.a", holds="us-bis-licence")),
        ("H100 in Johor passes THIS rule", "allow", given("install", "MY", **H100)),
    ],
    "us-ear-adv-compute-headquarters": [
        ("Hangzhou parent in Johor", "deny", given("install", "MY", **H100, operator_parent_in="CN")),
        ("Malaysian parent in Johor", "not_applicable", given("install", "MY", **H100, operator_parent_in="MY")),
        ("parent unknown", "deny", given("install", "MY", **H100)),
    ],
    "us-ear-affiliates-50": [
        ("during the suspension", "not_applicable",
         given("install", "SG", chip_control="other-ear", operator_entity_listed=True), date(2026, 6, 1)),
        ("before it", "deny",
         given("install", "SG", chip_control="other-ear", operator_entity_listed=True), date(2025, 10, 15)),
    ],
    "us-gp10-ascend": [
        ("Ascend in Johor is priced", "deny", given("install", "MY", chip="Ascend-910C")),
        ("H20 is not touched", "not_applicable", given("install", "MY", chip="H20")),
    ],
    "cn-state-funded-domestic-chips": [
        ("H20 in a state-funded hall", "deny", given("install", "CN", chip="H20", zone_funding="state")),
        ("H20 in a private hall", "not_applicable", given("install", "CN", chip="H20", zone_funding="private")),
    ],
}  # fmt: skip
WHOLE = [(law, PolicyCase(c[0], c[2], c[1], *c[3:])) for law, cases in CASES.items() for c in cases]
SINGLE = [
    (law, PolicyCase(case.name, replace(case.given, verb=(verb,)), case.expect, case.as_of))
    for law, case in WHOLE
    for verb in case.given.verb
]


@pytest.mark.parametrize(("law", "case"), SINGLE, ids=[f"{law}: {c.name}: {c.given.verb[0]}" for law, c in SINGLE])
def test_every_worked_case_is_judged_as_its_author_expects_verb_by_verb(law: str, case: PolicyCase) -> None:
    assert judge_case(RULES[law], case, TODAY, VOCABULARY, LISTS).answer == case.expect


@pytest.mark.parametrize(("law", "case"), WHOLE, ids=[f"{law}: {case.name}" for law, case in WHOLE])
def test_every_worked_case_is_judged_as_its_author_expects_with_all_its_verbs(law: str, case: PolicyCase) -> None:
    assert judge_case(RULES[law], case, TODAY, VOCABULARY, LISTS).answer == case.expect


def test_the_three_files_hold_fifteen_rules_and_fifty_one_single_cases() -> None:
    assert (len(RULES), len(SINGLE)) == (15, 51)


def test_the_affiliates_rule_binds_on_the_edges_of_its_windows_and_not_in_the_gap() -> None:
    law, case = RULES["us-ear-affiliates-50"], next(c for name, c in WHOLE if name == "us-ear-affiliates-50")
    days = {"2025-09-28": 0, "2025-09-29": 1, "2025-11-09": 1, "2025-11-10": 0, "2026-11-09": 0, "2026-11-10": 1}
    for day, binds in days.items():
        dated = PolicyCase(case.name, case.given, "deny", date.fromisoformat(day))
        assert (judge_case(law, dated, TODAY, VOCABULARY, LISTS).answer == "deny") is bool(binds)


def test_an_unknown_parent_is_said_to_be_assumed() -> None:
    case = PolicyCase("unknown", given("install", "MY", **H100), "deny")
    verdict = judge_case(RULES["us-ear-adv-compute-headquarters"], case, TODAY, VOCABULARY, LISTS)
    assert verdict.assumed
    assert verdict.lifts == ("us-bis-licence",)


def test_keys_held_by_the_customer_fulfil_a_technical_mechanism_without_naming_it() -> None:
    for keys, expect in (("customer_held", "allow"), ("independent_custodian", "allow"), ("provider_held", "deny")):
        case = PolicyCase("archive", given("store backup", "SG", **THAI, keys=keys), expect)
        assert judge_case(RULES["th-pdpa-s28"], case, TODAY, VOCABULARY, LISTS).answer == expect
