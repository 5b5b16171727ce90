"""Programs as a small readable LP text: names by id, everything sorted, one row family at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal

from planner.model.candidates import Candidates
from planner.model.program import FREE, ColumnBlock, Program, RowBlock
from planner.model.scenario import Scenario
from planner.solver.traffic import find_servings

Label = Callable[[int], str]


def lp_text(program: Program, scenario: Scenario, candidates: Candidates, families: Collection[str]) -> str:
    """Costs, rows and bounds of the families named; columns of other families appear in rows alone."""
    words = _words(scenario, candidates)
    columns = [name for block in program.columns for name in _column_names(block, words)]
    words["column"] = columns.__getitem__
    chosen = [block for block in program.columns if block.name in families]
    costs = [line for block in chosen for line in _costs(block, columns)]
    rows = [line for block in program.rows if block.name in families for line in _rows(block, words, columns)]
    bounds = [line for block in chosen for line in _bounds(block, columns)]
    parts = {"minimise USD": costs, "subject to": rows, "where": bounds}
    return "".join(f"{head}\n" + "".join(f"  {line}\n" for line in sorted(lines)) for head, lines in parts.items())


def _words(scenario: Scenario, candidates: Candidates) -> dict[str, Label]:
    """How to say the index of each key; a key that is not listed says itself."""
    now = candidates.periods[0]
    copies = [f"{candidates.datasets[int(d)]}/{r}" for d, r in zip(now.copies.dataset, now.copies.role, strict=True)]
    servings = [f"{candidates.components[s.component]}<{s.group}" for s in find_servings(scenario, now)]
    places = {"region": candidates.regions, "src": candidates.regions, "dst": candidates.regions}
    named: Mapping[str, tuple[str, ...] | list[str]] = {
        **places,
        "component": candidates.components,
        "zone": candidates.zones,
        "copy": copies,
        "flow": candidates.flows,
        "serving": servings,
        "entity": [e.id for e in scenario.entities],
        "resource": [r.name for r in now.runs.resources],
        "alternative": candidates.alternatives,
        "kind": now.runs.alternatives.kinds,
        "thing": [*candidates.components, *copies],
    }
    return {key: values.__getitem__ for key, values in named.items()}


def _column_names(block: ColumnBlock, words: Mapping[str, Label]) -> list[str]:
    if block.name in ("buy", "v"):  # their keys are ids already
        words = {}
    keys = [_said(words.get(key), block.keys[key].tolist()) for key in block.keys]
    return [f"{block.name}[{', '.join(key[n] for key in keys)}]" for n in range(block.size)]


def _said(label: Label | None, values: list[object]) -> list[str]:
    return [str(value) if label is None else label(int(str(value))) for value in values]


def _row_names(block: RowBlock, words: Mapping[str, Label]) -> list[str]:
    if block.name == "gate":  # its things are ids already
        words = {"region": words["region"]}
    keys = [_said(words.get(key), block.keys[key].tolist()) for key in block.keys]
    return [f"{block.name}[{', '.join(key[n] for key in keys)}]" for n in range(block.size)]


def _costs(block: ColumnBlock, columns: list[str]) -> list[str]:
    costs = zip(columns[block.start : block.start + block.size], block.cost.tolist(), strict=True)
    return [f"{Decimal(cost).scaleb(-6).normalize():f} {name}" for name, cost in costs if cost]


def _rows(block: RowBlock, words: Mapping[str, Label], columns: list[str]) -> list[str]:
    terms: list[dict[str, int]] = [{} for _ in range(block.size)]
    for row, column, value in zip(block.row.tolist(), block.column.tolist(), block.value.tolist(), strict=True):
        terms[row][columns[column]] = terms[row].get(columns[column], 0) + value
    lines = []
    for n, name in enumerate(_row_names(block, words)):
        cause = block.causes[int(block.cause[n])]
        told = [cause] * (cause != "model") + ["elastic"] * block.elastic
        said = f"{name}: {_range(_sum(terms[n]), int(block.lower[n]), int(block.upper[n]))}"
        lines.append(said + (f"  \\ {', '.join(told)}" if told else ""))
    return lines


def _sum(terms: Mapping[str, int]) -> str:
    out = ""
    for name, value in sorted(terms.items(), key=lambda term: (term[1] < 0, term[0])):
        sign = ("" if value > 0 else "- ") if not out else (" + " if value > 0 else " - ")
        out += sign + ("" if abs(value) == 1 else f"{abs(value)} ") + name
    return out or "0"


def _range(text: str, lower: int, upper: int) -> str:
    if lower == upper:
        return f"{text} = {lower}"
    if lower <= -FREE:
        return f"{text} <= {upper}"
    return f"{text} >= {lower}" if upper >= FREE else f"{lower} <= {text} <= {upper}"


def _bounds(block: ColumnBlock, columns: list[str]) -> list[str]:
    kind = " whole" if block.integer else ""
    boxes = zip(columns[block.start :], block.lower.tolist(), block.upper.tolist(), strict=False)
    return [f"{lower} <= {name} <= {upper}{kind}" for name, lower, upper in boxes]
