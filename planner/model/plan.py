"""The plan: what is placed where, what it costs, and what was proved. Money is USD, exact decimals to 10^-6."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from planner.model.latency import Provenance

State = Literal["optimal", "feasible", "infeasible", "unsolved"]
RuleState = Literal["binding", "held", "not_applicable", "exempted"]


@dataclass(frozen=True, slots=True)
class Placement:
    """One component in one zone: units there and the share of its load (the shares of a component sum to 1).

    With an accelerator, units are groups and `chips` counts the accelerators in them.

    `rtt_ms` is the slowest estimated round trip to a demand point it serves from here, None when it serves no users.
    The band (`rtt_low_ms`, `rtt_high_ms`) holds nine of ten measurements; `rtt_provenance` says what it rests on.
    """

    component: str
    period: str
    provider: str
    region: str
    zone: str
    accelerator: str | None
    units: int
    share: Fraction
    usd_month: Decimal
    rtt_ms: Decimal | None = None
    tied_with: tuple[str, ...] = ()
    chips: int = 0
    rtt_low_ms: Decimal | None = None
    rtt_high_ms: Decimal | None = None
    rtt_provenance: Provenance | None = None


@dataclass(frozen=True, slots=True)
class Bought:
    """Accelerators that the entity which operates a hall buys for a zone; cash is USD for all of them."""

    entity: str
    region: str
    zone: str
    accelerator: str
    units: int
    period: str
    cash_usd: Decimal


@dataclass(frozen=True, slots=True)
class StruckOut:
    """An arrival of accelerators that rules refuse; it does not count."""

    zone: str
    accelerator: str
    units: int
    on: date
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a dataset in a region."""

    dataset: str
    role: str
    period: str
    provider: str
    region: str


@dataclass(frozen=True, slots=True)
class Route:
    """Traffic of one flow from one region to another; `share` is the part of the flow's volume."""

    from_: str
    to: str
    period: str
    src_region: str
    dst_region: str
    share: Fraction
    gb_month: Decimal
    usd_month: Decimal


@dataclass(frozen=True, slots=True)
class Served:
    """The share of the users at one place (its own total is 1) that a region serves for a component."""

    users: str
    place: str
    component: str
    period: str
    region: str
    share: Fraction
    rtt_ms: Decimal
    rtt_low_ms: Decimal | None = None
    rtt_high_ms: Decimal | None = None
    rtt_provenance: Provenance | None = None


@dataclass(frozen=True, slots=True)
class Purchase:
    """A mechanism that is bought, or held already (`cash_usd` 0), and the day from which it makes the plan lawful."""

    id: str
    entity: str
    key: str
    period: str
    lawful_from: date
    cash_usd: Decimal
    held: bool = False
    may_be_refused: bool = False


@dataclass(frozen=True, slots=True)
class CostLine:
    """Recurring USD a month of one objective for one thing in the first period."""

    objective: str
    of: str
    usd_month: Decimal


@dataclass(frozen=True, slots=True)
class OneOff:
    """A one-off cost: cash, over how many months it is charged, and the USD charged inside the horizon."""

    what: str
    period: str
    cash_usd: Decimal
    months: int
    charged_usd: Decimal


@dataclass(frozen=True, slots=True)
class Move:
    """Something enters a region in a period, coming from another; cash is USD once, before amortisation."""

    what: str
    period: str
    src_region: str
    dst_region: str
    cash_usd: Decimal


@dataclass(frozen=True, slots=True)
class Quarter:
    """What one of several periods costs: its months, the weight of a later dollar, and its recurring cost lines."""

    period: str
    months: int
    weight: Decimal
    usd_month: Decimal
    cost_lines: tuple[CostLine, ...]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """What a rule did in this plan; `records` are duties of a rule that bears and has no effect on placement."""

    id: str
    state: RuleState
    title: str
    where: str
    citation: str
    quality: str
    checked: date
    level: str = "must"
    status: str = "enacted"
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a place was refused: rule id or requirement, and words for a reader."""

    reason: str
    detail: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class RefusedPlaces:
    """All components (or dataset copies) of one profile, and every region refused to them with all reasons."""

    of: tuple[str, ...]
    regions: Mapping[str, tuple[Refusal, ...]]


@dataclass(frozen=True, slots=True)
class NextBest:
    """The lawful region besides its own in which a component itself would cost least; solved exactly, costs least.

    Attributes:
        own_usd_month, chosen_usd_month: what the component itself pays there and in its own region, USD a month.
        regret_at_least_usd: proved: total_usd rises by no less with the component there. None = nothing is proved.
        regret_usd: what total_usd rises by with the component there, by a second optimum; None = not solved.
    """

    component: str
    region: str
    own_usd_month: Decimal
    chosen_usd_month: Decimal
    regret_at_least_usd: Decimal | None = None
    regret_usd: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Assumption:
    """A figure used by this plan that is a stand-in, a copy, an assumption or of low confidence."""

    figure: str
    value: Decimal
    why: str
    source: str
    as_of: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the plan knows about the places it did not take, and about the figures it rests on."""

    exclusions: tuple[RefusedPlaces, ...] = ()
    next_best: tuple[NextBest, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    not_limited: tuple[str, ...] = ()
    stand_by: tuple[str, ...] = ()
    struck_out: tuple[StruckOut, ...] = ()
    tie_break: str = "completed"


@dataclass(frozen=True, slots=True)
class Certificate:
    """Solver-proved gap now; dual certificates come with the certificate room."""

    kind: Literal["solver-proved"]
    solver: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A placement of everything, with its costs and evidence. `gap` is a fraction; `bound` refers to total_usd."""

    status: State
    total_usd_month: Decimal
    total_usd: Decimal
    bound: Decimal
    gap: Decimal
    cost_lines: tuple[CostLine, ...]
    placements: tuple[Placement, ...]
    copies: tuple[Copy, ...]
    flows: tuple[Route, ...]
    served: tuple[Served, ...]
    mechanisms: tuple[Purchase, ...]
    one_offs: tuple[OneOff, ...]
    rules: tuple[RuleLine, ...]
    evidence: Evidence = field(default_factory=Evidence)
    certificate: Certificate | None = None
    lawful_from: date | None = None
    bought: tuple[Bought, ...] = ()
    moves: tuple[Move, ...] = ()
    quarters: tuple[Quarter, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """Something a plan gets wrong: the rule or requirement broken, the thing that breaks it, and how."""

    cause: str
    of: str
    text: str

    def __str__(self) -> str:
        """One line for people."""
        return f"{self.of}: {self.cause}: {self.text}"
