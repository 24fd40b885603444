"""Executing plans: rows kept, ordered and selected, with every cell that the result rests on."""

import itertools
from collections.abc import Mapping
from datetime import date
from functools import cached_property, lru_cache

import msgspec

from chatbot.knowledge.plan import (
    END,
    LENGTH,
    LIFE,
    POSITION,
    START,
    TERM,
    Age,
    Aggregate,
    Combine,
    Count,
    Difference,
    Gaps,
    Keep,
    Neighbour,
    Operand,
    Plan,
    Rows,
    Select,
    Sort,
    Take,
)
from chatbot.knowledge.relation import Cell, Column, Relation, Role
from chatbot.language.dates import Certainty, Interval, Term, after, before, within
from chatbot.language.words import fold, tokens

CellPlace = tuple[int, int]
"""Row and column."""


class Result(msgspec.Struct, frozen=True):
    """What a plan came to."""

    rows: tuple[int, ...]
    """Rows left, in the plan's order."""
    columns: tuple[int, ...] = ()
    """Columns selected, real or computed."""
    number: float | None = None
    """Of a count, aggregate or difference."""
    possible: frozenset[int] = frozenset()
    """Rows that the dates known only make possible."""
    used: tuple[CellPlace, ...] = ()
    """Cells that decided the result besides those of the rows left."""


def _interval(cell: Cell | None) -> Interval | None:
    """The time a cell holds, if it holds one."""
    if cell is None or not isinstance(cell.value, str):
        return None
    try:
        return Interval.parse(cell.value)
    except ValueError:
        return None


class View:
    """A relation with its roles, terms and chronology worked out once."""

    def __init__(self, relation: Relation) -> None:
        self.relation = relation
        self.roles: dict[Role, int] = {}
        for i, column in enumerate(relation.columns):
            if column.role:
                self.roles.setdefault(column.role, i)

    def column(self, index: int) -> Column:
        return self.relation.columns[index]

    def cell(self, row: int, column: int) -> Cell | None:
        return self.relation.rows[row][column] if column >= 0 else None

    def role_cell(self, row: int, role: Role) -> Cell | None:
        column = self.roles.get(role)
        return None if column is None else self.relation.rows[row][column]

    @property
    def has_terms(self) -> bool:
        return "start" in self.roles or "term" in self.roles

    @cached_property
    def terms(self) -> tuple[Term | None, ...]:
        """The term of each row; None for a row without holder or dates."""
        holder = self.roles.get("holder")
        return tuple(
            None if holder is not None and row[holder] is None else term
            for row, term in zip(self.relation.rows, self._terms(), strict=True)
        )

    def _terms(self) -> tuple[Term | None, ...]:
        """Without an end column, a term lasts until the next one starts."""
        if "term" in self.roles:
            cells = [self.role_cell(row, "term") for row in range(len(self.relation.rows))]
            return tuple(None if c is None or not isinstance(c.value, str) else _term(c.value) for c in cells)
        if "start" not in self.roles:
            return (None,) * len(self.relation.rows)
        starts = [self._date(row, "start") for row in range(len(self.relation.rows))]
        if "end" in self.roles:
            ends = [self._date(row, "end") for row in range(len(self.relation.rows))]
        else:
            ends = _next_starts(starts)
        return tuple(
            Term(start, end) if start is not None and end is not None else None
            for start, end in zip(starts, ends, strict=True)
        )

    def _date(self, row: int, role: Role) -> Interval | None:
        return _interval(self.role_cell(row, role))

    def beside(self, row: int, rows: tuple[int, ...]) -> tuple[int, ...]:
        """Those of the rows that tell of the same office as `row`: of one lighthouse where a table has several."""
        column = self.partition
        if column is None:
            return rows
        own = self._scope(row, column)
        return tuple(other for other in rows if self._scope(other, column) == own)

    def _scope(self, row: int, column: int) -> str:
        cell = self.relation.rows[row][column]
        return "" if cell is None else fold(str(cell.value))

    @cached_property
    def partition(self) -> int | None:
        """The column that says which office a row is of, where a table lists several offices side by side.

        Known by its effect: terms that overlap across the table hardly do within one of its values.
        """
        if not self.has_terms or len(self.chronological) < 4:
            return None
        clashes = self._clashes(None)
        for column, spec in enumerate(self.relation.columns):
            values = {self._scope(row, column) for row in self.chronological}
            several = 1 < len(values) <= 0.6 * len(self.chronological) and "" not in values
            may_part = several and spec.type in ("text", "country") and spec.role in ("", "office", "country")
            if may_part and clashes > 2 and self._clashes(column) <= 0.25 * clashes:
                return column
        return None

    def _clashes(self, column: int | None) -> int:
        """How many neighbours in time, of the same value of `column`, held office together for over a month."""
        last: dict[str, Term] = {}
        count = 0
        for row in self.chronological:
            term, scope = self.terms[row], "" if column is None else self._scope(row, column)
            if term is None:
                continue
            before = last.get(scope)
            if before is not None:
                # At the least: a hand-over known only to the year is no overlap.
                end, start = before.end.earliest or date.max, term.start.latest or date.min
                count += (end - start).days > 31
            last[scope] = term
        return count

    @cached_property
    def chronological(self) -> tuple[int, ...]:
        """Rows by start of term, those without one left out; in source order where there are no terms."""
        if not self.has_terms:
            return tuple(range(len(self.relation.rows)))
        dated = [(t.start.earliest or date.min, t.end.latest or date.max, i) for i, t in enumerate(self.terms) if t]
        return tuple(i for *_, i in sorted(dated))

    def life(self, row: int) -> float | None:
        """How many days somebody lived; None where birth or death is not recorded."""
        birth, death = (_interval(self.role_cell(row, role)) for role in ("birth", "death"))
        if birth is None or death is None or birth.earliest is None or death.earliest is None:
            return None
        return float((death.earliest - birth.earliest).days)

    def date_of(self, row: int, column: int) -> Interval | None:
        if column in (START, END):
            term = self.terms[row]
            return None if term is None else term.start if column == START else term.end
        return _interval(self.cell(row, column))

    def term_places(self, row: int) -> tuple[CellPlace, ...]:
        roles: tuple[Role, ...] = ("term",) if "term" in self.roles else ("start", "end")
        return tuple((row, self.roles[r]) for r in roles if r in self.roles and self.role_cell(row, r) is not None)


