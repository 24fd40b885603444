"""Cells: reading the texts of a column as values of one type."""

import re
from collections.abc import Callable, Sequence

import msgspec

from chatbot.documents.model import Text
from chatbot.knowledge.extraction.kinds import bare_name, is_person_name, split_names
from chatbot.knowledge.relation import Cell, ColumnType
from chatbot.language.countries import country
from chatbot.language.datecells import parse_cell_date, parse_cell_term
from chatbot.language.numbers import Quantity, find_quantities, parse_quantity
from chatbot.language.words import tokens

_YEAR = re.compile(r"[12]\d{3}$")
_UNIT = re.compile(r"^(?P<name>.*?)\s+(?:\((?P<round>[^()]{1,20})\)|\[(?P<square>[^\[\]]{1,20})\])\s*$")
_UNIT_WORDS = re.compile(
    r"""(?:(?:US)?[$€£]|%|[kMG]?(?:m|g|l|W|Hz|pc)|[cmk]m|km[²2]|m[²2³3]|ha|ft|in|mi|nmi|kn|knots|t|tonnes|tons|kg|lb|
        min|minutes|s|seconds|h|hours|days|years|months|people|persons|seats|acres|hectares|metres|meters|feet|inches|miles|
        kilometres|nautical\ miles|nm|litres|(?:million|billion|thousand)(?:\s\S+)?|USD|EUR|GBP|CHF|euros?|dollars?|pounds?|degrees?|°C?)""",
    re.X | re.I,
)
_SQUARED = re.compile(r"(m)2$")
_LONGEST_UNIT = 12
#: At least this share of a column's cells must read as its type.
MAJORITY = 0.6


class Header(msgspec.Struct, frozen=True):
    """A column's header taken apart: "Height (m)" is named Height and measured in m."""

    name: str
    unit: str = ""


def header_of(text: str, is_measured: bool = False) -> Header:
    """With `is_measured`, whatever stands in brackets is the unit: "Price (crowns)"; headers of data files, such as
    "elevation_m", are words with a unit at the end.
    """
    if "_" in text:
        *words, last = text.replace("_", " ").split()
        is_unit = is_measured and words and _UNIT_WORDS.fullmatch(_SQUARED.sub(r"\1²", last))
        return Header(" ".join(words), _SQUARED.sub(r"\1²", last)) if is_unit else Header(" ".join([*words, last]))
    match = _UNIT.match(text)
    if match is None or not match["name"]:
        return Header(text)
    unit = match["round"] or match["square"]
    if is_measured and len(unit) <= _LONGEST_UNIT:
        return Header(match["name"], unit)
    return Header(match["name"], unit) if _UNIT_WORDS.fullmatch(unit.removeprefix("in ")) else Header(text)


_CIRCA = re.compile(r"\b(?:c|ca|circa|about|around)\b\.?\s*(?=\d)|~\s*(?=\d)", re.I)


def date_of(text: str) -> str | None:
    """The date that a whole cell is, in EDTF; "c. 1290" counts as 1290."""
    return parse_cell_date(text) or parse_cell_date(_CIRCA.sub("", text))


def term_of(text: str) -> str | None:
    """The period that a whole cell is, in EDTF; "1204 – c. 1217" as 1204 to 1217."""
    return parse_cell_term(text) or parse_cell_term(_CIRCA.sub("", text))


def is_date(text: str) -> bool:
    return date_of(text) is not None


def is_term(text: str) -> bool:
    return term_of(text) is not None


def is_number(text: str) -> bool:
    return parse_quantity(text) is not None


def column_type(texts: Sequence[str], header: str = "") -> ColumnType:
    """The type that most of a column's non-blank cells read as; "text" where none has a majority.

    A column of bare years is dates unless its header has a unit or counts something.
    """
    if not texts:
        return "text"
    numeric_header = bool(header_of(header).unit)

    def share(test: Callable[[str], bool]) -> float:
        return sum(map(test, texts)) / len(texts)

    if not numeric_header:
        terms, dates = share(is_term), share(lambda text: is_date(text) and not _is_plain_count(text))
        if terms >= MAJORITY and terms >= dates:
            return "interval"
        if terms + dates >= MAJORITY and terms >= 0.3:
            return "interval"
        if dates >= MAJORITY:
            return "date"
    if share(is_number) >= MAJORITY:
        return _number_type(texts)
    if share(lambda text: country(text) is not None) >= MAJORITY and not _are_other_codes(texts, header):
        return "country"
    return "person" if share(is_person_name) >= MAJORITY else "text"


