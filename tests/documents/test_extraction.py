"""Files of pages, slides and cells that cannot be read, or not whole: one warning each, and the others are read."""

import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from officefiles import CONTAINER, new_pdf, write_docx, write_epub, write_pdf, write_pptx, write_xlsx, write_zip

from chatbot.documents import package, pdf, xlsx
from chatbot.documents.loading import load

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><d><body><p>&b;</p></body></d>'


def problem(path: Path) -> str:
    """The only warning about a file beside a good one, which is read all the same."""
    (path.parent / "good.md").write_text("# Good\n\nWords.\n", encoding="utf-8")
    loaded = load([path.parent])
    assert "good.md" in [document.path for document in loaded.documents]
    (skipped,) = loaded.skipped
    assert skipped.path == path.name
    assert skipped.problem.startswith(f"{path.name} ")
    assert "\n" not in skipped.problem
    return skipped.problem


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def cut(path: Path, share: float) -> Path:
    data = path.read_bytes()
    return write(path, data[: int(share * len(data))])


def word(path: Path, document: str) -> Path:
    return write_zip(path, {"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def pages(path: Path, *texts: str) -> Path:
    made = new_pdf()
    for text in texts:
        made.add_page()
        made.multi_cell(0, 6, text)
    made.output(str(path))
    return path


def picture(path: Path) -> Path:
    made = new_pdf()
    made.add_page()
    made.rect(10, 10, 50, 50, style="F")
    made.output(str(path))
    return path


def nested(path: Path) -> Path:
    return word(path, "<document><body>" + "<sdt>" * 5000 + "</sdt>" * 5000 + "</body></document>")


def locked_epub(path: Path) -> Path:
    write_epub(path)
    with zipfile.ZipFile(path, "a") as book:
        book.writestr(
            "META-INF/encryption.xml",
            '<encryption><EncryptedData><CipherData><CipherReference URI="OEBPS/text/one.xhtml"/></CipherData></EncryptedData></encryption>',
        )
    return path


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        pytest.param("a.pdf", lambda p: write(p, b""), "is empty", id="empty"),
        pytest.param("a.pdf", lambda p: write(p, b"Words.\n"), "is not a PDF file", id="text called pdf"),
        pytest.param(
            "a.docx", write_pdf, r"is not a Word file but a PDF file; rename it to end in \.pdf", id="pdf called docx"
        ),
        pytest.param("a.xlsx", write_docx, "is not an Excel file but a Word file", id="docx called xlsx"),
        pytest.param(
            "a.docx", lambda p: write_zip(p, {"a.txt": "Words."}), "damaged or not a Word file", id="zip of others"
        ),
        pytest.param(
            "a.docx", lambda p: write(p, OLE + b"\0" * 600), r"Office 97; open it and save it as \.docx", id="old doc"
        ),
        pytest.param(
            "a.xlsx",
            lambda p: write(p, OLE + "EncryptedPackage".encode("utf-16-le")),
            "protected by a password",
            id="locked xlsx",
        ),
        pytest.param("a.pdf", lambda p: write_pdf(p, "secret"), "protected by a password", id="locked pdf"),
        pytest.param("a.epub", locked_epub, "under a lock", id="locked epub"),
        pytest.param("a.pdf", picture, "pictures of pages and no text", id="pictures only"),
        pytest.param("a.pdf", lambda p: cut(write_pdf(p), 0.1), "damaged|no pages", id="truncated pdf"),
        pytest.param("a.docx", lambda p: cut(write_docx(p), 0.7), "damaged", id="truncated docx"),
        pytest.param("a.pptx", lambda p: cut(write_pptx(p), 0.5), "damaged", id="truncated pptx"),
        pytest.param("a.docx", lambda p: word(p, "<document><body/></document>"), "no text to read", id="no text"),
        pytest.param("a.docx", lambda p: word(p, "<document><body><p>"), "damaged", id="broken XML"),
        pytest.param("a.docx", lambda p: word(p, BOMB), "declares XML entities", id="XML bomb"),
        pytest.param("a.docx", nested, "damaged", id="deeply nested XML"),
        pytest.param("a.epub", lambda p: write_epub(p, container=BOMB), "declares XML entities", id="XML bomb in epub"),
        pytest.param(
            "a.epub", lambda p: write_epub(p, opf="<package/>"), "no text to read", id="epub without chapters"
        ),
        pytest.param(
            "a.epub",
            lambda p: write_epub(p, container=CONTAINER.replace("book", "none")),
            "damaged",
            id="epub without book",
        ),
        pytest.param(
            "a.docx", lambda p: word(p, " " * 30_000_000 + "<d/>"), "packed suspiciously tightly", id="zip bomb"
        ),
        pytest.param(
            "a.pptx",
            lambda p: write_zip(p, {"ppt/presentation.xml": "<presentation/>"}),
            "has no slides",
            id="no slides",
        ),
    ],
)
def test_what_cannot_be_read_gets_one_warning(
    name: str, make: Callable[[Path], Path], said: str, tmp_path: Path
) -> None:
    assert re.search(said, problem(make(tmp_path / name)))


def test_members_and_unpacked_sizes_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_MEMBERS", 5)
    assert "holds more than 5 files" in problem(write_docx(tmp_path / "a.docx"))
    monkeypatch.undo()
    monkeypatch.setattr(package, "MOST_UNPACKED", 10_000)
    assert "unpacks to more than" in problem(tmp_path / "a.docx")


def test_cells_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_CELLS", 8)
    assert "fills more than 8 cells; save its sheets as CSV files." in problem(write_xlsx(tmp_path / "a.xlsx"))


def test_of_a_long_pdf_the_first_pages_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    assert "was read to page 2 of 3 only; split it" in problem(write_pdf(tmp_path / "a.pdf"))
    assert "white granite" in load([tmp_path / "a.pdf"]).documents[0].source


def test_a_pdf_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_SECONDS", -1.0)
    assert "takes too long to read" in problem(write_pdf(tmp_path / "a.pdf"))


def test_pdf_without_its_extra_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    assert "pip install 'chatbot[documents]'" in problem(write_pdf(tmp_path / "a.pdf"))


def test_a_pdf_locked_against_changes_only_is_read(tmp_path: Path) -> None:
    (document,) = load([write_pdf(tmp_path / "a.pdf", "")]).documents
    assert "white granite" in document.source


@pytest.mark.parametrize("make", [write_docx, write_xlsx, write_pptx, write_epub, write_pdf])
def test_no_damage_is_worse_than_a_warning(make: Callable[[Path], Path], tmp_path: Path) -> None:
    name = {write_docx: "a.docx", write_xlsx: "a.xlsx", write_pptx: "a.pptx", write_epub: "a.epub"}.get(make, "a.pdf")
    whole = make(tmp_path / name).read_bytes()
    (tmp_path / "good.md").write_text("# Good\n\nWords.\n", encoding="utf-8")
    for at in range(0, len(whole), max(1, len(whole) // 40)):
        write(tmp_path / name, whole[:at] + b"\xff\x00\x7f" + whole[at + 3 :])
        assert load([tmp_path]).documents
