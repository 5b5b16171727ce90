"""Refusals: the exclusions of a table of candidates as nouns a report can show."""

from __future__ import annotations

from planner.model.candidates import Candidates
from planner.model.exclusions import Exclusions
from planner.model.plan import Refusal, RefusedPlaces


def refused_places(candidates: Candidates) -> tuple[RefusedPlaces, ...]:
    """For each profile of components and each copy: every refused region with all its reasons."""
    now = candidates.periods[0]
    copies = tuple(f"dataset:{name}" for name in candidates.copies)
    tables = ((now.runs.exclusions, candidates.components), (now.copies.exclusions, copies))
    return tuple(group for table, names in tables for group in _groups(table, names, candidates.regions))


def _groups(table: Exclusions, names: tuple[str, ...], regions: tuple[str, ...]) -> list[RefusedPlaces]:
    alike: dict[int, list[int]] = {}
    for thing, profile in enumerate(table.profile_of.tolist()):
        alike.setdefault(profile, []).append(thing)
    return [
        RefusedPlaces(tuple(names[t] for t in things), _refused(table, things[0], profile, regions))
        for profile, things in alike.items()
    ]


def _refused(table: Exclusions, thing: int, profile: int, regions: tuple[str, ...]) -> dict[str, tuple[Refusal, ...]]:
    return {
        key: tuple(Refusal(r.id, r.detail, r.where) for r in table.at(thing, n))
        for n, key in enumerate(regions)
        if table.bits[profile, n].any()
    }
