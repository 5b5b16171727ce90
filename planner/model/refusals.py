"""Refusals: the exclusions of a table of candidates as nouns a report can show."""

from __future__ import annotations

from collections.abc import Iterable

from planner.model.candidates import Candidates
from planner.model.exclusions import Exclusions, Reason
from planner.model.plan import Refusal, RefusedPlaces


def refusals_of(reasons: Iterable[Reason]) -> tuple[Refusal, ...]:
    """The reasons as a report shows them."""
    return tuple(Refusal(reason.id, reason.detail, reason.where) for reason in reasons)


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
    said: dict[bytes, tuple[Refusal, ...]] = {}
    return [
        RefusedPlaces(tuple(names[t] for t in things), _refused(table, profile, regions, said))
        for profile, things in alike.items()
    ]


def _refused(
    table: Exclusions, profile: int, regions: tuple[str, ...], said: dict[bytes, tuple[Refusal, ...]]
) -> dict[str, tuple[Refusal, ...]]:
    """The refused regions of a profile; cells shut for the same reasons, which are most, are put in words once."""
    out = {}
    for key, words in zip(regions, table.bits[profile], strict=True):
        if words.any():
            cell = words.tobytes()
            if cell not in said:
                said[cell] = refusals_of(table.named(words))
            out[key] = said[cell]
    return out
