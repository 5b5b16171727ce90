"""A conflict in a notebook: what cannot hold together, and the ways out, as tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.answers.conflict import find_conflict
from planner.desk.scenarios import Scenario
from planner.model import conflict as nouns
from planner.reports import conflict as report

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Conflict:
    """Why a scenario has no plan; `noun` holds everything. It is false when there is no conflict."""

    noun: nouns.Conflict

    def __bool__(self) -> bool:
        """Whether the scenario has no plan."""
        return self.noun.state == "infeasible"

    @property
    def sets(self) -> pandas.DataFrame:
        """One row a cause: set, kind, id, of what, words, file:line and clause."""
        import pandas

        return pandas.DataFrame(report.set_rows(self.noun))

    @property
    def repairs(self) -> pandas.DataFrame:
        """One row a change, cheapest repair first; `setting` is what `with_` or `--set` takes."""
        import pandas

        frame = pandas.DataFrame(report.repair_rows(self.noun))
        for column in ("total_usd_month", "total_usd"):
            if column in frame:
                frame[column] = frame[column].astype(float)
        return frame

    def __str__(self) -> str:
        """The terminal report."""
        return report.render(self.noun, "text", width=100)

    def _repr_html_(self) -> str:
        from planner.desk.html import conflict_html

        return conflict_html(self.noun)


def conflict(scenario: Scenario) -> Conflict:
    """Why a scenario has no plan, and the smallest changes after which it has one."""
    return Conflict(find_conflict(scenario.question))
