"""The wrong inputs: each a small change of a valid file, with the place (marked §) and the words it earns."""

# One wrong input is one row, however long.
# fmt: off

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wrong:
    """`old` is replaced by `new` in a file; § stands before the culprit and is taken out; None = at line 1, column 1."""

    name: str
    file: str
    old: str
    new: str
    code: str
    says: str
    mends: str


def _default(**changes: str) -> str:
    """A default of an overlay with some of its keys written otherwise; an empty text leaves a key out."""
    keys = {
        "home_only": "[personal]", "seats": "[MY]", "in_force": "[{from: 2026-01-01}]",
        "cites": "[{instrument: House rule, quality: primary, checked: 2026-11-23}]", **changes,
    }
    return "default: {" + ", ".join(f"{key}: {text}" for key, text in keys.items() if text) + "}\nrules:\n"


def _in(file: str, *rows: tuple[str, str, str, str, str, str]) -> list[Wrong]:
    return [Wrong(name, file, old, new, code, says, mends) for name, old, new, code, says, mends in rows]


UNKNOWN_KEYS = _in(
    "scenario.yaml",
    ("key of the scenario", "datasets:", "§datsets:", "S001", "'datsets'", "did you mean 'datasets'?"),
    ("key of the horizon", "periods: 1}", "§perids: 1}", "S001", "'perids'", "did you mean 'periods'?"),
    ("key of the catalog", "{providers:", "{§provider:", "S001", "'provider'", "did you mean 'providers'?"),
    ("key of an entity", "sector: e-money", "§secter: e-money", "S001", "'secter'", "did you mean 'sector'?"),
    ("key of a dataset", "    subjects:", "    §subject:", "S001", "'subject'", "did you mean 'subjects'?"),
    ("key of a copy", "apart: 60 km", "§appart: 60 km", "S001", "'appart'", "did you mean 'apart'?"),
    ("key of a workload", "    flows:", "    §flow:", "S001", "'flow'", "did you mean 'flows'?"),
    ("key of a component", "        writes:", "        §writs:", "S001", "'writs'", "did you mean 'writes'?"),
    ("key of replicas", "{count: 3}", "{§cuont: 3}", "S001", "'cuont'", "did you mean 'count'?"),
    ("kind of requirement", "{spread:", "{§spred:", "S001", "'spred'", "did you mean 'spread'?"),
    ("key of a requirement", "{zones: 2}", "{§zone: 2}", "S001", "'zone'", "did you mean 'zones'?"),
    ("key of a flow", "volume: 30 TB", "§volum: 30 TB", "S001", "'volum'", "did you mean 'volume'?"),
    ("key of a user group", "SG: 0.01}, carries", "SG: 0.01}, §carry", "S001", "'carry'", "did you mean 'carries'?"),
    ("key of a hold", "until:", "§untill:", "S001", "'untill'", "did you mean 'until'?"),
    ("key of the limits", "{regions: 2}", "{§regoins: 2}", "S001", "'regoins'", "did you mean 'regions'?"),
    ("key of the solver", "time_limit:", "§timelimit:", "S001", "'timelimit'", "did you mean 'time_limit'?"),
    ("key of a rate", "as_of: 2026-11-20}", "as_of: 2026-11-20, §sorce: x}", "S001", "'sorce'", "did you mean 'source'?"),
    ("requirement of later", "{spread:", "{§recovery: 1, spread:", "S004", "requirement 'recovery'", "wait for it"),
    ("standing nowhere", "limits:", "current: [{what: api, region: §'bench:f9'}]\nlimits:", "N001", "'bench:f9'", "known"),
    ("standing of nothing", "limits:", "current: [{what: §nothing, region: 'bench:f1'}]\nlimits:", "N001", "'nothing'", ""),
    ("frozen in no quarter", "limits: {", "limits: {moves: {freeze: §[soon]}, ", "S003", "'soon'", "2026Q4"),
)

MISSING = _in(
    "scenario.yaml",
    ("missing key at the top", "§scenario: wallet\nquestion: Where does a small wallet run?\n", "§scenario: wallet\n", "S002", "'question'", "add `question:`"),
    ("missing key of the horizon", "horizon: {from: 2026Q4, periods", "§horizon: {periods", "S002", "'from'", "add `from:`"),
    ("missing key of a dataset", "- id: ledger\n    entity: tng\n", "- §id: ledger\n", "S002", "'entity'", "add `entity:`"),
    ("missing key of a flow", "{from: my-users, to: api, ", "§{from: my-users, ", "S002", "'to'", "add `to:`"),
    ("missing key of a hold", "{mechanism: my-bnm-consulted, ", "§{", "S002", "'mechanism'", "add `mechanism:`"),
)

