"""The exact linear program against vertices found by hand and against HiGHS through scipy."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from scipy.optimize import linprog

from .exact_lp import LinearProgram


def test_a_fractional_vertex_is_found_exactly() -> None:
    # x + 3y >= 1 and 3x + y >= 1 meet at x = y = 1/4
    program = LinearProgram()
    program.variable("x", Fraction(1))
    program.variable("y", Fraction(1))
    program.at_most({"x": Fraction(-1), "y": Fraction(-3)}, Fraction(-1))
    program.at_most({"x": Fraction(-3), "y": Fraction(-1)}, Fraction(-1))
    assert program.minimum() == Fraction(1, 2)


def test_rows_that_contradict_each_other_have_no_minimum() -> None:
    program = LinearProgram()
    program.variable("x")
    program.equal({"x": Fraction(1)}, Fraction(1))
    program.equal({"x": Fraction(2)}, Fraction(3))
    assert program.minimum() is None


def test_an_empty_row_holds_only_for_zero() -> None:
    for value, answer in ((0, Fraction(0)), (1, None)):
        program = LinearProgram()
        program.equal({}, Fraction(value))
        assert program.minimum() == answer


def test_a_cost_without_lower_bound_is_an_error() -> None:
    program = LinearProgram()
    program.variable("x", Fraction(-1))
    with pytest.raises(ArithmeticError):
        program.minimum()


@pytest.mark.parametrize("seed", range(60))
def test_random_programs_agree_with_highs(seed: int) -> None:
    draw = random.Random(seed)
    size, costs = draw.randint(1, 6), [draw.randint(0, 9) for _ in range(6)]
    rows = [([draw.randint(-3, 5) for _ in range(size)], draw.randint(-4, 9)) for _ in range(draw.randint(1, 5))]
    equal = draw.randint(0, len(rows))
    program = LinearProgram()
    for column in range(size):
        program.variable(column, Fraction(costs[column]))
    for position, (row, value) in enumerate(rows):
        add = program.equal if position < equal else program.at_most
        add({column: Fraction(entry) for column, entry in enumerate(row)}, Fraction(value))
    tight, loose = rows[:equal], rows[equal:]
    result = linprog(
        costs[:size],
        A_eq=[row for row, _ in tight] or None,
        b_eq=[value for _, value in tight] or None,
        A_ub=[row for row, _ in loose] or None,
        b_ub=[value for _, value in loose] or None,
    )
    assert result.status in (0, 2)
    least = program.minimum()
    assert (least is None) == (result.status == 2)
    assert least is None or float(least) == pytest.approx(result.fun, abs=1e-7)
