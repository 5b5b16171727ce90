"""Laws that hold for every rule set and every case: order, narrowing, expiry, and the three values."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.calendar import Window
from planner.model.law import Box, Exemption, Level, Rule, Then, Unless, Verb, When
from planner.model.vocabulary import Member, PlaceList, Vocabulary
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.rules.require import LocalCopy, Require
from planner.verification.facts import Facts
from planner.verification.judging import Verdict, judge, judge_set

FIRST, LAST = date(2026, 11, 23), date(2026, 12, 31)
VOCABULARY = Vocabulary(data_classes={"a": None, "b": "a", "c": None}, isolation=("weak", "strong"))
LISTS = {"list:two": PlaceList("list:two", (Member("SG"), Member("TH", from_=date(2027, 1, 1))))}
WORDS, PLACES = ("p", "q"), ("MY", "SG", "MY-01")
NAMED = st.lists(st.sampled_from((*PLACES, "list:two", "*")), min_size=1, max_size=2).map(tuple)
VERBS = st.lists(st.sampled_from(list(Verb)), min_size=1, max_size=4, unique=True).map(tuple)
DAYS = st.dates(FIRST - timedelta(60), LAST + timedelta(60))


def sometimes(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.one_of(st.none(), strategy)


def some(words: tuple[str, ...]) -> st.SearchStrategy:
    return st.lists(st.sampled_from(words), max_size=2, unique=True).map(tuple)


PLAIN = dict.fromkeys(
    ("regulated_by", "sector", "purpose", "deployment", "operator", "zone_funding", "chip", "chip_control")
)
COUNTS = st.dictionaries(st.sampled_from(("heads", "wards")), st.integers(0, 4)).map(
    lambda counts: tuple(sorted(counts.items()))
)
ITEMS = st.lists(st.tuples(sometimes(st.sampled_from("abc")), sometimes(st.sampled_from(PLACES)), COUNTS), max_size=3)
FACTS = st.builds(
    Facts, verb=st.sampled_from([verb.value for verb in Verb]), places=sometimes(some(PLACES).map(frozenset)),
    **{key: sometimes(some(WORDS)) for key in PLAIN},
    **{key: sometimes(some(PLACES)) for key in ("established_in", "operator_parent_in", "sites")},
    critical=sometimes(st.booleans()), operator_entity_listed=sometimes(st.booleans()),
    items=ITEMS.map(tuple),
    holds=some(("m", "n")).map(frozenset), isolation=sometimes(some(("weak", "strong"))),
    keys=sometimes(st.sampled_from(("customer_held", "independent_custodian", "provider_held"))),
    copies_in=sometimes(some(PLACES).map(frozenset)), copies_apart_km=sometimes(st.integers(-1, 3).map(Decimal)),
)  # fmt: skip


def boxes(kind: type[Box], **more: st.SearchStrategy) -> st.SearchStrategy:
    keys = {key: st.one_of(st.none(), st.none(), some(WORDS)) for key in PLAIN}
    places = ("established_in", "located_in", "operator_parent_in", "subjects_in")
    return st.builds(
        kind, **keys, **{key: st.one_of(st.none(), st.none(), NAMED) for key in places},
        data_class=st.one_of(st.none(), some(("a", "b", "c"))),
        persons=st.one_of(st.none(), st.none(), some(("heads>=2", "heads<2", "wards>=3"))), critical=sometimes(st.booleans()),
        operator_entity_listed=sometimes(st.booleans()), **more,
    )  # fmt: skip


BOXES = boxes(When, not_=sometimes(boxes(Box)))
WAYS = st.lists(
    st.one_of(st.builds(Unless, holds=some(("m", "n"))), st.builds(Unless, destination_in=NAMED)), max_size=2
).map(tuple)
EFFECTS = st.one_of(
    st.builds(Confine, NAMED), st.builds(Forbid, NAMED),
    st.builds(
        Require, sometimes(st.builds(LocalCopy, NAMED)), sometimes(st.integers(0, 3).map(Decimal)),
        sometimes(st.sampled_from(("weak", "strong"))), sometimes(st.just("customer_held")),
    ),
)  # fmt: skip


def make_rules(names: str, levels: tuple[Level, ...] = tuple(Level), overriding: bool = True) -> st.SearchStrategy:
    return st.builds(
        Rule, st.sampled_from(names), st.just("A."), st.just("MY"), st.sampled_from(levels),
        st.tuples(st.builds(Window, DAYS, st.none())), BOXES, VERBS, st.builds(Then, EFFECTS, WAYS), st.just(()),
        overrides=some(tuple("rst")) if overriding else st.just(()),
    )  # fmt: skip


SETS = st.lists(make_rules("rst"), max_size=3, unique_by=lambda rule: rule.id)
EXEMPTIONS = st.lists(
    st.builds(
        Exemption, st.sampled_from("xyz"), st.sampled_from("rst"), BOXES, st.just("mitigated"), st.just("why"),
        st.just("dpo"), DAYS, DAYS, st.just("T"),
    ),
    max_size=2, unique_by=lambda exemption: exemption.id,
)  # fmt: skip


def verdicts(rules: list[Rule], exemptions: list[Exemption], facts: Facts) -> tuple[tuple[str, Verdict], ...]:
    return judge_set(rules, exemptions, facts, FIRST, LAST, VOCABULARY, LISTS, FIRST)


def denied(rules: list[Rule], exemptions: list[Exemption], facts: Facts) -> set[str]:
    """The must-rules of a set that refuse the case."""
    musts = {rule.id for rule in rules if rule.level == Level.MUST}
    return {name for name, verdict in verdicts(rules, exemptions, facts) if verdict.answer == "deny" and name in musts}


@given(SETS, EXEMPTIONS, FACTS, st.randoms(use_true_random=False))
def test_the_order_of_rules_and_exemptions_never_matters(rules, exemptions, facts, random) -> None:
    expected = verdicts(rules, exemptions, facts)
    random.shuffle(rules)
    random.shuffle(exemptions)
    assert verdicts(rules, exemptions, facts) == expected


@given(SETS, EXEMPTIONS, FACTS, make_rules("new", (Level.MUST,), overriding=False))
def test_one_more_must_rule_without_overrides_never_lifts_a_denial(rules, exemptions, facts, new) -> None:
    before, after = denied(rules, exemptions, facts), denied([*rules, new], exemptions, facts)
    assert before <= after


@given(SETS, EXEMPTIONS, FACTS, EXEMPTIONS, st.booleans())
def test_an_exemption_that_does_not_cover_all_days_changes_nothing(rules, exemptions, facts, others, late) -> None:
    shut = {"expires_on": LAST - timedelta(1)} if late else {"approved_on": FIRST + timedelta(1)}
    useless = [replace(exemption, **shut) for exemption in others]
    assert verdicts(rules, [*exemptions, *useless], facts) == verdicts(rules, exemptions, facts)


@given(SETS, FACTS, st.sampled_from([f.name for f in fields(Facts) if f.name not in ("verb", "holds", "items")]))
def test_a_fact_made_unknown_never_turns_a_denial_of_a_must_rule(rules, facts, key) -> None:
    assert denied(rules, [], facts) <= denied(rules, [], replace(facts, **{key: None}))


@given(SETS, FACTS, st.integers(0, 2), st.integers(0, 2))
def test_a_part_of_an_item_made_unknown_never_turns_a_denial_of_a_must_rule(rules, facts, index, part) -> None:
    items = list(facts.items)
    if index < len(items):
        unknown = (None, None, ())[part]
        items[index] = (*items[index][:part], unknown, *items[index][part + 1 :])
    assert denied(rules, [], facts) <= denied(rules, [], replace(facts, items=tuple(items)))


@given(make_rules("r"), FACTS)
def test_a_should_rule_bears_only_where_the_must_rule_bears_for_certain(rule, facts) -> None:
    def of(level: Level) -> Verdict:
        law = replace(rule, level=level)
        return judge(law, facts, FIRST, LAST, VOCABULARY, LISTS, FIRST)

    hard, soft = of(Level.MUST), of(Level.SHOULD)
    assert soft in (hard, Verdict("not_applicable"))
    assert soft == hard or hard.assumed


@settings(max_examples=300)
@given(boxes(Box), FACTS)
def test_subtracting_a_box_from_itself_leaves_nothing_certain(box, facts) -> None:
    subtracted = When(**{f.name: getattr(box, f.name) for f in fields(Box)}, not_=box)
    law = Rule(
        "r", "A.", "MY", Level.SHOULD, (Window(FIRST),), subtracted,
        tuple(Verb), Then(Forbid(("*",))), (),
    )  # fmt: skip
    assert judge(law, facts, FIRST, LAST, VOCABULARY, LISTS, FIRST).answer == "not_applicable"
