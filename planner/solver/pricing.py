"""Pricing: cost lines and one-offs of a solution, from the same unit costs the program used, in exact arithmetic."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from planner.model.candidates import Duty
from planner.model.exact import usd_of
from planner.model.plan import CostLine, OneOff, Purchase
from planner.objectives import one_offs, opening
from planner.solver.blocks.mechanisms import gated_cells, monthly_charge, owner_of_copy, soft_duties
from planner.solver.draft import Draft
from planner.solver.solution import Solution

Lines = dict[tuple[str, str], Fraction]


def cost_lines(draft: Draft, solution: Solution) -> tuple[CostLine, ...]:
    """Recurring USD a month, each line rounded half-even to 10⁻⁶; lines of zero are left out."""
    lines: Lines = {}
    _compute(draft, solution, lines)
    _storage(draft, solution, lines)
    _traffic(draft, solution, lines)
    _opening(draft, solution, lines)
    _penalties(draft, solution, lines)
    rounded = {key: usd_of(value) for key, value in sorted(lines.items())}
    return tuple(CostLine(objective, of, usd) for (objective, of), usd in rounded.items() if usd)


def home_micro(draft: Draft, solution: Solution, component: int, region: int) -> tuple[int, int]:
    """Micro-USD a month of all units in a region (of the whole where divisible): machines or quote, and electricity."""
    runs, found = draft.now.runs, draft.now.runs.alternatives
    need, units = runs.need_of[component], draft.scenario.components[component]
    if runs.quoted[component]:
        return int(runs.unit_cost[need, region]), 0
    if (component, region) in solution.kinds:
        a = solution.kinds[component, region]
        return int(found.cost[a, region]), int(found.electricity[a, region])
    times = 1 if units.divisible else units.count
    return int(runs.unit_cost[need, region]) * times, int(runs.electricity[need, region])


def _add(lines: Lines, objective: str, of: str, micro: Fraction | int) -> None:
    lines[objective, of] = lines.get((objective, of), Fraction(0)) + micro


def _compute(draft: Draft, solution: Solution, lines: Lines) -> None:
    for k, component in enumerate(draft.scenario.components):
        quoted = bool(draft.now.runs.quoted[k])
        objective = "quote" if quoted else "accelerator" if component.accelerators else "compute"
        for r in solution.regions[k]:
            times = solution.shares[k].get(r, Fraction(0)) if component.divisible else Fraction(1)
            hosting, electricity = home_micro(draft, solution, k, r)
            _add(lines, objective, component.id, hosting * times)
            _add(lines, "electricity", component.id, electricity * times)


def _storage(draft: Draft, solution: Solution, lines: Lines) -> None:
    copies = draft.now.copies
    for c, r in solution.copies.items():
        _add(
            lines,
            "storage",
            f"dataset:{draft.candidates.datasets[int(copies.dataset[c])]}",
            int(copies.unit_cost[c, r]),
        )


def _traffic(draft: Draft, solution: Solution, lines: Lines) -> None:
    paths, flows = draft.now.paths, draft.scenario.flows
    for number, routes in solution.routes.items():
        for (src, dst), share in routes.items():
            _add(lines, "egress", flows[number].id, int(paths.cost[number][src, dst]) * share)
    for serving in draft.servings:
        group, name = f"users:{serving.group}", draft.scenario.components[serving.component].id
        for number, flow in enumerate(flows):
            if {flow.from_, flow.to} == {group, name}:
                for point, shares in solution.served[serving.number].items():
                    for r, share in shares.items():
                        _add(lines, "egress", flow.id, int(paths.cost[number][point, r]) * share)
    for c, cost in paths.copy_cost.items():
        src, dst = solution.copies[int(draft.now.copies.primary[c])], solution.copies[c]
        _add(lines, "egress", f"replication:{draft.candidates.copies[c]}", int(cost[src, dst]))


def regions_in_use(draft: Draft, solution: Solution) -> list[tuple[str, int]]:
    """(entity, region) pairs with a component or copy, sorted."""
    pairs = {(c.entity, r) for k, c in enumerate(draft.scenario.components) for r in solution.regions[k]}
    for c, r in solution.copies.items():
        pairs.add((draft.scenario.datasets[int(draft.now.copies.dataset[c])].entity, r))
    return sorted(pairs)


def _opening(draft: Draft, solution: Solution, lines: Lines) -> None:
    monthly = opening.monthly_cost(draft.scenario.regions)
    for entity, r in regions_in_use(draft, solution):
        _add(lines, "opening", f"{entity}@{draft.candidates.regions[r]}", int(monthly[r]))


def _penalties(draft: Draft, solution: Solution, lines: Lines) -> None:
    """A soft rule costs once for each thing with a cell it refuses and nothing bought lifts, or a duty not met."""
    owned, paid = set(solution.purchases), {}
    for cell in gated_cells(draft):
        if cell.penalty is not None and cell.column in solution.chosen and not owned & set(cell.purchases):
            paid[cell.rule, cell.thing] = cell.penalty
    for duty in soft_duties(draft):
        if not _met(draft, solution, duty):
            paid[duty.rule, owner_of_copy(draft, duty.copy)] = duty.penalty or 0
    for (rule, thing), penalty in paid.items():
        _add(lines, "penalty", f"{rule}@{thing}", penalty)


def _met(draft: Draft, solution: Solution, duty: Duty) -> bool:
    copies, home = draft.now.copies, solution.copies[duty.copy]
    if not duty.bears[home]:
        return True
    same = [c for c, d in enumerate(copies.dataset) if d == copies.dataset[duty.copy]]
    counted = [c for c in same if not (duty.others_only and c == duty.copy)]
    return any(duty.meets[home, solution.copies[c]] for c in counted)


def one_off_lines(draft: Draft, solution: Solution) -> tuple[OneOff, ...]:
    """What is paid once: mechanisms bought and regions opened, with the part charged inside the horizon (one month)."""
    scenario, period = draft.scenario, str(draft.now.period)
    out = []
    for name, entity, key in solution.purchases:
        mechanism = scenario.vocabulary.mechanisms[name]
        months = one_offs.months_charged(scenario.horizon.amortise, mechanism.valid_months)
        charged = usd_of(monthly_charge(mechanism, scenario))
        out.append(OneOff(f"mechanism:{name}/{entity}/{key}", period, mechanism.cost_usd, months, charged))
    out += _chips_bought(draft, solution)
    charges = opening.once_charge(scenario.regions, scenario.horizon.amortise)
    months = one_offs.months_charged(scenario.horizon.amortise, None)
    for entity, r in regions_in_use(draft, solution):
        if charges[r]:
            what = f"opening:{entity}@{draft.candidates.regions[r]}"
            out.append(OneOff(what, period, scenario.regions[r].opening_once, months, usd_of(int(charges[r]))))
    return tuple(sorted(out, key=lambda o: o.what))


def _chips_bought(draft: Draft, solution: Solution) -> list[OneOff]:
    """Chips of a kind bought in a region, all zones together."""
    found, regions = draft.now.runs.alternatives, draft.candidates.zone_region
    chips: dict[tuple[int, int], int] = {}
    for (h, z), units in solution.bought.items():
        chips[h, int(regions[z])] = chips.get((h, int(regions[z])), 0) + units
    months = one_offs.months_charged(draft.scenario.horizon.amortise, None)
    out = []
    for (h, r), units in chips.items():
        what = f"accelerators:{found.kinds[h]}@{draft.candidates.regions[r]}"
        charged = usd_of(int(found.fleet.charge[h, r]) * units)
        out.append(OneOff(what, str(draft.now.period), found.fleet.cash[h][r] * units, months, charged))
    return out


def purchases(draft: Draft, solution: Solution) -> tuple[Purchase, ...]:
    """Mechanisms bought, with the day from which each holds."""
    out = []
    for name, entity, key in solution.purchases:
        mechanism = draft.scenario.vocabulary.mechanisms[name]
        lawful = draft.scenario.as_of + timedelta(days=mechanism.lead_days)
        unsure = mechanism.probability is not None and mechanism.probability < Decimal(1)
        out.append(Purchase(name, entity, key, str(draft.now.period), lawful, mechanism.cost_usd, False, unsure))
    return tuple(sorted(out, key=lambda p: (p.id, p.entity, p.key)))
