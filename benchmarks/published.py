"""Published facility-location and assignment instances as scenario documents.

The collections are public (OR-Library and others) and are read from a folder of the user; nothing of them is shipped.
    cflp      capacitated facility location, demand may be shared out: a customer is a divisible component
    sscflp    single source: a customer is a component of one replica
    gap       generalised assignment: as sscflp without opening costs; the use of an agent depends on the item
    pmedcap   capacitated p-median: every node may be a site, exactly p are in use, cost is the floor of the distance
A site is a region with one zone that has a capacity of `vcpu`. What a customer costs at a site is a quote. Costs are
passed on as the text that stands in the file.

    python benchmarks/published.py INSTANCE... FOLDER        writes FOLDER/NAME.yaml, and NAME.csv for many quotes
"""

from __future__ import annotations

import csv
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

MOST_INLINE_QUOTES: Final = 1000
"""Above this, quotes go to a CSV beside the scenario."""

COLUMNS: Final = ("component", "place", "cost", "uses_vcpu")


@dataclass(frozen=True)
class Instance:
    """A published instance in one form; figures are text as in the file.

    Attributes:
        name: file name without its ending, with its set where a collection has several.
        capacity: of each site.
        fixed: opening cost of each site; empty = opening is free.
        demand: of each customer; empty = the use depends on the site (`uses`).
        costs: of all of a customer at a site, one row a customer.
        uses: capacity used by a customer at a site, one row a customer; empty = its demand.
        divisible: whether a customer may be shared out over sites.
        sites_in_use: exactly so many, None = any number.
    """

    name: str
    capacity: Sequence[str]
    fixed: Sequence[str]
    demand: Sequence[str]
    costs: Sequence[Sequence[str]]
    uses: Sequence[Sequence[str]] = ()
    divisible: bool = False
    sites_in_use: int | None = None


def read_instance(path: Path) -> Instance:
    """Read a file of one of the four collections, told by a folder in its path; raises ValueError for another."""
    for part in reversed(path.parts[:-1]):
        if part in READERS:
            name = path.stem if path.parent.name == part else f"{path.parent.name}-{path.stem}"
            return READERS[part](name, path.read_text(encoding="ascii").split())
    raise ValueError(f"{path}: no folder of its path is one of {', '.join(READERS)}")


def _cflp(name: str, words: list[str]) -> Instance:
    sites, customers = int(words[0]), int(words[1])
    pairs, rest = words[2 : 2 + 2 * sites], words[2 + 2 * sites :]
    rows = _rows(rest, customers, sites + 1)
    costs = [row[1:] for row in rows]
    return Instance(name, pairs[0::2], pairs[1::2], [row[0] for row in rows], costs, divisible=True)


def _sscflp(name: str, words: list[str]) -> Instance:
    sites, customers = int(words[0]), int(words[1])
    capacity, rest = words[2 : 2 + sites], words[2 + sites :]
    fixed, rest = rest[:sites], rest[sites:]
    return Instance(name, capacity, fixed, rest[:customers], _rows(rest[customers:], customers, sites))


def _gap(name: str, words: list[str]) -> Instance:
    agents, items = int(words[0]), int(words[1])
    costs, rest = words[2 : 2 + agents * items], words[2 + agents * items :]
    uses, capacity = rest[: agents * items], rest[agents * items :]
    by_item = [_transposed(_rows(figures, agents, items)) for figures in (costs, uses)]
    return Instance(name, capacity[:agents], (), (), by_item[0], by_item[1])


def _pmedcap(name: str, words: list[str]) -> Instance:
    """`id best`, then `n p Q`, then n lines `id x y demand`."""
    nodes, medians, capacity = int(words[2]), int(words[3]), words[4]
    rows = _rows(words[5:], nodes, 4)
    at = [(int(row[1]), int(row[2])) for row in rows]
    costs = [[str(math.isqrt((a - c) ** 2 + (b - d) ** 2)) for c, d in at] for a, b in at]
    return Instance(name, [capacity] * nodes, (), [row[3] for row in rows], costs, sites_in_use=medians)


READERS: Final[dict[str, Callable[[str, list[str]], Instance]]] = {
    "cflp": _cflp,
    "sscflp": _sscflp,
    "gap": _gap,
    "pmedcap": _pmedcap,
}


