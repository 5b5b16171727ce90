"""Serving: the catalogue of models, and the chips that the demand of a scenario asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from planner.model.accelerators import Accelerator, Serves
from planner.model.question import Component, Workload
from planner.model.serving import JobTime, Model, Roofline, Serving, Throughput, Utilisation
from planner.model.sizing import Sized, kinds_measured, size
from planner.reading.faults import Collector
from planner.reading.library import Library
from planner.reading.nouns import read_file
from planner.reading.regions import MODELS
from planner.reading.token_prices import by_the_token


@dataclass(frozen=True, slots=True)
class ModelFile:
    """`models.yaml` of a regions folder: models that components serve, and what chips make of them."""

    schema: Literal["residency-models/1"]
    models: tuple[Model, ...] = ()
    utilisation: tuple[Utilisation, ...] = ()
    roofline: Roofline | None = None
    note: str | None = None


def read_serving(library: Library, kinds: Collection[str], faults: Collector) -> Serving:
    """The models of every catalogue folder; a later folder's roofline replaces an earlier one's.

    Args:
        library: the folders.
        kinds: kinds of chip that are known.
        faults: takes what is wrong.
    """
    serving = Serving()
    for folder in library.regions:
        if (folder / MODELS).exists():
            serving = read_models(folder / MODELS, serving, kinds, faults)
    return serving


def read_models(path: Path, into: Serving, kinds: Collection[str], faults: Collector) -> Serving:
    """What is known with one file of models added; faults are collected."""
    file: ModelFile | None = read_file(path, ModelFile, faults)
    if file is None:
        return into
    models = dict(into.models)
    for model in file.models:
        for name in (model.id, *model.also):
            if name in models:
                faults.twice(faults.inside(model.where, name), f"model {name!r}", models[name].where)
            models.setdefault(name, model)
        _check_model(model, kinds, faults)
    for row in file.utilisation:
        if row.accelerator not in kinds:
            faults.unknown(faults.find("utilisation"), "accelerator", row.accelerator, kinds)
    known = {row.accelerator: row for row in file.utilisation}
    return Serving(models, {**into.utilisation, **known}, file.roofline or into.roofline)


def _check_model(model: Model, kinds: Collection[str], faults: Collector) -> None:
    for name in model.groups:
        if name not in kinds:
            faults.unknown(faults.inside(model.where, "groups", name, key=True), "accelerator", name, kinds)
    tables: dict[str, Sequence[Throughput | JobTime]] = {"throughput": model.throughput, "jobs": model.jobs}
    for key, rows in tables.items():
        for index, row in enumerate(rows):
            if row.accelerator not in kinds:
                where = faults.inside(model.where, key, index, "accelerator")
                faults.unknown(where, "accelerator", row.accelerator, kinds)
    rates = [(n, each) for n, row in enumerate(model.throughput) for each in (row.prefill, row.decode)]
    for index, rate in rates:
        if rate is not None and rate <= 0:
            where = faults.inside(model.where, "throughput", index)
            faults.add(where, "S003", f"{model.id}: {rate} tokens/s is no throughput", "leave the row out")
    for name, chips in model.groups.items():
        if chips < 1:
            where = faults.inside(model.where, "groups", name)
            faults.add(where, "S003", f"{model.id}: a group of {chips} {name}", "write 1 or more")


def with_alternatives(
    workloads: Iterable[Workload],
    kinds: Mapping[str, Accelerator],
    library: Library,
    days: tuple[date, date] | None,
    sold: Collection[str],
    faults: Collector,
) -> tuple[Workload, ...]:
    """The workloads with every demand on a model turned into alternatives; what cannot be is a fault.

    Args:
        workloads: components may say what they serve.
        kinds: kinds of chip by id.
        library: the folders that may hold models; they are read only when something is served.
        days: first and last day of the horizon, for lifetimes of models; None when the horizon is none.
        sold: models that a region in play sells by the token.
        faults: takes what is wrong, and warnings about kinds that are no alternative.
    """
    workloads = tuple(workloads)
    if not any(component.serves for workload in workloads for component in workload.components):
        return workloads
    serving = read_serving(library, kinds, faults)
    return tuple(
        replace(
            workload,
            components=tuple(_component(each, kinds, serving, days, sold, faults) for each in workload.components),
        )
        for workload in workloads
    )


def _component(
    component: Component,
    kinds: Mapping[str, Accelerator],
    serving: Serving,
    days: tuple[date, date] | None,
    sold: Collection[str],
    faults: Collector,
) -> Component:
    serves = component.serves
    if serves is not None and component.accelerators:
        where = faults.inside(component.where, "accelerators", key=True)
        faults.add(where, "N003", f"{component.id} has accelerators and serves a model", "choose one")
    if serves is None or component.accelerators or not _makes_sense(component, serves, faults):
        return component
    model = serving.models.get(serves.model)
    if model is None:
        where = faults.inside(component.where, "serves", "model")
        faults.unknown(where, "model", serves.model, serving.models)
        return component
    tokens = by_the_token(serves, model, sold)
    if not _can_be_had(component, model, days, bool(tokens), faults):
        return component
    if not tokens and not _is_measured(component, serves, model, faults):
        return component
    sized = Sized(()) if model.access == "api" else size(serves, model, kinds, serving)
    _tell(component, sized.left_out, kinds, bool(sized.alternatives or tokens), faults)
    return replace(
        component,
        accelerators=(*sized.alternatives, *tokens),
        serves=replace(serves, left_out=dict(sorted(sized.left_out.items()))),
    )


def _makes_sense(component: Component, serves: Serves, faults: Collector) -> bool:
    """Whether the figures of a demand can be; each that cannot is a fault."""
    wrong = []
    if not (serves.input or serves.output or serves.jobs):
        wrong.append(("model", f"{component.id} serves {serves.model} to nobody", "give input and output, or jobs"))
    if serves.jobs and (serves.input or serves.output):
        wrong.append(("jobs", f"{component.id} serves both tokens and jobs", "make two components of it"))
    if serves.peak < 1:
        wrong.append(("peak", f"{component.id}: peak {serves.peak} is below the mean", "write 1 or more"))
    if serves.cached > 1:
        wrong.append(("cached", f"{component.id}: cached is above 100 %", "write for example 40 %"))
    if not 0 < serves.utilisation <= 1:
        text = f"{component.id}: utilisation is not above 0 % and at most 100 %"
        wrong.append(("utilisation", text, "write for example 70 %"))
    for key, text, hint in wrong:
        faults.add(faults.inside(component.where, "serves", key), "S003", text, hint)
    return not wrong


def _can_be_had(
    component: Component, model: Model, days: tuple[date, date] | None, sold: bool, faults: Collector
) -> bool:
    """Whether one can run the model, on chips of one's own or behind an API, from the first day to the last."""
    if model.access == "api" and not sold:
        text = f"no weights of {model.id} are published: it runs where its owner serves it"
        hint = "name the service under `services:`, or a region of `kind: api` that sells its tokens"
    else:
        text, hint = _lifetime(model, days) if days else ("", "")
    if text:
        faults.add(faults.inside(component.where, "serves", "model"), "N003", text, hint)
    return not text


