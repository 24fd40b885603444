"""Loading a corpus: which files it has, and every readable one of them as documents."""

import os
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from chatbot.cache import Cache
from chatbot.documents import extraction
from chatbot.documents.extraction import ExtractedText
from chatbot.documents.model import Document, SkippedFile
from chatbot.documents.outline import Draft
from chatbot.errors import CorpusError

TEXT_SUFFIXES = (
    ".csv",
    ".htm",
    ".html",
    ".jsonl",
    ".markdown",
    ".md",
    ".mediawiki",
    ".ndjson",
    ".tsv",
    ".txt",
    ".wiki",
)
"""Suffixes of the files that are text, lower case."""
SUFFIXES = tuple(sorted((*TEXT_SUFFIXES, *extraction.SUFFIXES)))
"""Suffixes of the files that can be read, lower case."""


class CorpusFile(msgspec.Struct, frozen=True):
    """One file of a corpus and the name that citations give it."""

    path: Path
    name: str
    """Relative to its corpus folder, with forward slashes; after the folder's name where two are equal."""


class Loaded(msgspec.Struct, frozen=True):
    """The documents of a corpus, and the files and records that could not be read."""

    documents: tuple[Document, ...]
    skipped: tuple[SkippedFile, ...]


def corpus_files(paths: Sequence[Path]) -> list[CorpusFile]:
    """The files given and those in the folders given, in sorted order; hidden files and folders are left out.

    A file that is reached twice is listed once. Raises CorpusError when a path does not exist.
    """
    depths: dict[Path, int] = {}
    for path in paths:
        top = Path(os.path.abspath(path))
        if not top.exists():
            raise CorpusError(f"{path} does not exist. Name a folder of documents, or a single document.")
        found = _files_below(top) if top.is_dir() else [top]
        base = top if top.is_dir() else top.parent
        for file in found:
            depths.setdefault(file, max(1, len(file.relative_to(base).parts)))
    return [CorpusFile(path, name) for path, name in _distinct_names(depths).items()]


def _files_below(folder: Path) -> list[Path]:
    """Files by path, sorted; a folder that may not be listed stands for its files, to be reported."""
    found: list[Path] = []

    def keep(error: OSError) -> None:
        found.append(Path(error.filename))

    for name, folders, files in os.walk(folder, onerror=keep):
        folders[:] = [each for each in folders if not each.startswith(".")]
        found += [Path(name, each) for each in files if not each.startswith(".")]
    return sorted(found, key=lambda path: path.parts)


def _distinct_names(depths: dict[Path, int]) -> dict[Path, str]:
    """Each path by its last parts, as many as its depth says, more where two would have the same name."""
    while True:
        names = {path: "/".join(path.parts[-depth:]) for path, depth in depths.items()}
        counts = Counter(names.values())
        if len(counts) == len(names):
            return names
        depths = {path: depth + (counts[names[path]] > 1) for path, depth in depths.items()}


def read_source(file: CorpusFile) -> str:
    """The decoded text, as `Document.source` has it, without byte order mark: UTF-8, or UTF-16 that has one.

    Raises CorpusError with one sentence that says what is wrong.
    """
    data = _bytes(file)
    is_utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    is_binary = not is_utf_16 and b"\0" in data
    try:
        source = "" if is_binary else data.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorpusError(f"{file.name} is not encoded in UTF-8; save it as UTF-8.") from error
    if is_binary or "\0" in source:
        raise CorpusError(f"{file.name} is a binary file, not text.")
    return source


def read_text(file: CorpusFile, kept: Cache) -> ExtractedText:
    """The text that citations of a file count characters of, and where in the file its parts stand.

    `kept` has what was extracted from files that hold no text as such. Raises CorpusError.
    """
    suffix = file.path.suffix.lower()
    if suffix in extraction.SUFFIXES:
        return extraction.extracted_text(file.name, suffix, _bytes(file), kept)
    return ExtractedText(read_source(file), ())


