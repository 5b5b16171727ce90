"""Policies: rule files, the vocabulary and dated lists, as nouns with every word checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from planner.errors import InputFaults, Where
from planner.model.areas import Outline
from planner.model.law import Exemption, Rule
from planner.model.vocabulary import Member, PlaceList, Vocabulary
from planner.reading.areas import read_areas
from planner.reading.checking_law import check_exemption, check_overrides, check_vocabulary
from planner.reading.checking_rules import check_rule
from planner.reading.faults import Collector, nearest
from planner.reading.home_only import Default, check_default, rules_of
from planner.reading.library import Library, data_root, files_in, is_there
from planner.reading.nouns import read_file


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A file of rules; `as_of` is the day on which its inline cases are read. Files of org/ may have a `default`."""

    schema: Literal["residency-rules/1"]
    as_of: date
    rules: tuple[Rule, ...]
    default: Default | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyFile(Vocabulary):
    """`vocab.yaml` of a policies folder: the closed words of rules and scenarios."""

    schema: Literal["residency-vocabulary/1"]


@dataclass(frozen=True, slots=True)
class ExemptionFile:
    """A file of exemptions/: named persons' dated exceptions."""

    schema: Literal["residency-exemptions/1"]
    exemptions: tuple[Exemption, ...]


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file of dated lists: name (`bloc:EEA`, `list:…`) to members, which are places, or operators."""

    schema: Literal["residency-lists/1"]
    lists: Mapping[str, tuple[Member, ...]]
    kind: Literal["places", "operators"] = "places"


@dataclass(slots=True)
class PolicySet:
    """Rules with the words they may use.

    Attributes:
        defaults: those that overlays state, each with the rules it became.
        classes: where each data class is declared.
    """

    rules: dict[str, Rule] = field(default_factory=dict)
    defaults: list[tuple[Default, tuple[Rule, ...]]] = field(default_factory=list)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    lists: dict[str, PlaceList] = field(default_factory=dict)
    exemptions: dict[str, Exemption] = field(default_factory=dict)
    outlines: dict[str, Outline] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)
    classes: dict[str, Where] = field(default_factory=dict)


def read_policies(
    library: Library, wanted: Iterable[str] | None, beside: Path, where: Where, faults: Collector
) -> PolicySet:
    """Read the rules a scenario names; `wanted` None = all of every policies folder, empty = none.

    Names are folders or files, looked for beside the scenario first, then in each policies folder. `where` is the
    position of the list that names them.
    """
    found = PolicySet()
    files = all_files(library) if wanted is None else _named_files(wanted, library, beside, where, faults)
    folders = _word_folders(library, files)
    for folder in folders:
        _read_words(folder, found, faults)
    for folder in folders:
        for path in sorted((folder / "areas").glob("*.geojson")):
            add_areas(path, found, faults, checked=folder == data_root() / "policies")
    for path in files:
        _read_rules(path, found, faults)
    if not faults.lost:
        check_vocabulary(found.vocabulary, found.lists, faults)
        derived = {rule.id for _, rules in found.defaults for rule in rules}
        for rule in found.rules.values():
            if rule.id not in derived:
                check_rule(rule, found.vocabulary, found.lists, faults)
        for default, rules in found.defaults:
            check_default(default, rules, found.vocabulary, found.lists, faults)
        check_overrides(found.rules, faults)
        for exemption in found.exemptions.values():
            check_exemption(exemption, found.rules, found.vocabulary, found.lists, faults)
    return found


def all_files(library: Library) -> list[Path]:
    """Every file of law in the policy folders in use."""
    return [path for folder in library.policies for path in files_in(folder / "law", ".yaml")]


def _named_files(wanted: Iterable[str], library: Library, beside: Path, where: Where, faults: Collector) -> list[Path]:
    out: list[Path] = []
    for name in wanted:
        hits = [base / name for base in (beside, *library.policies) if is_there(base / name)]
        if not hits:
            known = [f"law/{path.name}" for path in all_files(library)]
            text = f"policy file or folder {name!r} is not there"
            faults.add(faults.inside(where, name), "N001", text, nearest(name, known))
            faults.complete = False
            continue
        out += _rule_files(hits[0], faults.inside(where, name), faults)
    return list(dict.fromkeys(out))


def _rule_files(path: Path, where: Where, faults: Collector) -> list[Path]:
    """The file, or what the folder holds, besides words, lists and exemptions."""
    try:
        found = files_in(path, ".yaml", where=where) if path.is_dir() else [path]
    except InputFaults as error:
        faults.faults += error.faults
        faults.lost = True
        return []
    return [p for p in found if p.name != "vocab.yaml" and p.parent.name not in ("lists", "exemptions")]


def _word_folders(library: Library, files: Iterable[Path]) -> list[Path]:
    """The folders that bring words, each once however it is spelled."""
    around = (folder for path in files for folder in (path.parent, path.parent.parent))
    beside = [folder for folder in around if (folder / "vocab.yaml").exists() or (folder / "areas").is_dir()]
    once: dict[Path, Path] = {}
    for folder in (*library.policies, *beside):
        once.setdefault(folder.resolve(), folder)
    return list(once.values())


def _read_words(folder: Path, into: PolicySet, faults: Collector) -> None:
    for path, kind in [
        (folder / "vocab.yaml", VocabularyFile),
        *((p, ListFile) for p in sorted((folder / "lists").glob("*.yaml"))),
        *((p, ExemptionFile) for p in sorted((folder / "exemptions").glob("*.yaml"))),
    ]:
        read = read_file(path, kind, faults) if path.exists() else None
        if isinstance(read, VocabularyFile):
            into.vocabulary = into.vocabulary.joined(_named_mechanisms(read))
            into.classes |= {name: faults.find("data_classes", name) for name in read.data_classes}
        elif isinstance(read, ListFile):
            into.lists |= {name: PlaceList(name, members, read.kind) for name, members in read.lists.items()}
        elif isinstance(read, ExemptionFile):
            _join_exemptions(read, into, faults)


def add_areas(path: Path, into: PolicySet, faults: Collector, *, checked: bool = False) -> set[str]:
    """Add the areas of a GeoJSON file and give their ids; an id that another area has, drawn otherwise, is a fault."""
    own: set[str] = set()
    for drawn in read_areas(path, faults, checked=checked):
        name, area = drawn.area.id, drawn.area.as_area
        first = into.vocabulary.areas.get(name)
        if first is None:
            into.vocabulary = into.vocabulary.joined(Vocabulary(areas={name: area}))
            if drawn.outline is not None:
                into.outlines[name] = drawn.outline
        elif name in own or (first, into.outlines.get(name)) != (area, drawn.outline):
            faults.twice(faults.inside(drawn.area.where, "id"), f"area {name!r}", first.where)
        own.add(name)
    return own


def _join_exemptions(read: ExemptionFile, into: PolicySet, faults: Collector) -> None:
    for exemption in read.exemptions:
        if exemption.id in into.exemptions:
            where = faults.inside(exemption.where, "id")
            faults.twice(where, f"exemption {exemption.id!r}", into.exemptions[exemption.id].where)
        into.exemptions.setdefault(exemption.id, exemption)


def _named_mechanisms(read: VocabularyFile) -> VocabularyFile:
    """The file with each mechanism knowing its own id."""
    return replace(read, mechanisms={name: replace(each, id=name) for name, each in read.mechanisms.items()})


def _read_rules(path: Path, into: PolicySet, faults: Collector) -> None:
    read: RuleFile | None = read_file(path, RuleFile, faults)
    into.files.append(path)
    derived: tuple[Rule, ...] = ()
    if read and read.default:
        derived = tuple(rules_of(read.default, path.stem, faults))
        into.defaults.append((read.default, derived))
    for rule in (*read.rules, *derived) if read else ():
        if rule.id in into.rules:
            faults.twice(faults.inside(rule.where, "id"), f"rule {rule.id!r}", into.rules[rule.id].where)
        dated = tuple(case if case.as_of else replace(case, as_of=read.as_of) for case in rule.tests) if read else ()
        into.rules.setdefault(rule.id, replace(rule, tests=dated))