def _term(edtf: str) -> Term | None:
    try:
        return Term.parse(edtf)
    except ValueError:
        return None


def _next_starts(starts: list[Interval | None]) -> list[Interval | None]:
    ordered = sorted((s for s in starts if s is not None), key=lambda s: s.earliest or date.min)
    following = {s.edtf: n for s, n in itertools.pairwise(ordered)}
    return [None if s is None else following.get(s.edtf, Interval.parse("..")) for s in starts]


def execute(plan: Plan, views: Mapping[str, View], today: date) -> Result:
    """Run a plan; `today` ends the terms that are still open. Raises `KeyError` for an unknown relation."""
    return _Execution(views, today).run(plan)


class _Execution:
    def __init__(self, views: Mapping[str, View], today: date) -> None:
        self.views, self.today = views, today
        self.view: View | None = None

    def run(self, plan: Plan) -> Result:
        match plan:
            case Rows(relation):
                self.view = self.views[relation]
                return Result(tuple(range(len(self.view.relation.rows))))
            case Keep():
                return self._keep(plan)
            case Sort(source, column, descending):
                return self._sort(self.run(source), column, descending)
            case Take():
                return self._take(plan)
            case Neighbour(kept, whole, step):
                return self._neighbours(self.run(kept), self.run(whole), step)
            case Gaps(source):
                return self._gaps(self.run(source))
            case Select(source, columns):
                return msgspec.structs.replace(self.run(source), columns=columns)
            case Count(source, column):
                return self._count(self.run(source), column)
            case Aggregate(source, function, column):
                return self._aggregate(self.run(source), function, column)
            case Difference(first, second):
                return self._difference(self.run(first), self.run(second))
            case Age(source, moment):
                return self._age(self.run(source), moment)
            case Combine(operation, first, second):
                return _combine(operation, self.run(first), self.run(second))

    @property
    def _view(self) -> View:
        if self.view is None:
            raise ValueError("a plan must start from the rows of a relation")
        return self.view

    def _keep(self, plan: Keep) -> Result:
        source = self.run(plan.source)
        rows, possible = [], set(source.possible)
        for row in source.rows:
            verdict = self._test(row, plan.column, plan.operator, plan.operand)
            if verdict is not Certainty.NO:
                rows.append(row)
            if verdict is Certainty.POSSIBLY:
                possible.add(row)
        used = source.used
        if plan.column >= 0:
            used += tuple((row, plan.column) for row in rows)
        return Result(tuple(rows), source.columns, None, frozenset(possible & set(rows)), used)

    def _test(self, row: int, column: int, operator: str, operand: Operand) -> Certainty:
        if column == LENGTH:
            return self._test_length(row, operator, operand)
        if column == POSITION:
            place = self._key(row, POSITION)
            return _certain(place is not None and isinstance(operand, float) and compare(place + 1, operator, operand))
        if column == TERM:
            term = self._view.terms[row]
            if term is None or isinstance(operand, float):
                return Certainty.NO
            return max((term.overlaps(Interval.parse(period)) for period in operand), key=lambda each: each.value)
        if column in (START, END):
            moment = self._view.date_of(row, column)
            known = moment is not None and not isinstance(operand, float)
            return _test_date(moment, operator, Interval.parse(operand[0])) if known else Certainty.NO  # type: ignore[arg-type,index]
        cell = self._view.cell(row, column)
        if cell is None:
            return Certainty.NO
        if isinstance(operand, float):
            return _certain(isinstance(cell.value, float) and compare(cell.value, operator, operand))
        if operator == "is":
            return _certain(_is_any(cell, operand))
        if operator == "is not":
            return _certain(not _is_any(cell, operand))
        if operator == "contains":
            return _certain(not _words_of(cell.text).isdisjoint(operand))
        period = Interval.parse(operand[0])
        values = [value for part in cell.parts or (cell,) if (value := _interval(part)) is not None]
        verdicts = {_test_date(value, operator, period) for value in values}
        return next((v for v in (Certainty.CERTAINLY, Certainty.POSSIBLY) if v in verdicts), Certainty.NO)

    def _test_length(self, row: int, operator: str, operand: Operand) -> Certainty:
        term = self._view.terms[row]
        if term is None or not isinstance(operand, float):
            return Certainty.NO
        least, most = term.length(self.today)
        verdicts = {compare(float(least), operator, operand), compare(float(most), operator, operand)}
        return Certainty.POSSIBLY if len(verdicts) == 2 else _certain(verdicts == {True})

    def _sort(self, source: Result, column: int, descending: bool) -> Result:
        keyed = [(self._key(row, column), row) for row in source.rows]
        known = [(key, row) for key, row in keyed if key is not None]
        known.sort(key=lambda pair: pair[0], reverse=descending)
        return msgspec.structs.replace(source, rows=tuple(row for _, row in known))

    def _key(self, row: int, column: int) -> float | None:
        """What rows are ordered by, as a number: days for dates and lengths."""
        if column == LENGTH:
            term = self._view.terms[row]
            return None if term is None else sum(term.length(self.today)) / 2
        if column == LIFE:
            return self._view.life(row)
        if column in (TERM, POSITION):
            order = self._view.chronological
            return float(order.index(row)) if row in order else None
        cell = self._view.cell(row, column)
        if cell is None:
            return None
        if isinstance(cell.value, float):
            return cell.value
        value = self._view.date_of(row, column)
        if value is None:
            return None
        return float((value.earliest or value.latest or date.max).toordinal())

    def _take(self, plan: Take) -> Result:
        source = self.run(plan.source)
        taken = _take(source, plan.position, plan.count)
        if not plan.ties or not isinstance(plan.source, Sort) or not taken.rows:
            return taken
        column = plan.source.column
        best = self._key(taken.rows[0], column)
        equal = tuple(row for row in source.rows if self._key(row, column) == best)
        rows = equal if plan.ties == "all" or len(equal) == 1 else ()
        return msgspec.structs.replace(source, rows=rows)

    def _neighbours(self, kept: Result, whole: Result, step: int) -> Result:
        rows: list[int] = []
        for row in kept.rows:
            order = self._view.beside(row, whole.rows)
            if row in order:
                place = order.index(row) + step
                if 0 <= place < len(order) and order[place] not in rows:
                    rows.append(order[place])
        used = kept.used + tuple(p for row in kept.rows for p in self._view.term_places(row))
        return Result(tuple(rows), kept.columns, used=used)

    def _gaps(self, source: Result) -> Result:
        rows: list[int] = []
        used: list[CellPlace] = []
        known = [(row, term) for row in source.rows if (term := self._view.terms[row]) is not None]
        last_day = date.min
        for (row, term), (following, next_term) in itertools.pairwise(known):
            last_day = max(last_day, term.end.latest or date.max)
            begins = next_term.start.earliest
            if begins is not None and last_day != date.max and (begins - last_day).days > 1:
                rows.append(row)
                used += self._view.term_places(following)
        return Result(tuple(rows), source.columns, used=(*source.used, *used))

    def _count(self, source: Result, column: int | None) -> Result:
        if column is None:
            number = len(source.rows)
        else:
            cells = [self._view.cell(row, column) for row in source.rows]
            number = len({fold(str(part.value)) for cell in cells if cell for part in cell.parts or (cell,)})
        return msgspec.structs.replace(source, number=float(number))

    def _aggregate(self, source: Result, function: str, column: int) -> Result:
        pairs = [(row, self._number(row, column)) for row in source.rows]
        known = [(row, number) for row, number in pairs if number is not None]
        if not known:
            return Result((), source.columns)
        numbers = [number for _, number in known]
        totals = {
            "sum": sum(numbers),
            "average": sum(numbers) / len(numbers),
            "min": min(numbers),
            "max": max(numbers),
        }
        return Result(
            tuple(row for row, _ in known),
            (column,),
            round(totals[function], 10),
            source.possible,
            source.used,
        )

    def _number(self, row: int, column: int) -> float | None:
        if column == LENGTH:
            return self._key(row, LENGTH)
        cell = self._view.cell(row, column)
        return cell.value if cell is not None and isinstance(cell.value, float) else None

    def _difference(self, first: Result, second: Result) -> Result:
        if not first.rows or not second.rows or not first.columns:
            return Result(())
        left = self._key(first.rows[0], first.columns[0])
        right = self._key(second.rows[0], second.columns[0])
        if left is None or right is None:
            return Result(())
        return Result((first.rows[0], second.rows[0]), first.columns, round(left - right, 10))

    def _age(self, source: Result, moment: str) -> Result:
        """The age reached by the end of the moment, of somebody born in the middle of what is known of the birth."""
        then = Interval.parse(moment).latest
        births = [(row, _interval(self._view.role_cell(row, "birth"))) for row in source.rows[:1]]
        for row, birth in births:
            if birth is None or birth.earliest is None or birth.latest is None or then is None:
                continue
            born = birth.earliest + (birth.latest - birth.earliest) / 2
            if born <= then:
                return Result((row,), (self._view.roles["birth"],), float((then - born).days))
        return Result(())