def _rows(words: Sequence[str], count: int, width: int) -> list[Sequence[str]]:
    if len(words) < count * width:
        raise ValueError(f"{count * width} figures are wanted, {len(words)} are left in the file")
    return [words[row * width : (row + 1) * width] for row in range(count)]


def _transposed(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    return [list(column) for column in zip(*rows, strict=True)]


def scenario_of(instance: Instance, quotes: object) -> dict[str, Any]:
    """The scenario document of an instance; `quotes` is a list of quotes or the name of a CSV beside the file."""
    document: dict[str, Any] = {
        "scenario": instance.name,
        "question": "Which sites open, and who is served from where?",
        "as_of": "2026-11-23",
        "horizon": {"from": "2026Q4", "periods": 1},
        "catalog": {"providers": [], "places": []},
        "policies": [],
        "entities": [{"id": "owner", "established_in": "MY", "sector": "other"}],
        "regions": [_region(instance, site) for site in range(len(instance.capacity))],
        "workloads": [{"id": "w", "entity": "owner", "components": _components(instance)}],
        "quotes": quotes,
        "objectives": ["cost"],
        "solver": {"gap": "0 %"},
    }
    if instance.sites_in_use is not None:
        document["limits"] = {"regions": {"exactly": instance.sites_in_use}}
    return document


def _region(instance: Instance, site: int) -> dict[str, Any]:
    zone = {"id": f"f{site + 1}a", "capacity": {"vcpu": _plain(instance.capacity[site])}}
    region = {"provider": "bench", "id": f"f{site + 1}", "lat": 3.1, "lon": 101.7, "country": "MY", "zones": [zone]}
    return region | ({"opening_cost": f"{instance.fixed[site]} USD/month"} if instance.fixed else {})


def _components(instance: Instance) -> list[dict[str, Any]]:
    demand = instance.demand or ["1"] * len(instance.costs)
    return [_component(f"c{number}", each, instance.divisible) for number, each in enumerate(demand, 1)]


def _component(name: str, demand: str, divisible: bool) -> dict[str, Any]:
    alone: dict[str, Any] = {"divisible": True} if divisible else {"replicas": {"count": 1}}
    return {"id": name, **alone, "per_replica": {"vcpu": _plain(demand)}}


def _plain(figure: str) -> int | float:
    """A count without a unit, as a YAML number."""
    number = float(figure)
    return int(number) if number.is_integer() else number


def quotes_of(instance: Instance) -> Iterator[dict[str, str]]:
    """One row of the CSV form for each customer and site."""
    for customer, costs in enumerate(instance.costs):
        for site, cost in enumerate(costs):
            use = instance.uses[customer][site] if instance.uses else ""
            yield dict(zip(COLUMNS, (f"w/c{customer + 1}", f"bench:f{site + 1}", cost, use), strict=True))


def _inline(row: dict[str, str]) -> dict[str, Any]:
    quote: dict[str, Any] = {
        "component": row["component"],
        "place": row["place"],
        "cost": f"{row['cost']} USD/month",
    }
    return quote | ({"uses": {"vcpu": _plain(row["uses_vcpu"])}} if row["uses_vcpu"] else {})


def write_scenario(source: Path, folder: Path) -> Path:
    """Write an instance as FOLDER/NAME.yaml (and NAME.csv when it has many quotes); returns the scenario's path."""
    instance = read_instance(source)
    rows, path = list(quotes_of(instance)), folder / f"{instance.name}.yaml"
    if len(rows) <= MOST_INLINE_QUOTES:
        document = scenario_of(instance, [_inline(row) for row in rows])
    else:
        document = scenario_of(instance, f"{instance.name}.csv")
        with path.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    path.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    return path


def main(paths: Sequence[str]) -> int:
    """Convert instances into the folder named last; returns the exit code."""
    if len(paths) < 2:
        print("usage: published.py INSTANCE... FOLDER", file=sys.stderr)
        return 2
    *sources, folder = map(Path, paths)
    folder.mkdir(parents=True, exist_ok=True)
    for source in sources:
        print(write_scenario(source, folder))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
