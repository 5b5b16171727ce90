"""Explaining: one estimate taken apart, and estimates that do without the pair's own measurement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from planner.geography.bands import BANDS, edges_of
from planner.geography.corridors import corridors_of
from planner.geography.distances import great_circle_km
from planner.geography.evidence import Evidence, evidence_of
from planner.geography.fitting import Fit, MeasuredPairs, fit
from planner.geography.formulas import curve_ms, floor_us
from planner.geography.round_trips import find_round_trips
from planner.geography.sites import Site, site_of
from planner.model.catalogue import Measurement, Region
from planner.model.latency import INSIDE_MS, Anchor, Estimate, LatencyModel, Provenance
from planner.model.question import DemandPoint

End = Region | DemandPoint
MOST_VOICES = 5


@dataclass(frozen=True, slots=True)
class Voice:
    """A measured pair nearby: what was measured, what the corridor graph says of it, and how similar it is."""

    src: str
    dst: str
    rtt_ms: Decimal
    alone_ms: float
    similarity: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """An estimate and what it is made of.

    Attributes:
        distance_km: great circle.
        floor_ms: no signal in fibre is faster.
        way_km: weighted km over the corridors.
        places: landings on the way, none when it is straight.
        alone_ms: what the graph says on the backbone of one provider.
        voices: measured pairs nearby, the most similar first.
    """

    src: Site
    dst: Site
    estimate: Estimate
    distance_km: float
    floor_ms: float
    way_km: float
    places: tuple[str, ...]
    alone_ms: float
    voices: tuple[Voice, ...]


def explain(
    src: End, dst: End, measurements: Sequence[Measurement], model: LatencyModel, own: bool = True
) -> Explanation:
    """Take one estimate apart; without `own`, as if the pair itself had never been measured. Needs corridors."""
    assert model.curve is not None
    a, b = site_of(src), site_of(dst)
    away = great_circle_km([a.point], [b.point])
    corridors = corridors_of(model, model.curve)
    way = corridors.path_km([a.point], [b.point])
    found = estimates(src, dst, measurements, model) if own else without_own([(src, dst)], measurements, model)[0]
    return Explanation(
        a,
        b,
        found,
        float(away[0, 0]),
        int(floor_us(away)[0, 0]) / 1000,
        float(way[0, 0]),
        tuple(corridors.places_on(a.point, b.point)),
        float(curve_ms(way, model.curve)[0, 0]),
        _voices(a, b, measurements, model, own) if found.path == "backbone" else (),
    )


def estimates(src: End, dst: End, measurements: Sequence[Measurement], model: LatencyModel) -> Estimate:
    """The estimate of one pair."""
    return find_round_trips([src], [dst], measurements, model).at(0, 0)


def _voices(a: Site, b: Site, measurements: Sequence[Measurement], model: LatencyModel, own: bool) -> tuple[Voice, ...]:
    assert model.curve is not None
    evidence = evidence_of(model)
    measured = {frozenset((m.src, m.dst)): m.rtt_ms for m in measurements}
    similarity = evidence.similarity_to([a.point], [b.point])
    if not own:
        similarity = np.where(_is_own(evidence, a.key, b.key), 0.0, similarity)
    out = []
    for n in evidence.nearest(similarity, MOST_VOICES):
        src, dst = int(evidence.src[n]), int(evidence.dst[n])
        pair = evidence.keys[src], evidence.keys[dst]
        way = corridors_of(model, model.curve).path_km([evidence.points[src]], [evidence.points[dst]])
        if frozenset(pair) in measured:
            alone = float(curve_ms(way, model.curve)[0, 0])
            out.append(Voice(*pair, measured[frozenset(pair)], alone, float(similarity[n])))
    return tuple(out)


def _is_own(evidence: Evidence, a: str, b: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    pairs = zip(evidence.src.tolist(), evidence.dst.tolist(), strict=True)
    return np.array([{evidence.keys[s], evidence.keys[d]} == {a, b} for s, d in pairs])


def without_own(
    pairs: Sequence[tuple[End, End]], measurements: Sequence[Measurement], model: LatencyModel
) -> list[Estimate]:
    """Estimates as if each asked pair had never been measured; all others keep their say.

    A pair that was measured is predicted by leaving it out of the fit, which the inverse of one matrix gives for all.
    """
    measured = {frozenset((m.src, m.dst)): m.rtt_ms for m in measurements}
    kept = [anchor for anchor in model.anchors if frozenset((anchor.src, anchor.dst)) in measured]
    numbers = {frozenset((anchor.src, anchor.dst)): n for n, anchor in enumerate(kept)}
    fitted: Fit | None = None
    out = []
    for src, dst in pairs:
        keys = frozenset((site_of(src).key, site_of(dst).key))
        if keys in numbers:
            fitted = fitted or _fit_again(model, kept, measured)
            out.append(_predicted(src, dst, fitted, numbers[keys], model))
        else:
            out.append(estimates(src, dst, (), model))
    return out


def _fit_again(model: LatencyModel, kept: Sequence[Anchor], measured: Mapping[frozenset[str], Decimal]) -> Fit:
    index = {site.key: n for n, site in enumerate(model.sites)}
    pairs = MeasuredPairs(
        [site.key for site in model.sites],
        [(site.lat, site.lon) for site in model.sites],
        np.array([index[a.src] for a in kept]),
        np.array([index[a.dst] for a in kept]),
        np.array([float(measured[frozenset((a.src, a.dst))]) for a in kept]),
    )
    return fit(pairs, model)


def _predicted(src: End, dst: End, fitted: Fit, number: int, model: LatencyModel) -> Estimate:
    """A measured pair, from what the other measured pairs carry to it."""
    a, b = site_of(src), site_of(dst)
    evidence = evidence_of(model)
    others = ~_is_own(evidence, a.key, b.key)
    similarity = float((evidence.similarity_to([a.point], [b.point]) * others).max())
    spoken = similarity >= float(evidence.carrying.least)
    twin = bool((evidence.is_twin([a.point], [b.point]) & others).any())
    ms = fitted.alone[number] * (np.exp(fitted.left_out[number]) if spoken else 1.0)
    floor = floor_us(great_circle_km([a.point], [b.point]))
    rough = find_round_trips([src], [dst], (), model)
    median = np.maximum(np.rint(np.array([[ms * 1000]])).astype(np.int64), np.maximum(floor, int(INSIDE_MS * 1000)))
    kind: Provenance = "modelled" if not spoken else "twin" if twin else "interpolated"
    of = np.array([[BANDS.index(kind)]], dtype=np.int8)
    low, high = edges_of(median, of, np.array([[similarity]]), model.bands)
    rtt, least, most = (Decimal(int(t[0, 0])).scaleb(-3) for t in (median, np.maximum(low, floor), high))
    return Estimate(rtt, least, most, kind, rough.at(0, 0).path)