@lru_cache(maxsize=4096)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(token.folded for token in tokens(text))


def _take(source: Result, position: int, count: int) -> Result:
    rows = source.rows
    if count > 1:
        rows = rows[:count] if position > 0 else rows[-count:]
    else:
        index = position - 1 if position > 0 else position
        rows = rows[index : index + 1] if index != -1 else rows[-1:]
    return msgspec.structs.replace(source, rows=rows)


def _combine(operation: str, first: Result, second: Result) -> Result:
    others = set(second.rows)
    if operation == "union":
        rows = (*first.rows, *(row for row in second.rows if row not in first.rows))
    elif operation == "intersection":
        rows = tuple(row for row in first.rows if row in others)
    else:
        rows = tuple(row for row in first.rows if row not in others)
    return Result(rows, first.columns, used=first.used + second.used)


def _test_date(value: Interval, operator: str, period: Interval) -> Certainty:
    if operator in ("before", "<"):
        return before(value, period)
    if operator in ("after", ">"):
        return after(value, period)
    return within(value, period)


def _is_any(cell: Cell, names: tuple[str, ...]) -> bool:
    values = {fold(str(part.value)) for part in (cell, *cell.parts)}
    return any(fold(name) in values for name in names)


def compare(value: float, operator: str, operand: float) -> bool:
    """Whether a number stands in the relation to another that an operator says."""
    match operator:
        case "<":
            return value < operand
        case "<=":
            return value <= operand
        case ">":
            return value > operand
        case ">=":
            return value >= operand
        case _:
            return abs(value - operand) < 1e-9


def _certain(verdict: bool) -> Certainty:
    return Certainty.CERTAINLY if verdict else Certainty.NO
