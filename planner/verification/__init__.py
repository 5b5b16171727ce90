"""Verification: a plan is re-checked from the meaning of the question, by code that knows nothing of the solver."""

from planner.verification.checking import find_breaches
from planner.verification.facts import Facts, facts_given
from planner.verification.judging import Verdict, judge, judge_case, judge_set
from planner.verification.matching import Lexicon, matches

__all__ = ["Facts", "Lexicon", "Verdict", "facts_given", "find_breaches", "judge", "judge_case", "judge_set", "matches"]
