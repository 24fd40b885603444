"""PowerPoint files: titles are sections, bullets lists, tables tables; hidden slides are left out."""

from pathlib import Path

import pptx
from officefiles import write_pptx
from pptx.util import Inches

from chatbot.documents.loading import load
from chatbot.documents.model import Document, ListBlock, Paragraph, Table


def read(path: Path) -> Document:
    (document,) = load([path]).documents
    return document


def test_slides_are_sections_with_lists_tables_and_notes(tmp_path: Path) -> None:
    document = read(write_pptx(tmp_path / "a.pptx"))
    assert document.title == "The Harbour Choir"
    table, items, notes = document.blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.header[0] if cell] == ["Director", "From", "To"]
    assert isinstance(items, ListBlock)
    assert len(items.items) == 2
    assert isinstance(notes, Paragraph)
    assert (items.section, notes.section) == (("Rehearsals",), ("Rehearsals",))


def test_a_slide_without_title_does_not_belong_to_the_one_before(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text, slide.placeholders[1].text = "First", "One."
    box = deck.slides.add_slide(deck.slide_layouts[6]).shapes.add_textbox(0, 0, Inches(2), Inches(1))
    box.text_frame.text = "Two."
    deck.save(str(tmp_path / "a.pptx"))
    assert [block.section for block in read(tmp_path / "a.pptx").blocks] == [("First",), ("Slide 2",)]


def test_hidden_slides_are_left_out_and_groups_are_read(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    for words in ("Shown.", "Hidden."):
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        group = slide.shapes.add_group_shape()
        group.shapes.add_textbox(0, 0, Inches(2), Inches(1)).text_frame.text = words
    slide._element.set("show", "0")
    deck.save(str(tmp_path / "a.pptx"))
    source = read(tmp_path / "a.pptx").source
    assert "Shown." in source
    assert "Hidden." not in source


def test_merged_cells_count_for_all_they_cover(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    table = slide.shapes.add_table(3, 3, 0, 0, Inches(5), Inches(2)).table
    for number, row in enumerate([("Keeper", "From", "To"), ("Tomas Wren", "1874", "1909"), ("", "1912", "1915")]):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    deck.save(str(tmp_path / "a.pptx"))
    (found,) = read(tmp_path / "a.pptx").blocks
    assert isinstance(found, Table)
    assert [[cell.text for cell in row if cell] for row in found.rows] == [
        ["Tomas Wren", "1874", "1909"],
        ["Tomas Wren", "1912", "1915"],
    ]
