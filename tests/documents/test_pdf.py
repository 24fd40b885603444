"""PDF: text painted on pages, made into headings, paragraphs, lists and tables, each with its page."""

from pathlib import Path

import pytest
from fpdf import FPDF
from officefiles import new_pdf, write_pdf

from chatbot.documents.extracted import place_of
from chatbot.documents.loading import load
from chatbot.documents.model import Document, ListBlock, Paragraph, Table
from chatbot.documents.pdf import extract


def read(path: Path) -> Document:
    (document,) = load([path]).documents
    return document


def made(tmp_path: Path, pdf: FPDF) -> Document:
    pdf.output(str(tmp_path / "a.pdf"))
    return read(tmp_path / "a.pdf")


@pytest.fixture(scope="module")
def south(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return read(write_pdf(tmp_path_factory.mktemp("pdf") / "south.pdf"))


def test_large_type_makes_headings(south: Document) -> None:
    assert [block.section for block in south.blocks] == [("The South Light",), *[("Wardens",)] * 2, ("Machinery",)]


def test_running_lines_and_page_numbers_are_left_out(south: Document) -> None:
    assert "Trust" not in south.source
    assert "Page" not in south.source


def test_text_lined_up_is_a_table(south: Document) -> None:
    (table,) = [block for block in south.blocks if isinstance(block, Table)]
    assert [[cell and cell.text for cell in row] for row in (*table.header, *table.rows)] == [
        ["Warden", "From", "To"],
        ["Ugo Brand", "1 May 1877", "3 June 1909"],
        ["Vera Holt", "3 June 1909", "2 May 1931"],
    ]


def test_lines_are_joined_and_parted_words_made_whole(south: Document) -> None:
    assert "eleven hours; the weather station was added in 1902." in south.source


def test_a_hyphen_that_belongs_to_a_word_stays(tmp_path: Path) -> None:
    pdf = new_pdf()
    pdf.add_page()
    pdf.multi_cell(
        0, 6, "A well-known mason came first.\nLater another, no less well-\nknown for his walls, came by sea."
    )
    assert "no less well-known for his walls" in made(tmp_path, pdf).source


def test_a_paragraph_over_two_pages_is_one_and_is_cited_by_both(tmp_path: Path) -> None:
    pdf = new_pdf()
    for words in ("The tower was raised by masons who came", "from the islands and never went home."):
        pdf.add_page()
        pdf.multi_cell(0, 6, words)
    pdf.output(str(tmp_path / "a.pdf"))
    found = extract((tmp_path / "a.pdf").read_bytes())
    (block,) = found.draft.blocks
    assert isinstance(block, Paragraph)
    assert place_of(found.places, block.text.start, block.text.end) == "p. 1–2"


def test_a_wide_distance_parts_paragraphs(tmp_path: Path) -> None:
    pdf = new_pdf()
    pdf.add_page()
    pdf.multi_cell(0, 6, "The first paragraph runs on\nover two lines of the page.", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(5)
    pdf.multi_cell(0, 6, "The second has\ntwo lines too.")
    assert made(tmp_path, pdf).source == (
        "The first paragraph runs on over two lines of the page.\nThe second has two lines too.\n"
    )


def test_bullets_make_a_list(tmp_path: Path) -> None:
    pdf = new_pdf()
    pdf.add_page()
    pdf.multi_cell(0, 6, "Stones used:\n- basalt\n- granite\n- slate")
    opening, items = made(tmp_path, pdf).blocks
    assert isinstance(opening, Paragraph)
    assert isinstance(items, ListBlock)
    assert [item.text for item in items.items] == ["basalt", "granite", "slate"]


def test_wrapped_cells_are_one(tmp_path: Path) -> None:
    pdf = new_pdf()
    pdf.add_page()
    with pdf.table(col_widths=(30, 40, 20)) as table:
        for row in (
            ("Keeper", "Came from", "Year"),
            ("Tomas Wren", "the islands of the outer bay, where his father had kept a light too", "1874"),
            ("Ines Vale", "the town", "1909"),
        ):
            table.row(row)
    (found,) = made(tmp_path, pdf).blocks
    assert isinstance(found, Table)
    assert [[cell and cell.text for cell in row] for row in found.rows] == [
        ["Tomas Wren", "the islands of the outer bay, where his father had kept a light too", "1874"],
        ["Ines Vale", "the town", "1909"],
    ]


def test_numbers_set_to_the_right_stay_in_their_columns(tmp_path: Path) -> None:
    pdf = new_pdf()
    pdf.add_page()
    with pdf.table(text_align=("LEFT", "RIGHT", "RIGHT")) as table:
        for row in (("Year", "Dues", "Ships"), ("1901", "9.5", "7"), ("1902", "12,345.5", "1,208")):
            table.row(row)
    (found,) = made(tmp_path, pdf).blocks
    assert isinstance(found, Table)
    assert [[cell and cell.text for cell in row] for row in found.rows] == [
        ["1901", "9.5", "7"],
        ["1902", "12,345.5", "1,208"],
    ]
