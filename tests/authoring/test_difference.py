"""Two sets of rules by meaning: reformatting changes nothing, a lost word has an example."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from planner.authoring.difference import Difference, LawSet, difference
from planner.authoring.words import Language
from planner.model.law import Box, Level, Rule, Status, Then, When
from planner.model.vocabulary import Member, PlaceList
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from tests.authoring.worlds import LANGUAGE, TODAY, case, lifted, rule


def compare(old: tuple[Rule, ...], new: tuple[Rule, ...], later: Language = LANGUAGE) -> Difference:
    before, after = (LawSet({r.id: r for r in side}, words) for side, words in ((old, LANGUAGE), (new, later)))
    return difference(before, after, TODAY)


def turns(found: Difference) -> list[tuple[str, str]]:
    return [(t.was, t.now) for change in found.rules for t in change.turned]


ONE = rule(When(regulated_by=("BNM", "MAS")))


def test_another_title_note_case_and_order_of_words_is_no_difference() -> None:
    same = replace(
        ONE, title="x", note="y", tests=(case("deny", verb="store"),), when=When(regulated_by=("MAS", "BNM")),
        verbs=ONE.verbs[::-1], cites=(),
    )  # fmt: skip
    assert compare((ONE,), (same,)).empty


def test_a_word_that_its_parent_covers_is_no_difference() -> None:
    assert compare((rule(When(data_class=("personal",))),), (rule(When(data_class=("personal", "genes"))),)).empty


def test_a_lost_regulator_turns_a_denial_into_leave_with_a_case() -> None:
    found = compare((ONE,), (replace(ONE, when=When(regulated_by=("BNM",))),))
    assert turns(found) == [("deny", "allow")]
    turned = found.rules[0].turned[0]
    assert turned.case.given.regulated_by == ("MAS",)
    assert str(turned) == "deny → allow: {verb: store, located_in: SG, regulated_by: MAS} on 2026-11-23"


def test_a_higher_head_count_frees_what_lies_between_and_says_how_many() -> None:
    few, many = (rule(When(persons=(f"heads>={n}",))) for n in (10, 100))
    found = compare((few,), (many,))
    assert (
        str(found.rules[0].turned[0])
        == "deny → allow: {verb: store, located_in: SG, persons: {heads: 10}} on 2026-11-23"
    )
    assert len(found.rules[0].turned) == 1


def test_an_operator_who_joins_a_list_changes_the_rules_that_name_it() -> None:
    one = rule(When(not_=Box(operator=("list:frame",))), id="frame")
    joined = replace(LANGUAGE.lists["list:frame"], members=(*LANGUAGE.lists["list:frame"].members, Member("ali")))
    found = compare((one,), (one,), Language(LANGUAGE.vocabulary, {**LANGUAGE.lists, "list:frame": joined}))
    assert turns(found) == [("deny", "allow")]
    assert found.rules[0].turned[0].case.given.operator == ("ali",)


def test_a_new_way_out_turns_a_denial_into_a_purchase() -> None:
    assert turns(compare((ONE,), (replace(ONE, then=Then(ONE.then.effect, lifted("approval"))),))) == [
        ("deny", "needs approval"),
        ("deny", "allow"),
    ]


def test_an_added_and_a_removed_rule_are_named_so() -> None:
    assert [(c.id, c.kind) for c in compare((), (ONE,)).rules] == [("r", "added")]
    assert [(c.id, c.kind) for c in compare((ONE,), ()).rules] == [("r", "removed")]


def test_a_rule_that_another_hides_is_said_to_decide_nothing() -> None:
    strict = rule(id="strict", then=Then(Forbid(("*",))))
    milder = rule(id="mild")
    found = compare((strict, milder), (strict, replace(milder, then=Then(Confine(("MY", "SG"))))))
    assert turns(found) == []
    assert found.rules[0].masked is not None
    assert found.rules[0].masked.was == found.rules[0].masked.now == "deny"


def test_a_list_that_lost_a_member_changes_the_rules_that_name_it() -> None:
    one = rule(then=Then(Confine(("list:far",))))
    later = Language(LANGUAGE.vocabulary, {**LANGUAGE.lists, "list:far": PlaceList("list:far", (Member("NZ"),))})
    found = compare((one, ONE), (one, ONE), later)
    assert [c.id for c in found.rules] == ["r"] or [c.id for c in found.rules] == []
    alone = compare((one,), (one,), later)
    assert turns(alone) == [("allow", "deny")]
    assert alone.rules[0].turned[0].case.given.located_in == ("SE",)


def test_a_window_that_closes_turns_the_days_after_it() -> None:
    closed = replace(ONE, in_force=(replace(ONE.in_force[0], to=date(2026, 12, 31)),))
    turned = compare((ONE,), (closed,)).rules[0].turned[0]
    assert turned.case.as_of == date(2027, 1, 1)


def test_status_level_price_and_mechanisms_are_said_in_words() -> None:
    soft = replace(ONE, level=Level.SHOULD, penalty_usd_month=Decimal(100))
    found = compare((ONE,), (soft,))
    assert found.rules[0].notes == ("level: must → should", "penalty_usd_month: none → 100")
    assert ("deny", "allow for USD 100 a month") in turns(found)
    proposed = compare((ONE,), (replace(ONE, status=Status.PROPOSED),))
    assert proposed.rules[0].notes == ("status: enacted → proposed",)
    assert turns(proposed) == [("deny", "allow")]
    dear = {**LANGUAGE.vocabulary.mechanisms}
    dear["approval"] = replace(dear["approval"], cost_usd=Decimal(9))
    words = Language(replace(LANGUAGE.vocabulary, mechanisms=dear), LANGUAGE.lists)
    assert compare((ONE,), (ONE,), words).others == ("mechanism approval: cost_usd None → 9",)


def test_a_box_with_a_new_not_turns_what_it_takes_away() -> None:
    found = compare(
        (rule(When(data_class=("personal",))),),
        (rule(When(data_class=("personal",), not_=Box(data_class=("health",)))),),
    )
    assert turns(found) == [("deny", "allow")]
    assert found.rules[0].turned[0].case.given.data_class in (("health",), ("genes",))
