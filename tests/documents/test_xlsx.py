"""Excel files: cells as people see them, merged headers, several tables on a sheet, what is hidden or not computed."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from chatbot.cache import Cache
from chatbot.documents.extracted import place_of
from chatbot.documents.loading import CorpusFile, Loaded, load, read_text
from chatbot.documents.model import Block, KeyValues, ListBlock, Paragraph, Table


@pytest.fixture
def sheet_of(tmp_path: Path) -> Callable[[Callable[[Worksheet], None]], Loaded]:
    def make(fill: Callable[[Worksheet], None]) -> Loaded:
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.title = "Lights"
        fill(sheet)
        book.save(tmp_path / "a.xlsx")
        return load([tmp_path])

    return make


SheetOf = Callable[[Callable[[Worksheet], None]], Loaded]


def blocks(loaded: Loaded) -> tuple[Block, ...]:
    (document,) = loaded.documents
    return document.blocks


def rows_of(block: Block) -> list[list[str | None]]:
    assert isinstance(block, Table)
    return [[cell and cell.text for cell in row] for row in (*block.header, *block.rows)]


def fill(*rows: tuple[object, ...]) -> Callable[[Worksheet], None]:
    def run(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(row)

    return run


def test_cells_are_read_as_they_are_seen(sheet_of: SheetOf) -> None:
    def make(sheet: Worksheet) -> None:
        sheet.append(("Name", "Built", "Opened", "Share", "Cost", "Count", "Lit"))
        sheet.append(("North", date(1974, 5, 1), time(9, 30), 0.2789, 1234567.5, 81370.0, True))
        for cell, code in zip(sheet[2][1:6], ("dd/mm/yyyy", "h:mm", "0.0%", '#,##0.00 "EUR"', "General"), strict=True):
            cell.number_format = code

    assert rows_of(blocks(sheet_of(make))[0])[1] == [
        *("North", "1974-05-01", "09:30", "27.9%", "1,234,567.50 EUR", "81370", "TRUE"),
    ]


def test_each_sheet_is_a_section_and_cells_are_places(sheet_of: SheetOf, tmp_path: Path) -> None:
    def make(sheet: Worksheet) -> None:
        sheet.append(("Light", "Year"))
        sheet.append(("North", 1874))
        sheet.append(("South", 1877))
        other = sheet.parent.create_sheet("Dues paid")
        other.append(("Year", "Dues"))
        other.append((1901, 12.5))

    (document,) = sheet_of(make).documents
    assert document.title == "A"
    assert [block.section for block in document.blocks] == [("Lights",), ("Dues paid",)]
    text = read_text(CorpusFile(tmp_path / "a.xlsx", "a.xlsx"), Cache(tmp_path / "kept"))
    assert text.source == document.source
    for quote, place in {"South": "Lights!A3", "South | 1877": "Lights!A3:B3", "12.5": "'Dues paid'!B2"}.items():
        start = text.source.index(quote)
        assert place_of(text.places, start, start + len(quote)) == place


def test_merged_headers_cover_their_columns(sheet_of: SheetOf) -> None:
    def make(sheet: Worksheet) -> None:
        fill(("Keeper", "Term", None), (None, "From", "To"), ("Tomas Wren", 1874, 1909), ("Ines Vale", 1909, 1931))(
            sheet
        )
        sheet.merge_cells("B1:C1")
        sheet.merge_cells("A1:A2")

    (table,) = blocks(sheet_of(make))
    assert isinstance(table, Table)
    assert len(table.header) == 2
    assert rows_of(table)[:3] == [["Keeper", "Term", "Term"], ["Keeper", "From", "To"], ["Tomas Wren", "1874", "1909"]]


def test_a_bold_first_row_is_the_header_of_words(sheet_of: SheetOf) -> None:
    def make(sheet: Worksheet) -> None:
        fill(("Light", "Stone", "Colour"), ("North", "basalt", "black"), ("South", "granite", "white"))(sheet)
        for cell in sheet[1]:
            cell.font = Font(bold=True)

    (table,) = blocks(sheet_of(make))
    assert isinstance(table, Table)
    assert len(table.header) == 1


def test_captions_and_notes_are_no_rows(sheet_of: SheetOf) -> None:
    note = "Source: the yearly reports of the harbour trust, as printed."
    made = sheet_of(
        fill(("Dues of the harbour",), ("Year", "Dues", "Ships"), (1901, 12.5, 7), (1902, 13.5, 8), (note,))
    )
    table, after = blocks(made)
    assert isinstance(table, Table)
    assert table.caption is not None
    assert table.caption.text == "Dues of the harbour"
    assert len(table.rows) == 2
    assert isinstance(after, Paragraph)
    assert after.text.text == note


def test_tables_side_by_side_and_below_each_other_are_parted(sheet_of: SheetOf) -> None:
    made = sheet_of(
        fill(
            ("Light", "Year", None, "Ship", "Crew", "Tons"),
            ("North", 1874, None, "Tern", 7, 120),
            ("South", 1877, None, None, None, None),
            (None,),
            ("Year", "Price"),
            (1901, 12),
        )
    )
    assert [rows_of(block)[0] for block in blocks(made)] == [
        ["Light", "Year"],
        ["Ship", "Crew", "Tons"],
        ["Year", "Price"],
    ]


def test_a_blank_column_inside_a_table_does_not_part_it(sheet_of: SheetOf) -> None:
    (table,) = blocks(sheet_of(fill(("Light", "Year", None, "Stone", "Height"), ("North", 1874, None, "basalt", 41))))
    assert rows_of(table)[1] == ["North", "1874", "basalt", "41"]


def test_pairs_and_single_columns_are_no_tables(sheet_of: SheetOf) -> None:
    made = sheet_of(fill(("Property", "Value"), ("Height", "41 m"), (None,), ("basalt",), ("granite",), ("slate",)))
    pairs, items = blocks(made)
    assert isinstance(pairs, KeyValues)
    assert isinstance(items, ListBlock)


def test_hidden_sheets_are_left_out(sheet_of: SheetOf) -> None:
    def make(sheet: Worksheet) -> None:
        fill(("Light", "Year"), ("North", 1874))(sheet)
        hidden = sheet.parent.create_sheet("Drafts")
        hidden["A1"] = "hidden words"
        hidden.sheet_state = "hidden"

    assert "hidden" not in sheet_of(make).documents[0].source


def test_formulas_without_a_value_are_blank_and_said(sheet_of: SheetOf) -> None:
    made = sheet_of(fill(("Year", "Dues"), (1901, 12), (1902, 14), ("Total", "=B2+B3")))
    assert rows_of(blocks(made)[0])[-1] == ["Total", None]
    (skipped,) = made.skipped
    assert "holds 1 formula without a stored value" in skipped.problem


def test_a_column_merged_to_the_end_costs_nothing(sheet_of: SheetOf) -> None:
    def make(sheet: Worksheet) -> None:
        fill(("Light", "Year"), ("North", 1874), ("South", 1877))(sheet)
        sheet.merged_cells.add("C1:C1048576")

    assert rows_of(blocks(sheet_of(make))[0]) == [["Light", "Year"], ["North", "1874"], ["South", "1877"]]