UNKNOWN_WORDS = _in(
    "scenario.yaml",
    ("provider", "[alibaba]", "[§alibab]", "N001", "provider 'alibab'", "did you mean 'alibaba'?"),
    ("place of the catalog", "[MY, SG]}\npolicies", "[MY, §Sg]}\npolicies", "N001", "place 'Sg'", "did you mean 'SG'?"),
    ("operators where the catalog needs places", "[MY, SG]}\npolicies", '[MY, §"list:us-supp8"]}\npolicies', "N001", "no region lies in place 'list:us-supp8'", "did you mean 'list:us-d5'?"),
    ("policy file", "law/my.yaml", "§law/mi.yaml", "N001", "'law/mi.yaml' is not there", "did you mean 'law/my.yaml'?"),
    ("policy file with an endless name", "law/my.yaml", "§" + "p" * 5000, "N001", "is not there", "known: law/ae.yaml"),
    ("country", "established_in: MY", "established_in: §MX1", "N001", "place 'MX1'", "did you mean 'MX'?"),
    ("sector", "sector: e-money", "sector: §emoney", "N001", "sector 'emoney'", "did you mean 'e-money'?"),
    ("regulator", "[BNM]", "[§BNN]", "N001", "regulator 'BNN'", "did you mean 'BNM'?"),
    ("data class", "[customer-financial]\n", "[§customer-finacial]\n", "N001", "data class", "did you mean 'customer-financial'?"),
    ("class of a flow", "carries: [customer-financial]", "carries: [§costumer-financial]", "N001", "data class", "did you mean 'customer-financial'?"),
    ("class of users", "carries: [personal]", "carries: [§persnal]", "N001", "data class", "did you mean 'personal'?"),
    ("place of subjects", "subjects: [MY]", "subjects: [§my]", "N001", "place 'my'", "did you mean 'MY'?"),
    ("entity of a dataset", "ledger\n    entity: tng", "ledger\n    entity: §tgn", "N001", "entity 'tgn'", "did you mean 'tng'?"),
    ("entity of a workload", "pay\n    entity: tng", "pay\n    entity: §tnk", "N001", "entity 'tnk'", "did you mean 'tng'?"),
    ("entity of a hold", "entity: tng, workload", "entity: §tgn, workload", "N001", "entity 'tgn'", "did you mean 'tng'?"),
    ("workload of a hold", "workload: pay", "workload: §pai", "N001", "workload or dataset 'pai'", "did you mean 'pay'?"),
    ("mechanism held", "my-bnm-consulted", "§my-bnm-consultd", "N001", "mechanism", "did you mean 'my-bnm-consulted'?"),
    ("mechanism refused", "{my-consent:", "{§my-consnt:", "N001", "mechanism", "did you mean 'my-consent'?"),
    ("dataset written", "[ledger]", "[§legder]", "N001", "dataset 'legder'", "did you mean 'ledger'?"),
    ("dataset read, second of two", "writes: [ledger]", "reads: [ledger, §leger]", "N001", "dataset 'leger'", "did you mean 'ledger'?"),
    ("user group", "{to: my-users", "{to: §my-user", "N001", "user group 'my-user'", "did you mean 'my-users'?"),
    ("flow to nowhere", "to: ledger-db", "to: §ledger-bd", "N001", "end of a flow 'ledger-bd'", "did you mean 'ledger-db'?"),
    ("flow from nowhere", "from: my-users", "from: §my-usrs", "N001", "end of a flow 'my-usrs'", "did you mean 'my-users'?"),
    ("place of users", "{MY: 0.99", "{§MZZ: 0.99", "N001", "place of users 'MZZ'", "known: AU,"),
    ("resource", "{vcpu: 8,", "{§vcpus: 8,", "N001", "'vcpus'", "did you mean 'vcpu'?"),
    ("service", "- id: api\n", "- id: api\n        services: [§model-studoi]\n", "N001", "service 'model-studoi'", ""),
    ("objective", "[cost]", "[§costs]", "N001", "objective 'costs'", "write `objectives: [cost]`"),
    ("head count of a dataset", "    size: 42 TB\n", "    persons: {cn-persons: 7, §cn-sensitive-person: 5}\n    size: 42 TB\n", "N001", "head count 'cn-sensitive-person'", "did you mean 'cn-sensitive-persons'?"),
    ("head count of users", "carries: [personal]}", "carries: [personal], persons: {§vn-person: 5}}", "N001", "head count 'vn-person'", "did you mean 'vn-persons'?"),
    ("role of a copy", "{role: primary}", "{role: §primery}", "S003", "'primery'", "did you mean 'primary'?"),
    ("word for refused", "my-consent: refused", "my-consent: §refuse", "S003", "'refuse'", "did you mean 'refused'?"),
)

QUANTITIES = _in(
    "scenario.yaml",
    ("wrong unit", "42 TB", "§42 Tb", "S003", "unit 'Tb'", "did you mean 'TB'?"),
    ("missing unit", "60 km", "§60", "S003", "a unit is missing", "'40 km'"),
    ("unit of the wrong kind", "rtt: 90 ms}, w", "rtt: §90 km}, w", "S003", "unit 'km'", "write for example '40 ms'"),
    ("size where a rate is meant", "30 TB/month", "§30 TB", "S003", "unit 'TB'", "did you mean 'TB/month'?"),
    ("negative", "42 TB", "§-42 TB", "S003", "negative", "zero or more"),
    ("negative count", "{count: 3}", "{count: §-3}", "S003", "too small", "from 0"),
    ("not a number", "0.99", "§.nan", "Y008", ".nan", "leave the key out"),
    ("infinite", "0.99", "§.inf", "Y008", ".inf", "leave the key out"),
    ("NaN in words", "0.99", "§NaN TB", "S003", "'NaN TB' is not a quantity", "'95 %'"),
    ("too large", "42 TB", "§42e30 TB", "S003", "too large", "the limit is"),
    ("dearer than can be counted", "- id: ledger\n    entity: tng\n    classes: [customer-financial]\n    subjects: [MY]\n    size: 42 TB\n    change: 6 TB", "- §id: ledger\n    entity: tng\n    classes: [customer-financial]\n    subjects: [MY]\n    size: 1e12 GB\n    change: 1e6 PB", "N005", "may cost more than", "check the sizes"),
    ("too many digits", "0.99", "§0.9999999999999999999999999999999", "Y008", "too many digits", "round it"),
    ("too many replicas", "{count: 2}", "{count: §20000000}", "S003", "20000000", "from 1 to 1,000,000"),
    ("whole number with a point", "{count: 3}", "{count: §3.5}", "S003", "a whole number", "such as 3"),
    ("unit on a plain count", "vcpu: 8", "vcpu: §8 cores", "S003", "'8 cores' is not a plain count", "for example 4"),
    ("memory without a unit", "64 GiB", "§64", "S003", "a unit is missing", "'40 GiB'"),
    ("gap above all sense", "gap: 0 %", "gap: §zero", "S003", "'zero' is not a quantity", "'95 %'"),
    ("a rate that is no number", "usd: 0.24", "usd: §cheap", "S003", "'cheap' is not a plain number", "for example 0.05"),
    ("more than all users", "95 %", "§195 %", "S003", "above 100 %", "95 %"),
)

