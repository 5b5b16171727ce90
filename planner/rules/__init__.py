"""The drawer of legal effects: one file each. `KINDS` is the whole list of what a rule's `then` may say."""

from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.rules.require import Require

KINDS: dict[str, type] = {"confine": Confine, "forbid": Forbid, "require": Require}
