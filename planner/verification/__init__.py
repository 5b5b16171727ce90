"""Verification: a plan is re-checked from the meaning of the question, by code that knows nothing of the solver."""

from planner.verification.checking import find_breaches
from planner.verification.judging import Facts, Verdict, judge, judge_case

__all__ = ["Facts", "Verdict", "find_breaches", "judge", "judge_case"]
