"""Token prices: models behind the API of a region, beside the chips that a demand could run on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from planner.model.accelerators import Accelerator, Alternative, Serves
from planner.model.catalogue import Region
from planner.model.plain import plain_number as plain
from planner.model.serving import Model
from planner.model.tokens import PREFIX, Tokens
from planner.reading.faults import Collector


def models_sold(regions: Iterable[Region]) -> frozenset[str]:
    """Every model that some region in play sells by the token."""
    return frozenset(name for region in regions for name in region.prices.tokens)


def by_the_token(serves: Serves, model: Model, sold: Collection[str]) -> tuple[Alternative, ...]:
    """The demand as tokens a day, where somebody sells the model so; jobs have no tokens."""
    name = next((name for name in (serves.model, model.id, *model.also) if name in sold), None)
    if name is None or serves.jobs:
        return ()
    cached = serves.input * serves.cached
    tokens = Tokens(name, serves.input - cached, cached, serves.output)
    words = (
        f"input: {plain(serves.input)}*(1-{plain(serves.cached)})={plain(tokens.fresh)}",
        f"cached: {plain(serves.input)}*{plain(serves.cached)}={plain(cached)}",
        f"output: {plain(serves.output)}",
    )
    basis = "tokens a day, paid by the million"
    return (Alternative(id=str(tokens), units=1, basis=basis, tokens=tokens, arithmetic="; ".join(words)),)


def kinds_sold(sold: Collection[str]) -> Mapping[str, Accelerator]:
    """What stands where a kind of chip would: nothing that draws power here or that export law could name."""
    names = {f"{PREFIX}{model}": model for model in sold}
    return {
        id_: Accelerator(id=id_, name=model, vendor="", vendor_in="", tdp_w=Decimal(0)) for id_, model in names.items()
    }


def check_token_prices(region: Region, faults: Collector) -> None:
    """Only an API sells tokens, and no price is below zero."""
    where = faults.inside(region.where, "prices", "tokens", key=True)
    if region.prices.tokens and region.kind != "api":
        text = f"prices.tokens in {region.key}, which is {region.kind}: an API sells tokens"
        faults.add(where, "N003", text, "write `kind: api`, or leave it out")
    for name, price in region.prices.tokens.items():
        for key in ("input", "cached", "output"):
            value = getattr(price, key)
            if value is not None and value <= 0:
                at = faults.inside(region.where, "prices", "tokens", name, key)
                text = f"prices.tokens.{name}.{key} {value} is no price"
                faults.add(at, "S003", text, "write USD per million tokens, above zero; leave the model out if unknown")
