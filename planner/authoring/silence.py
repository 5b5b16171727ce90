"""Silence (R115): data classes and verbs of which no rule speaks; what no rule speaks of is permitted everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Final

from planner.authoring.finding import Finding
from planner.authoring.lint_words import Named
from planner.errors import Where
from planner.model.law import Box, Rule, Status, Verb
from planner.model.vocabulary import Vocabulary

VERBS: Final = (Verb.STORE, Verb.BACKUP, Verb.PROCESS, Verb.ADMINISTER)
"""What is done to data; chips are installed, and transit is not enforced."""


def silence(rules: Sequence[Rule], words: Vocabulary, classes: Mapping[str, Where]) -> Iterator[Finding]:
    """R115: for each class, by name, the verbs under which no enacted rule that looks at data can bear on it."""
    heard = [rule for rule in rules if rule.status is Status.ENACTED and rule.when.names_data]
    for name, where in sorted(classes.items()):
        lineage = set(words.lineage(name))
        silent = [verb for verb in VERBS if not any(verb in rule.verbs and _bears(rule, lineage) for rule in heard)]
        if silent:
            text = f"no enacted rule that looks at data speaks of it under {', '.join(silent)}"
            yield Finding("R115", Named(name, where), text, severity="note")


def _bears(rule: Rule, lineage: set[str]) -> bool:
    """Whether data of a class can lie in the box: it is named, and `not` does not take the class away by itself."""
    named = rule.when.data_class
    if named is not None and lineage.isdisjoint(named):
        return False
    inner = rule.when.not_
    if inner is None or inner.data_class is None or lineage.isdisjoint(inner.data_class):
        return True
    return any(getattr(inner, field.name) is not None for field in fields(Box) if field.name != "data_class")
