"""The random worlds of accelerators are the same for everyone, and tell wrong readings of the page from the right one."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import product

import pytest

from .accelerator_instances import CHANCES, accelerator_families, accelerator_world
from .brute_force import cheapest
from .misreadings import MISREADINGS, changes_of

SEEDS = 500


@lru_cache(maxsize=SEEDS)
def least(seed: int) -> Fraction | None:
    return cheapest(accelerator_world(seed))


def test_a_seed_always_gives_the_same_world() -> None:
    first = [accelerator_world(seed) for seed in range(30)]
    accelerator_world.cache_clear()
    assert [accelerator_world(seed) for seed in range(30)] == first


def test_two_hundred_seeds_touch_every_family() -> None:
    assert set().union(*(accelerator_families(seed) for seed in range(200))) == set(CHANCES)


def test_some_worlds_have_an_answer_and_some_have_none() -> None:
    lawful = sum(least(seed) is not None for seed in range(200))
    assert 100 < lawful < 160


def test_all_names_of_a_world_resolve_and_are_in_order() -> None:
    for world in map(accelerator_world, range(200)):
        for named in (world.entities, world.workloads, world.rules, world.components):
            ids = [each.id for each in named]
            assert ids == sorted(set(ids))
        assert [region.key for region in world.regions] == sorted(world.region)
        for component, region in product(world.components, world.regions):
            assert component.entity in world.entity
            assert {on.id for on in component.accelerators} <= set(world.accelerators)
            assert all(on.units % on.group == 0 for on in component.accelerators)
            assert {line.accelerator for zone in region.zones for line in zone.stock} <= set(world.accelerators)


@pytest.mark.parametrize("name", MISREADINGS)
def test_a_wrong_reading_changes_the_answer_of_some_world(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert any(_changed(name, seed, monkeypatch) for seed in range(SEEDS))


def _changed(name: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    right = least(seed)
    with monkeypatch.context() as patched:
        for place, attribute, instead in changes_of(name):
            patched.setattr(place, attribute, instead)
        return cheapest(accelerator_world(seed)) != right
