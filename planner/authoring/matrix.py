"""Matrix: which things the rules let into which regions, for all things at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from planner.candidates.find import find_candidates
from planner.model.exclusions import Exclusions, Gate
from planner.model.scenario import Scenario


def all_of(alternatives: Iterable[Iterable[str]]) -> str:
    """Alternatives in words, the same for the same ones: `a`, `a or b`, `(a or b) and c`."""
    sets = sorted({tuple(sorted(names)) for names in alternatives})
    words = [" or ".join(names) for names in sets]
    return " and ".join(f"({word})" if " or " in word and len(words) > 1 else word for word in words)


@dataclass(frozen=True)
class MatrixCell:
    """What rules say of a thing in a region.

    Attributes:
        refused_by: ids of hard rules that nothing can lift.
        needs: (rule, mechanisms) of hard rules that one of the mechanisms lifts.
        costs: (rule, mechanisms) of soft rules that it would break.
    """

    refused_by: tuple[str, ...] = ()
    needs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    costs: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __str__(self) -> str:
        """`allow`, the ids that refuse it, or the mechanisms it needs; a price in brackets."""
        priced = f" ({', '.join(rule for rule, _ in self.costs)} priced)" if self.costs else ""
        if self.refused_by:
            return "deny: " + ", ".join(self.refused_by)
        if self.needs:
            return "needs " + all_of(names for _, names in self.needs) + priced
        return "allow" + priced


@dataclass(frozen=True)
class Matrix:
    """Things (components, `dataset:ID/role`) by regions."""

    regions: tuple[str, ...]
    rows: tuple[tuple[str, tuple[MatrixCell, ...]], ...]


def matrix(scenario: Scenario) -> Matrix:
    """Every component and copy against every region in the first period, without solving."""
    candidates = find_candidates(scenario)
    now, rules = candidates.periods[0], {rule.id for rule in scenario.rules}
    places = range(len(candidates.regions))
    names = [
        f"dataset:{candidates.datasets[d]}/{role}" for d, role in zip(now.copies.dataset, now.copies.role, strict=True)
    ]
    rows = [
        *_rows(candidates.components, now.runs.exclusions, now.runs.gates, places, rules),
        *_rows(names, now.copies.exclusions, now.copies.gates, places, rules),
    ]
    return Matrix(candidates.regions, tuple(rows))


def _rows(
    names: Sequence[str], exclusions: Exclusions, gates: Sequence[Gate], places: range, rules: set[str]
) -> Iterator[tuple[str, tuple[MatrixCell, ...]]]:
    for thing, name in enumerate(names):
        yield name, tuple(_cell(thing, place, exclusions, gates, rules) for place in places)


def _cell(thing: int, place: int, exclusions: Exclusions, gates: Sequence[Gate], rules: set[str]) -> MatrixCell:
    refused = tuple(dict.fromkeys(reason.id for reason in exclusions.at(thing, place) if reason.id in rules))
    here = [gate for gate in gates if gate.cells[thing, place]]
    hard = tuple(dict.fromkeys((gate.rule, gate.alternatives) for gate in here if gate.penalty is None))
    soft = tuple(dict.fromkeys((gate.rule, gate.alternatives) for gate in here if gate.penalty is not None))
    return MatrixCell(refused, hard, soft)
