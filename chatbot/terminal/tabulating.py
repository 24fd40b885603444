"""A relation as a table, and its main figure as a chart."""

from collections.abc import Collection

from chatbot.knowledge.relation import Cell, Column, Relation
from chatbot.terminal.blocks import Chart, Measured, Table
from chatbot.terminal.topics import place

ROWS, BARS = 200, 40
_NUMERIC = ("number", "money", "percent")
_LEAST_BARS = 2


def table(relation: Relation, marked: Collection[int]) -> Table:
    """The rows as the source has them; one of properties stands upright, a line for each."""
    if relation.kind == "properties":
        return _upright(relation)
    shown = [at for at, column in enumerate(relation.columns) if not _repeats(relation, column)]
    rows = tuple(tuple(_text(row[at]) for at in shown) for row in relation.rows[:ROWS])
    numeric = frozenset(number for number, at in enumerate(shown) if relation.columns[at].type in _NUMERIC)
    header = tuple(_header(relation.columns[at]) for at in shown)
    more = f", the first {ROWS} of {len(relation.rows):,} rows" if len(relation.rows) > ROWS else ""
    return Table(header, rows, place(relation) + more, numeric, frozenset(row for row in marked if row < ROWS))


def chart(relation: Relation, asked: str, marked: Collection[int]) -> Chart | None:
    """The figures of one column: the one that was asked for, else the first; None where none can be compared.

    Of more than a screen holds the greatest are shown.
    """
    labels = [at for at, column in enumerate(relation.columns) if column.role in ("key", "holder", "as_of")]
    measures = [at for at, column in enumerate(relation.columns) if _is_measure(relation, at, column)]
    if relation.kind in ("figures", "aliases", "properties") or not labels or not measures:
        return None
    at = next((at for at in measures if f" {relation.columns[at].header}".lower() in asked.lower()), measures[0])
    bars = []
    for number, row in enumerate(relation.rows):
        cell, label = row[at], row[labels[0]]
        if cell is not None and label is not None and isinstance(cell.value, float | int):
            bars.append(Measured(label.text, cell.value, cell.text, number in marked))
    caption = _header(relation.columns[at])
    if len(bars) > BARS:
        caption += f", the greatest {BARS} of {len(bars):,}"
        bars = sorted(bars, key=lambda bar: -bar.value)[:BARS]
    return Chart(tuple(bars), caption)


def _is_measure(relation: Relation, at: int, column: Column) -> bool:
    """Whether rows can be compared by a column: numbers of one unit, none below zero."""
    if column.role != "measure" or column.type not in _NUMERIC:
        return False
    cells = [cell for row in relation.rows if (cell := row[at]) is not None and isinstance(cell.value, float | int)]
    values = [cell.value for cell in cells if isinstance(cell.value, float | int)]
    is_positive = min(values, default=0) >= 0 and max(values, default=0) > 0
    return len(cells) >= _LEAST_BARS and is_positive and len({cell.unit for cell in cells}) == 1


def _upright(relation: Relation) -> Table:
    pairs = [
        (_header(column), _text(cell))
        for row in relation.rows
        for column, cell in zip(relation.columns, row, strict=True)
        if cell is not None
    ]
    return Table(("property", "value"), tuple(pairs), place(relation))


def _repeats(relation: Relation, column: Column) -> bool:
    """Whether a column repeats the text around: the sentence that a figure was read from."""
    return relation.kind == "figures" and column.role == "description"


def _header(column: Column) -> str:
    is_told = not column.unit or column.unit in column.header
    return column.header if is_told or column.type == "percent" else f"{column.header} ({column.unit})"


def _text(cell: Cell | None) -> str:
    return "" if cell is None else " ".join(cell.text.split())
