"""Said classes: what an author says of the classes each component processes, and the flows that say nothing.

Said is what a component reads, writes or is sent by users, and what flows with `carries` or `transform` bring. The rest
of what it processes is unsaid: a flow without either takes along all that its source processes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from planner.candidates.profiles import Items, dataset_items, declared_items, processed_items
from planner.model.question import Flow
from planner.model.scenario import Scenario


@dataclass(frozen=True)
class SaidClasses:
    """What was said, what was not, and where the unsaid came from."""

    scenario: Scenario

    @cached_property
    def processed(self) -> dict[str, Items]:
        """All that each component processes, by component id."""
        return processed_items(self.scenario)

    @cached_property
    def said(self) -> dict[str, Items]:
        """What was said of each component."""
        return declared_items(self.scenario, self.processed)

    def unsaid(self, component: str) -> Items:
        """What it processes beyond that; data whose classes nobody stated are not a flow's doing."""
        return frozenset(item for item in self.processed[component] - self.said[component] if item[0] is not None)

    def sources(self, component: str, items: Items) -> Iterator[tuple[Flow, Items]]:
        """The flows that take some of the items along from the last place where they were said, towards a component."""
        waiting, seen = [component], {component}
        while waiting:
            for flow in self._silent.get(waiting.pop(), ()):
                taken = self._taken(flow) & items
                if taken and self._was_said(flow, items):
                    yield flow, taken
                elif taken and flow.from_ not in seen:
                    seen.add(flow.from_)
                    waiting.append(flow.from_)

    @cached_property
    def _silent(self) -> Mapping[str, list[Flow]]:
        """Flows that say nothing of their classes, by the component they reach."""
        out: dict[str, list[Flow]] = {}
        for flow in self.scenario.flows:
            says = flow.from_.startswith("users:") or flow.carries is not None or flow.transform is not None
            if flow.to in self.said and not says:
                out.setdefault(flow.to, []).append(flow)
        return out

    def _taken(self, flow: Flow) -> Items:
        data = self.scenario.dataset.get(flow.from_.removeprefix("dataset:"))
        return dataset_items(data) if data and flow.from_ not in self.processed else self.processed[flow.from_]

    def _was_said(self, flow: Flow, items: Items) -> bool:
        return flow.from_ not in self.said or not self.said[flow.from_].isdisjoint(items)
