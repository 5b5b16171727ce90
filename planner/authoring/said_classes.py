"""Said classes: what an author says of the classes each component processes, and the flows that say nothing.

Said is what a component reads, writes or is sent by users, and what flows with `carries` or `transform` bring. The rest
of what it processes is unsaid: a flow without either takes along all that its source processes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from planner.candidates.profiles import Items, declared_items, processed_items, source_items
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

    def leaving(self, items: Items) -> Iterator[tuple[Flow, Items, frozenset[str]]]:
        """Each flow that takes some of the items along from the last place where one was said: what, and how far."""
        for flow in (flow for flows in self._silent.values() for flow in flows):
            taken = self._taken(flow) & items
            if taken and self._was_said(flow.from_, items) and not self._was_said(flow.to, items):
                yield flow, taken, self._reached(flow.to, items)

    def _reached(self, start: str, items: Items) -> frozenset[str]:
        """The component and all that get some of the items from it unsaid."""
        waiting, seen = [start], {start}
        while waiting:
            for flow in self._silent.get(waiting.pop(), ()):
                if flow.to not in seen and self._taken(flow) & items and not self._was_said(flow.to, items):
                    seen.add(flow.to)
                    waiting.append(flow.to)
        return frozenset(seen)

    @cached_property
    def _silent(self) -> Mapping[str, list[Flow]]:
        """Flows into components that say nothing of their classes, by where they come from."""
        out: dict[str, list[Flow]] = {}
        for flow in self.scenario.flows:
            says = flow.from_.startswith("users:") or flow.carries is not None or flow.transform is not None
            if flow.to in self.said and not says:
                out.setdefault(flow.from_, []).append(flow)
        return out

    def _taken(self, flow: Flow) -> Items:
        return source_items(flow, self.processed, self.scenario)

    def _was_said(self, end: str, items: Items) -> bool:
        """Whether one of the items was said of a component; of a dataset all are."""
        return end not in self.said or not self.said[end].isdisjoint(items)