def _bytes(file: CorpusFile) -> bytes:
    try:
        if file.path.exists() and not file.path.is_file():
            raise CorpusError(f"{file.name} is not a regular file.")
        return file.path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{file.name} cannot be read: {error.strerror or error}.") from error


def load(paths: Sequence[Path], kept: Cache | None = None) -> Loaded:
    """Every readable document of the corpora at `paths`, and what cannot be read, each with its problem.

    `kept` has what was extracted from files that hold no text as such, and is given what is extracted now.

    Raises CorpusError when a path does not exist or nothing in them can be read.
    """
    documents: list[Document] = []
    skipped: list[SkippedFile] = []
    for file in corpus_files(paths):
        try:
            loaded = _read(file, kept)
        except CorpusError as error:
            skipped.append(SkippedFile(file.name, str(error)))
        else:
            documents += loaded.documents
            skipped += loaded.skipped
    if not documents:
        where = ", ".join(map(str, paths)) or "no folder"
        problems = "".join(f"\n  {each.problem}" for each in skipped)
        raise CorpusError(f"No readable document in {where}; documents end in {', '.join(SUFFIXES)}.{problems}")
    return Loaded(tuple(documents), tuple(skipped))


def _read(file: CorpusFile, kept: Cache | None) -> Loaded:
    suffix = file.path.suffix.lower()
    if suffix not in SUFFIXES:
        raise CorpusError(f"{file.name} is of an unknown format; documents end in {', '.join(SUFFIXES)}.")
    if suffix in extraction.SUFFIXES:
        return _extracted(file, suffix, kept)
    source = read_source(file)
    if not source.strip():
        raise CorpusError(f"{file.name} is empty.")
    if suffix in (".jsonl", ".ndjson"):
        return _records(file, source)
    draft = _draft(suffix, source)
    if not draft.blocks and draft.title is None:
        raise CorpusError(f"{file.name} holds no text to read.")
    return Loaded((_document(file, file.name, source, draft),), ())


def _draft(suffix: str, source: str) -> Draft:
    """What the reader for this suffix makes of a text. Readers are imported when they are first needed."""
    match suffix:
        case ".md" | ".markdown":
            from chatbot.documents import markdown

            return markdown.read(source)
        case ".html" | ".htm":
            from chatbot.documents import html

            return html.read(source)
        case ".csv" | ".tsv":
            from chatbot.documents import delimited

            return delimited.read(source)
        case ".wiki" | ".mediawiki":
            from chatbot.documents import mediawiki

            return mediawiki.read(source)
        case _:
            from chatbot.documents import anytext

            return anytext.read(source)


def _extracted(file: CorpusFile, suffix: str, kept: Cache | None) -> Loaded:
    """The document that a file holds, and what had to be left out of it."""
    found = extraction.extracted(file.name, suffix, _bytes(file), kept)
    left_out = (SkippedFile(file.name, f"{file.name} {found.problem}"),) if found.problem else ()
    return Loaded((_document(file, file.name, found.source, found.draft),), left_out)


def _records(file: CorpusFile, source: str) -> Loaded:
    from chatbot.documents import jsonlines

    documents = []
    skipped = []
    for record in jsonlines.read(source):
        path = f"{file.name}#{record.line}"
        if record.draft is not None:
            documents.append(_document(file, path, source, record.draft))
        else:
            skipped.append(SkippedFile(path, f"{path}: {record.problem}"))
    return Loaded(tuple(documents), tuple(skipped))


def _document(file: CorpusFile, path: str, source: str, draft: Draft) -> Document:
    title = draft.title.text if draft.title else _title_from_name(file.path)
    return Document(path, title, source, draft.blocks, draft.title, draft.subject, draft.as_of)


def _title_from_name(path: Path) -> str:
    """`lighthouse_keepers.csv` is called "Lighthouse keepers"."""
    words = " ".join(re.split(r"[\s_-]+", path.stem)).strip()
    return words[:1].upper() + words[1:]
