"""The law: rules as boxes over closed vocabularies, mechanisms that can be bought, dated lists of places.

A rule matches when every key of its `when` box meets the facts (three-valued: a missing fact is unknown, and a
`must` rule matches on unknown). POLICY.md section 3 is the reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from planner.errors import Where
from planner.model.calendar import Window
from planner.model.provenance import HIDDEN, NOWHERE
from planner.model.question import OneOrMany, Words


class Verb(StrEnum):
    """What a rule speaks about (POLICY.md section 4)."""

    STORE = "store"
    BACKUP = "backup"
    PROCESS = "process"
    TRANSIT = "transit"
    ADMINISTER = "administer"
    INSTALL = "install"


class Level(StrEnum):
    """`must` is hard; `should` costs its penalty."""

    MUST = "must"
    SHOULD = "should"


class Status(StrEnum):
    """How settled a rule is; a run includes `enacted` alone unless asked."""

    ENACTED = "enacted"
    ANNOUNCED = "announced"
    PROPOSED = "proposed"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class Box:
    """A box of facts: AND across keys, OR in a list; None = the key does not matter."""

    regulated_by: Words = None
    established_in: Words = None
    sector: Words = None
    data_class: Words = None
    subjects_in: Words = None
    critical: bool | None = None
    deployment: Words = None
    purpose: Words = None
    located_in: Words = None
    operator_parent_in: Words = None
    operator_entity_listed: bool | None = None
    zone_funding: Words = None
    chip: Words = None
    chip_control: Words = None

    @property
    def names_data(self) -> bool:
        """Whether the box looks at the data: then it matches when one item of the thing meets it."""
        return self.data_class is not None or self.subjects_in is not None

    @property
    def looks_at_chip(self) -> bool:
        """Whether the box looks at the accelerator."""
        return self.chip is not None or self.chip_control is not None


@dataclass(frozen=True, slots=True)
class When(Box):
    """The box of a rule, with a second box to subtract (YAML key: not)."""

    not_: Box | None = None

    @property
    def names_chip(self) -> bool:
        """Whether the box, or what is subtracted from it, looks at the accelerator."""
        return self.looks_at_chip or (self.not_ is not None and self.not_.looks_at_chip)


@dataclass(frozen=True, slots=True)
class Unless:
    """One lawful way out: any of the mechanisms held, or a destination on a list. Exactly one key is given."""

    holds: tuple[str, ...] = ()
    destination_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Then:
    """What a rule does: exactly one effect (a drawer file under planner/rules), and the ways out of it."""

    effect: object = field(metadata={"drawer": "rules"})
    unless: tuple[Unless, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Where the sentence of law stands and how well it was checked."""

    instrument: str
    quality: Literal["primary", "secondary", "memory"]
    checked: date
    at: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given(Box):
    """The facts of one policy case, under the keys of a box and a few more; an absent key is unknown."""

    verb: Annotated[tuple[str, ...], OneOrMany()]
    keys: str | None = None
    isolation: str | None = None
    copies_in: Words = None
    copies_apart_km: Decimal | None = None
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyCase:
    """An inline test of a rule."""

    name: str
    given: Given
    expect: Literal["allow", "deny", "not_applicable"]
    as_of: date | None = None
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """One sentence of law with its source."""

    id: str
    title: str
    law_of: str
    level: Level
    in_force: tuple[Window, ...]
    when: When
    verbs: tuple[Verb, ...]
    then: Then
    cites: tuple[Citation, ...]
    status: Status = Status.ENACTED
    penalty_usd_month: Decimal | None = None
    overrides: tuple[str, ...] = ()
    note: str | None = None
    tests: tuple[PolicyCase, ...] = ()
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)

    def in_force_between(self, first: date, last: date) -> bool:
        """Whether one of the windows contains any day of first..last."""
        return any(window.touches(first, last) for window in self.in_force)


@dataclass(frozen=True, slots=True)
class Exemption:
    """A named person's dated exception from one rule inside a box; ignored outside approved_on..expires_on."""

    id: str
    rule: str
    when: When
    category: Literal["accepted-risk", "mitigated"]
    reason: str
    approved_by: str
    approved_on: date
    expires_on: date
    ticket: str
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)

    def in_force_between(self, first: date, last: date) -> bool:
        """Whether it covers every day of first..last: what is exempted on some days only still binds on the others."""
        return self.approved_on <= first and last <= self.expires_on


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
    """A place on a dated list. YAML keys: code, from, to."""

    code: str
    from_: date | None = None
    to: date | None = None


@dataclass(frozen=True, slots=True)
class PlaceList:
    """A named, dated list of places: `bloc:EEA`, `list:eu-adequacy`."""

    id: str
    members: tuple[Member, ...]

    def codes(self, day: date) -> frozenset[str]:
        """The place codes on the list on a day."""
        return frozenset(
            m.code for m in self.members if (m.from_ is None or m.from_ <= day) and (m.to is None or day <= m.to)
        )


@dataclass(frozen=True, slots=True)
class Area:
    """A polygon with a law of its own (`area:ae-difc`); `displaces` names the code whose law does not reach into it."""

    name: str
    displaces: str | None = None
    source: str | None = None


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
