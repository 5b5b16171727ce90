"""Words that any reader of YAML takes for the same."""

from __future__ import annotations

import pytest
import yaml

from planner.authoring.yaml_text import flow, scalar
from planner.reading.yaml_files import parse_document


@pytest.mark.parametrize(
    "word", ["NO", "on", "Y", "null", "list:far", "*", "12:30", "3A090.a", "a: b", "it's", 'say "x"', "", "x #y"]
)
def test_a_word_stays_a_word_in_both_versions_of_yaml(word: str) -> None:
    text = flow({"k": word, "l": [word, "MY"]})
    expect = {"k": word, "l": [word, "MY"]}
    assert yaml.safe_load(text) == expect
    assert parse_document(text.encode(), "x").data == expect


def test_plain_words_have_no_quotes() -> None:
    assert scalar("customer-financial") == "customer-financial"
    assert scalar("MY-01") == "MY-01"
    assert scalar(True) == "true"
