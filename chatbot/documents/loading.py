"""Loading a corpus: which files it has, and every readable one of them as documents."""

import gzip
import os
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from chatbot.cache import Cache
from chatbot.documents import extraction
from chatbot.documents.extracted import ExtractedText
from chatbot.documents.model import Document, SkippedFile
from chatbot.documents.outline import Draft
from chatbot.errors import CorpusError

TEXT_SUFFIXES = (
    ".csv",
    ".htm",
    ".html",
    ".jsonl",
    ".jsonl.gz",
    ".markdown",
    ".md",
    ".mediawiki",
    ".ndjson",
    ".ndjson.gz",
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
    data = _bytes_of(file)
    is_utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    is_binary = not is_utf_16 and b"\0" in data
    try:
        if is_binary:
            source = ""
        elif is_of_records(file.path) and not is_utf_16:
            source = decoded_records(data)
        else:
            source = data.decode("utf-16" if is_utf_16 else "utf-8-sig")
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
        return extraction.text_of_file(file.name, suffix, _bytes_of(file), kept)
    return ExtractedText(read_source(file), ())


def _bytes_of(file: CorpusFile) -> bytes:
    try:
        if file.path.exists() and not file.path.is_file():
            raise CorpusError(f"{file.name} is not a regular file.")
        data = file.path.read_bytes()
        return gzip.decompress(data) if suffix_of(file.path).endswith(".gz") else data
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise CorpusError(f"{file.name} cannot be unpacked: {error}.") from error
    except OSError as error:
        raise CorpusError(f"{file.name} cannot be read: {error.strerror or error}.") from error


def decoded_records(data: bytes) -> str:
    """Lines of UTF-8, every byte that is none as a lone surrogate: it spoils its own line, and moves no other."""
    return data.decode("utf-8-sig", "surrogateescape")


def load(paths: Sequence[Path], kept: Cache | None = None) -> Loaded:
    """Every readable document of the corpora at `paths`, and what cannot be read, each with its problem.

    `kept` has what was extracted from files that hold no text as such, and is given what is extracted now.

    Raises CorpusError when a path does not exist or nothing in them can be read.
    """
    loaded = load_files(corpus_files(paths), kept)
    if not loaded.documents:
        raise nothing_readable(paths, loaded.skipped)
    return loaded


def nothing_readable(paths: Sequence[Path], skipped: Sequence[SkippedFile]) -> CorpusError:
    """The error that says so, with every problem met."""
    where = ", ".join(map(str, paths)) or "no folder"
    problems = "".join(f"\n  {each.problem}" for each in skipped)
    return CorpusError(f"No readable document in {where}; documents end in {', '.join(SUFFIXES)}.{problems}")


def load_files(files: Sequence[CorpusFile], kept: Cache | None = None) -> Loaded:
    """The same of single files, even of none."""
    documents: list[Document] = []
    skipped: list[SkippedFile] = []
    for file in files:
        try:
            loaded = documents_of(file, kept)
        except CorpusError as error:
            skipped.append(SkippedFile(file.name, str(error)))
        else:
            documents += loaded.documents
            skipped += loaded.skipped
    return Loaded(tuple(documents), tuple(skipped))


def documents_of(file: CorpusFile, kept: Cache | None = None) -> Loaded:
    """The document of a file, or those of its records. Raises CorpusError when it cannot be read or has no text."""
    suffix = suffix_of(file.path)
    if suffix not in SUFFIXES:
        raise CorpusError(f"{file.name} is of an unknown format; documents end in {', '.join(SUFFIXES)}.")
    if suffix in extraction.SUFFIXES:
        return _extracted(file, suffix, kept)
    source = read_source(file)
    if not source.strip():
        raise CorpusError(f"{file.name} is empty.")
    if is_of_records(file.path):
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
    found = extraction.of_file(file.name, suffix, _bytes_of(file), kept)
    left_out = (SkippedFile(file.name, f"{file.name} {found.problem}"),) if found.problem else ()
    return Loaded((_document(file, file.name, found.source, found.draft),), left_out)


def _records(file: CorpusFile, source: str) -> Loaded:
    documents = []
    skipped = []
    for path, read in records_of(file, source):
        if isinstance(read, Document):
            documents.append(read)
        else:
            skipped.append(SkippedFile(path, f"{path}: {read}"))
    return Loaded(tuple(documents), tuple(skipped))


def records_of(file: CorpusFile, source: str) -> Iterator[tuple[str, Document | str]]:
    """The records of a JSON Lines source, each under its name as its document, or what is wrong with it."""
    from chatbot.documents import jsonlines

    for record in jsonlines.read(source):
        path = f"{file.name}#{record.line}"
        yield path, record.problem if record.draft is None else _document(file, path, source, record.draft)


def record_at(file: CorpusFile, line: int) -> Document:
    """The record on a line, counted from 1, of a file of any length. Raises CorpusError where there is none."""
    try:
        with gzip.open(file.path) if suffix_of(file.path).endswith(".gz") else file.path.open("rb") as lines:
            written = next(islice(lines, line - 1, None), b"")
    except (EOFError, OSError, zlib.error) as error:
        raise CorpusError(f"{file.name} cannot be read: {error}.") from error
    for _, read in records_of(file, decoded_records(written)):
        if isinstance(read, Document):
            return msgspec.structs.replace(read, path=f"{file.name}#{line}")
    raise CorpusError(f"{file.name} holds no document in line {line}.")


def _document(file: CorpusFile, path: str, source: str, draft: Draft) -> Document:
    title = draft.title.text if draft.title else _title_from_name(file.path)
    return Document(path, title, source, draft.blocks, draft.title, draft.subject, draft.as_of)


def suffix_of(path: Path) -> str:
    """What a file's name says of its format, lower case: the suffix, and the one before it of a packed file."""
    packed = path.suffix.lower() == ".gz"
    return "".join(path.suffixes[-2:] if packed else path.suffixes[-1:]).lower()


def is_of_records(path: Path) -> bool:
    """Whether a file holds a document a line, by its name."""
    return suffix_of(path).removesuffix(".gz") in (".jsonl", ".ndjson")


def _title_from_name(path: Path) -> str:
    """`lighthouse_keepers.csv` is called "Lighthouse keepers"."""
    stem = path.name[: len(path.name) - len(suffix_of(path))]
    words = " ".join(re.split(r"[\s_-]+", stem)).strip()
    return words[:1].upper() + words[1:]
