"""The index of a corpus: what is computed once from documents and intents, and kept in the cache.

Facts and passages are separate entries: a question that a fact answers never loads the passages.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Collection as Collected
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import msgspec

from chatbot.cache import Cache, key_of
from chatbot.documents.extracted import ExtractedText, place_of
from chatbot.documents.loading import (
    CorpusFile,
    corpus_files,
    documents_of,
    is_of_records,
    load_files,
    nothing_readable,
    read_text,
    record_at,
)
from chatbot.documents.model import Document, KeyValues, ListBlock, Paragraph, SkippedFile, SourceText, Table
from chatbot.errors import CorpusError
from chatbot.intents.leftovers import LIGHT, LIGHT_OF_FILTER, LIGHT_OF_MONEY
from chatbot.intents.loading import Loaded, intent_files
from chatbot.intents.loading import load as load_intents
from chatbot.intents.model import Intent
from chatbot.knowledge.catalogue import Catalogue
from chatbot.knowledge.relation import Knowledge
from chatbot.language.dates import MONTHS
from chatbot.language.lexicon import Lexicon
from chatbot.language.numbers import QUANTITY_WORDS
from chatbot.language.spelling import Speller, frequent_words
from chatbot.language.understanding import Understander, compounds_of
from chatbot.language.words import known_stems, remember_stems, stem, tokens
from chatbot.retrieval.collection import Collection, Searchable
from chatbot.retrieval.passage import Passage
from chatbot.values import Citation
from chatbot.version import __version__

if TYPE_CHECKING:
    from chatbot.retrieval.stored import StoredCollection
    from chatbot.retrieval.updating import Progress

#: A plain word of a sentence template: no slot, no concept.
_WORD = re.compile(r"(?<![{<\w])[a-z]+(?![}>\w])")

SCHEMA = 7
"""Raised whenever the shape or the meaning of what is cached changes."""

SMALL = 2000
"""Passages up to which memory holds them all and facts are looked for in every document."""
SMALL_BYTES = 2_000_000
"""About so many bytes hold that many passages."""
FACTS_BYTES = 20_000_000
"""Bytes of the files of a large corpus from which facts are computed: at about 3 ms a passage, a minute."""
_LEAST_RECORD = 20
"""Bytes that the shortest record has, gzipped."""

MOST_EXTRACTED = 10_000
"""Files whose extracted text is kept; a file used for the first time in long is only extracted again."""

COMMON = 6000
"""How often English must have a word for its stem to be kept: about 7,000 words, so that few questions import nltk."""


class Facts(msgspec.Struct, frozen=True):
    """What the fact side needs: relations, intents, and the words of the documents."""

    knowledge: Knowledge
    intents: Loaded
    words: tuple[str, ...]
    """Every folded word of the documents, sorted."""
    stems: dict[str, str]
    skipped: tuple[SkippedFile, ...]


class IntentData(msgspec.Struct, frozen=True):
    """Compiled intents: an entry of its own, since documents change more often than they."""

    loaded: Loaded
    stems: dict[str, str]


class PassageData(msgspec.Struct, frozen=True):
    passages: tuple[Passage, ...]
    stems: dict[str, str]


class Sources(Mapping[str, SourceText]):
    """Document path → text, decoded or extracted when first asked for. Records of one file share its text."""

    def __init__(self, files: Sequence[CorpusFile], kept: Cache, stored: Callable[[str], SourceText | None]) -> None:
        """`kept` has what was extracted from files that hold no text as such, `stored` the parts kept with passages."""
        self._stored = stored
        self._files = {file.name: file for file in files}
        self._kept = kept
        self._texts: dict[str, ExtractedText] = {}

    def __getitem__(self, document: str) -> SourceText:
        return self._stored(document) or self._text(document).source

    def placed(self, citation: Citation) -> Citation:
        """The citation with its page, slide or cell, where the file has such."""
        if citation.document not in self._files:
            return citation
        place = place_of(self._text(citation.document).places, citation.start, citation.end)
        return msgspec.structs.replace(citation, place=place) if place else citation

    def file(self, document: str) -> CorpusFile:
        """The file that a document is, or is a record of. Raises `KeyError` for what is no document."""
        if document in self._files:
            return self._files[document]
        name, _, line = document.rpartition("#")
        if not line.isdecimal() or not is_of_records(self._files[name].path):
            raise KeyError(document)
        return self._files[name]

    def _text(self, document: str) -> ExtractedText:
        file = self.file(document)
        if file.name not in self._texts:
            self._texts[file.name] = read_text(file, self._kept)
        return self._texts[file.name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


_WAITING = "Another process is indexing these documents; waiting for it …"


def _ignore(text: str) -> None:
    """What nobody listens to."""


class Index:
    """The facts of a corpus now, its passages when they are first needed. Safe to share between threads.

    The passages of a small corpus lie in the cache as a whole and are searched in memory. Those of a large one lie in a
    folder of the cache that is kept current file by file; of its documents only so many as `facts_files` allows
    give facts.
    """

    def __init__(
        self, corpus: Sequence[Path], intents: Sequence[Path], cache: Cache, notice: Callable[[str], None] = _ignore
    ) -> None:
        """`notice` hears what the user should know. Raises `CorpusError` and `IntentErrors`."""
        self._corpus, self._cache, self._lock, self._notice = corpus, cache, Lock(), notice
        self.files = corpus_files(corpus)
        self.is_large = is_large(self.files)
        self._fact_files = facts_files(self.files) if self.is_large else self.files
        self._extracted = Cache(cache.folder / "extracted", MOST_EXTRACTED)
        self.sources = Sources(self.files, self._extracted, self._stored_source)
        self._key = _key(self._fact_files, intents, by_state=self.is_large)
        self._documents: tuple[Document, ...] | None = None
        self._in_memory: Collection | None = None
        self._on_disk: StoredCollection | None = None
        self._lexicon: Lexicon | None = None
        self.facts = self._facts(intents)
        remember_stems(self.facts.stems)

    def _facts(self, intents: Sequence[Path]) -> Facts:
        cached = self._cache.get(f"facts-{self._key}", Facts)
        if cached is not None:
            return cached
        loaded = load_files(self._fact_files, self._extracted)
        if not loaded.documents and not self.is_large:
            raise nothing_readable(self._corpus, loaded.skipped)
        if self.is_large and len(self._fact_files) < len(self.files):
            self._notice(
                f"Facts are computed from {len(self._fact_files)} of {len(self.files)} files; all are searched."
            )
        self._documents = loaded.documents
        known = self._intents(intents)
        self._lexicon = Lexicon(known.lexicon)
        facts = build_facts(loaded.documents, known, self._lexicon, loaded.skipped)
        self._cache.put(f"facts-{self._key}", facts)
        return facts

    def _intents(self, folders: Sequence[Path]) -> Loaded:
        name = f"intents-{_key((), folders, by_state=False)}"
        cached = self._cache.get(name, IntentData)
        if cached is not None:
            remember_stems(cached.stems)
            return cached.loaded
        loaded = load_intents(folders)
        self._cache.put(name, IntentData(loaded, known_stems()))
        return loaded

    @property
    def lexicon(self) -> Lexicon:
        """The words of the intents: made while indexing, else when first needed."""
        if self._lexicon is None:
            self._lexicon = Lexicon(self.facts.intents.lexicon)
        return self._lexicon

    @property
    def passages(self) -> Searchable:
        return self.prepared()

    def prepared(self, on_progress: "Progress | None" = None) -> Searchable:
        """The passages, indexed anew where documents changed. Raises `CorpusError` where there are none."""
        if self.is_large:
            return self._stored(on_progress)
        with self._lock:
            if self._in_memory is None:
                self._in_memory = Collection(self._passages().passages)
            return self._in_memory

    def _stored(self, on_progress: "Progress | None" = None) -> "StoredCollection":
        from chatbot.retrieval.stored import StoredCollection, is_current

        with self._lock:
            if self._on_disk is not None:
                return self._on_disk
            folder = self._cache.folder_for(_corpus_key(self._corpus))
            if not is_current(folder, self.files):
                self._notice(f"More than about {SMALL} passages: indexing on disk with tantivy …")
                from chatbot.retrieval.updating import update

                update(folder, self.files, on_progress, lambda: self._notice(_WAITING))
            collection = StoredCollection(folder)
            if not len(collection):
                raise nothing_readable(self._corpus, (*self.facts.skipped, *collection.skipped()))
            self._on_disk = collection
            return collection

    @property
    def skipped(self) -> tuple[SkippedFile, ...]:
        """What was left out, so far as it is known: of a large corpus all of it once the passages are loaded."""
        stored = () if self._on_disk is None else self._on_disk.skipped()
        known = {skipped.path for skipped in self.facts.skipped}
        return (*self.facts.skipped, *(each for each in stored if each.path not in known))

    @property
    def documents(self) -> int:
        """How many documents there are; loads the passages of a large corpus."""
        return self._stored().manifest.documents if self.is_large else len(self.facts.knowledge.titles)

    def document(self, name: str) -> Document:
        """One document, read anew. Raises `KeyError` for what is none, and `CorpusError` where it is gone by now."""
        file = self.sources.file(name)
        if self.is_large and name != file.name:
            return record_at(file, int(name.rpartition("#")[2]))
        found = documents_of(file, self._extracted).documents
        document = next((each for each in found if each.path == name), None)
        if document is None:
            raise CorpusError(f"{name} is gone.")
        return document

    def has_word(self, folded: str) -> bool:
        """Whether the passages of a large corpus have a word; of a small one all words are known anyway."""
        return self.is_large and self._stored().has_word(folded)

    def _stored_source(self, document: str) -> SourceText | None:
        return self._stored().source(document) if self.is_large else None

    def _passages(self) -> PassageData:
        cached = self._cache.get(f"passages-{self._key}", PassageData)
        if cached is not None:
            remember_stems(cached.stems)
            return cached
        documents = self._documents or load_files(self.files, self._extracted).documents
        data = build_passages(documents)
        self._cache.put(f"passages-{self._key}", data)
        return data


def is_large(files: Sequence[CorpusFile]) -> bool:
    """Whether a corpus has more passages than should be held in memory, judged by its size and by its records."""
    sizes = [_size(file) for file in files]
    return sum(sizes) > SMALL_BYTES or any(map(_is_collection, files, sizes))


def facts_files(files: Sequence[CorpusFile]) -> list[CorpusFile]:
    """The files of a large corpus that give facts: no collections of passages, and no more than a budget allows."""
    found, left = [], FACTS_BYTES
    for file in files:
        size = _size(file)
        if not _is_collection(file, size) and size <= left:
            found.append(file)
            left -= size
    return found


def _is_collection(file: CorpusFile, size: int) -> bool:
    """Whether a file of records has more than `SMALL` of them."""
    from chatbot.retrieval.cutting import has_records, holds_records

    try:
        return holds_records(file.path) and size > SMALL * _LEAST_RECORD and has_records(file.path, SMALL)
    except (OSError, EOFError):
        return False


def _size(file: CorpusFile) -> int:
    try:
        return file.path.stat().st_size
    except OSError:
        return 0


def _corpus_key(corpus: Sequence[Path]) -> str:
    """The key of the folder that holds the passages of these paths, whatever their content."""
    return key_of([f"{SCHEMA} {__version__}".encode(), *(os.path.abspath(path).encode() for path in corpus)])


def _key(files: Sequence[CorpusFile], intents: Sequence[Path], by_state: bool) -> str:
    """The key of everything computed from these files: by their content, or of many by their size and time."""
    parts = [f"{SCHEMA} {__version__}".encode()]
    for file in files:
        state = _state(file.path) if by_state else _content(file.path)
        parts += [file.name.encode("utf-8", "surrogateescape"), state]
    # A folder that is missing makes a key of its own, so that loading gets to report it.
    parts += [str(folder).encode() for folder in intents if not folder.exists()]
    for base, path in intent_files([folder for folder in intents if folder.exists()]):
        parts += [path.relative_to(base).as_posix().encode(), path.read_bytes()]
    return key_of(parts)


def _state(path: Path) -> bytes:
    with suppress(OSError):
        found = path.stat()
        return f"{found.st_size} {found.st_mtime_ns} {found.st_ino}".encode()
    return b""


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def build_facts(
    documents: Sequence[Document], intents: Loaded, lexicon: Lexicon, skipped: Sequence[SkippedFile]
) -> Facts:
    """Everything the fact side needs, computed anew."""
    from chatbot.knowledge.extraction.extract import extract

    knowledge = extract(documents, lexicon)
    words = sorted(_words(documents))
    for word in (*words, *lexicon.words(), *LIGHT, *LIGHT_OF_FILTER, *LIGHT_OF_MONEY, *frequent_words(COMMON)):
        stem(word)
    catalogue = Catalogue(knowledge, lexicon)
    catalogue.prepare()
    understander_of(catalogue, words, intents.intents)  # stems what it needs, to be kept with the rest
    return Facts(knowledge, intents, tuple(words), known_stems(), tuple(skipped))


def understander_of(
    catalogue: Catalogue,
    words: Collected[str],
    intents: Iterable[Intent],
    is_met: Callable[[str], bool] = lambda word: False,
) -> Understander:
    """What reads questions about a corpus made of these words, as the sentences of these intents ask them.

    `is_met` knows words of the corpus beyond those.
    """
    asked = {word for intent in intents for sentence in intent.file.sentences for word in _WORD.findall(sentence)}
    lexicon, names = catalogue.lexicon, catalogue.names
    months = {form for month in map(str.lower, MONTHS) for form in (month, month[:3], month[:4])}
    common = lexicon.words() | months | QUANTITY_WORDS | asked
    speller = Speller(common, names.words(), frozenset(words), lexicon.shorthand, is_met)
    compounds = compounds_of((*words, *lexicon.words()))
    return Understander(lexicon, names, catalogue.headers, compounds, speller, catalogue.offices)


def build_passages(documents: Sequence[Document]) -> PassageData:
    """The passages of all documents, their sentences split by a model trained on these very documents."""
    from chatbot.retrieval.passage import passages, prose_of
    from chatbot.retrieval.sentences import splitter_for

    splitter = splitter_for(text for document in documents for text in prose_of(document))
    found = tuple(p for document in documents for p in passages(document, splitter))
    return PassageData(found, known_stems())


def _words(documents: Sequence[Document]) -> set[str]:
    """The folded words of titles, headings and blocks."""
    found: set[str] = set()

    def take(text: str) -> None:
        found.update(token.folded for token in tokens(text))

    for document in documents:
        take(document.title)
        for block in document.blocks:
            for heading in block.section:
                take(heading)
            match block:
                case Paragraph(_, text):
                    take(text.text)
                case ListBlock(_, items):
                    for item in items:
                        take(item.text)
                case KeyValues(_, pairs):
                    for key, value in pairs:
                        take(key.text)
                        take(value.text)
                case Table(_, header, rows, caption):
                    for row in (*header, *rows, *(((caption,),) if caption else ())):
                        for cell in row:
                            if cell is not None:
                                take(cell.text)
    return found