SHAPES = _in(
    "scenario.yaml",
    ("Norway trap", "critical: true\n        writes", "critical: §NO\n        writes", "S003", "expected true or false, found 'NO'", "write false"),
    ("unquoted on", "critical: true\n        writes", "critical: §on\n        writes", "S003", "found 'on'", "write true"),
    ("a number for a name", "{id: tng, ", "{id: tng, name: §010, ", "S003", "expected text", "quotes"),
    ("bad date", "as_of: 2026-11-23", "as_of: §2026-13-23", "S003", "is not a date", "2026-11-23"),
    ("date of a hold", "2029-06-30", "§30.6.2029", "S003", "'30.6.2029' is not a date", "2026-11-23"),
    ("quarter", "from: 2026Q4", "from: §2026-Q4", "S003", "not a quarter", "2026Q4"),
    ("quarter beyond all plans", "from: 2026Q4", "from: §9999Q4", "S003", "9999Q4 is not from 1990 to 2200", "2026Q4"),
    ("horizon before as_of", "from: 2026Q4", "from: §2025Q4", "N003", "ends before as_of", "write `from: 2026Q4`"),
    ("too many periods", "periods: 1", "periods: §41", "S003", "horizon.periods is 41", "from 1 to 40"),
    ("list for a mapping", "horizon: {from: 2026Q4, periods: 1}", "horizon: §[2026Q4]", "S003", "expected a mapping, found a list", ""),
    ("mapping for a list", "  - {id: tng, established_in: MY, sector: e-money, regulated_by: [BNM]}", "  §id: tng", "S003", "expected a list, found a mapping", ""),
    ("text for a list", "providers: [alibaba]", "providers: §alibaba", "S003", "expected a list", "write [alibaba]"),
    ("number for a mapping", "replicas: {count: 3}", "replicas: §3", "S003", "expected a mapping, found 3", "key: value"),
    ("nothing for a list", "    flows:\n      - {from: my-users, to: api, volume: 30 TB/month}\n      - {from: api, to: ledger-db, volume: 3 TB/month, carries: [customer-financial]}\n", "    flows:§\n", "S003", "expected a list, found nothing", ""),
    ("list for text", "- id: pay", "- id: §[pay]", "S003", "expected text, found a list", ""),
    ("a head count in words", "    size: 42 TB\n", "    persons: {cn-persons: §many}\n    size: 42 TB\n", "S003", "expected a whole number, found 'many'", "such as 3"),
    ("half a person", "    size: 42 TB\n", "    persons: {cn-persons: §2.5}\n    size: 42 TB\n", "S003", "expected a whole number", "such as 3"),
    ("fewer than nobody", "    size: 42 TB\n", "    persons: {cn-persons: §-1}\n    size: 42 TB\n", "S003", "too small", "from 0"),
    ("more than there are", "    size: 42 TB\n", "    persons: {cn-persons: §10000000001}\n    size: 42 TB\n", "S003", "too large", "to 10000000000"),
    ("a head count of nothing named", "    size: 42 TB\n", "    persons: §5\n    size: 42 TB\n", "S003", "expected a mapping, found 5", "key: value"),
    ("duplicate key", "    size: 42 TB\n", "    size: 42 TB\n    §size: 43 TB\n", "Y006", "key 'size' appears twice", "delete one"),
    ("tab", "    entity: tng\n    classes", "§\tentity: tng\n    classes", "Y002", "tab", "not tabs"),
    ("anchor and alias", "gap: 0 %", "gap: §*gap", "Y004", "alias", "write the value out"),
    ("tag", "as_of: 2026-11-23\nhorizon", "as_of: §!!str 2026-11-23\nhorizon", "Y004", "tag", "delete the tag"),
    ("merge key", "limits: {", "limits: {§<<: {}, ", "Y004", "merge keys", "write the keys out"),
    ("depth bomb", "objectives: [cost]", "objectives: " + "[" * 29 + "§" + "[" * 99 + "]" * 128, "Y005", "nested deeper", "flatten"),
    ("hidden character", "a small wallet", "a §\u202esmall wallet", "Y003", "U+202E", "delete it"),
    ("bracket left open", "[cost]", "[cost\nsolver§: {gap: 0 %}", "Y002", "begins on line 44", "brackets"),
    ("key that is a list", "limits: {", "limits: {§[a]: 1, ", "Y006", "plain text", "key: value"),
)

