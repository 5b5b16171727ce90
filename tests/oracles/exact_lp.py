"""A tiny exact linear program: dense two-phase simplex in fractions with Bland's rule, so it never cycles."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction

Linear = Mapping[Hashable, Fraction]
"""Variable key to coefficient."""

ZERO, ONE = Fraction(0), Fraction(1)


class LinearProgram:
    """Minimise cost over variables >= 0 under rows added one by one. Keys of variables are any hashable things."""

    def __init__(self) -> None:
        """Start without variables and rows."""
        self.costs: dict[Hashable, Fraction] = {}
        self.rows: list[tuple[Linear, Fraction, bool]] = []

    def variable(self, key: Hashable, cost: Fraction = ZERO) -> None:
        """Add a variable >= 0."""
        self.costs[key] = cost

    def equal(self, row: Linear, value: Fraction) -> None:
        """Ask for row = value."""
        self.rows.append((row, value, False))

    def at_most(self, row: Linear, value: Fraction) -> None:
        """Ask for row <= value."""
        self.rows.append((row, value, True))

    def minimum(self) -> Fraction | None:
        """The least cost, exactly, or None when no point satisfies the rows.

        Raises:
            ArithmeticError: the cost has no lower bound.
        """
        columns = {key: position for position, key in enumerate(self.costs)}
        tableau, basis, real = _standard_form(self.rows, columns)
        if not _drive_out_artificials(tableau, basis, real):
            return None
        costs = [*self.costs.values(), *[ZERO] * (real - len(columns))]
        return _simplex(tableau, basis, costs)


def _standard_form(
    rows: Iterable[tuple[Linear, Fraction, bool]], columns: Mapping[Hashable, int]
) -> tuple[list[list[Fraction]], list[int], int]:
    """Rows with slacks, right sides >= 0 and one artificial a row; returns tableau, basis, count of real columns."""
    rows = list(rows)
    slacks = [position for position, row in enumerate(rows) if row[2]]
    real = len(columns) + len(slacks)
    tableau, basis = [], []
    for position, (row, value, inequality) in enumerate(rows):
        line = [ZERO] * (real + len(rows) + 1)
        for key, coefficient in row.items():
            line[columns[key]] = Fraction(coefficient)
        if inequality:
            line[len(columns) + slacks.index(position)] = ONE
        line[-1] = Fraction(value)
        if line[-1] < 0:
            line = [-entry for entry in line]
        line[real + position] = ONE
        tableau.append(line)
        basis.append(real + position)
    return tableau, basis, real


def _drive_out_artificials(tableau: list[list[Fraction]], basis: list[int], real: int) -> bool:
    """Phase one: make every artificial zero and drop their columns; False when that cannot be done."""
    width = len(tableau[0]) - 1 if tableau else real
    if tableau and _simplex(tableau, basis, [ZERO] * real + [ONE] * (width - real)) != 0:
        return False
    for position in range(len(basis) - 1, -1, -1):
        if basis[position] < real:
            continue
        entering = next((column for column in range(real) if tableau[position][column] != 0), None)
        if entering is None:
            del tableau[position], basis[position]  # the row follows from the others
        else:
            _pivot(tableau, basis, position, entering)
    for line in tableau:
        del line[real:-1]
    return True


def _simplex(tableau: list[list[Fraction]], basis: list[int], costs: list[Fraction]) -> Fraction:
    """Pivot in place until no column lowers the cost; returns the least cost."""
    while True:
        entering = _entering_column(tableau, basis, costs)
        if entering is None:
            return sum((costs[basic] * line[-1] for basic, line in zip(basis, tableau, strict=True)), ZERO)
        ratios = [
            (line[-1] / line[entering], basis[position], position)
            for position, line in enumerate(tableau)
            if line[entering] > 0
        ]
        if not ratios:
            raise ArithmeticError("the cost has no lower bound")
        _pivot(tableau, basis, min(ratios)[2], entering)


def _entering_column(tableau: list[list[Fraction]], basis: list[int], costs: list[Fraction]) -> int | None:
    """The first column with a negative reduced cost (Bland), None at the optimum."""
    priced = [(costs[basic], line) for basic, line in zip(basis, tableau, strict=True) if costs[basic]]
    for column, cost in enumerate(costs):
        if cost - sum((price * line[column] for price, line in priced if line[column]), ZERO) < 0:
            return column
    return None


def _pivot(tableau: list[list[Fraction]], basis: list[int], position: int, entering: int) -> None:
    """Make a column basic in one row."""
    factor = tableau[position][entering]
    chosen = tableau[position] = [entry / factor if entry else ZERO for entry in tableau[position]]
    for other, line in enumerate(tableau):
        multiple = line[entering]
        if other != position and multiple:
            tableau[other] = [a - multiple * b if b else a for a, b in zip(line, chosen, strict=True)]
    basis[position] = entering
