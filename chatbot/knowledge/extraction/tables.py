"""Tables to relations: two header rows joined, slid cells put back, columns typed and given roles."""

import re
from collections.abc import Callable, Sequence

import msgspec

from chatbot.documents.model import Table, Text
from chatbot.knowledge.extraction.cells import (
    cell_of,
    column_type,
    header_of,
    is_date,
    is_term,
)
from chatbot.knowledge.extraction.kinds import bare_name, is_name, is_person_name
from chatbot.knowledge.extraction.roles import header_fits, header_words, is_place_header, roles_of
from chatbot.knowledge.relation import Cell, Column, ColumnType, Role, Row
from chatbot.language.countries import country
from chatbot.language.lexicon import Lexicon

Texts = tuple[Text | None, ...]

_NUMERIC = ("number", "money", "percent")
_VACANT = re.compile(
    r"\W*(?:office |post |seat |position )?(?:vacant|vacancy|none|no one|nobody|unfilled|interregnum|tbd|unknown)\W*",
    re.I,
)


class Tabular(msgspec.Struct, frozen=True):
    """Columns and rows of a relation to be."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def read_table(table: Table, lexicon: Lexicon) -> Tabular | None:
    """The table's columns and rows; None where nothing but headers is left."""
    rows = [row for row in table.rows if any(row) and not _is_banner(row)]
    if not rows:
        return None
    width = max(len(row) for row in rows)
    headers = _headers(table.header, rows, width, lexicon)
    width = max(width, len(headers))
    grid = [list(row) + [None] * (width - len(row)) for row in rows]
    headers += [""] * (width - len(headers))
    types = _types(grid, headers, lexicon)
    _put_back(grid, types, headers, lexicon)
    types = _types(grid, headers, lexicon)
    kept = [i for i in range(width) if any(row[i] for row in grid)]
    return _tabular(
        [headers[i] for i in kept],
        [[row[i] for i in kept] for row in grid],
        [types[i] for i in kept],
        lexicon,
    )


def _settled(
    types: list[ColumnType], roles: Sequence[Role], headers: Sequence[str], lexicon: Lexicon
) -> list[ColumnType]:
    """Names of two words look like people's: they are only where people are to be expected."""
    human = {"holder", "birth", "death"} & set(roles)
    found = list(types)
    for column, role in enumerate(roles):
        expected = header_fits(headers[column], "person", lexicon) > 0 and header_words(headers[column])[:1] != ["name"]
        if types[column] == "person" and (role == "country" or (role == "key" and not human and not expected)):
            found[column] = "text"
    return found


def _tabular(headers: list[str], grid: list[list[Text | None]], types: list[ColumnType], lexicon: Lexicon) -> Tabular:
    parted = [header_of(header, kind in _NUMERIC) for header, kind in zip(headers, types, strict=True)]
    texts = [[row[i].text if row[i] else None for row in grid] for i in range(len(headers))]  # type: ignore[union-attr]
    roles = roles_of([header.name for header in parted], types, texts, lexicon)
    types = _settled(types, roles, headers, lexicon)
    columns = tuple(
        Column(header.name, kind, role, header.unit or ("%" if kind == "percent" else ""))
        for header, kind, role in zip(parted, types, roles, strict=True)
    )
    rows = tuple(tuple(_cell(text, column) for text, column in zip(row, columns, strict=True)) for row in grid)
    columns = tuple(_with_unit(column, [row[i] for row in rows]) for i, column in enumerate(columns))
    return Tabular(columns, rows)


def _with_unit(column: Column, cells: Sequence[Cell | None]) -> Column:
    """The column with the unit that all its cells give, where its header gives none."""
    units = {cell.unit for cell in cells if cell is not None}
    is_common = column.type in ("number", "money") and not column.unit and len(units) == 1
    return msgspec.structs.replace(column, unit=units.pop()) if is_common else column


def _cell(text: Text | None, column: Column) -> Cell | None:
    if text is None or text.text.strip(" -–—?") == "":
        return None
    if column.role == "holder" and (_VACANT.fullmatch(text.text) or not is_name(bare_name(text.text))):
        return None  # "Vacant", "Closed during the war"
    kind: ColumnType = column.type
    cell = cell_of(text, kind)
    if column.role == "end" and kind == "date" and cell.type == "text":
        return None  # "unknown", "?": nothing that a term could end at
    if column.role in ("holder", "key") and len(cell.parts) > 1 and not _is_joint(cell):
        return msgspec.structs.replace(cell, parts=())
    return cell


