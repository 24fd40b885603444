"""Real PDF, office and EPUB files for tests, written by programs other than those that read them."""

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pptx
from fpdf import FPDF
from pptx.util import Inches

Rows = Sequence[Sequence[object]]

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)


def write_docx(path: Path) -> Path:
    document = docx.Document()
    document.add_heading("The North Light", 0)
    document.add_paragraph("It was built in 1874 from black basalt.")
    document.add_heading("Keepers of the North Light", 1)
    rows = [
        ("Keeper", "From", "To"),
        ("Tomas Wren", "1 May 1874", "3 June 1909"),
        ("Ines Vale", "3 June 1909", "2 May 1931"),
    ]
    table = document.add_table(rows=0, cols=3)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_heading("Lamp oil", 2)
    document.add_paragraph("colza", style="List Bullet")
    document.add_paragraph("from the mill", style="List Bullet 2")
    document.save(str(path))
    return path


def write_xlsx(path: Path, sheets: dict[str, Rows] | None = None) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    managers = [
        ("Manager", "From", "To"),
        ("Ada Finch", date(1950, 5, 1), date(1971, 6, 3)),
        ("Bram Oaks", date(1971, 6, 3), date(1990, 4, 30)),
    ]
    for name, rows in (sheets or {"Quarry managers": managers}).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def write_pptx(path: Path) -> Path:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text = "The Harbour Choir"
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Directors of the Harbour Choir"
    rows = [
        ("Director", "From", "To"),
        ("Mona Reed", "1 May 1901", "3 June 1920"),
        ("Otto Quill", "3 June 1920", "2 May 1944"),
    ]
    table = slide.shapes.add_table(3, 3, 0, 0, Inches(5), Inches(2)).table
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Rehearsals"
    slide.placeholders[
        1
    ].text = "The choir rehearses every Tuesday in the customs house.\nVisitors bring their own scores."
    slide.notes_slide.notes_text_frame.text = "The piano was tuned by a blind sailmaker."
    deck.save(str(path))
    return path


def write_epub(path: Path, *, opf: str = "", chapter: str = "", container: str = CONTAINER) -> Path:
    book = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>The Anchor Inn</dc:title></metadata><manifest>"
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        '<item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="nav"/><itemref idref="one"/></spine></package>'
    )
    page = (
        "<html><head><title>The Anchor Inn</title></head><body><h1>Landlords of the Anchor Inn</h1>"
        "<p>The inn was opened by a retired pilot &amp; his daughter.</p>"
        "<table><tr><th>Landlord</th><th>From</th><th>To</th></tr>"
        "<tr><td>Rosa Pike</td><td>1 May 1830</td><td>3 June 1851</td></tr>"
        "<tr><td>Saul Tern</td><td>3 June 1851</td><td>2 May 1877</td></tr></table></body></html>"
    )
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": container,
        "OEBPS/book.opf": opf or book,
        "OEBPS/nav.xhtml": "<html><body><nav><ol><li>Landlords</li></ol></nav></body></html>",
        "OEBPS/text/one.xhtml": chapter or page,
    }
    return write_zip(path, members)


def write_zip(path: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return path


def new_pdf() -> FPDF:
    pdf = FPDF()
    pdf.set_auto_page_break(False)
    pdf.set_font("helvetica", size=11)
    return pdf


def write_pdf(path: Path, password: str | None = None) -> Path:
    """Three pages with running header and footer; a table on the second, a word parted on the third."""
    pdf = new_pdf()
    bodies = [
        "The South Light was built in 1877 from white granite by a crew of forty masons.",
        "Its wardens are listed below.",
        "The lamp was turned by a clockwork that one winding kept going for eleven hours; the wea-\nther station was added in 1902.",
    ]
    for number, body in enumerate(bodies, 1):
        pdf.add_page()
        pdf.set_font("helvetica", size=9)
        pdf.cell(0, 6, "Vale Harbour Trust", align="C", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("helvetica", "B", 18)
        pdf.cell(0, 12, ("The South Light", "Wardens", "Machinery")[number - 1], new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("helvetica", size=11)
        pdf.multi_cell(0, 6, body, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(4)
        if number == 2:
            with pdf.table() as table:
                for row in (
                    ("Warden", "From", "To"),
                    ("Ugo Brand", "1 May 1877", "3 June 1909"),
                    ("Vera Holt", "3 June 1909", "2 May 1931"),
                ):
                    table.row(row)
        pdf.set_y(-20)
        pdf.set_font("helvetica", size=8)
        pdf.cell(0, 6, f"Page {number} of 3", align="C")
    if password is not None:
        pdf.set_encryption(owner_password="owner", user_password=password)
    pdf.output(str(path))
    return path


def write_all(folder: Path) -> Path:
    """A folder with one file of each format."""
    folder.mkdir(exist_ok=True)
    write_docx(folder / "north.docx")
    write_xlsx(folder / "quarry.xlsx")
    write_pptx(folder / "choir.pptx")
    write_epub(folder / "inn.epub")
    write_pdf(folder / "south.pdf")
    return folder