MEANING = _in(
    "scenario.yaml",
    ("entity twice", "regulated_by: [BNM]}\n", "regulated_by: [BNM]}\n  - {id: §tng}\n", "N002", "entity 'tng' is declared twice", "first at scenario.yaml:10:5"),
    ("dataset twice", "workloads:\n", "  - {id: §ledger, entity: tng}\nworkloads:\n", "N002", "dataset 'ledger' is declared twice", "first at"),
    ("component twice", "- id: api\n", "- id: §ledger-db\n      - id: api\n", "N002", "component 'pay/ledger-db'", "first at"),
    ("workload twice", "users:\n", "  - {id: §pay, entity: tng}\nusers:\n", "N002", "workload 'pay' is declared twice", "first at"),
    ("user group twice", "holds:\n", "  - {id: §my-users, at: {SG: 1}}\nholds:\n", "N002", "user group 'my-users'", "first at"),
    ("flow twice", "    flows:\n", "    flows:\n      - {from: my-users, to: api}\n", "N002", "two flows from users:my-users", "add them up"),
    ("two primaries", "{role: backup, apart: 60 km}", "{role: primary}", "N003", "2 primary copies", "exactly one"),
    ("no primary", "copies: [{role: primary}, ", "copies: §[", "N003", "0 primary copies", "exactly one"),
    ("backup twice", "apart: 60 km}", "apart: 60 km}, §{role: backup}", "N002", "two copies of role backup", "once"),
    ("spread above replicas", "{zones: 2}", "{zones: §4}", "N003", "3 replica(s) cannot stand in 4 zones", "raise replicas.count to 4"),
    ("divisible with replicas", "- id: api\n", "- id: api\n        divisible: §true\n", "N003", "divisible and has replicas", "choose one"),
    ("min above max", "- id: api\n", "- id: api\n        regions: §{min: 3, max: 2}\n", "S003", "regions 3..2 is no range", "{min: 1, max: 2}"),
    ("a load nobody shares out", "      - id: api\n", "      - {id: lone, §regions: {min: 1, max: 2}}\n      - id: api\n", "N003", "how its load is shared", "min = max"),
    ("within without users", "spread: {zones: 2}", "spread: {zones: 2}, §within: {users: 95 %, rtt: 40 ms}", "N003", "serves no users", "add a flow"),
    ("flow to itself", "to: ledger-db", "to: §api", "N003", "to itself", "leave it out"),
    ("carries on a flow of users", "volume: 30 TB/month}", "volume: 30 TB/month, §carries: [personal]}", "N003", "declare themselves", "write the classes there"),
    ("users without weight", "{MY: 0.99, SG: 0.01}", "§{MY: 0}", "N003", "no weight anywhere", "positive weight"),
    ("half a coordinate", "SG: 0.01}", "§kl: {weight: 1, lat: 3.1}}", "S002", "needs lat, lon and country together", "all three"),
    ("slash in an id", "      - id: api\n", "      - {id: §a/pi}\n      - id: api\n", "S003", "'a/pi'", "use letters"),
    ("objective of later", "[cost]", "[cost, §carbon]", "S004", "'carbon' is not enforced", "[cost]"),
    ("no objective", "[cost]", "§[]", "S002", "`objectives` is empty", "[cost]"),
    ("limits that cross", "{regions: 2}", "{regions: §{at_least: 3, at_most: 2}}", "S003", "at_least 3 is above at_most 2", "swap"),
    ("quotes file that is not there", "limits:", "quotes: §qotes.csv\nlimits:", "Y001", "'qotes.csv' is not there", "did you mean 'quotes.csv'?"),
)

