"""Hostile texts, and a plan document in which every text that an author can write is one of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    '"><svg onload=alert(4)>',
    "' autofocus onfocus=alert(5) x='",
    '" onmouseover="alert(6)" x="',
    "javascript:alert(7)",
    "JaVaScRiPt:alert(8)",
    "\tjava\nscript:alert(9)",
    "data:text/html,<script>alert(10)</script>",
    'https://example.org/"onclick="alert(11)',
    "https://example.org/'><script>alert(12)</script>",
    "</style><style>*{display:none}</style>",
    "}*{background:url(https://example.org/x)}",
    "<style>@import 'https://example.org/x.css'</style>",
    "expression(alert(13))",
    "</title><script>alert(14)</script>",
    "</svg><script>alert(15)</script>",
    "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><script>alert(16)</script></body></foreignObject>",
    "<svg><animate onbegin=alert(17) attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(18)>",
    "<iframe srcdoc='<script>alert(19)</script>'></iframe>",
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    "<base href=https://example.org/>",
    "<link rel=stylesheet href=https://example.org/x.css>",
    "<form action=https://example.org/><input name=x></form>",
    "<object data=https://example.org/x></object>",
    "{{ 7 * 7 }}{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "{# hidden #}${7*7}#{7*7}<%= 7*7 %>",
    "<!-- --><!--[if IE]><script>alert(20)</script><![endif]-->",
    "]]><script>alert(21)</script><![CDATA[",
    "&lt;script&gt;alert(22)&lt;/script&gt;&#60;b&#62;",
    "right to left \u202e gnp.exe \u202c\u2066x\u2069",
    "null \x00 bell \x07 escape \x1b[31m delete \x7f",
    "zero\u200bwidth\ufeff joiner\u200d",
    "lone \ud800 surrogate",
    "line\u2028paragraph\u2029end",
    "`onerror=alert(23)`",
    "<details open ontoggle=alert(24)>",
    "<a href='javascript:alert(25)'>x</a>",
    "\uff1cscript\uff1ealert(26)\uff1c/script\uff1e",
    "%3Cscript%3Ealert(27)%3C/script%3E",
    "W" * 4000,
)
ID_TOKENS = ("alibaba", "payments", "ledger", "ekyc", "tng-digital", "my-pdpa-s129", "my-tia-adequate", "my-users")
TEXTS_WORDS = (
    "question name title citation detail source note city why figure quality at instrument url what confidence basis"
    " arithmetic solver verifier tie_break text"
)
TEXTS = frozenset(TEXTS_WORDS.split())
SENTENCES = frozenset({"not_modelled", "records", "not_limited", "stand_by"})


def poisoned(document: str, payload: str) -> dict[str, Any]:
    """A plan document with a hostile text in every free text, and at the end of one id of each kind."""
    inside = json.dumps(payload)[1:-1]
    for token in ID_TOKENS:
        document = document.replace(token, token + inside)
    return _texts(json.loads(document), payload)


def _texts(plain: Any, payload: str) -> Any:
    if isinstance(plain, list):
        return [_texts(each, payload) for each in plain]
    if not isinstance(plain, dict):
        return plain
    return {key: _value(key, value, payload) for key, value in plain.items()}


def _value(key: str, value: Any, payload: str) -> Any:
    if key in SENTENCES:
        return [payload for _ in value]
    return payload if key in TEXTS and isinstance(value, str) else _texts(value, payload)


class Elements(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.comments: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def unknown_decl(self, data: str) -> None:
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def elements(html: str) -> Elements:
    parser = Elements()
    parser.feed(html)
    parser.close()
    return parser


def attributes(found: Elements) -> Iterator[tuple[str, str, str]]:
    for tag, attrs in found.found:
        for name, value in attrs.items():
            yield tag, name, value or ""
