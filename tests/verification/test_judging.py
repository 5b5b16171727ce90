"""One rule, one case: the examples of the rule language, and what unknown facts do."""

from __future__ import annotations

from datetime import date

import pytest

from planner.model.calendar import Window
from planner.model.law import Citation, Given, Level, PolicyCase, Rule, Then, Unless, Verb, When
from planner.model.vocabulary import Member, PlaceList, Vocabulary
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.verification.judging import Facts, Verdict, judge, judge_case

TODAY = date(2026, 11, 23)
CITES = (Citation("an act", "secondary", TODAY),)
TREE = {"personal": None, "customer-financial": "personal", "government-confidential": None}
VOCABULARY = Vocabulary(data_classes=TREE)
LISTS = {"bloc:NORTH": PlaceList("bloc:NORTH", (Member("SE"), Member("FI", from_=date(2027, 1, 1))))}


def rule(when: When, then: Then, verbs: str = "store process backup", **more: object) -> Rule:
    words = {"in_force": (Window(date(2024, 6, 1)),), "level": Level.MUST, **more}
    return Rule("r", "A rule.", "MY", when=when, then=then, cites=CITES, verbs=tuple(map(Verb, verbs.split())), **words)


GATE = rule(
    When(regulated_by=("BNM",), critical=True, deployment=("public-cloud",)),
    Then(Forbid(("*",)), (Unless(holds=("my-bnm-consulted",)),)),
)
GROUNDS = ("my-tia-similar-law", "my-tia-adequate", "my-consent", "my-bcr", "my-scc")
TRANSFER = rule(
    When(data_class=("personal", "customer-financial"), subjects_in=("MY",)),
    Then(Confine(("MY",)), (Unless(holds=GROUNDS),)),
    "store process backup administer",
    in_force=(Window(date(2025, 4, 1)),),
)
CONFIDENTIAL = rule(
    When(established_in=("MY",), sector=("government",), data_class=("government-confidential",)),
    Then(Confine(("MY",))),
    "store process backup administer",
    in_force=(Window(date(2025, 8, 13)),),
)
PROCESS, STORE, BNM, MY, SG = ("process",), ("store",), ("BNM",), ("MY",), ("SG",)
PERSONAL = {"data_class": ("personal",), "subjects_in": MY}
SECRET = {"established_in": MY, "sector": ("government",), "data_class": ("government-confidential",)}


@pytest.mark.parametrize(
    ("law", "name", "given", "expect"),
    [
        (
            GATE,
            "Johor without consultation is refused",
            Given(verb=PROCESS, located_in=MY, regulated_by=BNM, critical=True),
            "deny",
        ),
        (
            GATE,
            "Singapore with consultation passes this rule",
            Given(verb=PROCESS, located_in=SG, regulated_by=BNM, critical=True, holds=("my-bnm-consulted",)),
            "allow",
        ),
        (
            GATE,
            "the bank's own hall is not public cloud",
            Given(verb=PROCESS, located_in=MY, regulated_by=BNM, critical=True, deployment=("own",)),
            "not_applicable",
        ),
        (
            GATE,
            "a bank in Singapore is under MAS",
            Given(verb=PROCESS, located_in=SG, regulated_by=("MAS",), critical=True),
            "not_applicable",
        ),
        (
            GATE,
            "a marketing site is not critical",
            Given(verb=PROCESS, located_in=SG, regulated_by=BNM, critical=False),
            "not_applicable",
        ),
        (
            GATE,
            "criticality not stated is taken as critical",
            Given(verb=PROCESS, located_in=MY, regulated_by=BNM),
            "deny",
        ),
        (
            TRANSFER,
            "Singapore with an assessment",
            Given(verb=PROCESS, located_in=SG, holds=("my-tia-adequate",), **PERSONAL),
            "allow",
        ),
        (TRANSFER, "Singapore with nothing", Given(verb=PROCESS, located_in=SG, **PERSONAL), "deny"),
        (
            TRANSFER,
            "administration from Hangzhou is a transfer",
            Given(verb=("administer",), located_in=("CN",), **PERSONAL),
            "deny",
        ),
        (CONFIDENTIAL, "Johor", Given(verb=STORE, located_in=MY, **SECRET), "allow"),
        (CONFIDENTIAL, "Singapore", Given(verb=STORE, located_in=SG, **SECRET), "deny"),
    ],
)
def test_the_examples_of_the_rule_language_are_judged_as_written(
    law: Rule, name: str, given: Given, expect: str
) -> None:
    case = PolicyCase(name, given, expect)
    assert judge_case(law, case, TODAY, VOCABULARY, {}).answer == expect


def test_before_the_amendment_the_transfer_rule_is_silent() -> None:
    case = PolicyCase(
        "early", Given(verb=PROCESS, located_in=SG, **PERSONAL), "not_applicable", as_of=date(2025, 3, 31)
    )
    assert judge_case(TRANSFER, case, TODAY, VOCABULARY, {}).answer == "not_applicable"
    later = PolicyCase("first day", case.given, "deny", as_of=date(2025, 4, 1))
    assert judge_case(TRANSFER, later, TODAY, VOCABULARY, {}).answer == "deny"


