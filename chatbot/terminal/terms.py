"""Terms of office, and lives, as bars of a timeline."""

import re
from collections.abc import Collection, Iterator
from datetime import date

from chatbot.knowledge.execution import View
from chatbot.knowledge.relation import Relation
from chatbot.language.dates import MONTHS, OPEN, Interval, Term, show
from chatbot.terminal.blocks import Span, Timeline
from chatbot.terminal.topics import as_of, place

MOST = 100
"""Bars of one timeline."""
_LONG_MONTH = re.compile("|".join(month for month in MONTHS if len(month) > 3))


def has_terms(relation: Relation) -> bool:
    """Whether there is something to draw: who held an office from when to when, or lived so."""
    roles = {column.role for column in relation.columns}
    if roles.isdisjoint(("holder", "key")) or roles.isdisjoint(("start", "term", "birth")):
        return False
    view = View(relation)
    return any(_span_term(view, row) is not None for row in range(len(relation.rows)))


def is_of_office(relation: Relation) -> bool:
    return View(relation).has_terms


def timelines(relation: Relation, today: date, marked: Collection[int]) -> Iterator[Timeline]:
    """A bar for each term, by its start; where a table lists several offices, a timeline for each of those marked.

    An open end is drawn to the date that the source vouches for, without one to `today`.
    """
    view, until = View(relation), as_of(relation).latest or today
    offices: dict[str, list[tuple[int, Term]]] = {}
    for row, term in _dated(view):
        office = view.cell(row, view.partition) if view.partition is not None else None
        offices.setdefault("" if office is None else office.text, []).append((row, term))
    meant = {name: of_office for name, of_office in offices.items() if any(row in marked for row, _ in of_office)}
    for name, of_office in (meant or offices).items():
        # Where every bar is marked none stands out.
        chosen = [] if all(row in marked for row, _ in of_office) else marked
        spans = tuple(_span(view, row, term, until, row in chosen) for row, term in of_office[:MOST])
        caption = f"{name}: {place(relation)}" if name else place(relation)
        if len(of_office) > MOST:
            caption += f", the first {MOST} of {len(of_office):,}"
        yield Timeline(spans, caption)


def undated(relation: Relation) -> int:
    """The number of rows that no bar can be drawn for."""
    return len(relation.rows) - len(_dated(View(relation)))


def _dated(view: View) -> list[tuple[int, Term]]:
    terms = ((row, _span_term(view, row)) for row in range(len(view.relation.rows)))
    known = [(row, term) for row, term in terms if term is not None]
    return sorted(known, key=lambda pair: pair[1].start.earliest or date.min)


def _span_term(view: View, row: int) -> Term | None:
    """The term of a row that has a name and a date; of a person, the life."""
    if view.has_terms:
        term = view.terms[row]
    else:
        birth, death = (view.date_of(row, view.roles[r]) if r in view.roles else None for r in ("birth", "death"))
        term = None if birth is None else Term(birth, death or Interval.parse(OPEN))
    is_dated = term is not None and (term.start.earliest or term.end.latest)
    return term if is_dated and _label(view, row) else None


def _label(view: View, row: int) -> str:
    cell = view.role_cell(row, "holder") or view.role_cell(row, "key")
    office = view.role_cell(row, "office")
    name = "" if cell is None else cell.text
    is_parted = view.partition is not None and view.partition == view.roles.get("office")
    return f"{name}, {office.text}" if name and office is not None and not is_parted else name


def _span(view: View, row: int, term: Term, until: date, is_marked: bool) -> Span:
    """The longest that a term may have been: partial dates count from their first day to their last."""
    last = term.end.latest or max(until, term.start.latest or until)
    first = term.start.earliest or term.end.earliest or last
    text = _worded(term) if view.has_terms or term.end.latest else f"born {show(term.start.edtf)}"
    return Span(_label(view, row), _year(first, 0), _year(last, 1), text, term.end.latest is None, is_marked)


def _year(day: date, passed: int) -> float:
    """A day as a year with its fraction, at the day's beginning or, `passed` being 1, at its end.

    >>> _year(date(2000, 10, 1), 0), _year(date(2001, 12, 31), 1)
    (2000.7486338797814, 2002.0)
    """
    days = (date(day.year, 12, 31) - date(day.year, 1, 1)).days + 1
    return day.year + (day.timetuple().tm_yday - 1 + passed) / days


def _worded(term: Term) -> str:
    """Both ends, months shortened: "1 Oct 2000 – 30 Jun 2008", "since 1 Apr 2017"."""
    if term.start.edtf == term.end.edtf:
        text = show(term.start.edtf)
    elif OPEN in (term.start.edtf, term.end.edtf):
        text = show(term.edtf)
    else:
        text = f"{show(term.start.edtf)} – {show(term.end.edtf)}"
    return _LONG_MONTH.sub(lambda month: month[0][:3], text)
