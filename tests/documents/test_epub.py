"""E-books: chapters in the order of the spine, cited by their headings."""

from pathlib import Path

from officefiles import write_epub

from chatbot.documents.loading import load
from chatbot.documents.model import Document, ListBlock, Paragraph, Table


def read(path: Path) -> Document:
    (document,) = load([path]).documents
    return document


def test_chapters_are_sections_of_the_book(tmp_path: Path) -> None:
    document = read(write_epub(tmp_path / "a.epub"))
    assert document.title == "The Anchor Inn"
    opening, table = document.blocks
    assert isinstance(opening, Paragraph)
    assert opening.text.text == "The inn was opened by a retired pilot & his daughter."
    assert isinstance(table, Table)
    assert {block.section for block in document.blocks} == {("Landlords of the Anchor Inn",)}


def test_headings_inside_a_chapter_nest_and_are_written_once(tmp_path: Path) -> None:
    chapter = (
        "<h1>Cellar</h1><p>Cold.</p><h2>Wine</h2><p>Red.</p><p>White.</p><ul><li>one<ul><li>two</li></ul></li></ul>"
    )
    document = read(write_epub(tmp_path / "a.epub", chapter=f"<html><body>{chapter}</body></html>"))
    assert [block.section for block in document.blocks] == [("Cellar",), *[("Cellar", "Wine")] * 3]
    assert document.source == "The Anchor Inn\nCellar\nCold.\nWine\nRed.\nWhite.\none\ntwo\n"
    items = document.blocks[-1]
    assert isinstance(items, ListBlock)
    assert items.depths == (0, 1)


def test_a_cell_over_several_rows_is_written_once(tmp_path: Path) -> None:
    table = "<table><tr><th>Room</th><th>Year</th></tr><tr><td rowspan=2>Blue</td><td>1901</td></tr><tr><td>1902</td></tr></table>"
    document = read(write_epub(tmp_path / "a.epub", chapter=f"<html><body>{table}</body></html>"))
    assert document.source.count("Blue") == 1
    (found,) = document.blocks
    assert isinstance(found, Table)
    assert [[cell.text for cell in row if cell] for row in found.rows] == [["Blue", "1901"], ["Blue", "1902"]]
