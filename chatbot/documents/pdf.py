"""PDF: the text of each page with its place and size on the page, read by pypdf (the `documents` extra).

A PDF says where characters are painted, not what they are; `pdflayout` makes lines, headings, paragraphs, lists and
tables of them.
"""

import logging
import time
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from chatbot.documents.extracted import DAMAGED, Extraction, Unreadable
from chatbot.documents.pdflayout import Chunk, laid_out

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MOST_PAGES = 2_000
MOST_CHARACTERS = 10_000_000
MOST_SECONDS = 120.0
"""Of one file. About 100 pages are read in a second; only a file made to be slow takes this long."""

_NO_TEXT = "holds pictures of pages and no text; run it through text recognition (OCR) first, for example ocrmypdf."
_TOO_SLOW = "takes too long to read; print it to a new PDF."

INSTALL = "pip install 'chatbot[documents]'"


class _OutOfTime(Exception):
    pass


def extract(data: bytes) -> Extraction:
    """The first `MOST_PAGES` pages; what lies beyond the bounds is left out and said to be. Raises `Unreadable`."""
    reader = _opened(data)
    count = len(reader.pages)
    if not count:
        raise Unreadable("has no pages.")
    pages: list[list[Chunk]] = []
    damaged: list[int] = []
    deadline, characters = time.monotonic() + MOST_SECONDS, 0
    while len(pages) < min(count, MOST_PAGES) and characters < MOST_CHARACTERS:
        try:
            chunks = _chunks(reader.pages[len(pages)], deadline)
        except _OutOfTime:
            break
        except Exception:  # pypdf raises nearly anything on a damaged page; the other pages are still good
            damaged.append(len(pages) + 1)
            chunks = []
        pages.append(chunks)
        characters += sum(len(chunk.text) for chunk in chunks)
    if not characters:
        raise Unreadable(DAMAGED if damaged else _TOO_SLOW if len(pages) < count else _NO_TEXT)
    return laid_out(pages, _problem(len(pages), count, damaged))


def _problem(read: int, count: int, damaged: Sequence[int]) -> str:
    """What was left out."""
    if read < count:
        return f"was read to page {read} of {count} only; split it into smaller files."
    if damaged:
        return f"is damaged on {len(damaged)} of {count} pages, from page {damaged[0]}; these were left out."
    return ""


def _opened(data: bytes) -> "PdfReader":
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError
    except ImportError as error:
        raise Unreadable(f"is a PDF, which needs an extra: {INSTALL}") from error
    # What is wrong with a file is said once, by us; pypdf logs a line for every oddity it gets over.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(BytesIO(data))
        # Many files are locked against changes only, and open without a password.
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("is protected by a password; save it without one.")
    except DependencyError as error:
        raise Unreadable(f"is an encrypted PDF, which needs an extra: {INSTALL}") from error
    return reader


def _chunks(page: "PageObject", deadline: float) -> list[Chunk]:
    """What is painted on a page, in the order of the file. Raises `_OutOfTime`."""
    found: list[Chunk] = []

    def operated(*_: object) -> None:
        if time.monotonic() > deadline:
            raise _OutOfTime

    def painted(text: str, matrix: list[float], text_matrix: list[float], font: Any, size: float) -> None:
        if not text.strip():
            return
        across, up = text_matrix[4], text_matrix[5]
        x = across * matrix[0] + up * matrix[2] + matrix[4]
        y = across * matrix[1] + up * matrix[3] + matrix[5]
        scale = abs(text_matrix[3] * matrix[3]) or abs(text_matrix[1] * matrix[2]) or 1.0
        name = str(font.get("/BaseFont", "")) if font else ""
        found.append(Chunk(text, x, y, abs(size) * scale, "Bold" in name or "Black" in name or "CMBX" in name))

    if page.get("/Contents") is not None:
        page.extract_text(visitor_operand_before=operated, visitor_text=painted)
    return found
