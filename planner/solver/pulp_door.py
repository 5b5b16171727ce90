"""The PuLP door: the same program as a live PuLP problem, for other solvers, exports and users' own constraints.

Works with PuLP 3.3 and 4. Columns are named by index, because PuLP 3 turns `-` into `_` and distinct ids would collide.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.errors import Fault, InputFaults, Unsolved, Where
from planner.model.candidates import Candidates
from planner.model.outcome import Outcome, SolverState
from planner.model.program import FREE, Program
from planner.solver.highs import Options, power_of_two, quiet

OPTIMAL, INFEASIBLE = 1, -1
"""The two status codes that mean the same in PuLP 3.3 and 4."""


@dataclass(frozen=True)
class PulpProgram:
    """A PuLP problem beside the program it was made from.

    Attributes:
        problem: minimises USD / `unit`; add constraints to it as to any PuLP problem.
        variables: one PuLP variable a column, in the program's order.
        names: the readable name of each column (`x[3,5]`).
    """

    problem: Any
    variables: list[Any]
    names: list[str]
    unit: float
    program: Program

    def variable(self, component: str, region: str, candidates: Candidates) -> Any:
        """The presence variable of a component in a region; KeyError when the region is refused."""
        block = self.program.block("x")
        wanted = (candidates.components.index(component), candidates.regions.index(region))
        keys = (
            [] if block is None else zip(block.keys["component"].tolist(), block.keys["region"].tolist(), strict=True)
        )
        for offset, key in enumerate(keys):
            if key == wanted and block is not None:
                return self.variables[block.start + offset]
        raise KeyError(f"{component} may not live in {region}")


def to_pulp(program: Program, name: str = "planner") -> PulpProgram:
    """Build the PuLP problem; costs are divided by a power of two as for HiGHS."""
    import pulp

    arrays = program.arrays
    unit = power_of_two(arrays.cost.astype(float))
    problem = pulp.LpProblem(name, pulp.LpMinimize)
    variables = [
        problem.add_variable(
            f"c{n}", int(arrays.lower[n]), int(arrays.upper[n]), "Integer" if arrays.integer[n] else "Continuous"
        )
        for n in range(program.n_columns)
    ]
    if not variables:
        variables = [problem.add_variable("none", 0, 0)]
    problem += pulp.lpSum(float(cost) / unit * variables[n] for n, cost in enumerate(arrays.cost) if cost), "cost"
    for n in range(program.n_rows):
        _add_row(problem, pulp, variables, program, n)
    return PulpProgram(problem, variables, program.column_names(), unit, program)


def _add_row(problem: Any, pulp: Any, variables: list[Any], program: Program, n: int) -> None:
    arrays = program.arrays
    span = slice(arrays.row_start[n], arrays.row_start[n + 1])
    lower, upper = int(arrays.row_lower[n]), int(arrays.row_upper[n])
    terms = list(zip(arrays.column[span].tolist(), arrays.value[span].tolist(), strict=True))
    scale = power_of_two(np.array([float(v) for _, v in terms]))
    if not terms:
        terms, lower, upper = [(0, 0)], max(lower, -1), min(upper, 1)
    expression = pulp.lpSum((value / scale) * variables[c] for c, value in terms)
    if lower == upper:
        problem += expression == lower / scale, f"r{n}"
        return
    if lower > -FREE:
        problem += expression >= lower / scale, f"r{n}_low"
    if upper < FREE:
        problem += expression <= upper / scale, f"r{n}_up"


def solver_named(name: str, options: Options) -> Any:
    """The PuLP solver of that name with our limits; raises InputFaults with the ones installed here."""
    import pulp

    known = pulp.listSolvers(onlyAvailable=True)
    if name not in known:
        fault = Fault(
            Where("--solver"), "N001", f"PuLP has no solver {name!r} here", f"installed here: {', '.join(known)}"
        )
        raise InputFaults([fault])
    wanted: dict[str, Any] = {"msg": False, "gapRel": options.gap, "threads": 1}
    if options.time_limit is not None:
        wanted["timeLimit"] = options.time_limit
    if name == "HiGHS":
        wanted |= {
            "random_seed": 7,
            "mip_abs_gap": 0.0,
            "mip_feasibility_tolerance": 1e-9,
            "primal_feasibility_tolerance": 1e-9,
        }
    return pulp.getSolver(name, **wanted)


def solve_with_pulp(program: Program, name: str, options: Options) -> Outcome:
    """Solve through PuLP. A plan is optimal only where the solver gives a bound, or ended before the limit."""
    built = to_pulp(program)
    started = time.perf_counter()
    result = solve_problem(built, name, options)
    seconds = time.perf_counter() - started
    return read_outcome(built, result, name, seconds, options)


def solve_problem(built: PulpProgram, name: str, options: Options = Options()) -> Any:
    """Run a solver on the PuLP problem; returns what PuLP returns (an int in 3.3, an object in 4)."""
    solver = solver_named(name, options)
    with quiet():
        return built.problem.solve(solver)


def read_values(built: PulpProgram) -> NDArray[np.float64]:
    """The values of a solved problem in the program's order; raises Unsolved when there are none."""
    values = [v.varValue for v in built.variables]
    if any(v is None for v in values):
        raise Unsolved(None)
    return np.array(values, dtype=float)


def read_outcome(built: PulpProgram, result: Any, name: str, seconds: float, options: Options) -> Outcome:
    """Our own outcome of a PuLP solve, PuLP 3.3 (an int) or 4 (a statistics object)."""
    import pulp

    solver = f"{name} through PuLP {pulp.__version__}"
    status = int(getattr(result, "status", result))
    if status == INFEASIBLE:
        return Outcome(SolverState.INFEASIBLE, None, math.inf, math.inf, solver, seconds)
    values = [v.varValue for v in built.variables[: built.program.n_columns]]
    has_plan = bool(getattr(result, "has_solution", status == OPTIMAL))
    if not has_plan or any(v is None for v in values):
        return Outcome(SolverState.UNSOLVED, None, math.inf, -math.inf, solver, seconds)
    array = np.array(values, dtype=float)
    cost = float(array @ built.program.arrays.cost.astype(float))
    bound = _bound(built, result, cost, seconds, options)
    state = SolverState.OPTIMAL if status == OPTIMAL and bound > -math.inf else SolverState.FEASIBLE
    return Outcome(state, array, cost, min(bound, cost), solver, seconds)


def _bound(built: PulpProgram, result: Any, cost: float, seconds: float, options: Options) -> float:
    """The stated bound; PuLP 3.3 states none, so what the asked gap implies, and nothing after a time-out."""
    given = getattr(result, "best_bound", None)
    if given is not None and math.isfinite(given):
        return float(given) * built.unit
    if options.time_limit is not None and seconds >= options.time_limit * 0.98:
        return -math.inf
    return cost * (1 - options.gap)
