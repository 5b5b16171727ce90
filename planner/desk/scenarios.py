"""A scenario in a notebook: read it, change it, plan it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.answers.readings import UNSETTLED, find_readings
from planner.model.scenario import Scenario as Question
from planner.reading.library import Library
from planner.reading.scenarios import read_scenario as read_question
from planner.reading.settings import Settings
from planner.reports.readings import COLUMNS, flat_rows

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Scenario:
    """A scenario file with changes; `question` is the resolved noun behind it."""

    path: Path
    library: Library
    settings: Settings
    question: Question = field(repr=False)

    def with_(self, changes: dict[str, Any] | None = None, **more: Any) -> Scenario:
        """The same scenario with values changed by dotted path; in keywords write `__` for the dot.

        Args:
            changes: for example {"workloads.pay.components.api.replicas.count": 9}.
            **more: for example limits__regions=1.

        Raises:
            InputFaults: a path leads nowhere or a value does not fit.
        """
        values = {**self.settings.values, **(changes or {}), **{k.replace("__", "."): v for k, v in more.items()}}
        return _read(self.path, self.library, replace(self.settings, values=values))

    def without(self, *rules: str) -> Scenario:
        """The same scenario with rules left out."""
        return _read(self.path, self.library, replace(self.settings, without=(*self.settings.without, *rules)))

    def on(self, day: date) -> Scenario:
        """The same scenario with law and prices read on another day."""
        return _read(self.path, self.library, replace(self.settings, as_of=day))

    def readings(self) -> pandas.DataFrame:
        """What each unsettled rule that bears here changes, alone; USD as in the plan's `total_usd`.

        `attrs["total_usd"]` is the plan under the settled rules, `attrs["certain_usd"]` the one that is lawful under
        every reading (None where there is none).
        """
        import pandas

        wider = tuple(dict.fromkeys((*self.settings.include, *UNSETTLED)))
        found = find_readings(_read(self.path, self.library, replace(self.settings, include=wider)).question)
        frame = pandas.DataFrame(flat_rows(found), columns=list(COLUMNS))
        frame["usd"] = frame["usd"].astype(float)
        frame.attrs["total_usd"], frame.attrs["certain_usd"] = found.total_usd, found.certain_usd
        return frame

    def _repr_html_(self) -> str:
        from planner.desk.html import scenario_html

        return scenario_html(self.question)


def read_scenario(
    path: str | Path,
    *,
    regions: Iterable[str | Path] = (),
    policies: Iterable[str | Path] = (),
    include: Iterable[str] = (),
    gap: Decimal | None = None,
    time_limit: Decimal | None = None,
) -> Scenario:
    """Read a scenario file.

    Args:
        path: the YAML file.
        regions: folders of regions to add to the shipped ones.
        policies: folders of policies to add to the shipped ones.
        include: rule statuses to add to `enacted`.
        gap: relative gap at which to stop; the scenario's own by default.
        time_limit: seconds after which to stop.

    Raises:
        InputFaults: everything wrong with the file, each fault with file:line:col.
    """
    library = Library.shipped(map(Path, regions), map(Path, policies))
    return _read(Path(path), library, Settings(include=tuple(include), gap=gap, time_limit=time_limit))


def _read(path: Path, library: Library, settings: Settings) -> Scenario:
    return Scenario(path, library, settings, read_question(path, library=library, settings=settings))
