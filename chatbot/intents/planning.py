"""From an intent's steps and the slots of a question to a Plan over one relation."""

from datetime import date

from chatbot.intents.grounding import Grounded
from chatbot.intents.model import COLUMNS, Condition, Step
from chatbot.intents.narrowing import measures_named
from chatbot.knowledge.execution import View
from chatbot.knowledge.plan import (
    END,
    LENGTH,
    LIFE,
    POSITION,
    START,
    TERM,
    Age,
    Aggregate,
    Count,
    Difference,
    Gaps,
    Keep,
    Neighbour,
    Operator,
    Plan,
    Rows,
    Select,
    Sort,
    Take,
)
from chatbot.language.lexicon import phrase_of
from chatbot.language.numbers import find_quantities
from chatbot.language.words import fold, stem

#: Short spans of time in seconds; longer ones come in days.
_SECONDS = {"s": 1.0, "min": 60.0, "h": 3600.0}
_NUMERIC = ("number", "percent", "money", "duration")
_DATE_HEADERS = frozenset("year years date dates season when day edition month time".split())
_COMPUTED = {"term": TERM, "length": LENGTH, "position": POSITION}


class NoPlan(Exception):
    """The relation lacks a column that the intent's plan needs, or a slot it needs is empty."""


def plan_for(grounded: Grounded, steps: tuple[Step, ...], today: date) -> Plan:
    """The intent's steps as a plan over the grounded relation, in chronological order to begin with.

    `today` fills the slot of that name.

    Raises `NoPlan` where the relation cannot serve it.
    """
    grounded.slots["today"] = (today.isoformat(),)
    plan = grounded.rows
    if grounded.view.has_terms:
        plan = Sort(plan, TERM)
    for step in steps:
        plan = _applied(step, plan, grounded)
    return plan


def _applied(step: Step, plan: Plan, grounded: Grounded) -> Plan:
    if step.keep is not None:
        return _kept(step.keep, plan, grounded)
    if step.sort is not None:
        column = column_of(step.sort.lstrip("-"), grounded)
        if column >= 0 and grounded.view.column(column).type not in (*_NUMERIC, "date", "interval"):
            raise NoPlan(step.sort)  # words have no order that anybody asks for
        return Sort(plan, column, step.sort.startswith("-"))
    if step.take is not None:
        order = grounded.view.roles.get("order")
        if (
            step.take.startswith("ordinal")
            and order is not None
            and isinstance(plan, Sort)
            and isinstance(plan.source, Rows)
        ):
            position = _position(step.take, grounded)
            if position > 0:  # the list numbers its own rows
                return Keep(plan, order, "is", float(position))
        return _taken(plan, _position(step.take, grounded), grounded)
    if step.top is not None:
        return Take(plan, 1, int(float(_first(step.top, grounded))))
    if step.next_of is not None or step.previous_of is not None:
        slot = step.next_of or step.previous_of or ""
        is_now = slot == "today"
        column = TERM if is_now else column_of("holder", grounded)
        known = Keep(plan, column, "overlaps" if is_now else "is", _values(slot, grounded))
        return Neighbour(known, plan, 1 if step.next_of else -1)
    if step.before is not None or step.after is not None:
        return _beyond(step.before or step.after or "", "<" if step.before else ">", plan, grounded)
    if step.between is not None:
        return _between(step.between, plan, grounded)
    if step.gaps is not None:
        return Gaps(plan)
    if step.select is not None:
        names = (step.select,) if isinstance(step.select, str) else step.select
        return Select(plan, tuple(_asked_key(grounded) if n == "key" else column_of(n, grounded) for n in names))
    if step.count == "property":
        return _counted_parts(plan, grounded)
    if step.count is not None:
        return Count(plan, None if step.count == "rows" else column_of(step.count, grounded))
    if step.total is not None:
        return Aggregate(plan, "sum", column_of(step.total, grounded))
    if step.average is not None:
        return Aggregate(plan, "average", column_of(step.average, grounded))
    if step.age in ("date", "today"):
        return Age(plan, _first(step.age, grounded))
    if step.age is not None:
        return Difference(Select(plan, (column_of(step.age, grounded),)), Select(plan, (column_of("birth", grounded),)))
    if step.change is not None:
        return _change(step.change, plan, grounded)
    if step.less is not None:
        more = _change(step.less, plan, grounded)
        return Difference(more.second, more.first)
    return _difference(step.difference or "", plan, grounded)


