"""Roofline: what a chip makes of a model where nothing was measured, from peak, bandwidth and memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from math import floor
from typing import Final

from planner.model.accelerators import Accelerator
from planner.model.plain import plain_number as plain
from planner.model.serving import Model, Roofline, Serving, Weights

BILLION: Final = 10**9
TERA: Final = 10**12
MOST_CHIPS: Final = 1024
"""No group is larger: a model that does not fit then is sized by hand."""


class NotSized(ValueError):
    """A kind of chip is no alternative for a demand; the message is the reason, for a reader."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Tokens a second and chip, and the equations they come from."""

    prefill: Decimal
    decode: Decimal
    equations: tuple[str, ...] = ()


def smallest_group(model: Model, kind: Accelerator, serving: Serving) -> int:
    """Chips of a kind that hold a model with its cache: as stated, else from memory; raises NotSized."""
    if kind.id in model.groups:
        return model.groups[kind.id]
    roofline = _known(model, kind, serving)
    for chips in chain((1, 2, 4), range(8, MOST_CHIPS + 1, 8)):
        if _form(model, kind, chips, roofline) is not None:
            return chips
    raise NotSized(f"{model.id} does not fit on {MOST_CHIPS} {kind.id} in a number format they compute in")


def estimate(model: Model, kind: Accelerator, chips: int, serving: Serving) -> Rates:
    """Throughput of one chip in a group of so many; raises NotSized where a figure is unknown."""
    roofline = _known(model, kind, serving)
    form = _form(model, kind, chips, roofline)
    if form is None:
        raise NotSized(f"{model.id} does not fit on {chips} {kind.id} in a number format they compute in")
    own = serving.utilisation.get(kind.id)
    shares = (own.prefill, own.decode) if own else (roofline.prefill, roofline.decode)
    peak = f"{plain(kind.dense_tflops[form.compute])}e12"
    flop = Fraction(kind.dense_tflops[form.compute]) * TERA / (2 * Fraction(_active(model)) * BILLION)
    prefill, compute = (floor(flop * Fraction(share)) for share in shares)
    memory, held = _by_memory(model, kind, chips, form, roofline)
    if min(prefill, compute, memory) < 1:
        raise NotSized(f"{kind.id} makes less than a token a second of {model.id}")
    per_token = f"(2*{plain(_active(model))}e9)"
    return Rates(
        Decimal(prefill),
        Decimal(min(compute, memory)),
        (
            f"prefill by compute: floor({peak}*{plain(shares[0])}/{per_token})={prefill}",
            f"decode by compute: floor({peak}*{plain(shares[1])}/{per_token})={compute}",
            *held,
            f"decode: min({compute}, {memory})={min(compute, memory)}",
        ),
    )


def _by_memory(
    model: Model, kind: Accelerator, chips: int, form: Weights, roofline: Roofline
) -> tuple[int, tuple[str, str]]:
    """Output tokens a second and chip when each step reads all weights and every conversation's cache."""
    kv, bandwidth = model.kv_bytes or Decimal(0), kind.memory_bandwidth_tb_s or Decimal(0)
    held = _conversations(model, kind, chips, form, roofline)
    read = Fraction(form.gb) * BILLION + held * roofline.context * Fraction(kv)
    rate = floor(held * Fraction(bandwidth) * TERA * Fraction(roofline.bandwidth) / read)
    cache = f"{roofline.context}*{plain(kv)}"
    room = f"({plain(roofline.memory)}*{chips}*{plain(kind.memory_gb or Decimal(0))}-{plain(form.gb)})*1e9"
    return rate, (
        f"conversations a group: floor({room}/({cache}))={held}",
        f"decode by memory: floor({held}*{plain(bandwidth)}e12*{plain(roofline.bandwidth)}"
        f"/({plain(form.gb)}e9+{held}*{cache}))={rate}",
    )


def _form(model: Model, kind: Accelerator, chips: int, roofline: Roofline) -> Weights | None:
    """The preferred form of the weights that the chips compute in and hold with one conversation at least."""
    fitting = (w for w in model.weights if w.compute in kind.dense_tflops)
    return next((w for w in fitting if _conversations(model, kind, chips, w, roofline) >= 1), None)


def _conversations(model: Model, kind: Accelerator, chips: int, form: Weights, roofline: Roofline) -> int:
    room = Fraction(roofline.memory) * chips * Fraction(kind.memory_gb or 0) - Fraction(form.gb)
    return floor(room * BILLION / (roofline.context * Fraction(model.kv_bytes or 1)))


def _active(model: Model) -> Decimal:
    assert model.active_b is not None
    return model.active_b


def _known(model: Model, kind: Accelerator, serving: Serving) -> Roofline:
    """The roofline, when every figure it needs is known; raises NotSized naming those that are not."""
    lacking = list(_unknown(model, kind))
    if lacking:
        raise NotSized(f"the roofline needs what is unknown: {', '.join(lacking)}")
    if serving.roofline is None:
        raise NotSized("no roofline is given in a catalogue of models")
    return serving.roofline


def _unknown(model: Model, kind: Accelerator) -> Iterator[str]:
    figures = (("active_b", model.active_b), ("kv_bytes", model.kv_bytes), ("weights", model.weights))
    yield from (f"{name} of {model.id}" for name, value in figures if not value)
    own = (("memory_gb", kind.memory_gb), ("memory_bandwidth_tb_s", kind.memory_bandwidth_tb_s))
    yield from (f"{name} of {kind.id}" for name, value in own if not value)
    formats = sorted({w.compute for w in model.weights})
    if formats and not any(kind.dense_tflops.get(each) for each in formats):
        yield f"dense_tflops of {kind.id} in {' or '.join(formats)}"
