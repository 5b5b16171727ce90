"""Drawing: which families of demands a seed draws from."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random


def families_of(seed: str, chances: Mapping[str, float], needs: Mapping[str, str]) -> frozenset[str]:
    """Each family with its chance; one that means nothing without another is dropped where that one is missing."""
    draw = Random(seed)
    drawn = {family for family, chance in chances.items() if draw.random() < chance}
    for family, needed in needs.items():
        if needed not in drawn:
            drawn.discard(family)
    return frozenset(drawn)
