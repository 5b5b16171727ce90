"""Answers as text: why a component is where it is, and why it is not elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from planner.model.answer import Reasons
from planner.model.question import Component
from planner.reports.chips import sizing_lines
from planner.reports.page import Page, money
from planner.reports.text import ADVICE


def why_text(reasons: Sequence[Reasons], component: Component | None = None, *, width: int = 80) -> str:
    """One block a region: chosen, open, or every reason against it with its place in the files.

    Args:
        reasons: the answers, all for one component.
        component: the component; what it says of chips is told first.
        width: columns.
    """
    page = Page(width)
    page.line(reasons[0].component, "bold")
    for line in sizing_lines(component) if component else ():
        page.line(f"  {line}")
    for r in reasons:
        page.line()
        page.line(f"{r.region}: {_verdict(r)}", "bold")
        for refusal in r.refusals:
            where = f" ({refusal.where})" if refusal.where else ""
            page.line(f"  {refusal.reason}: {refusal.detail}{where}")
        for kind, refusal in r.kinds:
            where = f" ({refusal.where})" if refusal.where else ""
            page.line(f"  not on {kind}: {refusal.reason}: {refusal.detail}{where}")
        for rule, mechanisms in r.gated:
            page.line(f"  {rule}: only while one of these is held: {', '.join(mechanisms)}")
    page.line()
    page.line(ADVICE)
    return page.text


def _verdict(r: Reasons) -> str:
    if r.chosen:
        return "chosen"
    return "refused" if r.refusals else "open, not chosen"


def why_not_text(r: Reasons, *, width: int = 80) -> str:
    """The answer to `--not REGION`."""
    if r.refusals or r.chosen:
        return why_text([r], width=width)
    page = Page(width)
    if r.regret_usd is None:
        page.line(f"{r.component} in {r.region}: no plan remains, although no single rule refuses it", "bold")
    else:
        same = abs(r.regret_usd) < Decimal("0.005")
        words = "costs the same to the cent (tied)" if same else f"costs USD {money(r.regret_usd)} a month more"
        page.line(f"{r.component} in {r.region}: {words}", "bold")
        page.line(f"  also moves: {', '.join(r.moves) or 'nothing else'}")
    for rule, mechanisms in r.gated:
        page.line(f"  {rule}: only while one of these is held: {', '.join(mechanisms)}")
    page.line(ADVICE)
    return page.text
