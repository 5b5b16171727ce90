"""Conflicts as nouns: what cannot hold together, and the ways out of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

CauseKind = Literal["rule", "requirement", "limit", "capacity", "stock", "mechanism", "fact"]
ChangeKind = Literal["buy", "raise", "lower", "exempt"]
CauseKey = tuple[CauseKind, str, str]
"""Kind, id, and of what: a component, `dataset:ID/ROLE`, a flow, or '' for the whole plan."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing somebody wrote that shuts places or limits the plan.

    Attributes:
        kind: `rule`, `requirement` of a component, flow or copy, `limit`, `capacity` or `stock` of a zone, `mechanism`
            that the scenario says is refused, or `fact` (a region not open, a price or quote that nobody knows).
        id: rule id, kind of requirement, `RESOURCE in ZONE`, `ACCELERATOR in ZONE`, mechanism, or kind of fact.
        of: the component, `dataset:ID/ROLE` or flow it is about; empty for the whole plan.
        where, source: file:line and, of a rule, its clause.
    """

    kind: CauseKind
    id: str
    of: str
    text: str
    where: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class ConflictSet:
    """Causes that cannot hold together, although any of them could be left out.

    Attributes:
        proved: whether its |causes| + 1 solves say so: no plan keeps them all, a plan keeps all but one, for each one.
    """

    causes: tuple[Cause, ...]
    proved: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to change. `setting` does it on the command line (`--set`); an exemption is a file of its own.

    Attributes:
        kind: `buy` a mechanism the scenario refuses, `raise` or `lower` a figure, or `exempt` from a rule.
        exemption: for `exempt`, the file to write once a person has signed it (YAML).
    """

    kind: ChangeKind
    what: str
    old: str
    new: str
    text: str
    where: str
    setting: str = ""
    exemption: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """Changes after which a plan exists: no fewer would do, and no amount among them can be smaller.

    Attributes:
        state: `optimal`, or `feasible` when a limit stopped the search for the cheapest plan.
        buys: mechanisms that the plan after the changes buys.
    """

    changes: tuple[Change, ...]
    state: str
    total_usd_month: Decimal
    total_usd: Decimal
    buys: tuple[str, ...] = ()

    @property
    def exempts(self) -> int:
        """How many exemptions it needs."""
        return sum(change.kind == "exempt" for change in self.changes)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why a scenario has no plan.

    Attributes:
        state: `infeasible`; `feasible` when there is no conflict; `unsolved` when a limit came first.
        sets: disjoint sets of causes that cannot hold together; more than one when repairing one leaves another.
        repairs: cheapest first, those with exemptions last.
        solves: how often feasibility was asked.
        period: of several the first that has no plan even alone; the sets are its.
        first_from: the first quarter from which as many periods have a plan.
    """

    scenario: str
    state: str
    sets: tuple[ConflictSet, ...] = ()
    repairs: tuple[Repair, ...] = ()
    solves: int = 0
    period: str | None = None
    first_from: str | None = None