POLICIES = _in(
    "own.yaml",
    ("key of a rule file", "rules:\n", "§rulez: []\nrules:\n", "S001", "'rulez'", "did you mean 'rules'?"),
    ("key of a rule", "    title:", "    §titel:", "S001", "'titel'", "did you mean 'title'?"),
    ("selector", "data_class: [secret]}\n    verbs", "§data_clas: [secret]}\n    verbs", "S001", "'data_clas'", "did you mean 'data_class'?"),
    ("effect", "      confine: {in", "      §confin: {in", "S001", "'confin'", "did you mean 'confine'?"),
    ("two effects", "      confine: {in: [MY]}", "      confine: {in: [MY]}\n      forbid: {in: [SG]}", "S003", "confine and forbid", "exactly one"),
    ("purpose misspelt", "when: {established_in", "when: {purpose: [§analitics], established_in", "N001", "purpose 'analitics' is not known", "analytics"),
    ("verb of later", "[store, backup]", "[store, §transit]", "S004", "verb transit is not enforced", "enforced: store"),
    ("verb", "[store, backup]", "[store, §backp]", "S003", "'backp'", "did you mean 'backup'?"),
    ("level should", "level: must", "level: §should", "S002", "a should-rule needs penalty_usd_month", "penalty_usd_month: 1000"),
    ("level", "level: must", "level: §most", "S003", "'most'", "did you mean 'must'?"),
    ("reversed window", "to: 2030-12-31", "to: §2025-12-31", "R106", "ends 2025-12-31 before it begins", "swap"),
    ("rule id twice", "- id: own-secrets", "- id: §my-pdpa-s129", "N002", "rule 'my-pdpa-s129' is declared twice", "first at policies/law/my.yaml"),
    ("place of an effect", "confine: {in: [MY]}", "confine: {in: [§MZ1]}", "N001", "place 'MZ1'", "did you mean 'MZ'?"),
    ("list of an effect", "confine: {in: [MY]}", 'confine: {in: [§"list:eu"]}', "N001", "list 'list:eu'", ""),
    ("area of an effect", "confine: {in: [MY]}", 'confine: {in: [§"area:sea"]}', "N001", "area 'area:sea' is not known", "known: ae-adgm"),
    ("area misspelt", "confine: {in: [MY]}", 'confine: {in: [§"area:ae-dfic"]}', "N001", "area 'area:ae-dfic' is not known", "did you mean 'ae-difc'?"),
    ("way out", "holds: [my-scc]", "holds: [§my-sccc]", "N001", "mechanism 'my-sccc'", "did you mean 'my-scc'?"),
    ("way out without a key", "[{holds: [my-scc]}]", "[§{}]", "S002", "needs holds or destination_in", "one of the two"),
    ("class of a rule", "data_class: [secret]}\n    verbs", "data_class: [§secrets]}\n    verbs", "N001", "'secrets'", "did you mean 'secret'?"),
    ("class of a case", "data_class: secret,", "data_class: §secrt,", "N001", "'secrt'", "did you mean 'secret'?"),
    ("step that is none", "[secret]}\n    verbs", '[secret], persons: [§"cn-persons>=10000"]}\n    verbs', "N001", "head count 'cn-persons>=10000'", "did you mean 'cn-persons>=100000'?"),
    ("count that is none", "[secret]}\n    verbs", '[secret], persons: ["cn-persons<100000", §"my-persons<100000"]}\n    verbs', "N001", "head count 'my-persons<100000'", "did you mean 'vn-persons<100000'?"),
    ("count without a step", "[secret]}\n    verbs", "[secret], not: {persons: [§cn-persons]}}\n    verbs", "N001", "head count 'cn-persons'", "did you mean 'cn-persons<100000'?"),
    ("sign that is none", "[secret]}\n    verbs", '[secret], persons: [§"cn-persons>100000"]}\n    verbs', "N001", "head count 'cn-persons>100000'", "did you mean 'cn-persons>=100000'?"),
    ("count of a case", "{verb: store, ", "{verb: store, persons: {§cn-person: 5}, ", "N001", "head count 'cn-person'", "did you mean 'cn-persons'?"),
    ("word for the count of a case", "{verb: store, ", '{verb: store, persons: §"cn-persons>=100000", ', "S003", "expected a mapping, found 'cn-persons>=100000'", "key: value"),
    ("operator of a rule", "[secret]}\n    verbs", "[secret], operator: [aws, §alibab]}\n    verbs", "N001", "operator 'alibab'", "did you mean 'alibaba'?"),
    ("list of operators that is not there", "[secret]}\n    verbs", '[secret], operator: [§"list:us-sup8"]}\n    verbs', "N001", "operator 'list:us-sup8'", "did you mean 'list:us-supp8'?"),
    ("places where operators are meant", "[secret]}\n    verbs", '[secret], operator: [§"list:us-d5"]}\n    verbs', "N001", "'list:us-d5' is a list of places", "did you mean 'list:us-supp8'?"),
    ("operators where places are meant", "confine: {in: [MY]}", 'confine: {in: [§"list:us-supp8"]}', "N001", "'list:us-supp8' is a list of operators", "did you mean 'list:us-d5'?"),
    ("operator of a case", "{verb: store, ", "{verb: store, operator: §awz, ", "N001", "operator 'awz'", "did you mean 'aws'?"),
    ("list where a case needs an operator", "{verb: store, ", '{verb: store, operator: §"list:us-supp8", ', "N001", "'list:us-supp8' is a list, where a fact needs one operator", "one of its members"),
    ("answer of a case", "expect: deny", "expect: §denied", "S003", "'denied'", "did you mean 'deny'?"),
    ("verb of a case", "{verb: store", "{verb: §stor", "N001", "verb 'stor'", "did you mean 'store'?"),
    ("quality of a source", "quality: primary", "quality: §prime", "S003", "'prime'", "did you mean 'primary'?"),
    ("isolation of what is installed", "verbs: [store, backup]\n    then:\n      confine: {in: [MY]}\n      unless: [{holds: [my-scc]}]", "verbs: [store, install]\n    then:\n      require: {isolation: §dedicated}", "S002", "`isolation` is asked under process, and the rule names store, install", "add process to `verbs`"),
    ("schema of the file", "residency-rules/1", "§residency-rules/2", "S003", "'residency-rules/2'", "did you mean 'residency-rules/1'?"),
)

DEFAULTS = _in(
    "own.yaml",
    ("class of a default", "rules:\n", _default(home_only="[secret, §persnal]"), "N001", "data class 'persnal'", "did you mean 'personal'?"),
    ("seat of a default", "rules:\n", _default(seats="[§my]"), "N001", "place 'my'", "did you mean 'MY'?"),
    ("list for a seat", "rules:\n", _default(seats='[§"bloc:EU"]'), "N001", "'bloc:EU' is a list", "such as MY"),
    ("default of nothing", "rules:\n", _default(home_only="§[]"), "S002", "`home_only` is empty", "name at least one"),
    ("default for nowhere", "rules:\n", _default(seats="§[]"), "S002", "`seats` is empty", "name at least one"),
    ("key of a default", "rules:\n", _default(home_only="", **{"§homeonly": "[personal]"}), "S001", "'homeonly'", "did you mean 'home_only'?"),
    ("seats left out", "rules:\n", "§" + _default(seats=""), "S002", "'seats'", "add `seats:`"),
    ("default in a word", "rules:\n", "default: §home_only\nrules:\n", "S003", "expected a mapping, found 'home_only'", "key: value"),
    ("default that ends before it begins", "rules:\n", _default(in_force="[{from: 2026-01-01, to: §2025-01-01}]"), "R106", "ends 2025-01-01 before it begins", "swap"),
    ("default without a window", "rules:\n", _default(in_force="§[]"), "R105", "is never in force", "in_force: [{from: DATE}]"),
    ("verb of a default", "rules:\n", _default(verbs="[store, §transit]"), "S004", "verb transit is not enforced", "enforced: store"),
    ("class of a default twice", "rules:\n", _default(home_only="[§secret, secret]"), "N002", "rule 'own-home-only-secret-MY' is declared twice", "first at own.yaml"),
)

