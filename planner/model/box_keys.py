"""The keys of a box that a rule and the facts of a case write alike."""

from __future__ import annotations

from dataclasses import dataclass

from planner.model.question import Words


@dataclass(frozen=True, slots=True)
class BoxKeys:
    """In a rule None means that the key does not matter, in a case that the fact is not known."""

    regulated_by: Words = None
    established_in: Words = None
    sector: Words = None
    data_class: Words = None
    subjects_in: Words = None
    critical: bool | None = None
    deployment: Words = None
    purpose: Words = None
    located_in: Words = None
    operator: Words = None
    operator_parent_in: Words = None
    operator_entity_listed: bool | None = None
    zone_funding: Words = None
    chip: Words = None
    chip_control: Words = None
