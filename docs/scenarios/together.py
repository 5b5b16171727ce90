"""Write scenarios/asean-2026.yaml out of the scenarios of single systems: `python docs/scenarios/together.py`.

The text of each part is kept with its comments. Ids that two parts share get the name of their part before them; the
days, laws and places of the parts are united.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "scenarios"
WHOLE = FOLDER / "asean-2026.yaml"
PARTS = ("tng-ewallet", "ocbc-tools", "ytl-ilmu", "indosat", "morphyx-tabspace", "alibaba-agentic")
LISTS = ("entities", "regions", "datasets", "workloads", "users", "quotes")
KEY = re.compile(r"^([a-z_]+):[^\n]*\n", re.MULTILINE)

HEAD = """\
# All shipped scenarios of single systems at once. No size here describes a company, and nothing here is legal advice.
# Written by `python docs/scenarios/together.py` from the files named below; change those, then write this one again.
scenario: asean-2026
question: What do six AI systems of Malaysia, Singapore and Indonesia cost together where all law of the region
  holds for each, and what do they gain or lose by sharing its places?
as_of: {as_of}
horizon: {{from: {start}, periods: 1, amortise: 48 months}}
catalog: {{providers: [{providers}], places: [{places}]}}
policies: [{policies}]

# What is bought is spread over the 48 months that two of the six say; the other four say 36 in their own files.
# An own hall stays open to the entity alone that operates it. Comments of a part speak of its own file: there, not
# here, Google Cloud is out of play for OCBC's tools.
"""
TAIL = """\
objectives: [cost]
solver: {gap: 0 %, time_limit: 300 s}

not_modelled:
  - Dealings among the six. No system is a customer of another, and no hall is let to another system.
  - That a system of Malaysia might want no part in mainland China. Where no round trip is asked and the law held here
    lets data go, the cheapest cloud of the five is taken; what that border costs in money and delay is not held.
  - Discounts for what the six buy from one cloud together.
"""


def together(names: Iterable[str] = PARTS) -> str:
    """The text of the scenario of all parts."""
    texts = _apart({name: (FOLDER / f"{name}.yaml").read_text(encoding="utf-8") for name in names})
    sections = {name: _sections(text) for name, text in texts.items()}
    lists = (_list(key, {name: found.get(key, "") for name, found in sections.items()}) for key in LISTS)
    left_out = {name: found["not_modelled"] for name, found in sections.items()}
    return _head([yaml.safe_load(text) for text in texts.values()]) + "".join(lists) + TAIL + _left_out(left_out)


def _apart(texts: dict[str, str]) -> dict[str, str]:
    """The texts with every shared id of a dataset or a user group named after its part."""
    ids = {name: _ids(yaml.safe_load(text)) for name, text in texts.items()}
    times = Counter(chain.from_iterable(ids.values()))
    shared = {name: [each for each in found if times[each] > 1] for name, found in ids.items()}
    return {name: _renamed(text, name, shared[name]) for name, text in texts.items()}


def _ids(data: dict[str, Any]) -> list[str]:
    return [each["id"] for key in ("datasets", "users") for each in data[key]]


def _renamed(text: str, name: str, shared: Iterable[str]) -> str:
    for each in shared:
        text = re.sub(rf"(?<![\w/-]){re.escape(each)}(?![\w/-])", f"{name}-{each}", text)
    return text


def _sections(text: str) -> dict[str, str]:
    """What stands under each key; comments before a key go with the key, those of the head with the entities."""
    found, start, said = {}, 0, ""
    keys = list(KEY.finditer(text))
    for key, following in zip(keys, [*keys[1:], None], strict=True):
        said = text[start : key.start()] if key[1] in LISTS else ""
        body = text[key.end() : following.start() if following else len(text)]
        kept, start = _before_comments(body), key.end() + len(_before_comments(body))
        found[key[1]] = said.strip("\n") + "\n" * bool(said.strip()) + kept
    return found


def _before_comments(body: str) -> str:
    """Without the comments at the left margin that end it, which speak of the next key."""
    lines = body.splitlines(keepends=True)
    while lines and (lines[-1].startswith("#") or not lines[-1].strip()):
        lines.pop()
    return "".join(lines)


def _list(key: str, parts: dict[str, str]) -> str:
    told = "\n".join(f"  # of {name}.yaml\n{_indented(text)}" for name, text in parts.items() if text)
    return f"\n{key}:\n{told}" + "\n" * (key == LISTS[-1])


def _indented(text: str) -> str:
    return re.sub(r"^#", "  #", text, flags=re.MULTILINE)


def _left_out(parts: dict[str, str]) -> str:
    """What the parts leave out, each with the part that says so; what several say is said once."""
    items = [(name, item) for name, text in parts.items() for item in re.split(r"^  - ", text, flags=re.MULTILINE)[1:]]
    times = Counter(item for _, item in items)
    once = dict.fromkeys(item if times[item] > 1 else f"({name}) {item}" for name, item in items)
    return "".join(f"  - {item}" for item in once)


def _head(parts: list[dict[str, Any]]) -> str:
    (as_of,), (start,) = {part["as_of"] for part in parts}, {part["horizon"]["from"] for part in parts}
    providers = _union(part["catalog"]["providers"] for part in parts)
    places = _union(part["catalog"]["places"] for part in parts)
    policies = _union(part["policies"] for part in parts)
    return HEAD.format(as_of=as_of, start=start, providers=providers, places=places, policies=policies)


def _union(lists: Iterable[list[str]]) -> str:
    return ", ".join(dict.fromkeys(chain.from_iterable(lists)))


if __name__ == "__main__":
    WHOLE.write_text(together(), encoding="utf-8")
