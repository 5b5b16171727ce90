"""Valid files that the tests of wrong input change in one place each."""

from __future__ import annotations

SCENARIO = """\
scenario: wallet
question: Where does a small wallet run?
as_of: 2026-11-23
horizon: {from: 2026Q4, periods: 1}
catalog: {providers: [alibaba], places: [MY, SG]}
policies: [law/my.yaml, own.yaml]
exchange_rates:
  MYR: {usd: 0.24, as_of: 2026-11-20}
entities:
  - {id: tng, established_in: MY, sector: e-money, regulated_by: [BNM]}
datasets:
  - id: ledger
    entity: tng
    classes: [customer-financial]
    subjects: [MY]
    size: 42 TB
    change: 6 TB/month
    copies: [{role: primary}, {role: backup, apart: 60 km}]
    keys: customer_held
workloads:
  - id: pay
    entity: tng
    components:
      - id: ledger-db
        critical: true
        writes: [ledger]
        replicas: {count: 3}
        per_replica: {vcpu: 8, memory: 64 GiB}
        requires: {spread: {zones: 2}}
      - id: api
        critical: true
        replicas: {count: 2}
        per_replica: {vcpu: 4, memory: 16 GiB}
        requires: {max_rtt: {to: my-users, rtt: 90 ms}, within: {users: 95 %, rtt: 90 ms}}
    flows:
      - {from: my-users, to: api, volume: 30 TB/month}
      - {from: api, to: ledger-db, volume: 3 TB/month, carries: [customer-financial]}
users:
  - {id: my-users, at: {MY: 0.99, SG: 0.01}, carries: [personal]}
holds:
  - {mechanism: my-bnm-consulted, entity: tng, workload: pay, until: 2029-06-30}
mechanisms: {my-consent: refused}
limits: {regions: 2}
objectives: [cost]
solver: {gap: 0 %, time_limit: 60 s}
"""

POLICY = """\
schema: residency-rules/1
as_of: 2026-11-23
rules:
  - id: own-secrets
    title: Secrets stay in the country
    law_of: MY
    level: must
    in_force: [{from: 2026-01-01, to: 2030-12-31}]
    when: {established_in: [MY], data_class: [secret]}
    verbs: [store, backup]
    then:
      confine: {in: [MY]}
      unless: [{holds: [my-scc]}]
    cites:
      - {instrument: House rule, quality: primary, checked: 2026-11-23}
    tests:
      - {name: abroad, expect: deny, given: {verb: store, located_in: SG, data_class: secret, established_in: MY}}
"""

VOCABULARY = """\
schema: residency-vocabulary/1
thresholds:
  own-persons: {steps: [10, 100], counts: people in a cell}
"""

LISTS = """\
schema: residency-lists/1
kind: operators
lists:
  "list:own-halls": [{code: alibaba}]
"""

REGION = """\
schema: residency-regions/1
provider: hall
name: Own halls
operator: {name: TNG Digital, ultimate_parent_in: MY}
figures: own.csv
groups: {both: [kl, jb]}
services: [{id: chat, processing: {not_in: [CN]}, regions: [kl]}]
regions:
  - {id: kl, lat: 3.14, lon: 101.69, country: MY, kind: own, zones: [{id: kl-a}, {id: kl-b}]}
  - {id: jb, lat: 1.49, lon: 103.74, country: MY, kind: own, zones: [{id: jb-a}]}
"""

FIGURES = """\
region,figure,to,value,stand_in,copied_from,source,as_of,confidence,note
kl,vcpu_hour,,0.03,,,own books,2026-11-01,high,
kl,egress_pair_gb,jb,0.01,,,own books,2026-11-01,high,
both,accelerator_hour,H100-SXM,2.5,,,own books,2026-11-01,high,
"""

SITES = """\
scenario: sites
question: Which site opens?
as_of: 2026-11-23
horizon: {from: 2026Q4, periods: 1}
catalog: {providers: [], places: []}
policies: []
entities: [{id: owner, established_in: MY, sector: retail}]
regions:
  - {provider: toy, id: kl, lat: 3.14, lon: 101.69, country: MY, opening_cost: 300 USD/month,
     zones: [{id: kl-a, capacity: {vcpu: 20}}]}
  - {provider: toy, id: osl, lat: 59.91, lon: 10.75, country: NO,
     zones: [{id: osl-a, capacity: {vcpu: 12, memory: 64 GiB}}]}
workloads:
  - id: shop
    entity: owner
    components:
      - {id: web, replicas: {count: 1}, per_replica: {vcpu: 10}}
      - {id: reports, divisible: true, per_replica: {vcpu: 5}}
quotes: quotes.csv
objectives: [cost]
"""

QUOTES = """\
component,place,cost,uses_vcpu,uses_memory
shop/web,toy:kl,420,,
shop/web,toy:osl,8 USD/month,9,4 GiB
reports,toy:kl,200,,
reports,toy:osl,250,,
"""

CHIPS = """\
scenario: chips
question: Which chips serve, and in whose halls?
as_of: 2026-11-23
horizon: {from: 2026Q4, periods: 1}
catalog: {providers: [hall]}
policies: []
entities:
  - {id: owner, established_in: MY, sector: retail, operates: [hall, den]}
  - {id: guest, established_in: MY, sector: retail}
accelerators:
  announced: true
  kinds:
    - {id: X100, name: X 100, vendor: X, vendor_in: SG, tdp_w: 500}
regions:
  - provider: den
    id: d1
    kind: own
    lat: 3.1
    lon: 101.7
    country: MY
    zones:
      - id: d1a
        stock: [{accelerator: X100, units: 8, installed_before: 2026-01-01}]
        arrivals: [{accelerator: H200, units: 16, on: 2026-06-30, holds: [us-bis-licence]}]
      - {id: d1b}
    prices: {accelerator_hour: {X100: 2.5, H200: 3.5}, accelerator_purchase: {X100: 20000}}
    power: {tariff_kwh: 0.11, pue: 1.3, vcpu_w: 8}
workloads:
  - id: ai
    entity: owner
    components:
      - id: chat
        accelerators: [{id: X100, units: 8, group: 8}, {id: H200, units: 16, group: 8}]
        requires: {spread: {zones: 1}}
      - id: memo
        serves: {model: deepseek-v3, input: 40 Mtokens/day, output: 10 Mtokens/day, peak: 3, cached: 40 %, accelerators: [H200]}
objectives: [cost]
"""