WORDS = _in(
    "vocab.yaml",
    ("key of a threshold", "steps:", "§stepps:", "S001", "'stepps'", "did you mean 'steps'?"),
    ("steps that fall", "{steps: [10, 100]", "§{steps: [100, 10]", "S003", "the steps of 'own-persons'", "[100000, 1000000]"),
    ("a step of nobody", "{steps: [10, 100], counts: people in a cell}", "§[0, 100]", "S003", "the steps of 'own-persons'", "[100000, 1000000]"),
    ("no step", "{steps: [10, 100], counts: people in a cell}", "§[]", "S003", "the steps of 'own-persons'", "[100000, 1000000]"),
    ("step in words", "[10, 100]", "[§ten, 100]", "S003", "expected a whole number, found 'ten'", "such as 3"),
    ("count with a sign in its name", "own-persons: {", "own<persons: §{", "S003", "a head count called 'own<persons'", "such as `cn-persons`"),
)

LISTS = _in(
    "lists/own.yaml",
    ("kind of list", "kind: operators", "kind: §operator", "S003", "'operator'", "did you mean 'operators'?"),
    ("operator on a list", "{code: alibaba}", "{code: §alibab}", "N001", "operator on list:own-halls: 'alibab'", "did you mean 'alibaba'?"),
    ("operators on a list of places", "kind: operators\n", "", "N001", "place on list:own-halls: 'alibaba'", "known: AD,"),
    ("list that could be an operator", '"list:own-halls": [', "own-halls: §[", "S003", "the list of operators 'own-halls'", "call it 'list:own-halls'"),
    ("leaves before it joins", "{code: alibaba}", "{code: alibaba, from: 2026-02-01, to: §2026-01-31}", "R106", "alibaba leaves before it joins", "swap from and to"),
)

REGIONS = _in(
    "extra/hall.yaml",
    ("key of a region", "lat: 3.14", "§latt: 3.14", "S001", "'latt'", "did you mean 'lat'?"),
    ("region twice", "  - {id: jb,", "  - {id: §kl, lat: 3, lon: 101, country: MY, zones: [{id: kl-c}]}\n  - {id: jb,", "N002", "region hall:kl is declared twice", "first at extra/hall.yaml"),
    ("zone twice", "{id: kl-b}", "{id: §kl-a}", "N002", "zone 'kl-a' is declared twice", "unique"),
    ("country of a region", "lon: 101.69, country: MY", "lon: 101.69, country: §MYS", "N001", "'MYS' is no ISO 3166-1 code", "did you mean 'MY'?"),
    ("latitude", "lat: 3.14", "lat: §314", "N003", "lat 314 is no point on Earth", "-90 to 90"),
    ("kind of a region", "101.69, country: MY, kind: own", "101.69, country: MY, kind: §owned", "S003", "'owned'", "did you mean 'own'?"),
    ("no zone", "zones: [{id: jb-a}]", "zones: §[]", "N003", "has no zone", "add `zones"),
    ("zones counted and named", "kind: own, zones: [{id: jb-a}]", "kind: own, zone_count: §2, zones: [{id: jb-a}]", "S002", "zone_count goes with `zone_ids: assumed`", "name the zones, or count them"),
    ("zones of an unknown number", "kind: own, zones: [{id: kl-a}", "kind: own, zone_ids: §unknown, zones: [{id: kl-a}", "S002", "names 2 zones and says that their number is unknown", "drop one"),
    ("zone of another region", "[{id: jb-a}]", "[{id: §kl-a}]", "N002", "zone 'kl-a' is declared twice, in hall:kl too", "unique"),
    ("region of a group", "both: [kl, jb]", "both: [kl, §jd]", "N001", "region 'jd'", "did you mean 'jb'?"),
    ("region of a service", "regions: [kl]", "regions: [§kll]", "N001", "region 'kll'", "did you mean 'kl'?"),
    ("place where a service works", "{not_in: [CN]}", "§{not_in: [CHN]}", "N001", "place 'CHN'", "did you mean 'CN'?"),
    ("both scopes of a service", "{not_in: [CN]}", "§{not_in: [CN], in: [MY]}", "S002", "exactly one of in, not_in", "anywhere"),
    ("chip in stock", "[{id: jb-a}]", "[{id: jb-a, stock: [{accelerator: §H10, units: 8}]}]", "N001", "accelerator 'H10'", "did you mean 'H20'?"),
    ("key of an operator", "ultimate_parent_in", "§ultimate_parent", "S001", "'ultimate_parent'", "did you mean 'ultimate_parent_in'?"),
)

FIGURES = _in(
    "extra/own.csv",
    ("column of figures", "stand_in", "§standin", "C001", "unknown column 'standin'", "did you mean 'stand_in'?"),
    ("region of a figure", "kl,vcpu_hour", "§ki,vcpu_hour", "N001", "region 'ki'", "did you mean 'kl'?"),
    ("figure", "kl,vcpu_hour", "kl,§vcpu_hours", "N001", "figure 'vcpu_hours'", "did you mean 'vcpu_hour'?"),
    ("price", "0.03", "§three", "C002", "figure 'three'", "write a plain number"),
    ("accelerator of a figure", "hour,H100-SXM", "hour,§H100-SMX", "N001", "accelerator 'H100-SMX'", "did you mean 'H100-SXM'?"),
    ("group of a figure", "both,acc", "§bot,acc", "N001", "region 'bot'", "did you mean 'both'?"),
    ("name for a figure without", "vcpu_hour,,", "vcpu_hour,§jb,", "C002", "vcpu_hour has no `to`", "leave the cell empty"),
    ("volume of a tier", "both,accelerator_hour,H100-SXM", "both,egress_internet_gb,§10 TB", "C002", "'10 TB' is no number of GB a month", "10240"),
    ("figure twice", "jb,0.01,,,own books,2026-11-01,high,", "jb,0.01,,,own books,2026-11-01,high,\nkl,§egress_pair_gb,jb,0.02,,,own books,2026-11-01,high,", "N002", "figure egress_pair_gb of kl is given twice", "keep one"),
    ("destination", "gb,jb", "gb,§jp", "N001", "region 'jp'", "did you mean 'jb'?"),
)

