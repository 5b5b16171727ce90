"""One tiny world a row family, and the columns and rows that its golden LP shows."""

from __future__ import annotations

from dataclasses import dataclass, field

PRICES = "prices: {vcpu_hour: 0.01, storage_gb_month: 0.02, egress_internet_gb: 0.05}"

R1 = f"{{provider: p, id: r1, country: MY, lat: 3, lon: 101, zones: [{{id: a}}], {PRICES}}}"
R2 = f"{{provider: p, id: r2, country: SG, lat: 3, lon: 110, zones: [{{id: b}}], {PRICES}}}"
"""Two regions of one zone without stated capacity, a thousand kilometres apart."""

TWO = f"regions: [{R1}, {R2}]\n"


@dataclass(frozen=True)
class Golden:
    """Lines of a scenario, the families that the golden file shows, and policy files beside the scenario."""

    lines: str
    families: tuple[str, ...]
    beside: dict[str, str] = field(default_factory=dict)


WORLDS: dict[str, Golden] = {
    "presence": Golden(
        TWO
        + """
workloads:
  - id: w
    entity: e
    components:
      - {id: a, per_replica: {vcpu: 1}, replicas: {count: 3}}
      - {id: few, per_replica: {vcpu: 2}, regions: {min: 1, max: 2}}
      - {id: split, per_replica: {vcpu: 4}, divisible: true}
    flows: [{from: split, to: few, volume: 1 GB/month}]
""",
        ("x", "x_divisible", "presence"),
    ),
    "shares": Golden(
        f"""
regions:
  - {{provider: p, id: r1, country: MY, lat: 3, lon: 101, {PRICES},
     zones: [{{id: a, capacity: {{vcpu: 3}}}}, {{id: a2}}]}}
  - {R2}
workloads:
  - id: w
    entity: e
    components:
      - {{id: pair, per_replica: {{vcpu: 2}}, regions: {{min: 2, max: 2}}}}
      - {{id: split, per_replica: {{vcpu: 4}}, divisible: true}}
    flows: [{{from: split, to: pair, volume: 0 GB/month}}]
""",
        ("s", "sz", "x_divisible", "share_sum", "share_here", "share_even", "share_zones"),
    ),
    "units": Golden(
        f"""
regions:
  - {{provider: p, id: r1, country: MY, lat: 3, lon: 101, {PRICES},
     zones: [{{id: a, capacity: {{vcpu: 5}}}}, {{id: a2}}]}}
  - {R2}
workloads: [{{id: w, entity: e, components: [{{id: a, per_replica: {{vcpu: 2}}, replicas: {{count: 3}}}}]}}]
""",
        ("n", "units", "units_zone"),
    ),
    "spread": Golden(
        f"""
regions:
  - {{provider: p, id: r1, country: MY, lat: 3, lon: 101, {PRICES},
     zones: [{{id: a, capacity: {{vcpu: 9}}}}, {{id: a2}}, {{id: a3}}]}}
  - {R2}
workloads:
  - id: w
    entity: e
    components:
      - {{id: a, per_replica: {{vcpu: 1}}, replicas: {{count: 5}}, requires: {{spread: {{zones: 2, even: true}}}}}}
""",
        ("p", "spread", "spread_used", "spread_even"),
    ),
    "capacity": Golden(
        f"""
regions:
  - {{provider: p, id: r1, country: MY, lat: 3, lon: 101, {PRICES},
     zones: [{{id: a, capacity: {{vcpu: 7.5, memory: 8 GiB}}}}, {{id: b, capacity: {{vcpu: 9}}}}]}}
workloads:
  - id: w
    entity: e
    components:
      - {{id: a, per_replica: {{vcpu: 2}}, replicas: {{count: 3}}}}
      - {{id: split, per_replica: {{memory: 6 GiB}}, divisible: true}}
quotes:
  - {{component: a, place: "p:r1", cost: 9 USD/month, uses: {{vcpu: 2.5}}}}
  - {{component: split, place: "p:r1", cost: 9 USD/month}}
""",
        ("capacity",),
    ),
    "users": Golden(
        TWO
        + """
workloads:
  - id: w
    entity: e
    components:
      - {id: a, per_replica: {vcpu: 1}, regions: {min: 1, max: 2}, requires: {within: {users: 80 %, rtt: 10 ms}}}
    flows:
      - {from: near, to: a, volume: 100 GB/month}
      - {from: far, to: a, volume: 50 GB/month}
users:
  - {id: near, at: {n1: {lat: 3, lon: 101, country: MY, weight: 3}, n2: {lat: 3, lon: 110, country: SG, weight: 1}}}
  - {id: far, split: false, at: {f1: {lat: 3, lon: 110, country: SG, weight: 1}}}
""",
        ("q", "q_whole", "served", "served_here", "share_users", "within"),
    ),
    "flows": Golden(
        TWO
        + """
datasets: [{id: d, entity: e, size: 10 GB, copies: [{role: primary}, {role: replica}, {role: backup}]}]
workloads:
  - id: w
    entity: e
    components:
      - {id: one, per_replica: {vcpu: 1}}
      - {id: two, per_replica: {vcpu: 1}, regions: {min: 1, max: 2}}
    flows:
      - {from: one, to: two, volume: 300 GB/month}
      - {from: two, to: one, volume: 200 GB/month, max_rtt: 9 ms}
      - {from: "dataset:d", to: two, volume: 100 GB/month}
      - {from: one, to: "dataset:d", volume: 40 GB/month}
""",
        ("f", "flow_out", "flow_in", "flow_here", "read", "read_here", "share_flows"),
    ),
    "copies": Golden(
        TWO
        + """
datasets:
  - {id: d, entity: e, size: 10 GB, change: 3 GB/month, copies: [{role: primary}, {role: backup, apart: 100 km}]}
workloads: [{id: w, entity: e, components: [{id: a, per_replica: {vcpu: 1}}]}]
""",
        ("b", "fb", "copy", "recovery", "replication_out", "replication_in"),
    ),
    "opening": Golden(
        f"""
regions:
  - {{provider: p, id: r1, country: MY, lat: 3, lon: 101, zones: [{{id: a}}], {PRICES},
     opening_cost: 12 USD/month, opening_once: 30 USD}}
  - {R2}
datasets: [{{id: d, entity: other}}]
workloads: [{{id: w, entity: e, components: [{{id: a, per_replica: {{vcpu: 1}}}}]}}]
limits: {{regions: {{exactly: 2}}}}
""",
        ("o", "y", "open", "open_used", "open_any", "open_any_used", "limit_regions"),
    ),
    "mechanisms": Golden(
        TWO
        + """
policies: [law.yaml]
datasets: [{id: d, entity: e}]
workloads: [{id: w, entity: e, components: [{id: a, per_replica: {vcpu: 1}}]}]
""",
        ("buy", "gate"),
        {
            "vocab": """
schema: residency-vocabulary/1
mechanisms:
  consulted: {kind: approval, scope: entity, cost_usd: 100}
  assessed: {kind: assessment, scope: destination, cost_usd: 70, valid_days: 184}
""",
            "law": """
schema: residency-rules/1
as_of: 2026-11-23
rules:
  - {id: gate-rule, title: A gate., law_of: MY, level: must, in_force: [{from: 2020-01-01}], when: {}, verbs: [process],
     then: {forbid: {in: ["*"]}, unless: [{holds: [consulted]}]},
     cites: [{instrument: an act, quality: memory, checked: 2026-11-23}], tests: []}
  - {id: border, title: A border., law_of: MY, level: must, in_force: [{from: 2020-01-01}], when: {},
     verbs: [process, store], then: {confine: {in: [MY]}, unless: [{holds: [consulted, assessed]}]},
     cites: [{instrument: an act, quality: memory, checked: 2026-11-23}], tests: []}
""",
        },
    ),
    "duties": Golden(
        TWO
        + """
policies: [law.yaml]
datasets: [{id: d, entity: e, copies: [{role: primary}, {role: backup}]}]
workloads: [{id: w, entity: e, components: [{id: a, per_replica: {vcpu: 1}}]}]
""",
        ("v", "duty"),
        {
            "vocab": """
schema: residency-vocabulary/1
""",
            "law": """
schema: residency-rules/1
as_of: 2026-11-23
rules:
  - {id: home-copy, title: A copy stays., law_of: MY, level: must, in_force: [{from: 2020-01-01}], when: {}, verbs: [store],
     then: {require: {local_copy: {in: [MY]}}}, cites: [{instrument: an act, quality: memory, checked: 2026-11-23}]}
  - {id: better-apart, title: Better apart., law_of: MY, level: should, penalty_usd_month: 5, in_force: [{from: 2020-01-01}],
     when: {}, verbs: [backup], then: {require: {copies_apart_km: 100}},
     cites: [{instrument: an act, quality: memory, checked: 2026-11-23}]}
""",
        },
    ),
    "accelerators": Golden(
        """
entities: [{id: e, operates: [q]}]
accelerators:
  kinds:
    - {id: H, name: H, vendor: v, vendor_in: US, tdp_w: 500}
    - {id: K, name: K, vendor: v, vendor_in: CN, tdp_w: 400}
regions:
  - {provider: p, id: r1, country: MY, lat: 3, lon: 101, prices: {accelerator_hour: {H: 2, K: 1}},
     zones: [{id: a, stock: [{accelerator: H, units: 5}]}, {id: a2}]}
  - {provider: q, id: r2, kind: own, country: SG, lat: 3, lon: 110, zones: [{id: b}],
     prices: {accelerator_hour: {H: 0.5}, accelerator_purchase: {H: 20000}}, power: {tariff_kwh: 0.1, pue: 1.5}}
policies: [law.yaml]
workloads:
  - id: w
    entity: e
    components:
      - {id: m, accelerators: [{id: H, units: 4, group: 2}, {id: K, units: 3}]}
""",
        (
            "a",
            "na",
            "n",
            "bought",
            "buys",
            "kind",
            "groups",
            "groups_zone",
            "groups_of_kinds",
            "stock",
            "buys_if",
            "gate",
        ),
        {
            "vocab": """
schema: residency-vocabulary/1
chips: [H, K]
mechanisms: {licence: {kind: licence, scope: shipment, cost_usd: 360}}
""",
            "law": """
schema: residency-rules/1
as_of: 2026-11-23
rules:
  - {id: chip-gate, title: A gate., law_of: US, level: must, in_force: [{from: 2020-01-01}], when: {chip: [H]}, verbs: [install],
     then: {forbid: {in: ["*"]}, unless: [{holds: [licence]}]},
     cites: [{instrument: an act, quality: memory, checked: 2026-11-23}], tests: []}
""",
        },
    ),
}
