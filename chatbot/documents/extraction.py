"""Files that hold no text as such (PDF, office files, e-books): their text, extracted once and then kept."""

from importlib import import_module
from io import BytesIO

from chatbot.cache import Cache, key_of
from chatbot.documents.extracted import DAMAGED, ExtractedText, Extraction, Unreadable
from chatbot.errors import CorpusError
from chatbot.version import __version__

_READERS = {
    ".docm": "docx",
    ".docx": "docx",
    ".epub": "epub",
    ".pdf": "pdf",
    ".pptm": "pptx",
    ".pptx": "pptx",
    ".xlsm": "xlsx",
    ".xlsx": "xlsx",
}
SUFFIXES = tuple(_READERS)
"""Suffixes of the files that text is extracted from, lower case."""

_SCHEMA = 1
"""Raised whenever a reader comes to extract another text from a file, or what is kept of it changes."""

_FORMATS = {"docx": "Word", "epub": "EPUB", "pdf": "PDF", "pptx": "PowerPoint", "xlsx": "Excel"}
_MEMBERS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx", "META-INF/container.xml": "epub"}
"""What the names of a zip file's members begin with in each format."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Office 97 begin, and newer ones that a password locks."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def of_file(name: str, suffix: str, data: bytes, kept: Cache | None) -> Extraction:
    """What the file of these bytes holds; `name` is what the user calls it. Raises CorpusError."""
    entry = _entry(suffix, data)
    known = kept.get(entry, Extraction) if kept is not None else None
    if known is not None:
        return known
    try:
        found = _extracted(suffix, data)
    except Unreadable as error:
        raise CorpusError(f"{name} {error}") from error
    if kept is not None:
        kept.put(entry, found)
    return found


def text_of_file(name: str, suffix: str, data: bytes, kept: Cache) -> ExtractedText:
    """The same, without what only indexing needs. Raises CorpusError."""
    known = kept.get(_entry(suffix, data), ExtractedText)
    if known is not None:
        return known
    found = of_file(name, suffix, data, kept)
    return ExtractedText(found.source, found.places)


def _entry(suffix: str, data: bytes) -> str:
    return "text-" + key_of([f"{_SCHEMA} {__version__} {_READERS[suffix]}".encode(), data])


def _extracted(suffix: str, data: bytes) -> Extraction:
    if not data:
        raise Unreadable("is empty.")
    expected, actual = _READERS[suffix], _format(data)
    if actual != expected:
        raise Unreadable(_mistaken(expected, actual, data))
    reader = import_module(f"chatbot.documents.{expected}")
    try:
        found: Extraction = reader.extract(data)
    except Unreadable:
        raise
    except Exception as error:  # files come from anywhere, and a broken one must not take the others with it
        raise Unreadable(DAMAGED) from error
    if not found.source.strip():
        raise Unreadable("holds no text to read.")
    return found


def _format(data: bytes) -> str | None:
    """The format that the bytes of a file show, whatever it is called."""
    import zipfile

    if b"%PDF-" in data[:1024]:
        return "pdf"
    try:
        names = zipfile.ZipFile(BytesIO(data)).namelist() if data.startswith(b"PK") else []
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    return next((kind for start, kind in _MEMBERS.items() if any(name.startswith(start) for name in names)), None)


def _mistaken(expected: str, actual: str | None, data: bytes) -> str:
    """What is wrong with a file whose bytes are not of the format that its name says."""
    if actual is not None:
        return f"is not {_article(expected)} file but {_article(actual)} file; rename it to end in .{actual}."
    if data.startswith(_OLE) and _LOCKED in data:
        return "is protected by a password; save it without one."
    if data.startswith(_OLE):
        return f"is a file of Office 97; open it and save it as .{expected}."
    if data.startswith(b"PK"):
        return (
            f"is damaged or not {_article(expected)} file; open it in the program it was made with and save it again."
        )
    return f"is not {_article(expected)} file."


def _article(kind: str) -> str:
    return f"{'an' if _FORMATS[kind][0] in 'AEIOU' else 'a'} {_FORMATS[kind]}"
