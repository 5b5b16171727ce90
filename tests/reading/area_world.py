"""A hall in Johor and one in Singapore, a rule, and a folder of policies with areas."""

from __future__ import annotations

from pathlib import Path

VOCABULARY = """\
schema: residency-vocabulary/1
data_classes: {personal: null}
"""
RULES = """\
schema: residency-rules/1
as_of: 2026-11-23
rules:
  - id: law
    title: Personal data stay out of a place
    law_of: MY
    level: must
    in_force: [{from: 2020-01-01}]
    when: {data_class: [personal]}
    verbs: [process]
    then: {forbid: {in: [SG]}}
    cites: [{instrument: An act, quality: primary, checked: 2026-11-23}]
"""
SCENARIO = """\
scenario: halls
question: Which hall?
as_of: 2026-11-23
horizon: {from: 2026Q4, periods: 1}
catalog: {providers: [], places: []}
entities: [{id: e, established_in: MY}]
datasets: [{id: d, entity: e, classes: [personal], subjects: [MY], size: 1 GB}]
regions:
  - {provider: own, id: my, lat: 1.5000, lon: 103.5000, country: MY, zones: [{id: a}], prices: {storage_gb_month: 0.03, egress_internet_gb: 0.1}}
  - {provider: own, id: sg, lat: 1.3000, lon: 103.8000, country: SG, zones: [{id: b}], prices: {storage_gb_month: 0.03, egress_internet_gb: 0.1}}
workloads: [{id: w, entity: e, components: [{id: k, reads: [d]}]}]
quotes:
  - {component: w/k, place: "own:my", cost: 20 USD/month}
  - {component: w/k, place: "own:sg", cost: 10 USD/month}
objectives: [cost]
"""

OWN = """\
{
 "type": "FeatureCollection",
 "features": [
  {"type": "Feature",
   "properties": {"id": "my-port", "name": "A port", "displaces": "MY", "source": "a map", "as_of": "2026-11-23",
    "confidence": "high", "accuracy_km": 0.5, "note": null},
   "geometry": {"type": "Polygon", "coordinates": [[
    [103.0, 1.0],
    [104.0, 1.0],
    [104.0, 2.0],
    [103.0, 2.0],
    [103.0, 1.0]]]}}
 ]
}
"""


def area_folder(at: Path, geojson: str, rules: str = RULES) -> Path:
    """A folder of policies: a vocabulary, one rule, one area file."""
    folder = at / "policies"
    for name in ("law", "areas"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "vocab.yaml").write_text(VOCABULARY)
    (folder / "law" / "own.yaml").write_text(rules)
    (folder / "areas" / "own.geojson").write_text(geojson)
    return folder