def _taken(plan: Plan, position: int, grounded: Grounded) -> Plan:
    """The row at a position; of rows that are equal first or last, all are, though of two compared neither is more."""
    is_ranked = isinstance(plan, Sort) and plan.column >= 0 and position in (1, -1)
    if not is_ranked:
        return Take(plan, position)
    return Take(plan, position, ties="none" if grounded.match.intent.file.answer == "yes_no" else "all")


def _beyond(slot: str, operator: Operator, plan: Plan, grounded: Grounded) -> Plan:
    """The rows before the first, or after the last, of those named."""
    order = grounded.view.chronological
    named = [order.index(row) + 1 for row, _ in grounded.view.places(_values(slot, grounded)) if row in order]
    if not named:
        raise NoPlan(slot)
    return Keep(plan, POSITION, operator, float(min(named) if operator == "<" else max(named)))


def _between(slot: str, plan: Plan, grounded: Grounded) -> Plan:
    """Rows after the last of the earlier name's and before the first of the later one's, by place in time."""
    order = grounded.view.chronological
    first, second = (
        [order.index(row) + 1 for row, _ in grounded.view.places(_values(f"{slot} {n}", grounded)) if row in order]
        for n in (1, 2)
    )
    if not first or not second:
        raise NoPlan(slot)
    low, high = (max(first), min(second)) if max(first) <= min(second) else (max(second), min(first))
    return Keep(Keep(plan, POSITION, ">", float(low)), POSITION, "<", float(high))


def _counted_parts(plan: Plan, grounded: Grounded) -> Plan:
    """How many members a property lists. Raises `NoPlan` where it is no list."""
    column = column_of("property", grounded)
    cells = [row[column] for row in grounded.view.relation.rows]
    if not any(cell is not None and cell.parts for cell in cells):
        raise NoPlan("property")
    return Count(plan, column)


def _kept(condition: Condition, plan: Plan, grounded: Grounded) -> Plan:
    slot = next((s for s in condition.slot.split("|") if s in grounded.slots), condition.slot)
    if slot == "subject" and grounded.match.slot("entity"):
        raise NoPlan("entity")  # something else was named
    if condition.optional and slot not in grounded.slots:
        return plan
    column = column_of(condition.column, grounded)
    values = (condition.value,) if condition.value else _values(slot, grounded)
    if condition.test == "until":  # the very end of the period asked for
        return Keep(plan, column, "within", (values[0].rpartition("/")[2],))
    if condition.test in ("more", "less") and column >= 0 and grounded.view.column(column).type in ("date", "interval"):
        moment = _moment_of(values, column, grounded)
        return Keep(plan, column, "after" if condition.test == "more" else "before", (moment,))
    if condition.test in ("more", "less"):
        operator: Operator = ">" if condition.test == "more" else "<"
        threshold = _threshold(slot, values, column, operator, grounded)
        return Keep(plan, column, _inclusive(operator, grounded), threshold)
    if slot in ("number", "duration"):
        if column >= 0 and grounded.view.column(column).type not in _NUMERIC:
            raise NoPlan(condition.column)
        return Keep(plan, column, "is", _amount(slot, column, grounded))
    if condition.test in ("overlaps", "within", "before", "after"):
        if column >= 0 and grounded.view.column(column).type not in ("date", "interval"):
            raise NoPlan(condition.column)
        if condition.column in ("as_of", "when"):
            return _kept_then(plan, column, values[0], grounded)
        every = column == TERM and condition.test == "overlaps"  # "in 1995 and 2005"
        return Keep(plan, column, condition.test, values if every else values[:1])
    is_of_list = slot == "entity" and condition.column == "property" and grounded.view.relation.kind == "properties"
    if condition.test == "is" and is_of_list:
        cells = (row[column] for row in grounded.view.relation.rows)
        if not any(cell is not None and cell.parts for cell in cells):
            raise NoPlan(condition.column)  # only of a list can something be a member
    operator = "contains" if condition.test == "contains" else "is"
    return Keep(plan, column, operator, values)


