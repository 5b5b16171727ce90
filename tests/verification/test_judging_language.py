"""The whole rule language on one case: every key, `not`, verbs, requirements, overrides and exemptions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planner.model.areas import Area
from planner.model.calendar import Window
from planner.model.law import Box, Citation, Exemption, Given, Level, PolicyCase, Rule, Then, Unless, Verb, When
from planner.model.vocabulary import Member, PlaceList, Vocabulary
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.rules.require import LocalCopy, Require
from planner.verification.facts import Facts, containing, facts_given
from planner.verification.judging import Verdict, judge, judge_case, judge_set
from planner.verification.matching import Lexicon, matches

D = Decimal
TODAY = date(2026, 11, 23)
CITES = (Citation("an act", "secondary", TODAY),)
VOCABULARY = Vocabulary(
    data_classes={"personal": None, "health": "personal", "public": None},
    isolation=("shared", "vpc", "bare-metal"),
    areas={"ae-difc": Area("DIFC", displaces=("AE",)), "my-port": Area("A port")},
)
LISTS = {
    "list:north": PlaceList("list:north", (Member("SE"), Member("FI", from_=date(2027, 1, 1)))),
    "list:none": PlaceList("list:none", ()),
    "list:frame": PlaceList("list:frame", (Member("aws"), Member("gcp", to=date(2026, 11, 22))), "operators"),
}
LEXICON = Lexicon(VOCABULARY, LISTS, TODAY)
HERE, ABROAD, NOWHERE = frozenset({"MY"}), frozenset({"SG"}), None
FORBIDDEN, AT_HOME = Then(Forbid(("*",))), Then(Confine(("MY",)))


def rule(when: When = When(), then: Then = FORBIDDEN, verbs: str = "store", name: str = "r", **more: object) -> Rule:  # noqa: B008
    words = {"in_force": (Window(date(2024, 6, 1)),), "level": Level.MUST, **more}
    return Rule(name, "A.", "MY", when=when, then=then, cites=CITES, verbs=tuple(map(Verb, verbs.split())), **words)


def of(law: Rule, facts: Facts) -> Verdict:
    return judge(law, facts, TODAY, TODAY, VOCABULARY, LISTS, TODAY)


def meets(when: When, **facts: object) -> bool | None:
    return matches(when, Facts("store", **facts), LEXICON)


@pytest.mark.parametrize(
    ("when", "fact", "yes", "no"),
    [
        (When(regulated_by=("BNM", "SC")), "regulated_by", ("BNM",), ("MAS",)),
        (When(established_in=("MY",)), "established_in", ("MY",), ("SG",)),
        (When(sector=("bank",)), "sector", ("bank", "insurer"), ("insurer",)),
        (When(critical=True), "critical", True, False),
        (When(critical=False), "critical", False, True),
        (When(purpose=("fraud",)), "purpose", ("fraud", "billing"), ("billing",)),
        (When(deployment=("own",)), "deployment", ("own",), ("api",)),
        (When(located_in=("MY",)), "places", frozenset({"MY", "MY-01"}), ABROAD),
        (When(operator=("aws", "gcp")), "operator", ("gcp",), ("alibaba",)),
        (When(operator=("list:frame",)), "operator", ("aws",), ("gcp",)),
        (When(zone_funding=("state",)), "zone_funding", ("state",), ("private",)),
        (When(operator_parent_in=("CN",)), "operator_parent_in", ("CN",), ("MY",)),
        (When(operator_entity_listed=True), "operator_entity_listed", True, False),
        (When(operator_entity_listed=False), "operator_entity_listed", False, True),
        (When(chip=("H20",)), "chip", ("H20",), ()),
        (When(chip_control=("3A090.a",)), "chip_control", ("3A090.a",), ()),
    ],
)
def test_every_key_of_a_box_is_met_missed_or_unknown(when: When, fact: str, yes: object, no: object) -> None:
    assert meets(when, **{fact: yes}) is True
    assert meets(when, **{fact: no}) is False
    assert meets(when) is None


@pytest.mark.parametrize(
    ("words", "counts", "met"),
    [
        (("heads>=100",), {"heads": 100}, True),
        (("heads>=100",), {"heads": 99}, False),
        (("heads<100",), {"heads": 99}, True),
        (("heads<100",), {"heads": 100}, False),
        (("heads>=100",), {"wards": 100}, None),
        (("heads>=100", "wards>=1"), {"wards": 1}, True),
        (("heads>=100", "wards>=1"), {"wards": 0}, None),
        (("heads>=100", "wards>=1"), {"wards": 0, "heads": 0}, False),
        ((), {}, False),
    ],
)
def test_a_head_count_is_compared_as_a_number_and_one_that_is_not_declared_is_unknown(
    words: tuple[str, ...], counts: dict[str, int], met: bool | None
) -> None:
    given = Given(verb=("store",), data_class=("health",), subjects_in=("MY",), persons=counts)
    facts = facts_given(given, "store", VOCABULARY)
    assert matches(When(persons=words), facts, LEXICON) is met
    assert matches(When(persons=words), replace(facts, items=()), LEXICON) is False


def test_class_subject_and_number_must_meet_in_one_item() -> None:
    items = (("health", "MY", (("heads", 5),)), ("public", "MY", (("heads", 500),)))
    box = When(data_class=("health",), persons=("heads>=100",))
    assert meets(box, items=items) is False
    assert meets(box, items=(*items, ("health", "SG", (("heads", 500),)))) is True
    assert meets(replace(box, subjects_in=("MY",)), items=(*items, ("health", "SG", (("heads", 500),)))) is False


@pytest.mark.parametrize("key", ["established_in", "operator_parent_in", "located_in", "subjects_in"])
def test_place_keys_know_lists_everywhere_and_that_a_subdivision_lies_in_its_country(key: str) -> None:
    def at(place: str, *named: str) -> bool | None:
        facts = {"located_in": {"places": containing((place,))}, "subjects_in": {"items": (("public", place, ()),)}}
        return meets(When(**{key: named}), **facts.get(key, {key: (place,)}))

    assert at("SE", "list:north") is True
    assert at("FI", "list:north") is False
    assert at("SE-AB", "list:north") is True
    assert at("SE", "*") is True
    assert at("MY-01", "MY") is True
    assert at("MY", "MY-01") is False
    empty = {"located_in": {"places": frozenset()}, "subjects_in": {"items": ()}}
    assert meets(When(**{key: ("*",)}), **empty.get(key, {key: ()})) is False
    assert meets(When(**{key: ("*",)}), items=(("public", None, ()),)) is None


def test_one_key_that_is_missed_outweighs_any_that_are_unknown() -> None:
    assert meets(When(sector=("bank",), critical=True, chip=("H20",)), critical=False) is False
    assert meets(When(sector=("bank",), critical=True), critical=True) is None


def test_a_not_box_is_subtracted_and_the_unknown_in_it_stays_unknown() -> None:
    outside_banks = When(critical=True, not_=Box(sector=("bank",)))
    assert meets(outside_banks, critical=True, sector=("insurer",)) is True
    assert meets(outside_banks, critical=True, sector=("bank",)) is False
    assert meets(outside_banks, critical=True) is None
    assert meets(outside_banks, critical=False) is False


def test_a_not_box_on_data_is_subtracted_item_by_item() -> None:
    mixed, health = (("public", "MY", ()), ("health", "MY", ())), (("health", "MY", ()),)
    not_health = When(data_class=("personal", "public"), not_=Box(data_class=("health",)))
    assert meets(not_health, items=mixed) is True
    assert meets(not_health, items=health) is False
    silent_on_data = When(not_=Box(data_class=("health",)))
    assert meets(silent_on_data, items=mixed) is True
    assert meets(silent_on_data, items=health) is False
    assert meets(silent_on_data, items=((None, "MY", ()),)) is None
    both = When(data_class=("personal",), not_=Box(subjects_in=("SG",)))
    assert meets(both, items=(("health", "SG", ()), ("public", "MY", ()))) is False
    assert meets(both, items=(("health", "SG", ()), ("health", "MY", ()))) is True


def test_a_thing_without_items_meets_no_box_on_data_and_is_in_no_not_box_on_data() -> None:
    assert meets(When(data_class=("personal",))) is False
    assert meets(When(subjects_in=("MY",))) is False
    assert meets(When(not_=Box(data_class=("personal",)))) is True
    assert meets(When(not_=Box(data_class=("personal",), sector=("bank",)))) is True
    assert meets(When(data_class=("personal",), not_=Box(sector=("bank",))), sector=("insurer",)) is False


@pytest.mark.parametrize(
    ("then", "sites", "answer"),
    [
        (AT_HOME, ("MY",), "allow"),
        (AT_HOME, ("MY", "CN"), "deny"),
        (AT_HOME, ("MY-01", "MY"), "allow"),
        (AT_HOME, (), "allow"),
        (AT_HOME, None, "deny"),
        (Then(Forbid(("CN",))), ("MY", "CN"), "deny"),
        (Then(Forbid(("CN",))), ("MY", "CN-31"), "deny"),
        (Then(Forbid(("CN",))), ("MY", "SG"), "allow"),
        (Then(Forbid(("CN",))), None, "deny"),
        (Then(Forbid(())), None, "allow"),
        (Then(Confine(())), ("MY",), "deny"),
        (Then(Forbid(("list:none",))), None, "allow"),
        (Then(Forbid(("*",))), ("MY",), "deny"),
        (Then(Confine(("*",))), ("MY",), "allow"),
        (Then(Confine(("*",))), None, "deny"),
        (Then(Confine(("MY",)), (Unless(destination_in=("list:north",)),)), ("SE", "SE"), "allow"),
        (Then(Confine(("MY",)), (Unless(destination_in=("list:north",)),)), ("SE", "SG"), "deny"),
        (Then(Confine(("MY",)), (Unless(destination_in=("list:north",)),)), ("SE-AB",), "allow"),
        (Then(Confine(("MY",)), (Unless(destination_in=("*",)),)), None, "deny"),
    ],
)
def test_administration_is_judged_by_every_site_it_can_come_from(
    then: Then, sites: tuple[str, ...] | None, answer: str
) -> None:
    for level in Level:
        law = rule(then=then, verbs="administer", level=level)
        assert of(law, Facts("administer", HERE, sites=sites)).answer == answer


def test_the_places_of_an_administered_region_are_no_sites_and_the_other_way_round() -> None:
    law = rule(When(located_in=("MY",)), AT_HOME, "store administer")
    assert of(law, Facts("administer", HERE, sites=("CN",))).answer == "deny"
    assert of(law, Facts("administer", ABROAD, sites=("CN",))).answer == "not_applicable"
    case = PolicyCase("from Hangzhou", Given(verb=("administer",), located_in=("CN",)), "deny")
    assert judge_case(law, case, TODAY, VOCABULARY, LISTS) == Verdict("deny", assumed=True)


def test_what_is_unknown_to_the_effect_is_refused_by_a_should_rule_too() -> None:
    for then in (AT_HOME, Then(Require(keys="customer_held")), Then(Require(copies_apart_km=D(1)))):
        assert of(rule(then=then, level=Level.SHOULD), Facts("store")) == Verdict("deny", assumed=True)


@pytest.mark.parametrize(
    ("effect", "verb", "facts", "answer"),
    [
        (Require(local_copy=LocalCopy(("MY",))), "store", {"copies_in": ABROAD}, "deny"),
        (Require(local_copy=LocalCopy(("MY",))), "store", {"copies_in": ABROAD | HERE}, "allow"),
        (Require(local_copy=LocalCopy(("MY",))), "backup", {"copies_in": containing(("MY-01",))}, "allow"),
        (Require(local_copy=LocalCopy(("MY",))), "backup", {}, "deny"),
        (Require(local_copy=LocalCopy(("list:north",))), "store", {"copies_in": frozenset({"FI"})}, "deny"),
        (Require(local_copy=LocalCopy(("*",))), "store", {"copies_in": ABROAD}, "allow"),
        (Require(local_copy=LocalCopy(("MY",))), "process", {"copies_in": ABROAD}, "allow"),
        (Require(copies_apart_km=D(60)), "store", {"copies_apart_km": D(60)}, "allow"),
        (Require(copies_apart_km=D(60)), "store", {"copies_apart_km": D("59.9")}, "deny"),
        (Require(copies_apart_km=D(0)), "store", {"copies_apart_km": D(-1)}, "deny"),
        (Require(copies_apart_km=D(60)), "store", {}, "deny"),
        (Require(isolation="vpc"), "process", {"isolation": ("vpc",)}, "allow"),
        (Require(isolation="vpc"), "process", {"isolation": ("shared", "bare-metal")}, "allow"),
        (Require(isolation="vpc"), "process", {"isolation": ("shared",)}, "deny"),
        (Require(isolation="vpc"), "process", {"isolation": ()}, "deny"),
        (Require(isolation="vpc"), "process", {}, "deny"),
        (Require(isolation="vpc"), "store", {"isolation": ("shared",)}, "allow"),
        (Require(isolation="moon"), "process", {"isolation": ("bare-metal",)}, "deny"),
        (Require(isolation="moon"), "process", {"isolation": ("moon",)}, "allow"),
        (Require(keys="customer_held"), "administer", {}, "allow"),
        (Require(keys="customer_held"), "install", {}, "allow"),
        (Require(keys="customer_held"), "store", {"keys": "customer_held"}, "allow"),
        (Require(keys="customer_held"), "store", {"keys": "independent_custodian"}, "allow"),
        (Require(keys="customer_held"), "backup", {"keys": "provider_held"}, "deny"),
        (Require(keys="customer_held"), "backup", {}, "deny"),
        (Require(keys="independent_custodian"), "store", {"keys": "customer_held"}, "deny"),
        (Require(keys="customer_held"), "process", {"keys": "provider_held"}, "allow"),
        (Require(record=("keep a register",)), "store", {}, "allow"),
        (Require(keys="customer_held", copies_apart_km=D(1)), "store", {"keys": "customer_held"}, "deny"),
    ],
)
def test_a_requirement_is_missed_by_the_fact_it_asks_for_alone(
    effect: Require, verb: str, facts: dict[str, object], answer: str
) -> None:
    law = rule(then=Then(effect), verbs="store backup process administer install")
    assert of(law, Facts(verb, HERE, **facts)).answer == answer
    silent = rule(When(critical=True), Then(effect), "store backup process")
    assert of(silent, Facts(verb, HERE, critical=False, **facts)).answer == "not_applicable"


@pytest.mark.parametrize(
    ("places", "reaches"),
    [
        (("AE-DU",), True),
        (("AE-DU", "area:ae-difc"), False),
        (("AE", "area:ae-difc"), False),
        (("AE", "area:my-port"), True),
    ],
)
def test_an_area_with_a_law_of_its_own_is_out_of_reach_of_the_law_it_displaces(
    places: tuple[str, ...], reaches: bool
) -> None:
    national = rule(then=Then(Forbid(("AE",))))
    case = PolicyCase("there", Given(verb=("store",), located_in=places), "deny" if reaches else "allow")
    assert judge_case(national, case, TODAY, VOCABULARY, LISTS).answer == case.expect
    assert of(national, Facts("store", frozenset({"AE-DU", "area:ae-difc"}))).answer == "allow"


def test_a_case_states_requirements_by_its_own_keys() -> None:
    wide = rule(then=Then(Require(LocalCopy(("VN",)), D(60), keys="customer_held")))
    given = Given(
        verb=("store",), located_in=("SG",), keys="customer_held", copies_in=("SG", "VN"), copies_apart_km=D(61)
    )
    hanoi = PolicyCase("Hanoi", replace(given, copies_in=("SG", "VN-HN")), "allow")
    assert judge_case(wide, hanoi, TODAY, VOCABULARY, LISTS).answer == "allow"
    changes: dict[str, object] = {"keys": None, "copies_in": ("SG",), "copies_apart_km": D(59)}
    assert judge_case(wide, PolicyCase("all", given, "allow"), TODAY, VOCABULARY, LISTS).answer == "allow"
    for key, value in changes.items():
        case = PolicyCase(key, replace(given, **{key: value}), "deny")
        assert judge_case(wide, case, TODAY, VOCABULARY, LISTS).answer == "deny"


def test_transit_and_install_are_verbs_like_others_to_the_judge() -> None:
    for verb in ("transit", "install"):
        assert of(rule(verbs=verb), Facts(verb, HERE)).answer == "deny"
        assert of(rule(verbs=verb), Facts("store", HERE)).answer == "not_applicable"


EXEMPT = Exemption("x", "r", When(), "mitigated", "why", "dpo", date(2026, 11, 1), date(2026, 12, 31), "T-1")
BANKS = When(sector=("bank",))
A_BANK = Facts("store", HERE, sector=("bank",))


def among(*rules: Rule, facts: Facts = A_BANK, exempt: tuple[Exemption, ...] = (), last: date = TODAY) -> dict:
    return dict(judge_set(rules, exempt, facts, TODAY, last, VOCABULARY, LISTS, TODAY))


def test_a_rule_is_silent_where_another_that_overrides_it_matches_for_certain() -> None:
    general, special = rule(), rule(BANKS, AT_HOME, name="s", overrides=("r",))
    assert among(general, special) == {"r": Verdict("not_applicable", silenced_by=("s",)), "s": Verdict("allow")}
    assert among(general, special, facts=Facts("store", HERE))["r"].answer == "deny"
    assert among(general, special, facts=Facts("store", HERE, sector=("insurer",)))["r"].answer == "deny"


@pytest.mark.parametrize(
    "changes",
    [
        {"verbs": (Verb.BACKUP,)},
        {"in_force": (Window(date(2020, 1, 1), date(2026, 11, 22)), Window(date(2026, 11, 24)))},
        {"overrides": ("other",)},
        {"level": Level.SHOULD},
    ],
)
def test_an_overrider_of_other_verbs_days_rules_or_weaker_level_silences_nothing(changes: dict[str, object]) -> None:
    special = replace(rule(BANKS, AT_HOME, name="s", overrides=("r",)), **changes)
    assert among(rule(), special)["r"] == Verdict("deny")


def test_an_overrider_that_is_silenced_itself_still_silences() -> None:
    chain = (rule(), rule(BANKS, name="s", overrides=("r",)), rule(BANKS, AT_HOME, name="t", overrides=("s",)))
    answers = {name: verdict.silenced_by for name, verdict in among(*chain).items()}
    assert answers == {"r": ("s",), "s": ("t",), "t": ()}
    assert among(replace(rule(), overrides=("r",)))["r"].answer == "deny"


def test_an_exemption_silences_its_own_rule_inside_its_box_on_days_it_covers_entirely() -> None:
    silent = Verdict("not_applicable", silenced_by=("x",))
    assert among(rule(), rule(name="s"), exempt=(EXEMPT,)) == {"r": silent, "s": Verdict("deny")}
    assert among(rule(), exempt=(EXEMPT,), last=date(2026, 12, 31))["r"] == silent
    assert among(rule(), exempt=(EXEMPT,), last=date(2027, 1, 1))["r"] == Verdict("deny")
    for changes in (
        {"expires_on": date(2026, 11, 22)},
        {"approved_on": date(2026, 11, 24)},
        {"when": When(sector=("insurer",))},
        {"when": When(critical=True)},
    ):
        assert among(rule(), exempt=(replace(EXEMPT, **changes),))["r"] == Verdict("deny")
    no_bank = Facts("store", HERE, sector=())
    assert among(rule(BANKS), facts=no_bank, exempt=(EXEMPT,)) == {"r": Verdict("not_applicable")}


@pytest.mark.parametrize(("chip", "answer"), [("H100-SXM", True), ("H100", True), ("H200", False)])
def test_a_rule_that_names_a_family_of_chips_covers_its_parts(chip: str, answer: bool) -> None:
    words = Vocabulary(chips=("H100", "H100-SXM", "H200"), chip_families={"H100": ("H100-SXM",)})
    case = Given(verb=("install",), located_in=("CN",), chip=(chip,))
    assert matches(When(chip=("H100",)), facts_given(case, "install", words), LEXICON) is answer


def test_a_rule_that_names_one_part_leaves_the_family_and_its_other_parts_alone() -> None:
    words = Vocabulary(chips=("H100", "H100-NVL", "H100-SXM"), chip_families={"H100": ("H100-NVL", "H100-SXM")})
    for chip in ("H100", "H100-NVL"):
        case = Given(verb=("install",), chip=(chip,))
        assert matches(When(chip=("H100-SXM",)), facts_given(case, "install", words), LEXICON) is False
