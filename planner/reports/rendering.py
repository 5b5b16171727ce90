"""Rendering: the one door to Jinja2. Every text is escaped, and what a reader could not see is made visible."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

HIDDEN_LETTERS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Controls, lone surrogates, and letters without a shape or that turn the direction of what follows."""


def render(template: str, **nouns: Any) -> str:
    """A template filled in; raises jinja2.UndefinedError for a name that is not given."""
    return _templates().get_template(template).render(**nouns)


def visible(text: str) -> str:
    """The text with every hidden letter as U+FFFD, so that nothing reads otherwise than it is written."""
    return HIDDEN_LETTERS.sub("\ufffd", text)


def source_of(template: str) -> str:
    """A file beside the templates as it is written."""
    environment = _templates()
    assert environment.loader is not None
    return environment.loader.get_source(environment, template)[0]


def _shown(value: Any) -> Any:
    if value is None:
        return ""
    return value if isinstance(value, Markup) else visible(str(value))


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("planner.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
