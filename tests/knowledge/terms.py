"""Relations made by hand, for plans to run on."""

from collections.abc import Sequence
from datetime import date

from chatbot.knowledge.execution import View
from chatbot.knowledge.relation import Cell, Column, ColumnType, Relation, Role, Row

TODAY = date(2024, 7, 1)


def relation(
    id_: str, columns: Sequence[tuple[str, ColumnType, Role]], *rows: Sequence[str | float | None]
) -> Relation:
    """A relation of canonical values; each cell has a place of its own."""
    made: list[Row] = []
    at = 0
    for row in rows:
        cells: list[Cell | None] = []
        for value in row:
            at += 10
            text = f"{value:g}" if isinstance(value, float) else str(value)
            cells.append(None if value is None else Cell(text, at, at + len(text), value))
        made.append(tuple(cells))
    headers = tuple(Column(header, kind, role) for header, kind, role in columns)
    return Relation(id_, "table", f"{id_}.md", id_.capitalize(), ("List",), headers, tuple(made))


#: A hand-over in the middle of a year, a gap, a repeated holder, a start known to the month, an incumbent; out of order.
HEADS = relation(
    "heads",
    [("Head", "person", "holder"), ("From", "date", "start"), ("To", "date", "end"), ("Party", "text", "")],
    ("Ana Ruiz", "1990-05-01", "1992-06-03", "Red"),
    ("Bo Lind", "1992-06-03", "1995-04-30", "Blue"),
    (None, "1995-05-01", "1995-12-31", None),
    ("Eva Klein", "1996-02", "1999-05-05", "Red"),
    ("Ida Holm", "2003-01-01", "..", "Green"),
    ("Ana Ruiz", "1999-05-06", "2002-12-31", "Red"),
)
LIGHTS = relation(
    "lights",
    [
        ("Name", "text", "key"),
        ("Height", "number", "measure"),
        ("Built", "date", ""),
        ("Country", "country", "country"),
    ],
    ("Skarv Point", 41.0, "1861", "Norway"),
    ("Old Mercy", 24.0, "1789", "Chile"),
    ("Grey Sisters", None, "1902", "Norway"),
    ("Punta Ceniza", 52.0, None, "Chile"),
    ("Tern Skerry", 41.0, "1847", "Norway"),
)
VIEWS = {each.id: View(each) for each in (HEADS, LIGHTS)}
RELATIONS = {each.id: each for each in (HEADS, LIGHTS)}
