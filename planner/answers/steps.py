"""Steps: one change in all its sizes, from the smallest to the largest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from planner.model.conflict import Change
from planner.model.scenario import Scenario

Edit = Callable[[Scenario], Scenario]


@dataclass(frozen=True)
class Step:
    """One size of a change: its words, and the scenario after it."""

    change: Change
    edit: Edit


@dataclass(frozen=True)
class Steps:
    """Sizes of one change, smallest first, made into steps when they are looked at.

    Attributes:
        ordered: whether a larger size always allows what a smaller one allows.
    """

    sizes: Sequence[Any] = ()
    make: Callable[[Any], Step] | None = None
    ordered: bool = True

    def __len__(self) -> int:
        """How many sizes there are."""
        return len(self.sizes)

    def __getitem__(self, number: int) -> Step:
        """The step of one size."""
        assert self.make is not None
        return self.make(self.sizes[number])