def test_one_denied_verb_denies_the_case_and_an_allowed_one_outweighs_silence() -> None:
    given = Given(verb=("transit", "process"), located_in=SG, **PERSONAL)
    assert judge_case(TRANSFER, PolicyCase("mixed", given, "deny"), TODAY, VOCABULARY, {}).answer == "deny"
    given = Given(verb=("transit", "process"), located_in=MY, **PERSONAL)
    assert judge_case(TRANSFER, PolicyCase("mixed", given, "allow"), TODAY, VOCABULARY, {}).answer == "allow"
    silent = PolicyCase("silent", Given(verb=("transit",), located_in=MY), "not_applicable")
    assert judge_case(TRANSFER, silent, TODAY, VOCABULARY, {}) == Verdict("not_applicable")


def of(law: Rule, facts: Facts, first: date = TODAY, last: date = TODAY) -> Verdict:
    return judge(law, facts, first, last, VOCABULARY, LISTS, TODAY)


def test_a_denial_names_the_mechanisms_that_would_lift_it() -> None:
    facts = Facts("process", frozenset({"SG"}), items=(("personal", "MY", ()),))
    assert of(TRANSFER, facts) == Verdict("deny", False, GROUNDS)


def test_a_must_rule_bears_on_the_unknown_and_says_so_and_a_should_rule_does_not() -> None:
    facts = Facts("process", frozenset({"SG"}), items=((None, "MY", ()),))
    assert of(TRANSFER, facts).assumed
    soft = rule(TRANSFER.when, TRANSFER.then, level=Level.SHOULD)
    assert of(soft, facts) == Verdict("not_applicable")
    known = Facts("process", frozenset({"SG"}), items=(("personal", "MY", ()),))
    assert of(soft, known).answer == "deny"


def test_an_empty_list_is_a_fact() -> None:
    assert of(GATE, Facts("process", frozenset({"SG"}), regulated_by=(), critical=True)).answer == "not_applicable"
    assert of(TRANSFER, Facts("process", frozenset({"SG"}), items=())).answer == "not_applicable"


def test_a_class_covers_its_descendants_and_one_item_must_meet_class_and_subject_together() -> None:
    personal = rule(When(data_class=("personal",), subjects_in=("MY",)), Then(Confine(("MY",))))
    abroad = frozenset({"SG"})
    assert of(personal, Facts("store", abroad, items=(("customer-financial", "MY", ()),))).answer == "deny"
    apart = (("customer-financial", "SG", ()), ("government-confidential", "MY", ()))
    assert of(personal, Facts("store", abroad, items=apart)).answer == "not_applicable"


def test_lists_of_places_are_read_on_the_day() -> None:
    north = rule(When(subjects_in=("bloc:NORTH",)), Then(Confine(("bloc:NORTH",))))
    items = (("personal", "SE", ()),)
    assert of(north, Facts("store", frozenset({"SE"}), items=items)).answer == "allow"
    assert of(north, Facts("store", frozenset({"FI"}), items=items)).answer == "deny"
    assert of(north, Facts("store", frozenset({"FI"}), items=(("personal", "FI", ()),))).answer == "not_applicable"
    later = date(2027, 1, 1)
    finland = Facts("store", frozenset({"FI"}), items=items)
    assert judge(north, finland, later, later, VOCABULARY, LISTS, later).answer == "allow"


def test_a_destination_on_a_list_lifts_the_rule_and_an_unknown_place_does_not() -> None:
    law = rule(When(), Then(Confine(("MY",)), (Unless(destination_in=("bloc:NORTH",)),)))
    assert of(law, Facts("store", frozenset({"SE"}))).answer == "allow"
    assert of(law, Facts("store", frozenset({"SG"}))) == Verdict("deny")
    assert of(law, Facts("store", None)) == Verdict("deny", assumed=True)


def test_forbid_refuses_the_places_named_and_confine_to_everywhere_refuses_none() -> None:
    law = rule(When(), Then(Forbid(("CN-31", "RU"))))
    assert of(law, Facts("store", frozenset({"CN", "CN-31"}))).answer == "deny"
    assert of(law, Facts("store", frozenset({"CN", "CN-32"}))).answer == "allow"
    assert of(rule(When(), Then(Confine(("*",)))), Facts("store", None)).answer == "allow"


def test_a_case_in_a_subdivision_lies_in_its_country() -> None:
    case = PolicyCase("Johor", Given(verb=STORE, located_in=("MY-01",), **SECRET), "allow")
    assert judge_case(CONFIDENTIAL, case, TODAY, VOCABULARY, {}).answer == "allow"


def test_a_rule_bears_when_one_of_its_windows_touches_the_days() -> None:
    windows = (Window(date(2025, 9, 29), date(2025, 11, 9)), Window(date(2026, 11, 10)))
    law = rule(When(), Then(Forbid(("*",))), in_force=windows)
    facts = Facts("store", frozenset({"MY"}))
    assert of(law, facts, date(2025, 11, 9), date(2025, 12, 31)).answer == "deny"
    assert of(law, facts, date(2025, 11, 10), date(2026, 11, 9)).answer == "not_applicable"
    assert of(law, facts, date(2025, 11, 10), date(2026, 11, 10)).answer == "deny"


def test_an_effect_without_a_scalar_face_is_named_rather_than_passed() -> None:
    with pytest.raises(TypeError, match="object cannot be judged"):
        of(rule(When(), Then(object())), Facts("store", frozenset({"MY"})))
