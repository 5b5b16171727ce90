"""Answers from outside the planner: brute force from the meaning, and published optima."""
