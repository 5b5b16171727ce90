"""Each code of lint on single rules finds what it should and is silent where it should be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from planner.authoring import lint_rules
from planner.model.calendar import Window
from planner.model.law import Citation, Level, Rule, Status, Then, Verb, When
from planner.rules.require import Require
from tests.authoring.worlds import TODAY, case, rule

DENY, PASS = case("deny", verb="store"), case("not_applicable", verb="store")
MEMORY = (Citation("an act", "memory", TODAY),)


@pytest.mark.parametrize(
    ("check", "wrong", "right"),
    [
        (lint_rules.both_answers, rule(tests=(DENY,)), rule(tests=(DENY, PASS))),
        (lint_rules.both_answers, rule(tests=(PASS,)), rule(then=Then(Require(record=("a log",))), tests=(PASS,))),
        (lint_rules.citations, rule(cites=MEMORY), rule(cites=MEMORY, status=Status.CONTESTED)),
        (lint_rules.citations, rule(cites=()), rule(cites=MEMORY, level=Level.SHOULD)),
        (lint_rules.windows, rule(in_force=(Window(date(2026, 1, 2), date(2026, 1, 1)),)), rule()),
        (
            lint_rules.windows,
            rule(in_force=(Window(date(2025, 1, 1), date(2025, 6, 1)), Window(date(2025, 6, 1)))),
            rule(in_force=(Window(date(2025, 1, 1), date(2025, 6, 1)), Window(date(2025, 6, 2)))),
        ),
        (lint_rules.nexus, rule(When(sector=("bank",), critical=True)), rule(When(subjects_in=("MY",)))),
        (lint_rules.verbs, rule(verbs=(Verb.PROCESS,)), rule(verbs=(Verb.PROCESS, Verb.STORE, Verb.BACKUP))),
        (lint_rules.verbs, rule(verbs=(Verb.STORE,)), rule(verbs=(Verb.ADMINISTER,))),
    ],
)
def test_it_speaks_of_the_wrong_one_and_not_of_the_right_one(check: object, wrong: Rule, right: Rule) -> None:
    assert list(check(wrong))  # type: ignore[operator]
    assert not list(check(right))  # type: ignore[operator]


def test_a_bank_rule_without_nexus_is_an_error_that_says_what_to_name() -> None:
    found = next(iter(lint_rules.nexus(rule(When(sector=("bank",))))))
    assert found.code == "R107"
    assert found.severity == "error"
    assert "regulated_by" in found.message


def test_a_price_eleven_times_the_median_is_a_warning() -> None:
    priced = [
        rule(id=f"r{n}", level=Level.SHOULD, penalty_usd_month=Decimal(p)) for n, p in enumerate((100, 100, 1100))
    ]
    assert [f.about.id for f in lint_rules.penalties(priced)] == ["r2"]
    assert not list(lint_rules.penalties(priced[1:]))
