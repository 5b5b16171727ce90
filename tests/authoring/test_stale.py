"""Citations to check again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.authoring.stale import stale
from tests.authoring.worlds import CITES, rule


def test_only_checks_older_than_the_limit_are_listed_the_oldest_first() -> None:
    old, older, fresh = (
        replace(CITES[0], instrument=n, checked=date(2026, m, 1)) for n, m in (("b", 3), ("a", 1), ("c", 11))
    )
    found = stale([rule(cites=(old, older, fresh))], date(2026, 11, 23), 180)
    assert [(each.cite.instrument, each.days) for each in found] == [("a", 326), ("b", 267)]
    assert stale([rule(cites=(old,))], date(2026, 3, 1), 0) == []