SITES = _in(
    "sites.yaml",
    ("currency without a rate", "300 USD/month", "§300 MYR/month", "S003", "currency MYR has no dated rate", "exchange_rates"),
    ("bare money", "300 USD/month", "§300", "S003", "a currency is missing", "'40 USD/month'"),
    ("yearly money", "300 USD/month", "§300 USD/year", "S003", "'USD/year' does not fit", "USD/month"),
    ("region twice", "  - {provider: toy, id: osl,", "  - {provider: toy, id: §kl, lat: 3, lon: 101, country: MY, zones: [{id: k}]}\n  - {provider: toy, id: osl,", "N002", "region toy:kl is declared twice", "first at sites.yaml:9"),
    ("capacity without a unit", "memory: 64 GiB}", "memory: §64}", "S003", "a unit is missing", "GiB"),
    ("price below zero", "country: NO", "country: NO, prices: {storage_gb_month: §-1}", "S003", "negative", "zero or more"),
    ("resource beside the known ones", "{vcpu: 10}", "{§vcpuu: 10}", "N001", "'vcpuu'", "did you mean 'vcpu'?"),
    ("key of an inline quote", "quotes: quotes.csv", "quotes: [{§componet: shop/web, place: 'toy:kl', cost: 4 USD/month}]", "S001", "'componet'", "did you mean 'component'?"),
    ("region of an inline quote", "quotes: quotes.csv", "quotes: [{component: web, place: §'toy:kll', cost: 4 USD/month}]", "N001", "region 'toy:kll'", "did you mean 'toy:kl'?"),
    ("inline quote twice", "quotes: quotes.csv", "quotes:\n  - {component: web, place: 'toy:kl', cost: 4 USD/month}\n  - {component: reports, place: 'toy:kl', cost: 1 USD/month}\n  - §{component: shop/web, place: 'toy:kl', cost: 4 USD/month}", "N002", "two quotes for shop/web", "delete one"),
    ("quotes file with an endless name", "quotes: quotes.csv", "quotes: §" + "q" * 5000, "Y001", "is not there", "known: quotes.csv"),
    ("number for quotes", "quotes: quotes.csv", "quotes: §7", "S003", "expected a list, found 7", ""),
)

QUOTES = _in(
    "quotes.csv",
    ("missing column", "component,place,cost,", "component,place,", "C001", "column 'cost' is missing", "the header is"),
    ("misspelt column", "uses_memory", "§use_memory", "C001", "unknown column 'use_memory'", ""),
    ("bad number", "kl,420", "kl,§4z0", "C002", "cost", ""),
    ("negative quote", "kl,420", "kl,§-420", "C002", "cost '-420'", "a plain number"),
    ("NaN in a quote", "kl,420", "kl,§nan", "C002", "cost", ""),
    ("currency without a rate in a quote", "8 USD/month", "§8 MYR/month", "C002", "currency MYR has no dated rate", "exchange_rates"),
    ("memory without a unit in a quote", "4 GiB", "§4", "C002", "uses_memory: a unit is missing", "GiB"),
    ("component of a quote", "reports,toy:kl", "§raports,toy:kl", "N001", "component 'raports'", "did you mean 'reports'?"),
    ("region of a quote", "reports,toy:kl", "reports,§toy:kll", "N001", "region 'toy:kll'", "did you mean 'toy:kl'?"),
    ("quote twice", "shop/web,toy:osl", "§shop/web,toy:kl", "N002", "two quotes for shop/web in toy:kl", "delete one"),
    ("short row", "shop/web,toy:kl,420,,", "§shop/web,toy:kl,420", "C001", "the row has 3 cells, the header 5", "commas"),
)

