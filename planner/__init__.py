"""Where each workload runs and where its data rests: cheapest, lawful, proved and explained.

The names below are resolved when they are first used, so that importing the package imports nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_FACE = {
    "read_scenario": "planner.desk.scenarios",
    "plan": "planner.desk.plans",
    "conflict": "planner.desk.conflicts",
    "program": "planner.desk.programs",
    "read_back": "planner.desk.programs",
    "InputFaults": "planner.errors",
    "NoLawfulPlan": "planner.errors",
    "PlannerError": "planner.errors",
    "Unsolved": "planner.errors",
    "VerificationFailed": "planner.errors",
}

__all__ = list(_FACE)


def __getattr__(name: str) -> Any:
    """Import the room that holds a name of the face."""
    if name not in _FACE:
        raise AttributeError(f"module 'planner' has no attribute {name!r}")
    return getattr(import_module(_FACE[name]), name)


def __dir__() -> list[str]:
    """The names of the face."""
    return sorted(__all__)
