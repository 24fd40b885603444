"""Replies: an outcome in words, typed values and citations."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

import msgspec

from chatbot.documents.model import SourceText
from chatbot.intents.descriptions import members
from chatbot.intents.grounding import Grounded
from chatbot.intents.outcome import Outcome, threshold_of
from chatbot.intents.planning import column_of
from chatbot.intents.wording import Source, Worded, citations, fill, joined, plain, sentence_case
from chatbot.knowledge.catalogue import Catalogue
from chatbot.knowledge.execution import execute
from chatbot.knowledge.plan import (
    END,
    LENGTH,
    LIFE,
    POSITION,
    START,
    TERM,
    Aggregate,
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
from chatbot.language.dates import Certainty, Interval, Term, duration_words, show
from chatbot.language.numbers import show_number
from chatbot.values import Citation, Value, ValueType

_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.I)
MOST_LISTED = 40
"""Rows shown of a list; the rest is counted."""


class Reply(msgspec.Struct, frozen=True):
    text: str
    value: tuple[Value, ...]
    citations: tuple[Citation, ...]
    suggestions: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()


def reply(
    grounded: Grounded, outcome: Outcome, catalogue: Catalogue, sources: Mapping[str, SourceText], today: date
) -> Reply:
    return _Replying(grounded, outcome, catalogue, today).reply(sources)


class _Replying:
    def __init__(self, grounded: Grounded, outcome: Outcome, catalogue: Catalogue, today: date) -> None:
        self.grounded, self.outcome, self.catalogue, self.today = grounded, outcome, catalogue, today
        self.view, self.file = grounded.view, grounded.match.intent.file
        self.rows = outcome.result.rows
        self._known_fields: dict[int, dict[str, Worded]] = {}
        self.column = outcome.result.columns[0] if outcome.result.columns else None

    def reply(self, sources: Mapping[str, SourceText]) -> Reply:
        worded = sentence_case(self._worded())
        value = self._value()
        return Reply(
            worded.text,
            value,
            citations(worded, sources, self._unshown(worded)),
            self._suggestions(),
            self._entities(value),
        )

    # -- words

    def _worded(self) -> Worded:
        case, wordings = self.outcome.case, self.file.wordings
        fields = self._fields
        if case == "gap":
            return fill(wordings.get("gap", _GAP), fields)
        if case in ("yes", "no"):
            return fill(wordings[case], fields)
        if case == "number":
            shown = wordings["number"] if self.outcome.result.number or "none" not in wordings else wordings["none"]
            return fill(shown, fields)
        return fill(wordings[case] if case in wordings else wordings["one"], fields)

    @cached_property
    def _fields(self) -> dict[str, Worded]:
        fields = dict(self._row_fields(self.rows[0])) if self.rows else {}
        number = self.outcome.result.number
        if number is not None:
            fields["number"] = plain(self._number_text(number))
            fields["size"] = plain(self._number_text(abs(number)))
        if any("{items}" in wording for wording in self.file.wordings.values()):
            fields["items"] = self._items()
        if isinstance(self.outcome.plan, Count) and self.outcome.plan.column is not None:
            cells = [self.view.cell(row, self.outcome.plan.column) for row in self.rows]
            parts = [(row, part) for row, cell in zip(self.rows, cells, strict=True) if cell for part in cell.parts]
            fields["counted_parts"] = joined([self._shown(row, part) for row, part in parts])
        fields["rows"] = plain(str(len(self.rows)))
        for name, row in zip(("left", "right"), self.outcome.neighbours, strict=True):
            if row is not None:
                fields |= {f"{name}_{key}": text for key, text in self._row_fields(row).items()}
        if any("{truth}" in wording for wording in self.file.wordings.values()):
            fields["truth"] = self._truth()
        if len(self.rows) > 1:
            fields |= {f"other_{key}": text for key, text in self._row_fields(self.rows[1]).items()}
        return fields

    def _items(self) -> Worded:
        item = self.file.wordings.get("item", "{value}" if self.column is not None else "{key}")
        shown = [fill(item, self._row_fields(row)) for row in self.rows[:MOST_LISTED]]
        if self.column is not None and item == "{value}":
            shown = _distinct(shown)
        between = "; " if "(" in item or "," in item else ", "
        return joined(shown, between if between == "; " else " and ", between)

    def _truth(self) -> Worded:
        """For a false premise: the rows of whoever was named, or else all that the list names."""
        tested = threshold_of(self.outcome.plan)
        if tested is not None:
            held = execute(tested.source, self.catalogue.views, self.today).rows
            return joined([fill(self.file.wordings["item"], self._row_fields(row)) for row in held], "; ", "; ")
        slots = self.grounded.slots
        said = [value for slot in ("holder", "person", "entity") for value in slots.get(slot, ())]
        named = [row for row, _ in self.view.places(said)]
        item = self.file.wordings.get("item", "{holder}: {term}")
        if self.outcome.case == "no":
            named += [*self._then(), *self._neighbours(self.outcome.plan)]
        rows = [row for row in self.view.chronological if row in named] or list(self.view.chronological)
        return joined([fill(item, self._row_fields(row)) for row in rows], "; ", "; ")

    def _neighbours(self, plan: Plan) -> tuple[int, ...]:
        """Who did come next, where somebody else was said to."""
        match plan:
            case Neighbour():
                return execute(plan, self.catalogue.views, self.today).rows
            case Keep(source, _, _, _) | Select(source, _):
                return self._neighbours(source)
            case _:
                return ()

    def _then(self) -> list[int]:
        """Who did hold the office at the time of a false premise."""
        slots = self.grounded.slots
        asked = [*slots.get("date", ())] if self.view.has_terms else []
        periods = [Interval.parse(edtf) for edtf in asked]
        terms = [(row, self.view.terms[row]) for row in self.view.chronological] if periods else []
        return [row for row, term in terms if term and all(term.overlaps(p) is not Certainty.NO for p in periods)]

    def _row_fields(self, row: int) -> dict[str, Worded]:
        """What wordings may say of a row."""
        if row not in self._known_fields:
            self._known_fields[row] = self._fields_of(row)
        return self._known_fields[row]

    def _fields_of(self, row: int) -> dict[str, Worded]:
        view, fields = self.view, dict[str, Worded]()
        for role in view.roles:
            cell = view.role_cell(row, role)
            fields[role] = self._shown(row, cell)
        for role in ("as_of", "holder", "key"):  # a table with a row for each year is known by its years
            if role in fields:
                fields["key"] = fields[role]
        if view.has_terms:
            fields |= self._term_fields(row)
            order = view.chronological
            fields |= self._next_fields(row, order)
            fields["position"] = plain(_nth(order.index(row) + 1)) if row in order else plain("?")
        if "{when}" in "".join(self.file.wordings.values()):
            fields["when"] = self._shown(row, view.cell(row, column_of("when", self.grounded)))
        if "death" in view.roles:
            dates = [cell for role in ("birth", "death") if (cell := view.role_cell(row, role)) is not None]
            fields["life"] = plain(_years(view.life(row)), *(Source(view.relation, row, cell) for cell in dates))
        ranked = _ranked(self.outcome.plan)
        if ranked is not None:
            fields["sorted"] = self._selected(row, ranked, fields)
        if self.grounded.filters:
            column = self.grounded.filters[0][0]
            fields["narrowed"] = plain(_header(view.column(column).header) + " ") + self._selected(row, column, fields)
        asked = self._asked_key
        if asked is not None:
            fields["key"] = self._selected(row, asked, fields)
        measure = view.role_cell(row, "measure")
        fields["about"] = plain("about " if measure is not None and measure.about else "")
        if self.column is not None:
            fields["value"] = self._selected(row, self.column, fields)
        named = ranked if ranked is not None else self.column
        if named is not None and named >= 0:
            fields["property"] = plain(_header(view.column(named).header))
        return fields

    @cached_property
    def _asked_key(self) -> int | None:
        """A column other than the key that names the rows selected."""
        selected = self.outcome.result.columns[:1]
        is_second = bool(selected) and selected[0] in self.view.second_keys
        return selected[0] if is_second and self.grounded.properties[:1] != selected else None

    def _next_fields(self, row: int, order: Sequence[int]) -> dict[str, Worded]:
        """Who came after and when, for wordings that tell of gaps."""
        place = order.index(row) + 1 if row in order else len(order)
        if "{next_" not in self.file.wordings.get("item", "") or place >= len(order):
            return {}
        following = order[place]
        holder = self._shown(following, self.view.role_cell(following, "holder"))
        return {"next_holder": holder, "next_term": self._term_fields(following)["term"]}

    def _selected(self, row: int, column: int, fields: Mapping[str, Worded]) -> Worded:
        if column < 0:
            return fields[_COMPUTED[column]]
        cell = self.view.cell(row, column)
        if cell is not None and cell.parts:
            return joined([self._shown(row, part) for part in members(cell, column, self.grounded)])
        shown = self._shown(row, cell)
        unit = self.view.column(column).unit
        if cell is not None and unit and not cell.unit and isinstance(cell.value, float) and unit not in cell.text:
            before, behind = _around(unit)
            sources = (Source(self.view.relation, row, cell),)
            return plain(f"{before}{shown.text}", *sources) + plain(behind)
        return shown

    def _term_fields(self, row: int) -> dict[str, Worded]:
        term = self.view.terms[row]
        if term is None:
            return {name: plain("an unknown time") for name in ("term", "length", "start", "end")}
        places = self.view.term_places(row)
        behind = tuple(Source(self.view.relation, r, c) for r, i in places if (c := self.view.cell(r, i)) is not None)
        start, end = plain(show(term.start.edtf), *behind[:1]), plain(show(term.end.edtf), *behind[-1:])
        if term.is_open:
            whole = plain("since ") + start + plain(" (listed as incumbent)", *behind[-1:])
            end = plain("no end date (listed as incumbent)", *behind[-1:])
        elif term.start.edtf == term.end.edtf:
            whole = plain("in ") + start
        else:
            whole = plain("from ") + start + plain(" to ") + end
        return {"start": start, "end": end, "term": whole, "length": plain(self._length(term), *behind)}

    def _length(self, term: Term) -> str:
        words = self._duration(sum(term.length(self.today)) / 2)
        if not term.is_open:
            return words
        # A wording that gives the term as well says there that it is open.
        is_said = any("{term}" in wording for wording in self.file.wordings.values())
        return f"{words} so far" if is_said else f"{words} so far (listed as incumbent)"

    def _duration(self, days: float) -> str:
        """In the unit asked for ("how many days"), else as people say it."""
        asked = {meaning for unit in self.grounded.bound for meaning in unit.meanings}
        if "in_days" in asked:
            return f"{round(days):,} days"
        if "in_months" in asked:
            return f"{int(days / 30.436875):,} months"
        return duration_words(days)

    def _shown(self, row: int, cell: Cell | None) -> Worded:
        if cell is None:
            return plain("not recorded")
        return plain(self._text_of(cell), Source(self.view.relation, row, cell))

    def _text_of(self, cell: Cell) -> str:
        """A cell as people read it: dates written in figures, or month first, in words."""
        if cell.type == "date" or (cell.type is None and self._types.get(cell.start) == "date"):
            is_plain = not any(c.isalpha() for c in cell.text) or _MONTH.search(cell.text)
            if isinstance(cell.value, str) and cell.value != ".." and not cell.parts and is_plain:
                return show(cell.value)
        return cell.text

    @cached_property
    def _types(self) -> dict[int, str]:
        """The type of the column that a cell at a place of the source stands in."""
        columns = self.view.relation.columns
        rows = self.view.relation.rows
        return {cell.start: spec.type for row in rows for spec, cell in zip(columns, row, strict=True) if cell}

    def _number_text(self, number: float) -> str:
        if self._is_age:
            return _years(abs(number))
        if self.column == LENGTH:
            return duration_words(abs(number))
        if self.column is None or self.column < 0:
            return show_number(number, "")
        if isinstance(self.outcome.plan, Aggregate) and self.outcome.plan.function == "average":
            number = round(number, 0 if abs(number) >= 1000 else 1 if abs(number) >= 100 else 2)
        return show_number(number, self._unit())

    @property
    def _is_age(self) -> bool:
        return any(step.age or step.difference == "birth" for step in self.file.plan)

    def _unit(self) -> str:
        if self.column is None or self.column < 0:
            return ""
        units = [c.unit for row in self.rows if (c := self.view.cell(row, self.column)) is not None and c.unit]
        return units[0] if units else self.view.column(self.column).unit

    # -- values

    def _value(self) -> tuple[Value, ...]:
        case, number = self.outcome.case, self.outcome.result.number
        if case in ("yes", "no"):
            return (Value("boolean", case, boolean=case == "yes"),)
        if case == "gap":
            return ()
        if number is not None:
            return (self._number_value(number),)
        found: list[Value] = []
        for row in self.rows:
            for column in self.outcome.result.columns:
                found += [v for v in self._values_at(row, column) if v not in found]
        return tuple(found)

    def _number_value(self, number: float) -> Value:
        shown = self._number_text(abs(number) if self.file.answer == "difference" else number)
        if self.column == LENGTH or self._is_age:
            return Value("duration", shown, days=round(abs(number)))
        whole = int(number) if float(number).is_integer() else number
        return Value(
            "number",
            shown,
            number=abs(whole) if self.file.answer == "difference" else whole,
            unit=self._unit() or None,
        )

    def _values_at(self, row: int, column: int) -> list[Value]:
        if column < 0:
            return self._computed_value(row, column)
        cell = self.view.cell(row, column)
        if cell is None or cell.value == "..":  # who is in office still has not left on any date
            return []
        spec = self.view.column(column)
        parts = members(cell, column, self.grounded) if cell.parts else (cell,)
        return [self._cell_value(part, spec.type, spec.unit) for part in parts]

    def _computed_value(self, row: int, column: int) -> list[Value]:
        term = self.view.terms[row]
        if term is None:
            return []
        if column == TERM:
            edtf = f"{term.start.edtf}/{term.end.edtf}"
            shown = f"{show(term.start.edtf)} – {'incumbent' if term.is_open else show(term.end.edtf)}"
            return [Value("date", shown, edtf=edtf)]
        if column in (START, END):
            edtf = (term.start if column == START else term.end).edtf
            return [Value("date", show(edtf), edtf=edtf)] if edtf != ".." else []
        if column == LENGTH:
            return [Value("duration", self._length(term), days=round(sum(term.length(self.today)) / 2))]
        position = self.view.chronological.index(row) + 1
        return [Value("number", _nth(position), number=position)]

    def _cell_value(self, cell: Cell, column_type: str, unit: str) -> Value:
        kind = cell.type or column_type
        if isinstance(cell.value, float):
            number = int(cell.value) if cell.value.is_integer() else cell.value
            measured = cell.unit or unit
            before, behind = _around(unit)
            text = cell.text if not unit or cell.unit or unit in cell.text else f"{before}{cell.text}{behind}"
            return Value("number", text, number=number, unit=measured or None)
        if kind in ("date", "interval"):
            return Value("date", self._text_of(cell), edtf=cell.value)
        return Value(self._entity_type(cell, kind), cell.text)

    def _entity_type(self, cell: Cell, kind: str) -> ValueType:
        if kind == "person":
            return "person"
        if kind == "country":
            return "place"
        entity = self.catalogue.entity_of(str(cell.value))
        types: dict[str, ValueType] = {"person": "person", "organization": "organization", "place": "place"}
        return types.get(entity.type, "text") if entity is not None else "text"

    # -- what else an answer carries

    def _unshown(self, worded: Worded) -> list[Source]:
        """Cells behind a result that no words show: the rows of a count, a sum, a comparison."""
        shown = {(s.row, s.cell.start) for piece in worded.pieces for s in piece.sources}
        shown_rows = {row for row, _ in shown}
        columns = [c for c in (*self.view.key_columns, *self.outcome.result.columns) if c >= 0]
        found = []
        for row in self.rows:
            for column in columns:
                cell = self.view.cell(row, column)
                if cell is not None and row not in shown_rows:
                    found.append(Source(self.view.relation, row, cell))
        return found

    def _suggestions(self) -> tuple[str, ...]:
        fields = {name: worded.text for name, worded in self._fields.items()} if self.file.follow_ups else {}
        found = []
        for suggestion in self.file.follow_ups:
            try:
                found.append(suggestion.format(**fields))
            except KeyError:
                continue
        return tuple(s for s in found if "not recorded" not in s)

    def _entities(self, value: Sequence[Value]) -> tuple[str, ...]:
        """Who the answer speaks of: the values that are names, else the keys of the rows."""
        known = [e.id for v in value if v.number is None and (e := self.catalogue.entity_of(v.text)) is not None]
        if not known:
            before = [row for row in self.outcome.neighbours[:1] if row is not None]  # of a gap: who took over next?
            keys = (self.view.cell(row, c) for row in (*self.rows[:3], *before) for c in self.view.key_columns)
            known = [e.id for c in keys if c is not None and (e := self.catalogue.entity_of(str(c.value))) is not None]
        return tuple(dict.fromkeys(known))


_COMPUTED = {TERM: "term", LENGTH: "length", POSITION: "position", START: "start", END: "end", LIFE: "life"}


def _years(days: float | None) -> str:
    return "an unknown number of" if days is None else str(int(days / 365.2425 + 0.01))


_GAP = (
    "The list shows no one then: {left_holder} was in office {left_term}, and the next, {right_holder}, {right_term}."
)


def _ranked(plan: Plan) -> int | None:
    """The column that the plan ordered, compared or summed by."""
    match plan:
        case Sort(_, column, _) | Aggregate(_, _, column) if column >= 0:
            return column
        case Keep(_, column, "<" | "<=" | ">" | ">=" | "within" | "before" | "after", _) if column >= 0:
            return column
        case Difference(first, _):
            return first.columns[0] if isinstance(first, Select) and first.columns[0] >= 0 else None
        case Rows():
            return None
        case Keep(source, column, _, operand):
            return _ranked(source) if not isinstance(operand, float) else column
        case _:
            return _ranked(getattr(plan, "source", None) or Rows(""))


def _around(unit: str) -> tuple[str, str]:
    """What of a header's unit stands before a number and what behind it: "£8.1 million"."""
    sign = unit[:1] if unit[:1] in "£$€¥" else ""
    rest = unit[len(sign) :].strip()
    return sign, f" {rest}" if rest else ""


def _header(header: str) -> str:
    """A header within a sentence: in small letters unless it is an acronym or holds a name."""
    last = header.rpartition(" / ")[2]
    is_name = last[1:2].isupper() or any(word[:1].isupper() for word in last.split()[1:])
    return last if is_name else last[:1].lower() + last[1:]


def _nth(position: int) -> str:
    if position % 100 in (11, 12, 13):
        return f"{position}th"
    return f"{position}{({1: 'st', 2: 'nd', 3: 'rd'}).get(position % 10, 'th')}"


def _distinct(items: Sequence[Worded]) -> list[Worded]:
    seen: dict[str, Worded] = {}
    for item in items:
        seen.setdefault(item.text, item)
    return list(seen.values())
