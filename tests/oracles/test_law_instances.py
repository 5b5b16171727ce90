"""The random instances of law are the same for everyone, fit for YAML, and touch every family."""

from __future__ import annotations

import yaml

from .law_instances import CHANCES, exemptions, law_families, law_instance, law_rules, law_vocabulary, lists

DOCUMENTS = (law_instance, law_rules, law_vocabulary, exemptions, lists)


def test_a_seed_always_gives_the_same_documents() -> None:
    for seed in range(20):
        first = law_instance(seed)
        first["regions"].clear()  # what a caller does to its copy is its own affair
        assert law_instance(seed) != first
        assert [draw(seed) for draw in DOCUMENTS] == [draw(seed) for draw in DOCUMENTS]


def test_documents_survive_yaml_without_aliases() -> None:
    for seed in range(60):
        for draw in DOCUMENTS:
            text = yaml.safe_dump(draw(seed))
            assert yaml.safe_load(text) == draw(seed)
            assert "&id" not in text


def test_two_hundred_seeds_touch_every_family() -> None:
    assert set().union(*(law_families(seed) for seed in range(200))) == set(CHANCES)