_OF_COUNTRIES = frozenset(
    "country nation nationality nat flag noc from origin team represents citizenship state home".split()
)


def _are_other_codes(texts: Sequence[str], header: str) -> bool:
    """Whether letters that happen to be codes of countries stand under a header of something else: titles, grades."""
    are_codes = all(len(text.strip()) <= 3 and text.strip().isupper() for text in texts)
    words = {token.folded for token in tokens(header)}
    return are_codes and bool(words) and not words & _OF_COUNTRIES


def _is_plain_count(text: str) -> bool:
    """A bare number that is no year: parse_cell_date may read "962" as one."""
    return text.strip().isdigit() and not _YEAR.match(text.strip())


def _number_type(texts: Sequence[str]) -> ColumnType:
    kinds = [q.type for text in texts if (q := parse_quantity(text)) is not None]
    for kind in ("money", "percent", "duration"):
        if kinds.count(kind) >= MAJORITY * len(kinds):
            return kind
    return "number"


def cell_of(text: Text, kind: ColumnType, own: bool = False) -> Cell:
    """A cell read as `kind`; one that does not fit is kept as text of its own type.

    With `own` the type is noted in the cell itself, as properties need it.
    """
    value, fitting, unit, about = _value(text.text, kind)
    noted = fitting if own or fitting != kind else None
    parts: tuple[Cell, ...] = _dates(text)
    if parts:
        return Cell(text.text, text.start, text.end, parts[0].value, "date", parts=parts)
    if fitting in ("text", "person", "country"):
        spans = split_names(text.text)
        if len(spans) > 1:
            parts = tuple(_part(text.slice(a, b), fitting) for a, b in spans)
    # A country code is shown by the country's name.
    shown = value if fitting == "country" and isinstance(value, str) else text.text
    return Cell(shown, text.start, text.end, value, noted, unit, about, parts)


def _dates(text: Text) -> tuple[Cell, ...]:
    """The members of a list of dates: "1903, 1927 and 1969"."""
    spans, start = [], 0
    for mark in re.finditer(r",\s+(?:and\s+)?|\s*;\s*|\s+and\s+|$", text.text):
        spans.append((start, mark.start()))
        start = mark.end()
    if len(spans) < 2 or not all(is_date(text.text[a:b]) for a, b in spans):
        return ()
    parts = (text.slice(a, b) for a, b in spans)
    return tuple(Cell(part.text, part.start, part.end, date_of(part.text) or "", "date") for part in parts)


def _part(text: Text, kind: ColumnType) -> Cell:
    value, fitting, *_ = _value(text.text, kind)
    return Cell(text.text, text.start, text.end, value, fitting if fitting != kind else None)


def _value(text: str, kind: ColumnType) -> tuple[str | float, ColumnType, str, bool]:
    """Canonical value, the type it really has, unit, and whether it is approximate."""
    if kind == "date" and (edtf := date_of(text)) is not None:
        return edtf, "date", "", False
    if kind == "interval":
        edtf = term_of(text) or date_of(text)
        if edtf is not None:
            return edtf, "interval", "", False
    if kind in ("number", "money", "percent", "duration"):
        quantity = _quantity(text)
        if quantity is not None:
            return quantity.number, kind, quantity.unit, quantity.about
    if kind == "country" and (nation := country(text)) is not None:
        return nation, "country", "", False
    if kind == "person":
        return bare_name(text), "person", "", False
    return text, "text", "", False


def _quantity(text: str) -> Quantity | None:
    """The whole text as an amount, or the amount it begins with: "€180 a year", "24,310 (2021)"."""
    whole = parse_quantity(text)
    if whole is not None:
        return whole
    leading = next(iter(find_quantities(text)), None)
    if leading is None or leading.start > 0 or not _PER.match(text, leading.end):
        return None
    return leading


_PER = re.compile(r"\s*(?:a\b|an\b|per\b|each\b|every\b|/|\(|as of|in \d{4})", re.I)


def type_of(text: str) -> ColumnType:
    """The type of one value by itself, as in a list of properties."""
    if is_term(text):
        return "interval"
    if is_date(text) and not _is_plain_count(text):
        return "date"
    quantity = _quantity(text)
    if quantity is not None:
        return quantity.type
    if country(text) is not None:
        return "country"
    return "person" if is_person_name(text) else "text"