def _moment_of(values: tuple[str, ...], column: int, grounded: Grounded) -> str:
    """The one date that a column gives for the row named: "older than the bridge"."""
    cells = [grounded.view.cell(row, column) for row, _ in grounded.view.places(values)]
    moments = {str(cell.value) for cell in cells if cell is not None}
    if len(moments) != 1:
        raise NoPlan("entity")
    return moments.pop()


_AT_LEAST = ("at least", "no less than", "no fewer than", "not less than", "not fewer than", "a minimum of")
_AT_MOST = ("at most", "no more than", "not more than", "up to", "a maximum of")


def _inclusive(operator: Operator, grounded: Grounded) -> Operator:
    """ "At least ten" holds for ten as well."""
    said = {unit.folded for unit in grounded.bound}
    if operator == ">":
        return ">=" if said.intersection(_AT_LEAST) else ">"
    return "<=" if said.intersection(_AT_MOST) else "<"


def _threshold(slot: str, values: tuple[str, ...], column: int, operator: str, grounded: Grounded) -> float:
    """A number said, or that of the row named ("more than Germany"); of several names, the one that all must pass."""
    if slot in ("number", "duration"):
        return _amount(slot, column, grounded)
    cells = (grounded.view.cell(row, column) for row, _ in grounded.view.places(values))
    known = [cell.value for cell in cells if cell is not None and isinstance(cell.value, float)]
    if not known:
        raise NoPlan(slot)
    return max(known) if operator == ">" else min(known)


def _has_value(column: int, value: str, grounded: Grounded) -> bool:
    cells = (row[column] for row in grounded.view.relation.rows)
    return any(cell is not None and cell.value == value for cell in cells)


def _amount(slot: str, column: int, grounded: Grounded) -> float:
    """The number said, in the column's unit. Raises `NoPlan` where the units do not go together."""
    said, number = grounded.slots[f"{slot} unit"][0], float(_first(slot, grounded))
    if column < 0 or not said or grounded.view.column(column).type == "duration":
        return number
    one = next(iter(find_quantities(f"1 {grounded.view.column(column).unit}")), None)
    if one is not None and {one.unit, said} <= _SECONDS.keys():
        return number * _SECONDS[said] / _SECONDS[one.unit]
    if one is None or one.unit != said:
        raise NoPlan(slot)
    # Spans of time come in days: a column in years counts each as 365.2425.
    return number / one.number if said == "days" else number


def _change(name: str, plan: Plan, grounded: Grounded) -> Difference:
    """What a column gained between the two ends of the period asked for, or how much more it was at the first of two
    dates. Raises `NoPlan` for any other date."""
    when, column = column_of("as_of", grounded), column_of(name, grounded)
    dates = _values("date", grounded)
    if len(dates) == 2:
        first, second = (Select(_kept_then(plan, when, date, grounded), (column,)) for date in dates)
        return Difference(first, second)
    start, slash, end = dates[0].partition("/")
    if len(dates) > 2 or not slash or ".." in (start, end):
        raise NoPlan("date")
    later, earlier = (Select(Keep(plan, when, "is", (moment,)), (column,)) for moment in (end, start))
    return Difference(later, earlier)


