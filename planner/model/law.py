"""The law: rules as boxes over closed vocabularies.

A rule matches when every key of its `when` box meets the facts (three-valued: a missing fact is unknown, and a
`must` rule matches on unknown). POLICY.md section 3 is the reference.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from planner.errors import Where
from planner.model.box_keys import BoxKeys
from planner.model.calendar import Window
from planner.model.provenance import HIDDEN, NOWHERE
from planner.model.question import OneOrMany, Persons, Words


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
class Box(BoxKeys):
    """A box of facts: AND across keys, OR in a list; None = the key does not matter."""

    persons: Words = None

    @property
    def names_data(self) -> bool:
        """Whether the box looks at the data: then it matches when one item of the thing meets it."""
        return self.data_class is not None or self.subjects_in is not None or self.persons is not None

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
class Given(BoxKeys):
    """The facts of one policy case, under the keys of a box and a few more; an absent key is unknown."""

    verb: Annotated[tuple[str, ...], OneOrMany()]
    persons: Persons = field(default_factory=dict)
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
