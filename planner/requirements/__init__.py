"""The drawer of engineering demands: one file each. `KINDS` is the whole list of what `requires:` may say."""

from planner.requirements.latency import MaxRtt, Within
from planner.requirements.spread import Spread

KINDS: dict[str, type] = {"max_rtt": MaxRtt, "spread": Spread, "within": Within}