def _kept_then(plan: Plan, when: int, date: str, grounded: Grounded) -> Plan:
    """The row of a date: the season said where one row is of just that, not its neighbours; figures of prose tell of
    different things."""
    is_table = grounded.view.relation.kind == "table"
    return Keep(plan, when, "is" if is_table and _has_value(when, date, grounded) else "overlaps", (date,))


def _difference(by: str, plan: Plan, grounded: Grounded) -> Plan:
    """The first thing named less the second."""
    slot = "holder" if "holder" in grounded.slots else "entity"
    values = _values(slot, grounded)
    if len(values) != 2:
        raise NoPlan(slot)
    key, column = column_of("key", grounded), column_of(by, grounded)
    first, second = (Select(Keep(plan, key, "is", (value,)), (column,)) for value in values)
    return Difference(first, second)


def _asked_key(grounded: Grounded) -> int:
    """The column that names the rows asked for: their key, or another that the question calls by its header."""
    kinds = {s for n in grounded.match.slot("kind") for s in grounded.units[n].stems}
    for column in grounded.view.second_keys:
        if kinds & {stem(word) for word in phrase_of(grounded.view.column(column).header)}:
            return column
    return column_of("key", grounded)


def column_of(name: str, grounded: Grounded) -> int:
    """A role, a computed column, `property` or `measure` as a column of the relation. Raises `NoPlan`."""
    view = grounded.view
    if name in _COMPUTED:
        if not view.has_terms:
            raise NoPlan(name)
        return _COMPUTED[name]
    if name == "life":
        if not {"birth", "death"} <= grounded.view.roles.keys():
            raise NoPlan(name)
        return LIFE
    if name == "property":
        if not grounded.properties:
            raise NoPlan(name)
        return grounded.properties[0]
    if name == "measure":
        return _measure(grounded, view)
    if name == "when":
        return view.roles["as_of"] if "as_of" in view.roles else only_date(view)
    if name in ("start", "end") and name not in view.roles and "term" in view.roles:
        return START if name == "start" else END
    for role in (name, "holder") if name == "key" else (name,):
        if role in view.roles:
            return view.roles[role]
    named = [column for column, keys in enumerate(view.column_keys) if name in keys and name not in COLUMNS]
    if not named:
        raise NoPlan(name)
    return min(named, key=lambda column: len(view.column_keys[column]))  # "Leader name" rather than "Leader title"


def only_date(view: View) -> int:
    """The one column of dates that a table has, if it says no more of them than that they are dates: "Year". Raises
    `NoPlan` where there is no such column."""
    dates = [i for i, column in enumerate(view.relation.columns) if column.type in ("date", "interval")]
    if len(dates) != 1 or fold(view.column(dates[0]).header) not in _DATE_HEADERS:
        raise NoPlan("when")
    return dates[0]


def _measure(grounded: Grounded, view: View) -> int:
    """The number asked for; where the question names none, the relation's only one, or the one in the unit said."""
    asked = [c for c in grounded.properties if view.column(c).type in _NUMERIC]
    if asked:
        return asked[0]
    if grounded.match.slot("property"):
        raise NoPlan("measure")
    measures = measures_named(view, grounded.units)
    if len(measures) != 1:
        raise NoPlan("measure")
    return measures[0]


def _values(slot: str, grounded: Grounded) -> tuple[str, ...]:
    values = grounded.slots.get(slot, ())
    if not values:
        raise NoPlan(slot)
    return values


def _first(slot: str, grounded: Grounded) -> str:
    return _values(slot, grounded)[0]


def _position(take: str, grounded: Grounded) -> int:
    if take in ("first", "last"):
        return 1 if take == "first" else -1
    slot = next((s for s in take.split("|") if s in grounded.slots), take)
    position = float(_first(slot, grounded))
    if position == 0 or not position.is_integer():
        raise NoPlan(slot)
    return int(position)
