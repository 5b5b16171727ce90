"""The program in a notebook: hand it to PuLP, add your own constraints, and turn the solution into a verified plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from planner.candidates.find import find_candidates
from planner.desk.plans import Plan
from planner.desk.scenarios import Scenario
from planner.model.candidates import Candidates
from planner.model.program import Program as Blocks
from planner.planning import Planned, check
from planner.solver.pulp_door import PulpProgram, read_values, solve_problem, to_pulp
from planner.solver.ranking import formulate_ranked
from planner.solver.search import plan_from_values


@dataclass(frozen=True)
class Program:
    """The scenario's linear program; `blocks` are its named columns and rows."""

    scenario: Scenario
    candidates: Candidates
    blocks: Blocks

    def to_pulp(self) -> PulpProblem:
        """A live PuLP problem: add constraints, solve it, then `planner.read_back(problem)`."""
        return PulpProblem(self, to_pulp(self.blocks, self.scenario.question.name))


@dataclass(frozen=True)
class PulpProblem:
    """A PuLP problem with the program it came from.

    Attributes:
        built: the PuLP problem (`built.problem`), its variables and their readable names.
    """

    program: Program
    built: PulpProgram

    @property
    def problem(self) -> Any:
        """The `pulp.LpProblem`."""
        return self.built.problem

    def solve(self, solver: str = "HiGHS") -> Any:
        """Solve with any solver PuLP has here; returns what PuLP returns. Or call `problem.solve` yourself."""
        return solve_problem(self.built, solver)

    def variable(self, component: str, region: str) -> Any:
        """The PuLP variable that says whether a component lives in a region; KeyError when it may not."""
        return self.built.variable(component, region, self.program.candidates)


def program(scenario: Scenario) -> Program:
    """The linear program of a scenario; where breaches are ranked first, it allows no more than are needed."""
    candidates = find_candidates(scenario.question)
    return Program(scenario, candidates, formulate_ranked(scenario.question, candidates).finish())


def read_back(problem: PulpProblem) -> Plan:
    """The verified plan of a PuLP problem that has been solved; its bound is not taken over, so it is `feasible`.

    Raises:
        Unsolved: the problem holds no solution.
        VerificationFailed: the solution breaks a rule or requirement.
    """
    question, candidates = problem.program.scenario.question, problem.program.candidates
    found = plan_from_values(question, candidates, read_values(problem.built))
    check(found, question)
    return Plan(Planned(question, candidates, found, None))
