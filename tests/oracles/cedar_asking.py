"""Asking Cedar: cases as requests and entities, and what the policies of a set of rules say of each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

import cedarpy

from planner.model.law import Exemption, Rule
from planner.model.vocabulary import Vocabulary
from planner.verification.judging import Facts
from tests.oracles.cedar_rules import EVERYWHERE, FLAGS, PLACES, SETS, SLOTS, Meaning, Translator

Answers = Mapping[str, str]
"""Rule id to `deny`, `allow` or `not_applicable`."""

_SUBDIVISION: Final = re.compile(r"([A-Z]{2})-[A-Z0-9]{1,3}")


class CedarJudge:
    """Rules beside each other, from first to last, as one set of policies."""

    def __init__(
        self, rules: Iterable[Rule], exemptions: Iterable[Exemption], meaning: Meaning, first: date, last: date
    ) -> None:
        """Translate and parse once."""
        self.rules = tuple(rules)
        self.meaning = meaning
        self.text = Translator(meaning, self.rules, tuple(exemptions), first, last).policies()
        self._policies = cedarpy.PolicySet.from_str(self.text)

    def answers(self, cases: Sequence[Facts]) -> list[Answers]:
        """What each rule says of each case: refused by a forbid, borne on by a permit, or neither."""
        entities = cedarpy.Entities.from_json_str(json.dumps(list(_entities(cases, self.meaning.vocabulary))))
        requests = [_request(ask, facts) for facts in cases for ask in ("decision", "scope")]
        said = cedarpy.is_authorized_batch(requests, self._policies, entities)
        pairs = zip(said[::2], said[1::2], strict=True)
        return [self._answers_of(decision, scope) for decision, scope in pairs]

    def _answers_of(self, decision: cedarpy.AuthzResult, scope: cedarpy.AuthzResult) -> Answers:
        # Cedar leaves out a policy that fails, which would open what it forbids: no policy may fail.
        errors = [*decision.diagnostics.errors, *scope.diagnostics.errors]
        if errors:
            raise ValueError(f"a policy could not be evaluated: {errors[0]}")
        refused = frozenset[str]() if decision.allowed else _named(decision)
        bearing = _named(scope) if scope.allowed else frozenset[str]()
        if not refused <= bearing:
            raise ValueError(f"refused without bearing: {sorted(refused - bearing)}")
        return {
            rule.id: "deny" if rule.id in refused else "allow" if rule.id in bearing else "not_applicable"
            for rule in self.rules
        }


def _named(result: cedarpy.AuthzResult) -> frozenset[str]:
    return frozenset(result.diagnostics.id_annotations_by_reason.values())


def _request(ask: str, facts: Facts) -> dict[str, Any]:
    return {
        "principal": {"type": "Ask", "id": ask},
        "action": {"type": "Action", "id": str(facts.verb)},
        "resource": {"type": "Case", "id": "case"},
        "context": _context(facts),
    }


def _context(facts: Facts) -> dict[str, Any]:
    """The facts that are known; a missing one is a missing attribute."""
    values: dict[str, Any] = {"holds": sorted(facts.holds)}
    for key in SETS:
        values[key] = _listed(getattr(facts, key))
    for key in FLAGS:
        values[key] = getattr(facts, key)
    for key, places in _place_facts(facts):
        values[key] = None if places is None else _entity(_kind(key), _name_of(places))
    values["isolation"] = _listed(facts.isolation)
    values["keys"] = facts.keys
    values["copies_apart_m"] = None if facts.copies_apart_km is None else int(facts.copies_apart_km * 1000)
    if len(facts.items) > SLOTS or len(facts.sites or ()) > SLOTS:
        raise ValueError(f"more than {SLOTS} items or sites")
    for number, (data_class, subject, persons) in enumerate(facts.items, 1):
        item = {"class": data_class and _entity("Class", data_class), "subject": subject and _entity("Places", subject)}
        known = {key: value for key, value in item.items() if value is not None}
        values[f"item_{number}"] = {**known, "persons": dict(persons)}
    if facts.sites is not None:
        values["sites"] = len(facts.sites)
        values |= {f"site_{number}": _entity("Places", site) for number, site in enumerate(facts.sites, 1)}
    return {key: value for key, value in values.items() if value is not None}


def _listed(words: Iterable[str] | None) -> list[str] | None:
    return None if words is None else list(words)


def _place_facts(facts: Facts) -> Iterator[tuple[str, Iterable[str] | None]]:
    for key in PLACES:
        yield key, facts.places if key == "located_in" else getattr(facts, key)
    yield "copies_in", facts.copies_in


def _entity(kind: str, name: str) -> dict[str, Any]:
    return {"__entity": {"type": kind, "id": name}}


def _name_of(places: Iterable[str]) -> str:
    return " ".join(sorted(places))


def _kind(key: str) -> str:
    return "Region" if key in ("located_in", "copies_in") else "Places"


def _entities(cases: Iterable[Facts], vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
    """Classes under their parents; regions under all their codes, as facts list them; other places under theirs."""
    groups: set[tuple[str, frozenset[str]]] = set()
    for facts in cases:
        groups |= {(_kind(key), frozenset(places)) for key, places in _place_facts(facts) if places is not None}
        single = {subject for _, subject, _ in facts.items if subject is not None} | set(facts.sites or ())
        groups |= {("Places", frozenset({code})) for code in single}
    for name, parent in vocabulary.data_classes.items():
        yield _noun("Class", name, [] if parent is None else [("Class", parent)])
    for kind, group in groups:
        codes = (group if kind == "Region" else around(group)) | ({EVERYWHERE} if group else set())
        yield _noun(kind, _name_of(group), [("Place", code) for code in sorted(codes)])


def around(places: Iterable[str]) -> frozenset[str]:
    """The codes themselves and the countries of subdivisions."""
    codes = frozenset(places)
    return codes | {found[1] for code in codes if (found := _SUBDIVISION.fullmatch(code))}


def reaching(places: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """All codes of a region that lies in these, without those whose law does not reach into its areas."""
    areas = [vocabulary.areas.get(code.removeprefix("area:")) for code in places if code.startswith("area:")]
    return around(places) - {code for area in areas if area is not None for code in area.displaces}


def _noun(kind: str, name: str, parents: Iterable[tuple[str, str]]) -> dict[str, Any]:
    above = [{"type": of, "id": parent} for of, parent in parents]
    return {"uid": {"type": kind, "id": name}, "attrs": {}, "parents": above}
