"""Answers: questions that are asked of a scenario or a plan, and that may solve again."""