def _is_joint(cell: Cell) -> bool:
    """Two people who held an office together, rather than one name with a comma in it."""
    return all(is_person_name(part.text) for part in cell.parts)


def _is_banner(row: Texts) -> bool:
    """A row with one text across all columns, as spans expanded leave it, is a heading between rows."""
    texts = {cell.text for cell in row if cell}
    return len(row) > 2 and len(texts) == 1 and all(row)


# -- headers


def _headers(rows: Sequence[Texts], body: Sequence[Texts], width: int, lexicon: Lexicon) -> list[str]:
    if not rows:
        return []
    top = [cell.text if cell else "" for cell in rows[0]]
    for below in rows[1:]:
        texts = [cell.text if cell else "" for cell in below]
        if len([text for text in texts if text]) == len(texts) >= len(top) or len(texts) > len(top):
            wide = max(len(top), len(texts))
            top = [_join(a, b) for a, b in zip(_padded(top, wide), _padded(texts, wide), strict=True)]
        else:
            top = _spread(top, [text for text in texts if text], body, width, lexicon)
    while len(top) > width and not top[-1]:
        top.pop()
    return top


def _padded(texts: list[str], length: int) -> list[str]:
    return texts + [""] * (length - len(texts))


def _join(above: str, below: str) -> str:
    return above if not below or below == above else f"{above} / {below}" if above else below


def _spread(top: list[str], below: list[str], body: Sequence[Texts], width: int, lexicon: Lexicon) -> list[str]:
    """The header whose sub-headers lost their place: they go under the one heading where their columns fit best.

    A heading above n sub-headers spanned n columns; what stood right of it moves n - 1 columns on.
    """
    best, best_fit = top, -1.0
    for place, heading in enumerate(top):
        if not heading:
            continue
        spread = [*top[:place], *(_join(heading, text) for text in below), *top[place + 1 :]]
        fit = _fit(spread, body, width, lexicon)
        if fit > best_fit:
            best, best_fit = spread, fit
    return best


def _fit(headers: Sequence[str], body: Sequence[Texts], width: int, lexicon: Lexicon) -> float:
    """How many columns hold what their header announces."""
    fit = 0.0
    for column, header in enumerate(headers[:width]):
        texts = [row[column].text for row in body if column < len(row) and row[column]]  # type: ignore[union-attr]
        if texts:
            fit += header_fits(header, column_type(texts, header), lexicon)
    return fit


# -- cells that slid


def _types(grid: Sequence[Sequence[Text | None]], headers: Sequence[str], lexicon: Lexicon) -> list[ColumnType]:
    found: list[ColumnType] = []
    for column, header in enumerate(headers):
        texts = [cell.text for row in grid if (cell := row[column]) is not None]
        kind = column_type(texts, header)
        # "Cadwell Isles" has the shape of a person's name, but stands under "Country".
        found.append("text" if kind == "person" and is_place_header(header, lexicon) else kind)
    return found


_FITS: dict[str, Callable[[str], bool]] = {
    "date": is_date,
    "interval": is_term,
    "country": lambda text: country(text) is not None,
    "person": is_person_name,
}


def _put_back(grid: list[list[Text | None]], types: list[ColumnType], headers: list[str], lexicon: Lexicon) -> None:
    """Moves cells that stand in a column of another type to the nearest blank one on the right that takes them.

    Row spans that an export lost leave rows short: the cells behind a spanned one slide to the left.
    The blanks that stay behind are unknown, not repetitions of the row above.
    """
    for row in grid:
        for column in range(len(row) - 1, -1, -1):
            cell = row[column]
            strict = _FITS.get(types[column])
            if cell is None or strict is None or types[column] == "person" or strict(cell.text):
                continue
            target = _home(cell.text, column, row, types, headers, lexicon)
            if target is not None:
                row[target], row[column] = cell, None


def _home(
    text: str,
    column: int,
    row: list[Text | None],
    types: list[ColumnType],
    headers: list[str],
    lexicon: Lexicon,
) -> int | None:
    kinds = [kind for kind, test in _FITS.items() if test(text)]
    for other in range(column + 1, len(row)):
        if row[other] is not None:
            return None
        filled = types[other] in kinds
        announced = headers[other] and any(header_fits(headers[other], kind, lexicon) > 0 for kind in kinds)  # type: ignore[arg-type]
        if filled or announced:
            return other
    return None