CHIPS = _in(
    "chips.yaml",
    ("key of an alternative", "group: 8}, {id: H200", "§grup: 8}, {id: H200", "S001", "'grup'", "did you mean 'group'?"),
    ("key of stock", "[{accelerator: X100", "[{§acelerator: X100", "S001", "'acelerator'", "did you mean 'accelerator'?"),
    ("key of the accelerators", "announced: true", "§anounced: true", "S001", "'anounced'", "did you mean 'announced'?"),
    ("key of a kind", "tdp_w: 500", "§tdp: 500", "S001", "'tdp'", "did you mean 'tdp_w'?"),
    ("key of what is served", "cached: 40 %", "§cache: 40 %", "S001", "'cache'", "did you mean 'cached'?"),
    ("unit of a demand", "input: 40 Mtokens/day", "input: §40 Mtokens", "S003", "unit 'Mtokens'", ""),
    ("alternative", "{id: X100, units", "{id: §X10, units", "N001", "accelerator 'X10' is not known", "did you mean"),
    ("alternative that only rules know", "{id: H200, units: 16", "{id: §H100, units: 16", "N001", "'H100' is a word of rules without figures", "did you mean 'H100-SXM'?"),
    ("kind that serves", "accelerators: [H200]", "accelerators: [§H20x]", "N001", "accelerator 'H20x'", "did you mean 'H20'?"),
    ("kind in stock", "[{accelerator: X100", "[{accelerator: §X1000", "N001", "accelerator 'X1000'", "did you mean 'X100'?"),
    ("kind that arrives", "[{accelerator: H200", "[{accelerator: §H201", "N001", "accelerator 'H201'", "did you mean 'H20'?"),
    ("kind with a price", "{X100: 2.5,", "{§X101: 2.5,", "N001", "accelerator 'X101'", "did you mean 'X100'?"),
    ("kind for sale", "{X100: 20000}", "{§X200: 20000}", "N001", "accelerator 'X200'", "did you mean"),
    ("licence of an arrival", "[us-bis-licence]", "[§us-bis-license]", "N001", "mechanism 'us-bis-license'", "did you mean 'us-bis-licence'?"),
    ("provider operated", "[hall, den]", "[§halls, hall, den]", "N001", "provider 'halls' is not known", "did you mean 'hall'?"),
    ("provider operated and not in play", "[hall, den]", "[hall, den, §alibaba]", "N003", "provider 'alibaba' has no region in play", "widen `catalog`"),
    ("halls of two", "{id: guest,", "{id: guest, operates: [§den],", "N002", "provider 'den' is operated by two entities", "first at"),
    ("kind twice", "tdp_w: 500}\n", "tdp_w: 500}\n    - {id: §X100, name: X, vendor: X, vendor_in: SG}\n", "N002", "accelerator 'X100' is declared twice", "first at"),
    ("alternative twice", "{id: H200, units: 16", "{id: §X100, units: 16", "N002", "two alternatives 'X100'", "keep one"),
    ("no whole groups", "units: 8, group: 8", "units: §12, group: 8", "N003", "12 X100 are no whole groups of 8", "16"),
    ("no chips", "units: 16, group: 8", "units: §0, group: 8", "N003", "0 H200 are no whole groups of 8", "for example 8"),
    ("no group", "units: 8, group: 8", "units: 8, group: §0", "S003", "a group of 0", "1 or more"),
    ("negative stock", "units: 8, installed_before", "units: §-8, installed_before", "S003", "-8 is too small", "from 0"),
    ("empty arrival", "units: 16, on", "units: §0, on", "S003", "arrivals of 0 H200", "1 or more"),
    ("status of an arrival", "on: 2026-06-30", "on: 2026-06-30, status: §sold", "S003", "'sold'", ""),
    ("chips and replicas", "      - id: chat\n", "      - id: chat\n        §replicas: {count: 2}\n", "N003", "ai/chat has accelerators and has replicas", "leave it out"),
    ("chips in free shares", "      - id: chat\n        accelerators: [{id: X100, units: 8, group: 8}, {id: H200, units: 16, group: 8}]\n        requires: {spread: {zones: 1}}\n", "      - id: chat\n        accelerators: [{id: X100, units: 8, group: 8}]\n        §divisible: true\n", "N003", "ai/chat has accelerators and is divisible", "leave it out"),
    ("demand and replicas", "      - id: memo\n", "      - id: memo\n        §replicas: {count: 2}\n", "N003", "ai/memo has serves and has replicas", "leave it out"),
    ("demand and chips", "      - id: memo\n", "      - id: memo\n        §accelerators: [{id: X100, units: 8}]\n", "N003", "ai/memo has accelerators and serves", "choose one"),
    ("spread above the groups", "{zones: 1}", "{zones: §3}", "N003", "2 group(s) of chips cannot stand in 3 zones", "2 or fewer"),
    ("chips for sale in a cloud", "    kind: own\n", "    kind: public-cloud\n", "N003", "chips are bought for own halls only", "kind: own"),
    ("price of chips below zero", "{X100: 20000}", "{X100: §-20000}", "S003", "-20000 is negative", "zero or more"),
    ("impossible PUE", "pue: 1.3", "pue: §0.9", "S003", "power.pue 0.9 is below 1", "1.3"),
    ("model", "deepseek-v3,", "§deepseek-v33,", "N001", "model 'deepseek-v33'", "did you mean 'deepseek-v3"),
    ("model without weights", "model: deepseek-v3,", "model: §wan2.7,", "N003", "no weights of wan2.7 are published", "services:"),
    ("model that nobody measured", "model: deepseek-v3, input: 40 Mtokens/day, output: 10 Mtokens/day, peak: 3, cached: 40 %, accelerators: [H200]", "model: §qwen3-32b, input: 40 Mtokens/day", "N003", "nobody has published a throughput of qwen3-32b", "name kinds"),
    ("kind that cannot be sized", "accelerators: [H200]", "accelerators: [§X100]", "N006", "ai/memo: X100 is no alternative: no measured throughput, and the roofline needs what is unknown: memory_gb of X100", "units and group of your own"),
    ("nobody to serve", "input: 40 Mtokens/day, output: 10 Mtokens/day, ", "", "S003", "to nobody", "give input and output"),
    ("tokens and jobs", "peak: 3", "jobs: §5 jobs/day, peak: 3", "S003", "both tokens and jobs", "two components"),
    ("peak below the mean", "peak: 3", "peak: §0.5", "S003", "peak 0.5 is below the mean", "1 or more"),
    ("cache above all", "cached: 40 %", "cached: §140 %", "S003", "above 100 %", "40 %"),
    ("use of nothing", "cached: 40 %", "utilisation: §0 %", "S003", "utilisation", "70 %"),
)

ALL = [
    *UNKNOWN_KEYS, *MISSING, *UNKNOWN_WORDS, *QUANTITIES, *SHAPES, *MEANING,
    *POLICIES, *DEFAULTS, *WORDS, *LISTS, *REGIONS, *FIGURES, *SITES, *QUOTES, *CHIPS,
]
