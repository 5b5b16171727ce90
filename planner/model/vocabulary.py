"""The closed words of rules and scenarios: classes of data, mechanisms that can be bought, areas, dated lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from planner.errors import Where
from planner.model.areas import Area
from planner.model.provenance import HIDDEN, NOWHERE
from planner.model.thresholds import Thresholds


class Scope(StrEnum):
    """For what, besides its entity, a mechanism is bought."""

    ENTITY = "entity"
    DESTINATION = "destination"
    OPERATOR = "operator"
    WORKLOAD = "workload"
    SHIPMENT = "shipment"


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A lawful way out that can be bought: cost in USD, lead time and validity in days (None = for ever)."""

    kind: Literal["approval", "assessment", "contract", "consent", "licence", "technical"]
    scope: Scope
    cost_usd: Decimal = Decimal(0)
    lead_days: int = 0
    valid_days: int | None = None
    probability: Decimal | None = None
    holds_if: Mapping[str, str] = field(default_factory=dict)
    evidence: str | None = None
    source: str | None = None
    basis: str | None = None
    confidence: Literal["high", "medium", "low", "memory"] | None = None
    note: str | None = None
    id: str = field(default="", metadata=HIDDEN)
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)

    @property
    def technical(self) -> bool:
        """Whether it holds by how data is kept (`holds_if`), and cannot be bought."""
        return self.kind == "technical"

    @property
    def valid_months(self) -> int | None:
        """Whole months of validity, 365 days being 12; None = for ever."""
        return None if self.valid_days is None else self.valid_days * 12 // 365


@dataclass(frozen=True, slots=True)
class Member:
    """A place, or an operator, on a dated list. YAML keys: code, from, to."""

    code: str
    from_: date | None = None
    to: date | None = None


@dataclass(frozen=True, slots=True)
class PlaceList:
    """A named, dated list of places (`bloc:EEA`, `list:eu-adequacy`) or of operators (`list:my-cfa`)."""

    id: str
    members: tuple[Member, ...]
    kind: Literal["places", "operators"] = "places"

    def codes(self, day: date) -> frozenset[str]:
        """The place codes, or ids of operators, on the list on a day."""
        return frozenset(
            m.code for m in self.members if (m.from_ is None or m.from_ <= day) and (m.to is None or day <= m.to)
        )


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The closed words rules and scenarios may use.

    Attributes:
        data_classes: class to parent (None = a root); naming a parent covers its children.
        isolation: levels from weakest to strongest.
        transforms: transform to {class: class it becomes}; children of a named class become the same.
        areas: area id (without `area:`) to what it is.
        chips, chip_controls: names of accelerators, and the classes export law sorts them into.
        chip_families: family to its members, both of them words of `chips`; naming a family covers its members.
        operators: id (the `provider` of regions) to name; rules and lists name no other.
        thresholds: the head counts that datasets and users declare and rules compare.
    """

    data_classes: Mapping[str, str | None] = field(default_factory=dict)
    regulators: Mapping[str, str] = field(default_factory=dict)
    sectors: tuple[str, ...] = ()
    mechanisms: Mapping[str, Mechanism] = field(default_factory=dict)
    purposes: tuple[str, ...] = ()
    isolation: tuple[str, ...] = ()
    transforms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)
    chips: tuple[str, ...] = ()
    chip_controls: tuple[str, ...] = ()
    chip_families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    operators: Mapping[str, str] = field(default_factory=dict)
    thresholds: Thresholds = field(default_factory=dict)

    def joined(self, other: Vocabulary) -> Vocabulary:
        """The words of both; where both define a word, the other's definition holds."""
        return Vocabulary(**{f.name: _both(getattr(self, f.name), getattr(other, f.name)) for f in fields(Vocabulary)})

    def lineage(self, data_class: str) -> tuple[str, ...]:
        """The class and its ancestors, nearest first: a rule that names any of them covers the class."""
        chain: list[str] = []
        at: str | None = data_class
        while at is not None and at not in chain:
            chain.append(at)
            at = self.data_classes.get(at)
        return tuple(chain)

    def chip_words(self, chip: str) -> tuple[str, ...]:
        """The chip and the families it belongs to: a rule that names any of them covers the chip."""
        return (chip, *(family for family, members in self.chip_families.items() if chip in members))


def _both(first: Any, second: Any) -> Any:
    """Mappings and tuples of words joined, in order, each word once."""
    if isinstance(first, Mapping):
        return {**first, **second}
    return tuple(dict.fromkeys((*first, *second)))
