"""Refusing: what the effect of a rule that bears says of a case, and which way out lifts it."""

from __future__ import annotations

from typing import Final, Protocol, runtime_checkable

from planner.model.law import Then, Unless, Verb
from planner.rules.forbid import Forbid
from planner.rules.require import Require
from planner.verification.facts import Facts, containing
from planner.verification.matching import Lexicon, all_of, any_of, lies_in, negate

AT_REST: Final = (Verb.STORE, Verb.BACKUP)


@runtime_checkable
class Refusing(Protocol):
    """The scalar face of an effect under planner/rules that refuses places."""

    @property
    def in_(self) -> tuple[str, ...]:
        """The places as the rule writes them."""

    def denies(self, places: frozenset[str] | None, named: frozenset[str]) -> bool | None:
        """Whether the places are refused; None = unknown."""


def refuses(then: Then, facts: Facts, lexicon: Lexicon) -> bool | None:
    """Whether the effect refuses the case and nothing lifts it; None when an unknown fact decides.

    Raises:
        TypeError: the effect has no scalar face.
    """
    if isinstance(then.effect, Require):
        return _misses(then.effect, facts, lexicon)
    if not isinstance(then.effect, Refusing):
        raise TypeError(f"the effect {type(then.effect).__name__} cannot be judged on one case")
    lifted = any_of(_lifts(way, facts, lexicon) for way in then.unless)
    return all_of((_denies(then.effect, facts, lexicon), negate(lifted)))


def find_lifts(then: Then) -> tuple[str, ...]:
    """The mechanisms that would lift the effect, in the order written."""
    return tuple(dict.fromkeys(name for way in then.unless for name in way.holds))


def _denies(effect: Refusing, facts: Facts, lexicon: Lexicon) -> bool | None:
    named = lexicon.codes(effect.in_)
    if isinstance(effect, Forbid) and not named:
        return False
    if facts.verb != Verb.ADMINISTER:
        return effect.denies(facts.places, named)
    if facts.sites is None:
        return None
    # One site outside breaks a confinement, one site inside breaks a ban.
    return any_of(effect.denies(containing((site,)), named) for site in facts.sites)


def _lifts(way: Unless, facts: Facts, lexicon: Lexicon) -> bool | None:
    if not facts.holds.isdisjoint(way.holds):
        return True
    if not way.destination_in:
        return False
    named = lexicon.codes(way.destination_in)
    if facts.verb != Verb.ADMINISTER:
        return lies_in(facts.places, named)
    return None if facts.sites is None else all_of(lies_in(containing((site,)), named) for site in facts.sites)


def _misses(effect: Require, facts: Facts, lexicon: Lexicon) -> bool | None:
    """Isolation is asked of what runs, keys and copies of what rests; other verbs have nothing to miss."""
    if facts.verb == Verb.PROCESS:
        return effect.denies_offer(facts.isolation, lexicon.vocabulary.isolation)
    if facts.verb not in AT_REST:
        return False
    named = lexicon.codes(effect.local_copy.in_) if effect.local_copy else frozenset[str]()
    return any_of(
        (
            effect.denies_keys(facts.keys),
            effect.denies_copies(facts.copies_in, named),
            effect.denies_distance(facts.copies_apart_km),
        )
    )
