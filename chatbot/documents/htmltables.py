"""Tables of HTML, taken from the tree."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from chatbot.documents.grid import SpanCell, SpanRow, grid_blocks, span
from chatbot.documents.model import Block, Text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

#: The text of an element; the second argument stands between its lines.
TextOf = Callable[["LexborNode", str], Text | None]


def is_layout(table: "LexborNode") -> bool:
    """Whether a table only arranges the page: it says so, or has no heading and holds one cell or tables."""
    if (table.attributes.get("role") or "").lower() in ("presentation", "none"):
        return True
    cells = [cell for _, _, row in _rows(table) for cell in row]
    if any(cell.tag == "th" for cell in cells) or any(child.tag == "caption" for child in table.iter()):
        return False
    has_tables = any(each.mem_id != table.mem_id for each in table.css("table"))
    return has_tables or len(cells) <= 1


def read_table(table: "LexborNode", text_of: TextOf) -> list[Block]:
    """The blocks that a <table> makes."""
    caption = next((child for child in table.iter() if child.tag == "caption"), None)
    rows = _rows(table)
    # The lines of a value are members of a list; in a table of data they are one wrapped text.
    line_break = ", " if all(len(cells) <= 2 for _, _, cells in rows) else " "
    spanning = [
        SpanRow(tuple(_cell(cell, text_of, line_break) for cell in cells), group, in_head)
        for group, in_head, cells in rows
    ]
    return grid_blocks(spanning, None if caption is None else text_of(caption, " "))


def _rows(table: "LexborNode") -> list[tuple[int, bool, list["LexborNode"]]]:
    """Each row: the number of its group, whether that is a <thead>, and its cells."""
    found = []
    for group, part in enumerate(table.iter()):
        members = [part] if part.tag == "tr" else part.iter() if part.tag in ("thead", "tbody", "tfoot") else []
        for row in members:
            cells = [cell for cell in row.iter() if cell.tag in ("th", "td")]
            if row.tag == "tr" and cells:
                found.append((group, part.tag == "thead", cells))
    return found


def _cell(cell: "LexborNode", text_of: TextOf, line_break: str) -> SpanCell:
    attributes = cell.attributes
    width, height = span(attributes.get("colspan") or ""), span(attributes.get("rowspan") or "")
    return SpanCell(text_of(cell, line_break), cell.tag == "th" or _is_bold(cell), width, height)


def _is_bold(cell: "LexborNode") -> bool:
    inside = [child for child in cell.iter(include_text=True) if child.tag != "-text" or _has_text(child)]
    return len(inside) == 1 and inside[0].tag in ("b", "strong")


def _has_text(node: "LexborNode") -> bool:
    return bool((node.text_content or "").strip())
