"""Outcome: what executing a reading came to, told apart into the cases that are worded differently."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

import msgspec

from chatbot.intents.descriptions import has_members, is_claimed, is_of_another, tells_more
from chatbot.intents.draft import TYPES_ASKED
from chatbot.intents.grounding import Grounded
from chatbot.knowledge.catalogue import is_agent
from chatbot.knowledge.execution import Result, View, compare
from chatbot.knowledge.extraction.kinds import is_organization_name
from chatbot.knowledge.plan import (
    END,
    LIFE,
    START,
    TERM,
    Age,
    Combine,
    Count,
    Difference,
    Keep,
    Neighbour,
    Plan,
    Rows,
    Select,
    Sort,
)
from chatbot.knowledge.relation import Cell
from chatbot.language.dates import Certainty, Interval, before

Case = Literal[
    "one", "many", "number", "yes", "no", "gap",  # answers
    "none", "before_record", "after_record", "future", "absent", "blanks", "mismatch",  # reasons not to answer
]  # fmt: skip


#: A day of the week or an hour.
_RECURS = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b\d{1,2}[:.]\d{2}\b", re.IGNORECASE)


_SETTLEMENTS = frozenset("city town village country state province region street".split())
#: Words of questions that ask what has not come yet.
_FUTURE = frozenset(("will", "going", "shall", "due", "expected", "supposed"))


class Outcome(msgspec.Struct, frozen=True):
    plan: Plan
    result: Result
    case: Case
    neighbours: tuple[int | None, int | None] = (None, None)
    """Rows before and after a gap."""

    @property
    def is_answer(self) -> bool:
        return self.case in ("one", "many", "number", "yes", "no", "gap")


def outcome_of(
    plan: Plan, result: Result, grounded: Grounded, rows_of: Callable[[Plan], Sequence[int]], today: date
) -> Outcome:
    """Tell what the result means for the asker. `rows_of` executes other plans, such as what the question is about
    before any date is looked at; `today` bounds what an open term can vouch for.
    """
    file = grounded.match.intent.file

    def base() -> Sequence[int]:
        return rows_of(grounded.rows)

    period = _asked_period(plan)
    if period is not None and period.earliest is not None and period.earliest > today:
        return Outcome(plan, result, "future")
    if _lacks_one(plan, grounded):
        return Outcome(plan, result, "absent")
    if file.answer == "yes_no":
        return Outcome(plan, result, _yes_or_no(plan, result, grounded, rows_of))
    if file.describes and (not tells_more(grounded, result) or is_of_another(grounded, result.rows)):
        return Outcome(plan, result, "none")
    meant = rows_of(plan.first) if isinstance(plan, Difference) else result.rows
    if file.single and len(set(meant)) > 1:
        return Outcome(plan, result, "absent")
    if isinstance(plan, Age) and _is_past(plan, result, grounded):
        return Outcome(plan, result, "absent")
    if result.number is not None and _counts_blanks(plan, grounded):
        return Outcome(plan, result, "blanks")
    if result.number is not None and (result.rows or period is None or _inside(period, grounded.view, base())):
        return Outcome(plan, result, "number")
    if not result.rows:
        return _empty(plan, result, grounded, base(), period)
    if result.columns and result.columns[0] in (START, END) and file.asks in ("", "date"):
        return Outcome(plan, result, "one" if len(result.rows) == 1 else "many")
    if not has_members(grounded, result):
        return Outcome(plan, result, "none")
    cells = [grounded.view.cell(row, c) for row in result.rows for c in result.columns if c >= 0]
    known = [cell for cell in cells if cell is not None]
    is_open = bool(known) and all(cell.value == ".." for cell in known)
    if is_open and _FUTURE & {unit.folded for unit in grounded.units}:
        return Outcome(plan, result, "future")
    if cells and not known:
        return Outcome(plan, result, "absent")
    if file.asks == "date" and any(_RECURS.search(cell.text) for cell in known):
        known = []  # "Tuesdays at 19:00" is a time, though no date
    if file.asks == "place" and _names_a_body(known, grounded):
        return Outcome(plan, result, "mismatch")
    if (
        known
        and file.asks
        and not file.describes
        and not any(_is_type(cell.type, file.asks, grounded, result) for cell in known)
    ):
        return Outcome(plan, result, "mismatch")
    return Outcome(plan, result, "one" if len(result.rows) == 1 else "many")


def _counts_blanks(plan: Plan, grounded: Grounded) -> bool:
    """Whether rows are counted by a column that is blank in most: how many there are cannot be told."""
    if not isinstance(plan, Count):
        return False
    named = [column for column, *_ in grounded.filters if column >= 0 and column not in grounded.view.key_columns]
    rows = grounded.view.relation.rows
    return any(2 * sum(row[column] is None for row in rows) > len(rows) for column in named)


def _yes_or_no(plan: Plan, result: Result, grounded: Grounded, rows_of: Callable[[Plan], Sequence[int]]) -> Case:
    """What a yes/no question comes to; no "no" where the record is blank, nor from an intent that can only confirm."""
    file = grounded.match.intent.file
    if not result.rows and _is_unrecorded(grounded):
        return "absent"
    if result.rows and file.describes and not is_claimed(grounded, result.rows):
        return "none"
    verdict = _verdict(plan, result, grounded, rows_of)
    return "none" if verdict == "no" and "no" not in file.wordings else verdict


def _verdict(plan: Plan, result: Result, grounded: Grounded, rows_of: Callable[[Plan], Sequence[int]]) -> Case:
    """Yes or no; neither where the number in question is recorded for no such row."""
    if isinstance(plan, Difference):
        return "absent" if result.number is None else "yes" if result.number > 0 else "no"
    tested = threshold_of(plan)
    if tested is None or not isinstance(tested.operand, float):
        return "yes" if result.rows else "no"
    verdicts = {
        _passes(cell, tested.operator, tested.operand, grounded.view.role_cell(row, "description"))
        for row in rows_of(tested.source)
        if (cell := grounded.view.cell(row, tested.column)) is not None and isinstance(cell.value, float)
    }
    if len(verdicts) != 1 or None in verdicts:
        return "absent"
    return "yes" if True in verdicts else "no"


def threshold_of(plan: Plan) -> Keep | None:
    """The step that holds a recorded number against one said, if the plan ends in it."""
    tested = plan.source if isinstance(plan, Select) else plan
    is_of_number = isinstance(tested, Keep) and tested.column >= 0 and isinstance(tested.operand, float)
    return tested if is_of_number else None  # type: ignore[return-value]


_MORE = re.compile(r"\b(?:over|more than|above|exceed\w*|in excess of|upwards of)\s+\S{0,3}$", re.I)
_LESS = re.compile(r"\b(?:under|less than|fewer than|below|nearly|almost|close to|just short of)\s+\S{0,3}$", re.I)


def _passes(cell: Cell, operator: str, number: float, sentence: Cell | None) -> bool | None:
    """Whether a number passes; None where it is only about the number said: "over 100,000" is more than that."""
    value = cell.value
    if isinstance(value, float) and value == number and cell.about:
        at = sentence.text.find(cell.text) if sentence is not None else -1
        before = sentence.text[:at] if sentence is not None and at > 0 else ""
        is_more, is_less = bool(_MORE.search(before)), bool(_LESS.search(before))
        return None if is_more == is_less else is_more == operator.startswith(">")
    return isinstance(value, float) and compare(value, operator, number)


def _is_unrecorded(grounded: Grounded) -> bool:
    """Whether what a yes/no question claims is blank for all that it names: then "no" would be a guess."""
    named = [name for slot in ("entity", "holder", "person") for name in grounded.slots.get(slot, ())]
    view = grounded.view
    rows = {row for row, column in view.places(named) if column in view.key_columns}
    return bool(rows) and any(all(view.cell(row, at) is None for row in rows) for at, *_ in grounded.filters)


def _is_past(plan: Age, result: Result, grounded: Grounded) -> bool:
    """Whether somebody whose age is asked for had died by then, and is not asked about as if alive."""
    cells = [grounded.view.role_cell(row, "death") for row in result.rows]
    if any(unit.folded in ("would", "have", "alive") for unit in grounded.units):
        return False
    then = Interval.parse(plan.moment)
    return any(before(Interval.parse(str(cell.value)), then) is not Certainty.NO for cell in cells if cell is not None)


def _lacks_one(plan: Plan, grounded: Grounded) -> bool:
    """Whether two are compared, and the column they are compared by is blank for one of them."""
    match plan:
        case Sort(Keep(_, _, "is", tuple() as names), column, _) if (column >= 0 or column == LIFE) and len(names) > 1:
            rows = {row for row, place in grounded.view.places(names) if place in grounded.view.key_columns}
            if column == LIFE:
                return any(grounded.view.life(row) is None for row in rows)
            return any(grounded.view.cell(row, column) is None for row in rows)
        case Rows() | Difference() | Combine() | Neighbour():
            return False
        case _:
            return _lacks_one(plan.source, grounded)


#: Properties whose values are whoever did or has something, people or bodies.
_MAKERS = frozenset("creator owner publisher founder winner opponent leader ascent".split())


def _is_maker(grounded: Grounded, column: int) -> bool:
    """Whether a column tells by whom: "Maker", "Owner", "Auditor"."""
    header = grounded.view.column(column).header.lower().split()
    meant = {key for key in grounded.view.column_keys[column] if not key.startswith("h:")}
    return bool(meant & _MAKERS) or (not meant and bool(header) and is_agent(header[-1]))


def _names_a_body(known: Sequence[Cell], grounded: Grounded) -> bool:
    """ "In which city is it": a body, "the Town Hall", is no city."""
    asks = {word for unit in grounded.bound for word in unit.folded.split()} & _SETTLEMENTS
    return bool(asks and known) and all(is_organization_name(cell.text) for cell in known)


def _is_type(own: str | None, asked: str, grounded: Grounded, result: Result) -> bool:
    kind = own or grounded.view.column(result.columns[0]).type
    if asked == "person" and kind in ("text", "country") and _is_maker(grounded, result.columns[0]):
        return True  # a firm may be who built it
    if asked == "place" and "location" in grounded.view.column_keys[result.columns[0]]:
        return kind not in ("number", "money", "percent", "date", "interval")  # a seat may look like a person's name
    return kind in TYPES_ASKED.get(asked, (asked,))


def _asked_period(plan: Plan) -> Interval | None:
    """The period that terms were asked to overlap, if the plan has such a step."""
    match plan:
        case Keep(_, column, "overlaps", operand) if column == TERM and not isinstance(operand, float):
            return Interval.parse(operand[0])
        case Rows():
            return None
        case Neighbour(kept, _, _):
            return _asked_period(kept)
        case Difference(first, _):
            return _asked_period(first)
        case _:
            return _asked_period(getattr(plan, "source", None) or Rows(""))


def _empty(plan: Plan, result: Result, grounded: Grounded, base: Sequence[int], period: Interval | None) -> Outcome:
    if period is None:
        return Outcome(plan, result, "none")
    view = grounded.view
    rows = [row for row in view.chronological if view.terms[row] is not None and row in base]
    if not rows:
        return Outcome(plan, result, "none")
    before = [row for row in rows if _ends_before(view, row, period)]
    after = [row for row in rows if _starts_after(view, row, period)]
    if not before:
        return Outcome(plan, result, "before_record")
    if not after:
        return Outcome(plan, result, "after_record")
    last = max(before, key=lambda row: _end(view, row))
    first = min(after, key=lambda row: _start(view, row))
    return Outcome(plan, result, "gap", (last, first))


def _inside(period: Interval, view: View, base: Sequence[int]) -> bool:
    rows = [row for row in view.chronological if view.terms[row] is not None and row in base]
    if not rows:
        return False
    begins, ends = min(_start(view, row) for row in rows), max(_end(view, row) for row in rows)
    return (period.latest or date.max) >= begins and (period.earliest or date.min) <= ends


def _start(view: View, row: int) -> date:
    term = view.terms[row]
    return date.min if term is None else term.start.earliest or date.min


def _end(view: View, row: int) -> date:
    term = view.terms[row]
    return date.max if term is None else term.end.latest or date.max


def _ends_before(view: View, row: int, period: Interval) -> bool:
    return period.earliest is not None and _end(view, row) < period.earliest


def _starts_after(view: View, row: int, period: Interval) -> bool:
    return period.latest is not None and _start(view, row) > period.latest
