"""Prices of rules as text, JSON and CSV; a price of 0 is printed like any other."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from planner.model.plain import to_plain
from planner.model.price import Price, Prices, Proof
from planner.reports.page import Page, money
from planner.reports.tables import safe_cell
from planner.reports.text import ADVICE

STATES = {
    "frees": "without it a plan exists",
    "needed": "without it no plan exists",
    "no plan": "no plan either way",
}
PROOFS: Mapping[Proof, str] = {
    "same program": "idle: without it nothing changes",
    "bound": "idle: no plan is cheaper, by bounds",
    "solved": "solved again without it",
}
COLUMNS = ("name", "state", "usd_month", "low", "high", "proof", "interaction_usd_month", "opens", "asks", "moves")


def render(prices: Prices, form: str, *, width: int = 80) -> str:
    """The prices in one of the formats text, json and csv."""
    if form == "json":
        return json.dumps(prices_document(prices), indent=1, ensure_ascii=False) + "\n"
    return prices_csv(prices) if form == "csv" else prices_text(prices, width=width)


def unsolved(scenario: str, form: str) -> str:
    """What is said when a limit came before the first plan with all rules."""
    if form == "json":
        nothing = Prices(scenario, None, Decimal(1), True, ())
        return json.dumps(prices_document(nothing) | {"status": "unsolved"}, indent=1, ensure_ascii=False) + "\n"
    return "" if form == "csv" else f"{scenario}: the limit was reached before any plan was found; raise --time-limit\n"


def prices_text(prices: Prices, *, width: int = 80) -> str:
    """Dearest first; below the table what opens and moves without a rule that is not idle."""
    page = Page(width)
    page.line(_head(prices), "bold")
    page.line()
    if prices.rules:
        columns = [("rule", False), ("USD/month", True), ("known by", False), ("at", False)]
        page.table(columns, [[p.name, amount(p), PROOFS[p.proof], p.where] for p in _ordered(prices.rules)])
    else:
        page.line("no rule is in this scenario")
    _together(page, "group", prices.groups)
    _pairs(page, prices)
    for price in _ordered((*prices.rules, *prices.groups)):
        _effect(page, price)
    _counts(page, prices)
    page.line(ADVICE)
    return page.text


def _head(prices: Prices) -> str:
    if prices.total_usd is None:
        return f"{prices.scenario}: no plan exists with all rules"
    known = "best plan before the limit" if prices.stopped else "optimum"
    return f"{prices.scenario}: USD {money(prices.total_usd)} with all rules ({known}); what each rule adds to it"


def amount(price: Price) -> str:
    """USD a month, an interval, or why there is no figure."""
    if price.usd_month is not None:
        return money(price.usd_month)
    if price.state != "interval":
        return STATES[price.state]
    low, high = ("?" if side is None else money(side) for side in (price.low, price.high))
    return f"[{low}, {high}]"


def _ordered(prices: tuple[Price, ...]) -> list[Price]:
    """Those without a plain figure first, then the dearest; equals by name."""
    return sorted(prices, key=lambda p: (p.usd_month is not None, -(p.usd_month or Decimal(0)), p.name))


def _together(page: Page, what: str, prices: tuple[Price, ...]) -> None:
    if prices:
        page.line()
        columns = [(what, False), ("rules", True), ("USD/month", True), ("more than apart", True), ("known by", False)]
        rows = [[p.name, str(len(p.rules)), amount(p), _interaction(p), PROOFS[p.proof]] for p in prices]
        page.table(columns, rows)


def _pairs(page: Page, prices: Prices) -> None:
    """Pairs that cost more or less together than apart; the others are counted."""
    telling = tuple(p for p in prices.pairs if p.interaction_usd_month != 0)
    _together(page, "pair", telling)
    if prices.pairs:
        rest = len(prices.pairs) - len(telling)
        page.line(f"{rest} of {len(prices.pairs)} pairs cost together exactly what they cost apart")


def _interaction(price: Price) -> str:
    return "–" if price.interaction_usd_month is None else money(price.interaction_usd_month)


def _effect(page: Page, price: Price) -> None:
    """What opens, what is asked for and what moves; nothing of a rule that is idle because of others."""
    if price.proof == "same program" or price.state == "no plan":
        return
    page.line()
    page.line(f"without {price.name}" + (f" ({price.source})" if price.source else ""), "bold")
    for shut in price.shut:
        page.line(f"  opens {shut.region} to {_few(shut.things)}")
    if price.asks:
        page.line(f"  no longer asks for any of {', '.join(price.asks)}")
    for move in price.moves:
        page.line(f"  moves {move}")
    if not price.moves:
        page.line("  nothing moves")


def _few(things: tuple[str, ...]) -> str:
    shown = ", ".join(things[:4])
    return shown if len(things) <= 4 else f"{shown} and {len(things) - 4} more"


def _counts(page: Page, prices: Prices) -> None:
    known = [(prices.proved(proof), words) for proof, words in PROOFS.items()]
    page.line()
    page.line("rules: " + "; ".join(f"{count} {words}" for count, words in known))


def prices_document(prices: Prices) -> dict[str, Any]:
    """The same as plain data; money is exact text."""
    status = "infeasible" if prices.total_usd is None else "feasible" if prices.stopped else "optimal"
    return {
        "format_version": 1,
        "scenario": prices.scenario,
        "status": status,
        "total_usd": to_plain(prices.total_usd),
        "months": to_plain(prices.months),
        "rules": [_row(p) for p in prices.rules],
        "groups": [_row(p) for p in prices.groups],
        "pairs": [_row(p) for p in prices.pairs],
        "proofs": {proof: prices.proved(proof) for proof in PROOFS},
    }


def _row(price: Price) -> dict[str, Any]:
    keys = price.__dataclass_fields__
    return {
        **{key: to_plain(getattr(price, key)) for key in keys},
        "interaction_usd_month": to_plain(price.interaction_usd_month),
    }


def prices_csv(prices: Prices) -> str:
    """One row a rule, group and pair."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["kind", *COLUMNS])
    for kind, found in (("rule", prices.rules), ("group", prices.groups), ("pair", prices.pairs)):
        for row in flat_rows(found):
            writer.writerow([kind, *("" if row[key] is None else safe_cell(row[key]) for key in COLUMNS)])
    return out.getvalue()


def flat_rows(prices: tuple[Price, ...]) -> list[dict[str, Any]]:
    """Rows without lists inside, for tables: regions that open, mechanisms asked for and moves as text."""
    return [
        {
            "name": p.name,
            "state": p.state,
            "usd_month": p.usd_month,
            "low": p.low,
            "high": p.high,
            "proof": p.proof,
            "interaction_usd_month": p.interaction_usd_month,
            "opens": ", ".join(s.region for s in p.shut),
            "asks": ", ".join(p.asks),
            "moves": "; ".join(p.moves),
            "source": p.source,
        }
        for p in prices
    ]
