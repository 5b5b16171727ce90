"""Data of which no rule speaks is named, with the verbs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from planner.authoring.lint import Linted, lint
from planner.authoring.silence import silence
from planner.cli.main import cli
from planner.errors import Where
from planner.model.law import Box, Rule, Status, Then, Verb, When
from planner.rules.forbid import Forbid
from tests.authoring.worlds import LANGUAGE, RULE_TEXT, TODAY, policy_folder, rule

CLASSES = {name: Where("vocab.yaml", line, 3) for line, name in enumerate(LANGUAGE.vocabulary.data_classes, 3)}
ALL = (Verb.STORE, Verb.BACKUP, Verb.PROCESS, Verb.ADMINISTER)


def silent(*rules: Rule) -> dict[str, str]:
    found = silence(rules, LANGUAGE.vocabulary, CLASSES)
    return {finding.about.id: finding.message.partition("under ")[2] for finding in found}


def test_a_class_is_spoken_of_with_its_children_under_the_verbs_of_the_rule() -> None:
    health = rule(When(data_class=("health",)))  # store and backup
    everything = "store, backup, process, administer"
    assert silent(health) == {
        "personal": everything, "public": everything, "health": "process, administer", "genes": "process, administer",
    }  # fmt: skip
    assert silent(health, rule(When(subjects_in=("MY",)), verbs=ALL)) == {}
    assert silent(rule(When(persons=("heads>=10",)), verbs=ALL)) == {}


def test_a_rule_that_looks_at_no_data_or_is_not_settled_breaks_no_silence() -> None:
    assert set(silent(rule(When(regulated_by=("BNM",)), verbs=ALL))) == set(CLASSES)
    assert set(silent(replace(rule(When(subjects_in=("MY",)), verbs=ALL), status=Status.CONTESTED))) == set(CLASSES)


def test_a_class_that_a_rule_subtracts_is_not_spoken_of_unless_more_is_asked_of_what_is_subtracted() -> None:
    def but(**taken: tuple[str, ...]) -> Rule:
        return rule(When(subjects_in=("MY",), not_=Box(**taken)), Then(Forbid(("*",))), verbs=ALL)

    assert set(silent(but(data_class=("health",)))) == {"health", "genes"}
    assert silent(but(data_class=("health",), sector=("bank",))) == {}


def test_it_is_a_note_at_the_class_and_only_of_the_whole_set(tmp_path: Path, capsys) -> None:
    whole = lint(Linted({"r": rule(When(data_class=("personal",)))}, LANGUAGE, TODAY, classes=CLASSES))
    assert [(f.where or f.about.where, f.severity) for f in whole if f.code == "R115" and f.about.id == "public"] == [
        (Where("vocab.yaml", 6, 3), "note")
    ]
    folder = policy_folder(tmp_path, RULE_TEXT)
    words = ["--policies", str(folder), "policy", "lint"]
    for paths, told in (([], True), ([str(folder / "law")], False)):
        cli.main([*words, *paths], standalone_mode=False)
        out = capsys.readouterr().out
        assert (f"{folder}/vocab.yaml" in out or "R115" in out) == told
