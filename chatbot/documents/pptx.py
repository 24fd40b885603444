"""PowerPoint files (.pptx, ECMA-376 part 1, section 19): each slide a section with its lists, tables and notes.

Read here and not with python-pptx, which brings a picture library and a spreadsheet writer along, and unpacks
whatever it is given.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from chatbot.documents.extracted import DAMAGED, Extraction, Unreadable
from chatbot.documents.package import Package
from chatbot.documents.transcript import Cell, Flow, Transcript

_MAIN = "ppt/presentation.xml"
_TITLES = frozenset({"title", "ctrTitle"})
_FURNITURE = frozenset({"dt", "ftr", "hdr", "sldNum", "sldImg"})
"""Placeholders that say the same on every slide."""
_MARKS = ("buChar", "buAutoNum", "buBlip")
_LEVEL = 2


def extract(data: bytes) -> Extraction:
    """Slides as they are shown, hidden ones left out. Raises `Unreadable`."""
    package = Package(data)
    main = package.first("", "officeDocument") or _MAIN
    listed = package.xml(main).find("sldIdLst")
    if listed is None or not len(listed):
        raise Unreadable("has no slides.")
    related = package.related(main)
    reading = _Reading(package)
    for number, entry in enumerate(listed, 1):
        _, part = related.get(entry.get("r:id", ""), ("", ""))
        if part not in package:
            raise Unreadable(DAMAGED)
        reading.add_slide(number, part)
    return reading.extraction()


class _Reading:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._transcript = Transcript()
        self._flow = Flow(self._transcript, with_title=False)

    def extraction(self) -> Extraction:
        return self._transcript.extraction(self._flow.draft())

    def add_slide(self, number: int, part: str) -> None:
        root = self._package.xml(part)
        tree = root.find("cSld/spTree")
        if tree is None or root.get("show") in ("0", "false"):
            return
        self._transcript.at(f"slide {number}")
        shapes = list(_shapes(tree))
        titles = [shape for shape in shapes if _placeholder(shape) in _TITLES]
        title = " ".join(text for shape in titles for text, _, _ in _paragraphs(shape))
        if number == 1 and any(_placeholder(shape) == "ctrTitle" for shape in titles) and title:
            self._flow.title(title)
        else:
            self._flow.heading(_LEVEL, title or f"Slide {number}")
        for shape in shapes:
            if shape not in titles and _placeholder(shape) not in _FURNITURE:
                self._add_shape(shape)
        notes = self._package.first(part, "notesSlide")
        if notes is not None:
            self._add_notes(number, self._package.xml(notes))

    def _add_shape(self, shape: Element) -> None:
        table = shape.find("graphic/graphicData/tbl")
        if table is not None:
            self._flow.table([list(_cells(row)) for row in table.findall("tr")])
            return
        paragraphs = list(_paragraphs(shape))
        is_body = _placeholder(shape) in ("", "body", "obj") and shape.find("nvSpPr/nvPr/ph") is not None
        for text, depth, is_marked in paragraphs:
            if is_marked or (is_body and len(paragraphs) > 1):
                self._flow.item(text, depth)
            else:
                self._flow.paragraph(text)

    def _add_notes(self, number: int, notes: Element) -> None:
        self._transcript.at(f"slide {number}, notes")
        for shape in notes.iter("sp"):
            if _placeholder(shape) == "body":
                for text, _, _ in _paragraphs(shape):
                    self._flow.paragraph(text)


def _shapes(parent: Element) -> Iterator[Element]:
    """Shapes and tables in reading order, those in groups too; of two tellings of one thing, the first."""
    for child in parent:
        if child.tag in ("sp", "graphicFrame"):
            yield child
        elif child.tag in ("grpSp", "AlternateContent", "Choice"):
            yield from _shapes(child)


def _placeholder(shape: Element) -> str:
    """What a shape stands for in the slide's layout; empty for none in particular."""
    found = shape.find("nvSpPr/nvPr/ph")
    return "" if found is None else found.get("type", "")


def _paragraphs(shape: Element) -> Iterator[tuple[str, int, bool]]:
    """Each paragraph that says something: its text, its depth, and whether it bears a bullet or number."""
    for paragraph in shape.iterfind("txBody/p"):
        text = _text(paragraph)
        if text.strip():
            properties = paragraph.find("pPr")
            written = "" if properties is None else properties.get("lvl", "")
            is_marked = properties is not None and any(properties.find(mark) is not None for mark in _MARKS)
            yield text, int(written) if written.isdecimal() and len(written) == 1 else 0, is_marked


def _text(paragraph: Element) -> str:
    return "".join(" " if part.tag == "br" else part.text or "" for part in paragraph.iter() if part.tag in ("t", "br"))


def _cells(row: Element) -> Iterator[Cell]:
    """The cells of a row, those covered by others left out."""
    for cell in row.findall("tc"):
        if cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true"):
            continue
        text = " ".join(filter(None, (_text(paragraph).strip() for paragraph in cell.iterfind("txBody/p"))))
        yield Cell(text, _is_bold(cell), _span(cell.get("gridSpan")), _span(cell.get("rowSpan")))


def _is_bold(cell: Element) -> bool:
    runs = [run for run in cell.iter("r") if (run.findtext("t") or "").strip()]
    return bool(runs) and all(run.find("rPr[@b='1']") is not None for run in runs)


def _span(written: str | None) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 4 else 1
