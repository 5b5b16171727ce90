"""A plan in a notebook: tables as DataFrames, answers as methods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from planner import planning
from planner.answers import why
from planner.answers.alternatives import find_alternatives_to
from planner.answers.difference import Answer, difference
from planner.answers.flips import find_flips
from planner.answers.frontier import find_frontier
from planner.answers.prices import find_prices
from planner.desk.differences import Difference
from planner.desk.scenarios import Scenario
from planner.model.accelerators import Alternative
from planner.model.answer import Reasons
from planner.model.plain import to_plain
from planner.planning import Planned
from planner.reports import records, text
from planner.reports.differing import alternative_rows, point_rows
from planner.reports.flips import flat_rows as flat_flips
from planner.reports.flips import latency_rows
from planner.reports.prices import flat_rows

if TYPE_CHECKING:
    import geopandas
    import pandas

    from planner.desk.maps import Map


@dataclass(frozen=True)
class Plan:
    """A verified plan; `planned` holds the nouns behind it."""

    planned: Planned

    @property
    def status(self) -> str:
        """`optimal`, or `feasible` when a limit stopped the search."""
        return self.planned.plan.status

    @property
    def total_usd(self) -> Decimal:
        """Recurring and charged one-off USD of the horizon; a one-period scenario is one month."""
        return self.planned.plan.total_usd

    @property
    def total_usd_month(self) -> Decimal:
        """Recurring USD a month."""
        return self.planned.plan.total_usd_month

    @property
    def placements(self) -> pandas.DataFrame:
        """One row a (component, zone): units, share of the load, USD a month, slowest round trip in ms, chips."""
        return self._frame("placements")

    @property
    def copies(self) -> pandas.DataFrame:
        """One row a copy of a dataset."""
        return self._frame("copies")

    @property
    def bought(self) -> pandas.DataFrame:
        """One row a purchase of accelerators for a zone, cash in USD."""
        return self._frame("bought")

    @property
    def sizing(self) -> pandas.DataFrame:
        """One row an alternative of a component: chips, groups, and the arithmetic behind them."""
        import pandas

        return pandas.DataFrame(
            {"component": component.id, "accelerator": each.id, "chips": each.units, **_origin(each)}
            for component in self.planned.scenario.components
            for each in component.accelerators
        )

    @property
    def cost_lines(self) -> pandas.DataFrame:
        """One row an (objective, thing), USD a month."""
        return self._frame("cost_lines")

    def geo(self) -> geopandas.GeoDataFrame:
        """Regions in use, users and flows as points and lines (EPSG:4326): `kind`, name, USD and GB a month."""
        from planner.desk.maps import geo_of

        return geo_of(self.planned.plan, self.planned.scenario)

    def map(self) -> Map:
        """The places, their users and their traffic as a drawing (`.svg`)."""
        from planner.desk.maps import map_of

        return map_of(self.planned.plan, self.planned.scenario)

    def to_html(self) -> str:
        """The whole answer as one web page, as `planner plan --html` writes it."""
        from planner.desk.pages import page_of

        return page_of(self.planned)

    def why(self, component: str, not_: str | None = None) -> pandas.DataFrame:
        """Every region with what refuses it; with `not_`, that region alone and the regret of forcing it."""
        import pandas

        scenario = self.planned.scenario
        name = why.find_component(component, scenario)
        if not_ is None:
            return pandas.DataFrame([_reasons_row(r) for r in why.why_everywhere(name, self.planned)])
        return pandas.DataFrame([_reasons_row(why.why_not(name, why.find_region(not_, scenario), self.planned))])

    def prices(self, *rules: str, groups: Sequence[str] = (), pairs: bool = False) -> pandas.DataFrame:
        """What each rule (by default every one) costs a month, exactly; with groups of rule files and pairs below.

        Raises:
            InputFaults: a rule or group is not known.
        """
        import pandas

        found = find_prices(self.planned.scenario, rules, groups, pairs=pairs)
        kinds = {"rule": found.rules, "group": found.groups, "pair": found.pairs}
        rows = [{"kind": kind, **row} for kind, prices in kinds.items() for row in flat_rows(prices)]
        frame = pandas.DataFrame(rows)
        for column in ("usd_month", "low", "high", "interaction_usd_month"):
            if column in frame:
                frame[column] = frame[column].astype(float)
        return frame

    def flips(self, *inputs: str, most: float = 3, latency: bool = False) -> pandas.DataFrame:
        """The break-even of each figure (by pattern of name, by default every one), what moves there, and its origin.

        With `latency` rows follow for round trips at the upper edge of their band; `attrs["steady"]` names figures
        that flip nothing, `attrs["swings"]` what 10 % of each figure is worth, USD a month.

        Raises:
            InputFaults: no figure has such a name.
        """
        import pandas

        found = find_flips(self.planned, inputs, most=Decimal(str(most)), latency=latency)
        frame = pandas.DataFrame([*flat_flips(found), *latency_rows(found)])
        for column in ("value", "factor", "break_even", "usd_month"):
            if column in frame:
                frame[column] = frame[column].astype(float)
        frame.attrs["steady"] = list(found.steady)
        frame.attrs["swings"] = {swing.input.name: float(swing.usd_month) for swing in found.swings}
        return frame

    def alternatives(self, within: float = 0.02, count: int = 5) -> pandas.DataFrame:
        """Plans that cost at most so much more (a fraction), each as different in place from those before as can be."""
        return _numbers(alternative_rows(find_alternatives_to(self.planned, Decimal(str(within)), count)))

    def frontier(self, points: int = 12) -> pandas.DataFrame:
        """Plans that nothing beats in both cost and mean round trip of users, the cheapest first."""
        return _numbers(point_rows(find_frontier(self.planned, points)))

    def diff(self, other: Plan) -> Difference:
        """What changes from this plan to another one."""
        sides = (Answer(each.planned.scenario.name, each.status, each.planned.plan) for each in (self, other))
        return Difference(difference(*sides))

    def to_json(self) -> str:
        """The plan document (`planner schema plan`)."""
        return records.to_json(records.plan_document(self.planned.plan, self.planned.scenario))

    def __str__(self) -> str:
        """The terminal report."""
        return text.plan_text(self.planned.plan, self.planned.scenario, width=100)

    def _repr_html_(self) -> str:
        from planner.desk.html import plan_html

        return plan_html(self.planned)

    def _frame(self, name: str) -> pandas.DataFrame:
        import pandas

        frame = pandas.DataFrame([_flat(row) for row in getattr(self.planned.plan, name)])
        for column in ("usd_month", "share", "rtt_ms", "rtt_low_ms", "rtt_high_ms", "cash_usd"):
            if column in frame:
                frame[column] = frame[column].astype(float)
        return frame


def plan(scenario: Scenario, *, solver: str = "highs") -> Plan:
    """The cheapest lawful plan of a scenario, verified.

    Raises:
        NoLawfulPlan: proved that none exists.
        Unsolved: a limit came before the first plan.
    """
    return Plan(planning.plan(scenario.question, solver=solver))


def _numbers(rows: list[dict[str, Any]]) -> pandas.DataFrame:
    """A table whose exact figures are floats."""
    import pandas

    frame = pandas.DataFrame(rows)
    for column in frame.columns.intersection(["rtt_ms", "usd", "more_usd"]):
        frame[column] = frame[column].astype(float)
    return frame


def _origin(each: Alternative) -> dict[str, Any]:
    own = ("group", "groups", "basis", "arithmetic", "source", "as_of", "confidence", "note")
    return {name: getattr(each, name) for name in own}


def _flat(row: Any) -> dict[str, Any]:
    names = list(row.__dataclass_fields__)
    return {name: getattr(row, name) for name in names if name != "tied_with"}


def _reasons_row(r: Reasons) -> dict[str, Any]:
    return {
        "component": r.component,
        "region": r.region,
        "chosen": r.chosen,
        "refused_by": "; ".join(x.reason for x in r.refusals),
        "not_on": "; ".join(f"{kind}: {x.reason}" for kind, x in r.kinds),
        "needs": "; ".join(f"{rule}: {' or '.join(names)}" for rule, names in r.gated),
        "regret_usd": None if r.regret_usd is None else float(r.regret_usd),
        "also_moves": ", ".join(to_plain(r.moves)),
    }
