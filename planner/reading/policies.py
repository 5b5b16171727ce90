"""Policies: rule files, the vocabulary and dated lists, as nouns with every word checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from planner.errors import InputFaults, Where
from planner.model.law import Level, Mechanism, Member, PlaceList, PolicyCase, Rule, Verb, Vocabulary, When
from planner.model.places import COUNTRIES, EVERYWHERE, NAMED, is_place
from planner.reading.faults import Collector, nearest, read_noun
from planner.reading.library import Library, label
from planner.reading.yaml_files import Document, load_document

ENFORCED_VERBS: Final = (Verb.STORE, Verb.BACKUP, Verb.PROCESS)


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A file of rules; `as_of` is the day on which its inline cases are read."""

    schema: Literal["residency-rules/1"]
    as_of: date
    rules: tuple[Rule, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class VocabularyFile:
    """vocab.yaml of a policies folder: the closed words of rules and scenarios."""

    schema: Literal["residency-vocabulary/1"]
    data_classes: Mapping[str, str | None] = field(default_factory=dict)
    regulators: Mapping[str, str] = field(default_factory=dict)
    sectors: tuple[str, ...] = ()
    mechanisms: Mapping[str, Mechanism] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file of dated lists: name (`bloc:EEA`, `list:…`) to members."""

    schema: Literal["residency-lists/1"]
    lists: Mapping[str, tuple[Member, ...]]


@dataclass(slots=True)
class PolicySet:
    """Rules with the words they may use."""

    rules: dict[str, Rule] = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    lists: dict[str, PlaceList] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)


def read_policies(
    library: Library, wanted: Iterable[str] | None, beside: Path, where: Where, faults: Collector
) -> PolicySet:
    """Read the rules a scenario names; `wanted` None = all of every policies folder, empty = none.

    Names are folders or files, looked for beside the scenario first, then in each policies folder.
    """
    found = PolicySet()
    files = _all_files(library) if wanted is None else _named_files(wanted, library, beside, where, faults)
    for folder in _word_folders(library, files):
        _read_words(folder, found, faults)
    for path in files:
        _read_rules(path, found, faults)
    for rule in found.rules.values():
        check_rule(rule, found, faults)
    return found


def _all_files(library: Library) -> list[Path]:
    return [path for folder in library.policies for path in sorted((folder / "law").rglob("*.yaml"))]


def _named_files(wanted: Iterable[str], library: Library, beside: Path, where: Where, faults: Collector) -> list[Path]:
    out: list[Path] = []
    for name in wanted:
        hits = [base / name for base in (beside, *library.policies) if (base / name).exists()]
        if not hits:
            known = [p.relative_to(base).as_posix() for base in library.policies for p in base.rglob("*.yaml")]
            faults.add(where, "N001", f"policy file or folder {name!r} is not there", nearest(name, known))
            continue
        new = sorted(hits[0].rglob("*.yaml")) if hits[0].is_dir() else [hits[0]]
        out += [
            p for p in new if p not in out and p.name != "vocab.yaml" and p.parent.name not in ("lists", "exemptions")
        ]
    return out


def _word_folders(library: Library, files: Iterable[Path]) -> list[Path]:
    beside = [
        folder for path in files for folder in (path.parent, path.parent.parent) if (folder / "vocab.yaml").exists()
    ]
    return list(dict.fromkeys([*library.policies, *(folder for folder in beside)]))


def _read_words(folder: Path, into: PolicySet, faults: Collector) -> None:
    for path, kind in [
        (folder / "vocab.yaml", VocabularyFile),
        *((p, ListFile) for p in sorted((folder / "lists").glob("*.yaml"))),
    ]:
        read = _read_file(path, kind, faults) if path.exists() else None
        if isinstance(read, VocabularyFile):
            into.vocabulary = _joined(into.vocabulary, read)
        elif isinstance(read, ListFile):
            into.lists |= {name: PlaceList(name, members) for name, members in read.lists.items()}


def _joined(old: Vocabulary, new: VocabularyFile) -> Vocabulary:
    mechanisms = {name: replace(mechanism, id=name) for name, mechanism in new.mechanisms.items()}
    return Vocabulary(
        {**old.data_classes, **new.data_classes},
        {**old.regulators, **new.regulators},
        tuple(dict.fromkeys([*old.sectors, *new.sectors])),
        {**old.mechanisms, **mechanisms},
    )


def _read_file(path: Path, kind: type, faults: Collector) -> Any:
    try:
        document: Document = load_document(path, label(path))
    except InputFaults as error:
        faults.faults += error.faults
        return None
    return read_noun(kind, document, faults)


def _read_rules(path: Path, into: PolicySet, faults: Collector) -> None:
    read: RuleFile | None = _read_file(path, RuleFile, faults)
    into.files.append(path)
    for rule in read.rules if read else ():
        if rule.id in into.rules:
            faults.add(
                rule.where, "N002", f"rule {rule.id!r} is declared twice", f"first at {into.rules[rule.id].where}"
            )
        dated = tuple(case if case.as_of else replace(case, as_of=read.as_of) for case in rule.tests) if read else ()
        into.rules[rule.id] = replace(rule, tests=dated)


def check_rule(rule: Rule, words: PolicySet, faults: Collector) -> None:
    """Every word of a rule is known and every part of it is one that this version enforces."""
    _check_enforced(rule, faults)
    _check_box(rule.when, rule.where, words, faults)
    for case in rule.tests:
        _check_box(case.given, case.where, words, faults)
        for verb in case.given.verb:
            if verb not in set(Verb):
                faults.unknown(case.where, "verb", verb, [v.value for v in Verb])
    places = getattr(rule.then.effect, "in_", ())
    for unless in rule.then.unless:
        places += unless.destination_in
        for mechanism in unless.holds:
            if mechanism not in words.vocabulary.mechanisms:
                faults.unknown(rule.where, "mechanism", mechanism, words.vocabulary.mechanisms)
    for place in places:
        check_place(place, rule.where, words.lists, faults)


def _check_enforced(rule: Rule, faults: Collector) -> None:
    if rule.then.effect is None:
        faults.add(rule.where, "S002", f"rule {rule.id!r} has no effect", "give `then:` one of confine, forbid")
    if rule.level is Level.SHOULD:
        faults.add(
            rule.where, "S004", f"rule {rule.id!r}: level should is not enforced by this version", "leave it out"
        )
    for verb in rule.verbs:
        if verb not in ENFORCED_VERBS:
            faults.add(
                rule.where, "S004", f"rule {rule.id!r}: verb {verb} is not enforced by this version", "leave it out"
            )
    for window in rule.in_force:
        if window.to is not None and window.to < window.from_:
            faults.add(
                rule.where, "R106", f"rule {rule.id!r}: window ends {window.to} before it begins", "swap from and to"
            )
    for unless in rule.then.unless:
        if bool(unless.holds) == bool(unless.destination_in):
            faults.add(
                rule.where, "S002", f"rule {rule.id!r}: `unless` needs holds or destination_in", "give one of the two"
            )


def _check_box(box: When | Any, where: Where, words: PolicySet, faults: Collector) -> None:
    known: dict[str, Iterable[str]] = {
        "regulated_by": words.vocabulary.regulators,
        "sector": words.vocabulary.sectors,
        "data_class": words.vocabulary.data_classes,
        "deployment": ("public-cloud", "dedicated", "own", "api"),
    }
    for key, allowed in known.items():
        for word in getattr(box, key) or ():
            if word not in allowed:
                faults.unknown(where, key.replace("_", " "), word, allowed)
    for key in ("established_in", "subjects_in", "located_in"):
        for place in getattr(box, key, None) or ():
            check_place(place, where, words.lists, faults)


def check_place(place: str, where: Where, lists: Mapping[str, PlaceList], faults: Collector) -> None:
    """A place is `*`, an ISO code, or a named list that exists."""
    if place.startswith("area:"):
        faults.add(where, "S004", f"place {place!r}: areas are not enforced by this version", "name the country")
    elif place.startswith(NAMED):
        if place not in lists:
            faults.unknown(where, "list", place, lists)
    elif place != EVERYWHERE and not is_place(place):
        faults.unknown(where, "place", place, [c for c in COUNTRIES if c[0] == place[:1]] or COUNTRIES)


def cases(rules: Iterable[Rule]) -> list[tuple[Rule, PolicyCase]]:
    """Every inline case with its rule, in order of rule id."""
    return [(rule, case) for rule in sorted(rules, key=lambda r: r.id) for case in rule.tests]
