"""Layout: the usual order, comments kept, nothing said otherwise, and a second run changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.authoring.flow_spacing import space_flows
from planner.authoring.layout import RULE_ORDER, laid_out, rule_files
from planner.reading.library import data_root
from planner.reading.yaml_files import parse_document
from tests.authoring.worlds import RULE_TEXT

SHIPPED = sorted((data_root() / "policies" / "law").glob("*.yaml"))

MESSY = """\
# head
schema: residency-rules/1
as_of: 2026-11-23
rules:
  # of the first rule
  - title: One   # said in a word
    id: my-one

    # why this day
    in_force: [ {from: 2025-01-01} ]
    law_of: MY
    when:
      # the licence
      critical: true
      operator: [aws]
      persons: ["cn-persons>=100000"]
      regulated_by: [BNM,MAS]   # both
    level: must
    then: { confine: {in: [ MY ]} }
    note: |
      # not a comment
      [ a,b ]
    verbs: [store]
  - {id: two, title: 'It''s [ two,2 ]', law_of: MY}


"""

TIDY = """\
# head
schema: residency-rules/1
as_of: 2026-11-23
rules:
  # of the first rule
  - id: my-one
    title: One   # said in a word
    law_of: MY
    level: must
    # why this day
    in_force: [{from: 2025-01-01}]
    when:
      regulated_by: [BNM, MAS]   # both
      persons: ["cn-persons>=100000"]
      # the licence
      critical: true
      operator: [aws]
    verbs: [store]
    then: {confine: {in: [MY]}}
    note: |
      # not a comment
      [ a,b ]

  - {id: two, title: 'It''s [ two,2 ]', law_of: MY}
"""


def test_a_messy_file_becomes_tidy_and_keeps_every_comment() -> None:
    assert laid_out(MESSY, "x.yaml") == TIDY


def test_a_tidy_file_stays_as_it_is() -> None:
    assert laid_out(TIDY, "x.yaml") == TIDY


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(10)), st.lists(st.booleans(), min_size=10, max_size=10))
def test_any_order_of_keys_with_comments_keeps_its_meaning_and_is_laid_out_once(
    order: list[int], comments: list[bool]
) -> None:
    lines = [
        line
        for line in RULE_TEXT.splitlines()
        if (line.startswith("    ") and not line.startswith("     ")) or line.startswith("  - ")
    ]
    parts = ["    " + line[4:] for line in lines][:10]
    body = []
    for n, commented in zip(order, comments, strict=True):
        body += [f"    # about {n}"] * commented + [parts[n % len(parts)]] * (n < len(parts))
    keys = [line for line in body if not line.lstrip().startswith("#")]
    first = body.index(keys[0])
    body[first] = "  - " + body[first][4:]
    text = "schema: residency-rules/1\nas_of: 2026-11-23\nrules:\n" + "\n".join(body) + "\n"
    once = laid_out(text, "x.yaml")
    assert laid_out(once, "x.yaml") == once
    assert parse_document(once.encode(), "x").data == parse_document(text.encode(), "x").data
    assert sorted(row.strip() for row in once.splitlines() if "#" in row) == sorted(
        row.strip() for row in text.splitlines() if "#" in row
    )
    found = [line.strip(" -").split(":")[0] for line in once.splitlines()[3:] if not line.lstrip().startswith("#")]
    assert found == sorted(found, key=RULE_ORDER.index)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.name)
def test_shipped_files_keep_what_they_say_and_are_laid_out_once(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    once = laid_out(text, path.name)
    assert laid_out(once, path.name) == once
    assert parse_document(once.encode(), "x").data == parse_document(text.encode(), "x").data


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: [ b,c ,d ]", "a: [b, c, d]"),
        ("a: {b:  [x,y], c: 'p,q'}", "a: {b:  [x, y], c: 'p,q'}"),
        ("a: it is [ not,a list ]", "a: it is [ not,a list ]"),
        ("a: [b,   # why, then", "a: [b,   # why, then"),
        ("# [ a,b ]", "# [ a,b ]"),
        ("a: the bank's [ own ]", "a: the bank's [ own ]"),
        ("- [ a,b ]", "- [a, b]"),
    ],
)
def test_only_flow_collections_are_spaced(before: str, after: str) -> None:
    assert space_flows(before) == after


def test_only_rule_files_are_laid_out(tmp_path: Path) -> None:
    (tmp_path / "vocab.yaml").write_text("schema: residency-vocabulary/1\n")
    (tmp_path / "my.yaml").write_text(RULE_TEXT)
    assert [path.name for path in rule_files([tmp_path])] == ["my.yaml"]