def _lifetime(model: Model, days: tuple[date, date]) -> tuple[str, str]:
    """What is wrong with relying on the model from the first day to the last, and what to do."""
    first, last = days
    if model.released is not None and first < model.released:
        return f"{model.id} is released on {model.released}, after {first}", "choose an earlier model"
    if model.withdrawn is not None and model.withdrawn <= first:
        return f"{model.id} is withdrawn since {model.withdrawn}", "choose a later model"
    if model.withdrawn is not None and model.withdrawn <= last:
        text = f"{model.id} is withdrawn on {model.withdrawn}, before the plan ends on {last}"
        return text, "choose a later model, or plan up to that day"
    return "", ""


def _is_measured(component: Component, serves: Serves, model: Model, faults: Collector) -> bool:
    """Whether there is a kind to look at."""
    if serves.accelerators or kinds_measured(model):
        return True
    text = f"nobody has published a throughput of {model.id} on any kind of chip"
    hint = "name kinds under `accelerators:`, then they are sized by the roofline"
    faults.add(faults.inside(component.where, "serves", "model"), "N003", text, hint)
    return False


def _tell(
    component: Component, left_out: Mapping[str, str], kinds: Collection[str], some: bool, faults: Collector
) -> None:
    """A kind that is no alternative is a warning, and a fault when none is left; unknown kinds are told elsewhere."""
    for name, reason in sorted(left_out.items()):
        if name not in kinds:
            continue
        where = faults.inside(component.where, "serves", "accelerators", name)
        text = f"{component.id}: {name} is no alternative: {reason}"
        if some:
            faults.warn(where, "N006", text, "see docs/accelerators.md, Sizing")
        else:
            faults.add(where, "N006", text, "write `accelerators:` with units and group of your own")
