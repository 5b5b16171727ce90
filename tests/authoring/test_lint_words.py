"""Lists, exemptions, and words that other tools take for booleans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from planner.authoring import lint_words
from planner.authoring.words import Language
from planner.errors import Where
from planner.model.areas import Outline
from planner.model.catalogue import Region
from planner.model.law import Exemption, Then, When
from planner.model.vocabulary import Member, PlaceList
from planner.rules.confine import Confine
from tests.authoring.worlds import LANGUAGE, TODAY, rule

EXEMPTION = Exemption(
    "ex-1", "r", When(), "mitigated", "a letter is on its way", "dpo", date(2026, 11, 1), date(2027, 1, 31), "T-1"
)


def test_a_list_that_is_not_there_and_an_empty_one_are_named() -> None:
    language = Language(LANGUAGE.vocabulary, {"list:old": PlaceList("list:old", (Member("SE", to=date(2020, 1, 1)),))})
    one = rule(then=Then(Confine(("list:none", "list:old", "MY"))))
    found = list(lint_words.lists_and_places([one], language, (), TODAY))
    assert [(f.code, f.severity) for f in found] == [("R108", "error"), ("R108", "warning")]


def test_a_member_that_is_no_place_is_named() -> None:
    language = Language(LANGUAGE.vocabulary, {"list:x": PlaceList("list:x", (Member("ZZ"),))})
    found = list(lint_words.lists_and_places([], language, (), TODAY))
    assert "'ZZ' is no place" in found[0].message


def test_an_empty_list_of_operators_is_named_and_its_members_are_no_places() -> None:
    listed = PlaceList("list:frame", (Member("aws", to=date(2026, 11, 22)),), "operators")
    language = Language(LANGUAGE.vocabulary, {"list:frame": listed})
    one = rule(When(operator=("list:frame",)))
    assert [str(f.severity) for f in lint_words.lists_and_places([one], language, (), TODAY)] == ["warning"]
    assert list(lint_words.lists_and_places([one], language, (), date(2026, 11, 22))) == []


def test_an_area_without_a_region_is_a_warning() -> None:
    one = rule(then=Then(Confine(("area:my-zone",))))
    assert [f.severity for f in lint_words.lists_and_places([one], LANGUAGE, (), TODAY)] == ["warning"]


def square(name: str, west: float, south: float, **more: Any) -> Outline:
    east, north = west + 1, south + 1
    rim = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return Outline(name, ((rim,),), 0.0, **more)


def hall(lat: str, lon: str, **more: Any) -> Region:
    return Region(provider="p", id="hall", lat=Decimal(lat), lon=Decimal(lon), country="MY", zones=(), **more)


@pytest.mark.parametrize(
    ("region", "severity", "says"),
    [
        (hall("50.0", "10.0"), "note", "contains no region of the catalogue"),
        (hall("1.5", "103.5", accuracy_km=Decimal(90)), "note", "though p:hall may lie in it"),
        (hall("103.5", "1.5"), "error", "and p:hall with longitude and latitude exchanged"),
        (hall("1.5", "103.5", located=("port",)), None, ""),
        (hall("1.5", "103.5", areas=("port",)), None, ""),
    ],
)
def test_an_outline_without_a_region_is_told_with_the_regions_that_come_near(
    region: Region, severity: str | None, says: str
) -> None:
    where = Where("areas/my.geojson", 7, 3)
    found = list(lint_words.outlines({"port": square("port", 103, 1, where=where)}, [region]))
    assert [(f.code, f.severity, f.fault.where) for f in found] == ([("R108", severity, where)] if severity else [])
    assert all(says in f.message for f in found)


def test_an_exemption_that_expired_lasts_too_long_or_names_no_rule_is_an_error() -> None:
    expired = replace(EXEMPTION, expires_on=date(2026, 11, 22))
    long = replace(EXEMPTION, expires_on=date(2027, 11, 3))
    year = replace(EXEMPTION, expires_on=date(2027, 11, 2))
    lost = replace(EXEMPTION, rule="other")
    texts = [[f.message for f in lint_words.exemptions([e], {"r": rule()}, TODAY)] for e in (expired, long, year, lost)]
    assert "expired on 2026-11-22" in texts[0][0]
    assert "367 days" in texts[1][0]
    assert texts[2] == []
    assert "'other' is not there" in texts[3][0]


def test_no_without_quotes_is_found_where_it_stands_and_prose_is_not(tmp_path: Path) -> None:
    path = tmp_path / "no.yaml"
    path.write_text("law_of: NO\nquoted: 'NO'\nlist: [SE, NO]\nnote: >-\n  There is\n  no\n  duty, no doubt.\n")
    found = list(lint_words.unquoted(path, "no.yaml"))
    assert [f.fault.where for f in found] == [Where("no.yaml", 1, 9), Where("no.yaml", 3, 12)]
