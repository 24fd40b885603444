"""Word files: headings, lists, tables with merged cells, and what changes, controls and boxes hold."""

from pathlib import Path

import docx
import pytest
from officefiles import write_docx, write_zip

from chatbot.documents.loading import load
from chatbot.documents.model import Document, KeyValues, ListBlock, Paragraph, Table


def read(path: Path) -> Document:
    (document,) = load([path]).documents
    return document


def body(tmp_path: Path, markup: str) -> Document:
    """A document of this WordprocessingML, in the namespace of strict files."""
    space = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    text = f'<w:document xmlns:w="{space}"><w:body>{markup}</w:body></w:document>'
    return read(write_zip(tmp_path / "a.docx", {"word/document.xml": text}))


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def rows_of(table: object) -> list[list[str | None]]:
    assert isinstance(table, Table)
    return [[cell and cell.text for cell in row] for row in (*table.header, *table.rows)]


def test_styles_make_title_headings_and_lists(tmp_path: Path) -> None:
    document = read(write_docx(tmp_path / "a.docx"))
    assert document.title == "The North Light"
    opening, table, items = document.blocks
    assert isinstance(opening, Paragraph)
    assert (opening.section, table.section) == ((), ("Keepers of the North Light",))
    assert rows_of(table)[0] == ["Keeper", "From", "To"]
    assert isinstance(items, ListBlock)
    assert items.section == ("Keepers of the North Light", "Lamp oil")
    assert ([item.text for item in items.items], items.depths) == (["colza", "from the mill"], (0, 1))


def test_every_text_stands_where_it_says(tmp_path: Path) -> None:
    document = read(write_docx(tmp_path / "a.docx"))
    for block in document.blocks:
        if isinstance(block, Table):
            for cell in (cell for row in block.rows for cell in row if cell):
                assert document.source[slice(*cell.source_span(0, len(cell.text)))] == cell.text


def test_merged_cells_count_for_all_they_cover(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(rows=4, cols=3)
    for number, texts in enumerate(
        [("Keeper", "Term", ""), ("", "From", "To"), ("Tomas Wren", "1874", "1909"), ("", "1912", "1915")]
    ):
        for cell, text in zip(table.rows[number].cells, texts, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(2, 0).merge(table.cell(3, 0))
    made.save(str(tmp_path / "a.docx"))
    (found,) = read(tmp_path / "a.docx").blocks
    assert rows_of(found) == [
        ["Keeper", "Term", "Term"],
        ["Keeper", "From", "To"],
        ["Tomas Wren", "1874", "1909"],
        ["Tomas Wren", "1912", "1915"],
    ]


def test_insertions_and_controls_are_read_deletions_and_hidden_text_are_not(tmp_path: Path) -> None:
    document = body(
        tmp_path,
        "<w:p><w:r><w:t xml:space='preserve'>It holds </w:t></w:r>"
        "<w:del><w:r><w:delText>ten</w:delText></w:r></w:del><w:ins><w:r><w:t>twelve</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> secret</w:t></w:r><w:hyperlink><w:r><w:t> lamps.</w:t></w:r></w:hyperlink></w:p>"
        f"<w:sdt><w:sdtContent>{paragraph('They burn oil.')}</w:sdtContent></w:sdt>",
    )
    assert document.source == "It holds twelve lamps.\nThey burn oil.\n"


def test_outline_levels_make_headings_too(tmp_path: Path) -> None:
    level = '<w:outlineLvl w:val="{}"/>'
    document = body(
        tmp_path,
        paragraph("Lights", level.format(0)) + paragraph("North", level.format(1)) + paragraph("It is old."),
    )
    assert (document.title, document.blocks[0].section) == ("Lights", ("North",))


def test_paragraphs_of_pairs_are_properties(tmp_path: Path) -> None:
    (block,) = body(tmp_path, paragraph("Height: 41 m") + paragraph("Built: 1874")).blocks
    assert isinstance(block, KeyValues)
    assert [(key.text, value.text) for key, value in block.pairs] == [("Height", "41 m"), ("Built", "1874")]


def test_text_boxes_are_read_once_after_their_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    drawn = f"<w:AlternateContent><w:Choice>{box}</w:Choice><w:Fallback>{box}</w:Fallback></w:AlternateContent>"
    document = body(tmp_path, f"<w:p><w:r><w:t>Outside.</w:t>{drawn}</w:r></w:p>")
    assert document.source == "Outside.\nIn a box.\n"


def test_a_frame_of_one_cell_is_no_table(tmp_path: Path) -> None:
    document = body(tmp_path, f"<w:tbl>{row(paragraph('Framed.') + paragraph('Twice.'))}</w:tbl>")
    assert [type(block) for block in document.blocks] == [Paragraph, Paragraph]


@pytest.mark.parametrize("styles", ['<styles><style styleId="a"><basedOn val="a"/></style></styles>', "<styles/>"])
def test_styles_that_lead_nowhere_are_no_headings(styles: str, tmp_path: Path) -> None:
    related = '<Relationships><Relationship Id="r1" Type="x/styles" Target="styles.xml"/></Relationships>'
    text = '<document><body><p><pPr><pStyle val="a"/></pPr><r><t>Words.</t></r></p></body></document>'
    parts = {"word/document.xml": text, "word/_rels/document.xml.rels": related, "word/styles.xml": styles}
    (block,) = read(write_zip(tmp_path / "a.docx", parts)).blocks
    assert isinstance(block, Paragraph)
