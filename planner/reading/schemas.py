"""Schemas: JSON Schema of every kind of file, generated from the same shapes that check them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planner.model.plan import Plan
from planner.reading.plan_schema import plan_schema
from planner.reading.policies import ListFile, RuleFile, VocabularyFile
from planner.reading.providers import AcceleratorFile, ProviderFile
from planner.reading.scenarios import ScenarioFile
from planner.reading.serving import ModelFile
from planner.reading.shapes import shape_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _file_schema(noun: type) -> Callable[[], dict[str, Any]]:
    return lambda: {"$schema": DIALECT, **shape_of(noun).model_json_schema(by_alias=True, mode="validation")}


KINDS: dict[str, Callable[[], dict[str, Any]]] = {
    "scenario": _file_schema(ScenarioFile),
    "policy": _file_schema(RuleFile),
    "vocabulary": _file_schema(VocabularyFile),
    "lists": _file_schema(ListFile),
    "region": _file_schema(ProviderFile),
    "models": _file_schema(ModelFile),
    "accelerators": _file_schema(AcceleratorFile),
    "plan": lambda: {"$schema": DIALECT, **plan_schema(Plan)},
}


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of a kind of file, one of `KINDS`."""
    return KINDS[kind]()
