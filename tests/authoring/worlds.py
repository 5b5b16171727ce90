"""Literal rules and words for the tests of the author's tools."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from planner.authoring.words import Language
from planner.errors import Where
from planner.model.calendar import Window
from planner.model.law import Citation, Given, Level, PolicyCase, Rule, Then, Unless, Verb, When
from planner.model.thresholds import Threshold
from planner.model.vocabulary import Mechanism, Member, PlaceList, Scope, Vocabulary
from planner.rules.confine import Confine

TODAY = date(2026, 11, 23)
CITES = (Citation("An Act, s.1", "secondary", TODAY),)
LANGUAGE = Language(
    Vocabulary(
        data_classes={"personal": None, "health": "personal", "genes": "health", "public": None},
        regulators={"BNM": "a", "MAS": "b", "OJK": "c"},
        sectors=("bank", "insurer", "retail"),
        purposes=("core", "test"),
        isolation=("shared", "dedicated", "sealed"),
        mechanisms={
            "consent": Mechanism("consent", Scope.ENTITY, id="consent"),
            "approval": Mechanism("approval", Scope.OPERATOR, id="approval"),
            "own-keys": Mechanism("technical", Scope.ENTITY, holds_if={"keys": "customer_held"}, id="own-keys"),
        },
        operators={"ali": "a", "aws": "b", "gcp": "c"},
        thresholds={"heads": Threshold((10, 100)), "wards": Threshold((5,))},
    ),
    {
        "bloc:NORTH": PlaceList("bloc:NORTH", (Member("SE"), Member("FI", from_=date(2027, 1, 1)))),
        "list:far": PlaceList("list:far", (Member("NZ"), Member("SE"))),
        "list:frame": PlaceList("list:frame", (Member("aws"), Member("gcp", to=date(2026, 12, 31))), "operators"),
    },
)


BNM = When(regulated_by=("BNM",))
STAY = Then(Confine(("MY",)))


def rule(when: When = BNM, then: Then = STAY, **more: Any) -> Rule:
    """A rule in force since 2025; keywords replace what it says by default."""
    said: dict[str, Any] = {
        "id": "r",
        "title": "A rule",
        "law_of": "MY",
        "level": Level.MUST,
        "in_force": (Window(date(2025, 1, 1)),),
        "verbs": (Verb.STORE, Verb.BACKUP),
        "cites": CITES,
        "where": Where("law/my.yaml", 7, 5),
        **more,
    }
    return Rule(when=when, then=then, **said)


def case(expect: str, *, as_of: date = TODAY, name: str = "a case", **facts: Any) -> PolicyCase:
    """A case; a bare word stands for a list of one."""
    words = {
        key: (value,) if isinstance(value, str) and key not in ("keys", "isolation") else value
        for key, value in facts.items()
    }
    return PolicyCase(name, Given(**words), expect, as_of)  # type: ignore[arg-type]


def lifted(*mechanisms: str) -> tuple[Unless, ...]:
    return (Unless(holds=mechanisms),)


RULE_TEXT = """\
schema: residency-rules/1
as_of: 2026-11-23
rules:
  - id: my-one
    title: Bank data stay in Malaysia
    law_of: MY
    level: must
    in_force: [{from: 2025-01-01}]
    when: {regulated_by: [BNM]}
    verbs: [store]
    then: {confine: {in: [MY]}}
    cites: [{instrument: An Act, quality: secondary, checked: 2026-11-23}]
    tests:
      - {name: abroad, expect: deny, given: {verb: store, located_in: SG, regulated_by: BNM}}
      - {name: at home, expect: allow, given: {verb: store, located_in: MY, regulated_by: BNM}}
"""

VOCABULARY_TEXT = """\
schema: residency-vocabulary/1
data_classes: {personal: null, health: personal}
regulators: {BNM: Bank Negara Malaysia, MAS: Monetary Authority of Singapore}
sectors: [bank, other]
mechanisms:
  approval: {kind: approval, scope: entity, lead_days: 1, cost_usd: 5000}
"""


def policy_folder(at: Path, rules: str = RULE_TEXT, vocabulary: str = VOCABULARY_TEXT) -> Path:
    """A folder of policies with one rule file."""
    (at / "law").mkdir(parents=True, exist_ok=True)
    (at / "vocab.yaml").write_text(vocabulary)
    (at / "law" / "my.yaml").write_text(rules)
    return at
