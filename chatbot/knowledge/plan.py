"""Plan: a small query algebra over relations. Intents and free questions both end as one.

A plan is a tree of immutable nodes. Columns are numbered as in the relation; two more are computed
from the start and end of a term of office: `TERM` and `LENGTH`.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

from chatbot.knowledge.relation import Relation
from chatbot.language.dates import show
from chatbot.language.numbers import show_number

TERM = -1
LENGTH = -2
START = -4
END = -5
"""The two ends of a term that one cell holds."""
POSITION = -3
"""The row's place in chronological order, counted from 1."""
LIFE = -6
"""How long somebody lived, from birth to death."""

Operator = Literal["is", "is not", "overlaps", "covers", "within", "before", "after", "<", "<=", ">", ">=", "contains"]
Operand = tuple[str, ...] | float


class Rows(msgspec.Struct, frozen=True, tag=True):
    """Every row of one relation."""

    relation: str


class Keep(msgspec.Struct, frozen=True, tag=True):
    """The rows whose `column` stands in the relation `operator` to the operand.

    Dates and terms compare with an EDTF operand, numbers with a float; "is" and "contains" take alternatives,
    any of which will do, "is not" ones of which none may stand there. A blank cell passes no test.
    """

    source: "Plan"
    column: int
    operator: Operator
    operand: Operand


class Sort(msgspec.Struct, frozen=True, tag=True):
    source: "Plan"
    column: int
    descending: bool = False


class Take(msgspec.Struct, frozen=True, tag=True):
    """`count` rows from `position`: 1 is the first, -1 the last."""

    source: "Plan"
    position: int
    count: int = 1
    ties: Literal["", "all", "none"] = ""
    """What of a first or last row that others equal in what they are ordered by: they come with it, or none does."""


class Neighbour(msgspec.Struct, frozen=True, tag=True):
    """The rows next to (`step` 1) or before (-1) those kept, in the order of `within`."""

    kept: "Plan"
    within: "Plan"
    step: int


class Gaps(msgspec.Struct, frozen=True, tag=True):
    """The rows, in order of time, after whose term nobody held the office before the next began."""

    source: "Plan"


class Select(msgspec.Struct, frozen=True, tag=True):
    source: "Plan"
    columns: tuple[int, ...]


class Count(msgspec.Struct, frozen=True, tag=True):
    """How many rows; of distinct values of `column` where one is given."""

    source: "Plan"
    column: int | None = None


class Aggregate(msgspec.Struct, frozen=True, tag=True):
    source: "Plan"
    function: Literal["sum", "average", "min", "max"]
    column: int


class Difference(msgspec.Struct, frozen=True, tag=True):
    """The first selected number, date or length less the second."""

    first: "Plan"
    second: "Plan"


class Age(msgspec.Struct, frozen=True, tag=True):
    """How long before `moment`, EDTF, the first row was born."""

    source: "Plan"
    moment: str


class Combine(msgspec.Struct, frozen=True, tag=True):
    """Rows of both plans, joined as sets."""

    operation: Literal["union", "intersection", "except"]
    first: "Plan"
    second: "Plan"


Plan = Rows | Keep | Sort | Take | Neighbour | Gaps | Select | Count | Aggregate | Difference | Age | Combine

_OPERATORS: Mapping[str, str] = {
    "is": "is",
    "is not": "is not",
    "overlaps": "overlaps",
    "covers": "covers",
    "within": "lies in",
    "before": "is before",
    "after": "is after",
    "contains": "has the words",
}


def explain(plan: Plan, relations: Mapping[str, Relation]) -> str:
    """The plan in one sentence: "rows of List of heads (dpo.txt); keep those whose term overlaps 2005; take Name"."""
    relation = relations[_relation_of(plan)]
    return "; ".join(_steps(plan, relation))


def _relation_of(plan: Plan) -> str:
    match plan:
        case Rows(relation):
            return relation
        case Difference(first, _) | Combine(_, first, _) | Neighbour(first, _, _):
            return _relation_of(first)
        case _:
            return _relation_of(plan.source)


def _steps(plan: Plan, relation: Relation) -> list[str]:
    match plan:
        case Rows():
            place = " / ".join((relation.title, *relation.section))
            return [f"rows of {place} ({relation.document})"]
        case Keep(source, column, operator, operand):
            test = f"{_name(column, relation)} {_OPERATORS.get(operator, operator)} {_operand(operand, operator)}"
            return [*_steps(source, relation), f"keep those whose {test}"]
        case Sort(source, column, descending):
            direction = "from the greatest" if descending else "from the least"
            return [*_steps(source, relation), f"order by {_name(column, relation)} {direction}"]
        case Take(source, position, count):
            return [*_steps(source, relation), _taking(position, count)]
        case Neighbour(kept, _, step):
            return [*_steps(kept, relation), "go to the row after" if step > 0 else "go to the row before"]
        case Gaps(source):
            return [*_steps(source, relation), "keep those followed by a time without holder"]
        case Select(source, columns):
            return [*_steps(source, relation), f"take {', '.join(_name(c, relation) for c in columns)}"]
        case Count(source, column):
            what = "rows" if column is None else f"different values of {_name(column, relation)}"
            return [*_steps(source, relation), f"count {what}"]
        case Aggregate(source, function, column):
            return [*_steps(source, relation), f"{function} of {_name(column, relation)}"]
        case Difference(first, second):
            return [*_steps(first, relation), "less", *_steps(second, relation)[1:]]
        case Age(source, moment):
            return [*_steps(source, relation), f"count the years from birth to {show(moment)}"]
        case Combine(operation, first, second):
            return [*_steps(first, relation), operation, *_steps(second, relation)[1:]]


def _name(column: int, relation: Relation) -> str:
    computed = {
        TERM: "term",
        LENGTH: "length of term",
        POSITION: "position",
        START: "start",
        END: "end",
        LIFE: "length of life",
    }
    return computed.get(column) or relation.columns[column].header or f"column {column + 1}"


def _operand(operand: Operand, operator: str) -> str:
    if isinstance(operand, float):
        return show_number(operand, "")
    if operator in ("overlaps", "covers", "within", "before", "after"):
        return show(operand[0])
    return " or ".join(operand)


def _taking(position: int, count: int) -> str:
    if count > 1:
        return f"take the first {count}" if position > 0 else f"take the last {count}"
    return (
        "take the last" if position == -1 else f"take number {position} from the {'start' if position > 0 else 'end'}"
    )
