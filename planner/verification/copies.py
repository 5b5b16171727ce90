"""Copies: every role of a dataset stands in exactly one usable region, far enough from the primary."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.plan import Breach
from planner.model.question import CopySpec, Dataset
from planner.verification.amounts import plain
from planner.verification.claim import PRIMARY, Claim
from planner.verification.presence import find_status_breaches
from planner.verification.round_trips import find_distance


def find_copy_breaches(claim: Claim) -> Iterator[Breach]:
    """Breaches of roles, of `apart` and of the status of the regions that copies stand in."""
    for dataset in claim.scenario.datasets:
        of = f"dataset:{dataset.id}"
        for spec in dataset.copies:
            regions = claim.copies.get((dataset.id, spec.role), ())
            if len(regions) != 1:
                yield Breach("copies", of, f"its {spec.role} stands in {len(regions)} regions, it needs exactly 1")
            for key in regions:
                yield from find_status_breaches(claim, of, claim.scenario.region[key])
            yield from _apart(claim, dataset, spec)


def _apart(claim: Claim, dataset: Dataset, spec: CopySpec) -> Iterator[Breach]:
    primary = claim.primary(dataset.id)
    if primary is None or spec.role == PRIMARY:
        return
    for key in claim.copies.get((dataset.id, spec.role), ()):
        distance = find_distance(claim.scenario.region[primary], claim.scenario.region[key])
        if distance < spec.apart:
            text = f"its {spec.role} in {key} is {distance:.3f} km from the primary, it needs {plain(spec.apart)} km"
            yield Breach("apart", f"dataset:{dataset.id}", text)
