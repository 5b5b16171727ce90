"""The random instances are the same for everyone, fit for YAML, and touch every family."""

from __future__ import annotations

import yaml

from .instances import CHANCES, families, instance, rules, vocabulary


def test_a_seed_always_gives_the_same_instance() -> None:
    for seed in range(20):
        first, law = instance(seed), rules(seed)
        first["regions"].clear()  # what a caller does to its copy is its own affair
        assert instance(seed) != first
        assert instance(seed) == instance(seed)
        assert rules(seed) == law


def test_documents_survive_yaml_without_aliases() -> None:
    for seed in range(100):
        for document in (instance(seed), rules(seed), vocabulary(seed)):
            text = yaml.safe_dump(document)
            assert yaml.safe_load(text) == document
            assert "&id" not in text


def test_two_hundred_seeds_touch_every_family() -> None:
    assert set().union(*(families(seed) for seed in range(200))) == set(CHANCES)
