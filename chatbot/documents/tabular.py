"""What rows and items turn out to be: a table with header rows, or key-value pairs."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from chatbot.documents.model import Block, KeyValues, ListBlock, Paragraph, Table, Text
from chatbot.documents.textmap import joined

Row = tuple[Text | None, ...]

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    rf"\b{_MONTH} \d{{1,4}}\b|\b\d{{1,2}}\.? {_MONTH}\b|\b\d{{4}}-\d\d\b|\b\d\d?[./]\d\d?[./]\d{{2,4}}\b",
    re.I,
)
_NUMBER = re.compile(r"(?:[~≈<>±$€£]|US\$)?\s?[-−–]?\d[\d.,'\s]*\s*(?:%|[a-zA-Z²³]{1,3}\.?)?")
_YEAR = re.compile(r"[12]\d{3}")

_KEY_HEADERS = {
    "property",
    "field",
    "key",
    "attribute",
    "item",
    "fact",
    "detail",
    "parameter",
    "characteristic",
}
_VALUE_HEADERS = {
    "value",
    "values",
    "detail",
    "details",
    "description",
    "information",
    "info",
    "content",
    "fact",
    "data",
}

_MAX_ITEMS = 40
_MAX_VALUE = 300
# The key must begin with a letter: "1992: founded" belongs to a timeline, not to a list of properties.
_PAIR = re.compile(r"(?P<key>[^\W\d_][^:!?;]{0,48}?)\s*:\s+(?P<value>\S.*)")
_MAX_KEY_WORDS = 7


def pair(text: Text) -> tuple[Text, Text] | None:
    """ "Key: value" taken apart, or None when the text does not look like it."""
    match = _PAIR.fullmatch(text.text)
    if match is None or len(match["key"].split()) > _MAX_KEY_WORDS or len(match["value"]) > _MAX_VALUE:
        return None
    return text.slice(*match.span("key")), text.slice(*match.span("value"))


def pairs(items: Sequence[Text], depths: Sequence[int] = ()) -> tuple[tuple[Text, Text], ...]:
    """The pairs of a short list in which every item looks like "Key: value"; empty when one does not.

    Items below "Key:" or "Key: value" are the rest of its value. A key left without value is passed over.
    """
    if len(items) > _MAX_ITEMS:
        return ()
    found: list[tuple[Text, Text]] = []
    for head, below in _families(items, depths):
        key_value = pair(head)
        is_bare_key = head.text.endswith(":") and len(head.text.split()) <= _MAX_KEY_WORDS
        if key_value is None and not is_bare_key:
            return ()
        key, values = (key_value[0], [key_value[1]]) if key_value else (head.slice(0, len(head.text) - 1), [])
        value = joined([*values, *below], ", ")
        if value is not None and key.text:
            found.append((key, value))
    return tuple(found)


def _families(items: Sequence[Text], depths: Sequence[int]) -> list[tuple[Text, list[Text]]]:
    """Each outermost item with the items nested below it."""
    families: list[tuple[Text, list[Text]]] = []
    for position, item in enumerate(items):
        if depths and depths[position] and families:
            families[-1][1].append(item)
        else:
            families.append((item, []))
    return families


def list_or_pairs(items: Sequence[Text], depths: Sequence[int] = ()) -> Block:
    """A list block, or key-values when there are several items and each is a pair."""
    found = pairs(items, depths)
    if len(found) > 1:
        return KeyValues((), found)
    return ListBlock((), tuple(items), tuple(depths) if any(depths) else ())


def definition_blocks(entries: Iterable[tuple[bool, Text]]) -> list[Block]:
    """Key-values from terms (marked True), each with the definitions that follow; the rest are paragraphs."""
    families: list[tuple[list[Text], list[Text]]] = [([], [])]
    for is_term, text in entries:
        if is_term and families[-1][1]:
            families.append(([], []))
        families[-1][0 if is_term else 1].append(text)
    blocks: list[Block] = []
    found: list[tuple[Text, Text]] = []
    for terms, definitions in families:
        value = joined(definitions, ", ")
        if terms and value:
            found += [(term, value) for term in terms]
        else:
            blocks += [Paragraph((), text) for text in (*terms, *definitions)]
    return [*blocks, KeyValues((), tuple(found))] if found else blocks


def table_blocks(header: Sequence[Row], rows: Sequence[Row], caption: Text | None = None) -> list[Block]:
    """A table, or key-values (the caption above them) where its two columns are a property and its value.

    A header row left blank (Markdown demands one) gives way to the first row. Nothing when all is blank.
    """
    header = [row for row in header if any(row)]
    rows = [row for row in rows if any(row)]
    lead: list[Block] = [Paragraph((), caption)] if caption else []
    if _is_property_list(header, rows):
        pairs = tuple((row[0], row[1]) for row in rows if row[0] and row[1])
        return [*lead, KeyValues((), pairs)]
    if not header and rows:
        count = header_count(rows)
        header, rows = rows[:count], rows[count:]
    return [Table((), tuple(header), tuple(rows), caption)] if header or rows else lead


def _is_property_list(header: Sequence[Row], rows: Sequence[Row]) -> bool:
    if not rows or any(len(row) != 2 for row in (*header, *rows)) or not any(row[0] and row[1] for row in rows):
        return False
    keys = [row[0].text for row in rows if row[0]]
    plain_keys = len(keys) == len(rows) == len(set(keys)) and not any(_is_datum(key) for key in keys)
    if header:
        left, right = (cell.text.lower().strip(" :") if cell else "" for cell in header[-1])
        # A title over the keys and nothing over what they say: "Fact sheet | ".
        is_titled = not right and plain_keys and len(rows) > 2
        return len(header) == 1 and ((left in _KEY_HEADERS and right in (_VALUE_HEADERS | {""})) or is_titled)
    # A column of numbers below a word is a column with a header: "Name | Height", "Tower | 20 m".
    measures = [bool(row[1] and row[1].text[:1].isdigit()) for row in rows]
    return plain_keys and not (len(rows) > 2 and not measures[0] and all(measures[1:]))


def header_count(rows: Sequence[Row]) -> int:
    """How many leading rows of a table without marked header are its header: 0, 1 or 2.

    They end before the first row that looks like data. Where rows of words follow the header, only one that
    is filled differently (it names what stood under a span) can be a second header row.
    """
    first = next((i for i, row in enumerate(rows) if is_data(row)), None)
    if first is None:
        return 1 if len(rows) > 1 else 0
    return 1 + is_second_header(rows[0], rows[1], rows[2:]) if first > 1 else first


def is_second_header(above: Row, row: Row, below: Sequence[Row]) -> bool:
    """Whether `row`, just under a header row, belongs to the header."""
    filled = sum(cell is not None for cell in row)
    if filled < 2 or filled == sum(cell is not None for cell in above):
        return False
    if is_data(row) or any(c.isdigit() for cell in row if cell for c in cell.text):
        return False
    return bool(below) and sum(map(is_data, below)) >= 0.8 * len(below)


def is_data(row: Row) -> bool:
    """Whether a row starts with a number or holds a date or a measured number; bare years may be headings."""
    if row and row[0] and _NUMBER.fullmatch(row[0].text):
        return True
    return any(_is_datum(cell.text) for cell in row if cell)


def _is_datum(text: str) -> bool:
    return bool(_DATE.search(text) or (_NUMBER.fullmatch(text) and not _YEAR.fullmatch(text)))


def bar_cells(source: str, start: int, end: int) -> list[tuple[int, int]]:
    r"""Spans of the cells of one bar-separated row; outer bars bound the row, `\|` is not a bar."""
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    bars = [i for i in range(start, end) if source[i] == "|" and (i == start or source[i - 1] != "\\")]
    edges = [*([start - 1] if not bars or bars[0] != start else []), *bars]
    if not bars or bars[-1] != end - 1 or len(edges) == 1:
        edges.append(end)
    return [(left + 1, right) for left, right in pairwise(edges)]
