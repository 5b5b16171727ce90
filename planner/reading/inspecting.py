"""Inspecting: what a file is and everything wrong with it, for `planner check`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from planner.errors import Fault, InputFaults, Where
from planner.model.catalogue import Measurement
from planner.model.scenario import Scenario
from planner.model.serving import Serving
from planner.model.vocabulary import Vocabulary
from planner.reading.checking_law import check_vocabulary
from planner.reading.faults import Collector, nearest
from planner.reading.figures import read_power
from planner.reading.library import Library, files_in, label
from planner.reading.linting_regions import lint_figures, lint_provider
from planner.reading.policies import add_areas, read_policies
from planner.reading.regions import (
    POWER_TABLE,
    Catalogue,
    read_accelerators,
    read_catalogue,
    read_provider,
    read_tables,
)
from planner.reading.round_trips import shipped_measurements
from planner.reading.scenarios import read_scenario
from planner.reading.serving import read_models
from planner.reading.yaml_files import load_document

REGIONS, CHIPS, MODELS = "residency-regions/1", "residency-accelerators/1", "residency-models/1"
SCHEMAS = ("residency-rules/1", REGIONS, CHIPS, MODELS, "residency-vocabulary/1", "residency-lists/1")


@dataclass(frozen=True)
class Inspection:
    """One checked path: its kind, its faults, one line about it, and the scenario when it is one."""

    path: str
    kind: str
    faults: tuple[Fault, ...]
    summary: str
    scenario: Scenario | None = None
    parts: tuple[Inspection, ...] = ()

    @property
    def scenarios(self) -> list[Scenario]:
        """The scenario, or all those of a folder."""
        return [each.scenario for each in (self, *self.parts) if each.scenario is not None]

    @property
    def errors(self) -> bool:
        """Whether any fault stops reading."""
        return any(fault.severity == "error" for fault in self.faults)


def inspect(path: Path, library: Library) -> Inspection:
    """Check a file, or every YAML file of a folder."""
    name = label(path)
    try:
        if path.is_dir():
            return _folder(path, name, library)
        return _file(path, name, library)
    except InputFaults as error:
        return Inspection(name, "unreadable", error.faults, "not readable")


def _folder(path: Path, name: str, library: Library) -> Inspection:
    parts = [inspect(each, library) for each in files_in(path, ".yaml", ".geojson")]
    tables = [_power(each) for each in files_in(path, ".csv") if each.name == POWER_TABLE]
    faults = tuple(fault for part in (*parts, *tables) for fault in part.faults)
    if not parts:
        faults = (
            Fault(Where(name), "Y001", "the folder holds no YAML file", "name a scenario, policy or region file"),
        )
    return Inspection(name, "folder", faults, f"{len(parts)} files read", parts=tuple(parts))


def _file(path: Path, name: str, library: Library) -> Inspection:
    if path.suffix == ".geojson":
        return _areas(path, name, library)
    document = load_document(path, name, into=[])
    data = document.data if isinstance(document.data, dict) else {}
    schema = data.get("schema")
    if schema is None:
        return _scenario(path, name, library)
    if schema in (REGIONS, CHIPS):
        return _regions(path, name, str(schema), library)
    if schema == MODELS:
        return _models(path, name, library)
    if schema in SCHEMAS:
        return _policy(path, name, library)
    text = f"schema {schema!r} is not known"
    raise InputFaults([Fault(document.where(("schema",)), "S003", text, nearest(str(schema), SCHEMAS))])


def _scenario(path: Path, name: str, library: Library) -> Inspection:
    scenario = read_scenario(path, library=library)
    counts = f"{len(scenario.components)} components, {len(scenario.regions)} regions, {len(scenario.rules)} rules"
    return Inspection(name, "scenario", scenario.warnings, f"{counts}, no fault", scenario)


def _models(path: Path, name: str, library: Library) -> Inspection:
    faults = Collector()
    found = read_models(path, Serving(), catalogue_of(library).accelerators, faults)
    count = len({model.id for model in found.models.values()})
    return Inspection(name, "models", tuple(faults.faults), f"{count} models, no fault")


def _regions(path: Path, name: str, schema: str, library: Library) -> Inspection:
    faults, catalogue = Collector(), Catalogue()
    if schema == CHIPS:
        read_accelerators(path, catalogue, faults)
        return Inspection(name, "accelerators", tuple(faults.faults), f"{len(catalogue.accelerators)} chips, no fault")
    for folder in {each.resolve(): each for each in (*library.regions, path.parent)}.values():
        read_tables(folder, catalogue, Collector())
    file = read_provider(path, catalogue, faults)
    if file is not None and not faults.faults:
        lint_provider(file, path.parent, catalogue.regions.values(), faults)
    return Inspection(name, "region", tuple(faults.faults), f"{len(catalogue.regions)} regions, no fault")


def _power(path: Path) -> Inspection:
    faults = Collector()
    read_power(path, {}, faults)
    lint_figures(path, "place", faults)
    return Inspection(label(path), "power", tuple(faults.faults), "no fault")


def _policy(path: Path, name: str, library: Library) -> Inspection:
    faults = Collector()
    found = read_policies(library, [str(path.resolve())], path.parent, Where(name), faults)
    return Inspection(name, "policy", tuple(faults.faults), f"{len(found.rules)} rules, no fault")


def _areas(path: Path, name: str, library: Library) -> Inspection:
    faults = Collector()
    found = read_policies(library, (), path.parent, Where(name), faults)
    own = add_areas(path, found, faults)
    check_vocabulary(Vocabulary(areas={each: found.vocabulary.areas[each] for each in own}), {}, faults)
    return Inspection(name, "areas", tuple(faults.faults), f"{len(own)} areas, no fault")


def catalogue_of(library: Library, only: Collection[str] | None = None) -> Catalogue:
    """The catalogue of a library, of some providers only where they are named; raises InputFaults."""
    faults = Collector()
    catalogue = read_catalogue(library, faults, only)
    faults.raise_errors()
    return catalogue


def faults_of_catalogue(library: Library) -> tuple[Fault, ...]:
    """What is wrong when all folders of a catalogue are read together."""
    faults = Collector()
    read_catalogue(library, faults)
    return tuple(faults.faults)


def measurements_of(library: Library) -> tuple[Measurement, ...]:
    """The measured pairs of regions of a library, one figure each; raises InputFaults."""
    faults = Collector()
    found = shipped_measurements(library, faults)
    faults.raise_errors()
    return found
