"""Schemas: JSON Schema of every kind of file, generated from the same shapes that check them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planner.model.plan import Plan
from planner.reading.areas import DrawnArea
from planner.reading.plan_schema import plan_schema
from planner.reading.policies import ListFile, RuleFile, VocabularyFile
from planner.reading.providers import AcceleratorFile, ProviderFile
from planner.reading.scenarios import ScenarioFile
from planner.reading.serving import ModelFile
from planner.reading.shapes import shape_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _file_schema(noun: type) -> Callable[[], dict[str, Any]]:
    return lambda: {"$schema": DIALECT, **shape_of(noun).model_json_schema(by_alias=True, mode="validation")}


def _areas_schema() -> dict[str, Any]:
    """GeoJSON features whose properties are those of an area; what is not required may be null."""
    properties = shape_of(DrawnArea).model_json_schema(by_alias=True, mode="validation")
    for key, value in properties["properties"].items():
        if key not in properties["required"]:
            properties["properties"][key] = {"anyOf": [value, {"type": "null"}]}
    kinds = {"enum": ["Polygon", "MultiPolygon"]}
    geometry = _mapping(type=kinds, coordinates={"type": "array", "minItems": 1})
    feature = _mapping(type={"const": "Feature"}, properties=properties, geometry=geometry)
    collection = _mapping(type={"const": "FeatureCollection"}, features={"type": "array", "items": feature})
    return {"$schema": DIALECT, "title": "AreaFile", **collection}


def _mapping(**keys: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": keys, "required": list(keys)}


KINDS: dict[str, Callable[[], dict[str, Any]]] = {
    "scenario": _file_schema(ScenarioFile),
    "policy": _file_schema(RuleFile),
    "vocabulary": _file_schema(VocabularyFile),
    "lists": _file_schema(ListFile),
    "areas": _areas_schema,
    "region": _file_schema(ProviderFile),
    "models": _file_schema(ModelFile),
    "accelerators": _file_schema(AcceleratorFile),
    "plan": lambda: {"$schema": DIALECT, **plan_schema(Plan)},
}


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of a kind of file, one of `KINDS`."""
    return KINDS[kind]()
