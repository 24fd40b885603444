"""The index of a corpus: what is computed once from documents and intents, and kept in the cache.

Facts and passages are separate entries: a question that a fact answers never loads the passages.
"""

import re
from collections.abc import Collection as Collected
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock

import msgspec

from chatbot.cache import Cache, key_of
from chatbot.documents.extraction import ExtractedText
from chatbot.documents.loading import CorpusFile, corpus_files, load, read_text
from chatbot.documents.model import Document, KeyValues, ListBlock, Paragraph, SkippedFile, Table
from chatbot.documents.places import place_of
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
from chatbot.retrieval.collection import Collection
from chatbot.retrieval.passage import Passage
from chatbot.values import Citation
from chatbot.version import __version__

#: A plain word of a sentence template: no slot, no concept.
_WORD = re.compile(r"(?<![{<\w])[a-z]+(?![}>\w])")

SCHEMA = 4
"""Raised whenever the shape or the meaning of what is cached changes."""

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


class PassageData(msgspec.Struct, frozen=True):
    passages: tuple[Passage, ...]
    stems: dict[str, str]


class Sources(Mapping[str, str]):
    """Document path → text, decoded or extracted when first asked for. Records of one file share its text."""

    def __init__(self, files: Sequence[CorpusFile], kept: Cache) -> None:
        """`kept` has what was extracted from files that hold no text as such."""
        self._files = {file.name: file for file in files}
        self._kept = kept
        self._texts: dict[str, ExtractedText] = {}

    def __getitem__(self, document: str) -> str:
        return self._text(document).source

    def placed(self, citation: Citation) -> Citation:
        """The citation with its page, slide or cell, where the file has such."""
        if citation.document not in self._files:
            return citation
        place = place_of(self._text(citation.document).places, citation.start, citation.end)
        return msgspec.structs.replace(citation, place=place) if place else citation

    def _text(self, document: str) -> ExtractedText:
        name = document if document in self._files else document.rpartition("#")[0]
        if name not in self._texts:
            self._texts[name] = read_text(self._files[name], self._kept)
        return self._texts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


class Index:
    """The facts of a corpus now, its passages when they are first needed. Safe to share between threads."""

    def __init__(self, corpus: Sequence[Path], intents: Sequence[Path], cache: Cache) -> None:
        """Raises `CorpusError` and `IntentErrors`."""
        self._corpus, self._cache, self._lock = corpus, cache, Lock()
        files = corpus_files(corpus)
        self._extracted = Cache(cache.folder / "extracted", MOST_EXTRACTED)
        self.sources = Sources(files, self._extracted)
        self._key = _key(files, intents)
        self._documents: tuple[Document, ...] | None = None
        self._collection: Collection | None = None
        self._lexicon: Lexicon | None = None
        self.facts = self._facts(intents)
        remember_stems(self.facts.stems)

    def _facts(self, intents: Sequence[Path]) -> Facts:
        cached = self._cache.get(f"facts-{self._key}", Facts)
        if cached is not None:
            return cached
        loaded = load(self._corpus, self._extracted)
        self._documents = loaded.documents
        known = load_intents(intents)
        self._lexicon = Lexicon(known.lexicon)
        facts = build_facts(loaded.documents, known, self._lexicon, loaded.skipped)
        self._cache.put(f"facts-{self._key}", facts)
        return facts

    @property
    def lexicon(self) -> Lexicon:
        """The words of the intents: made while indexing, else when first needed."""
        if self._lexicon is None:
            self._lexicon = Lexicon(self.facts.intents.lexicon)
        return self._lexicon

    @property
    def passages(self) -> Collection:
        with self._lock:
            if self._collection is None:
                self._collection = Collection(self._passages().passages)
            return self._collection

    def _passages(self) -> PassageData:
        cached = self._cache.get(f"passages-{self._key}", PassageData)
        if cached is not None:
            remember_stems(cached.stems)
            return cached
        documents = self._documents or load(self._corpus, self._extracted).documents
        data = build_passages(documents)
        self._cache.put(f"passages-{self._key}", data)
        return data


def _key(files: Sequence[CorpusFile], intents: Sequence[Path]) -> str:
    parts = [f"{SCHEMA} {__version__}".encode()]
    for file in files:
        parts += [file.name.encode("utf-8", "surrogateescape"), _content(file.path)]
    # A folder that is missing makes a key of its own, so that loading gets to report it.
    parts += [str(folder).encode() for folder in intents if not folder.exists()]
    for base, path in intent_files([folder for folder in intents if folder.exists()]):
        parts += [path.relative_to(base).as_posix().encode(), path.read_bytes()]
    return key_of(parts)


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


def understander_of(catalogue: Catalogue, words: Collected[str], intents: Iterable[Intent]) -> Understander:
    """What reads questions about a corpus made of these words, as the sentences of these intents ask them."""
    asked = {word for intent in intents for sentence in intent.file.sentences for word in _WORD.findall(sentence)}
    lexicon, names = catalogue.lexicon, catalogue.names
    months = {form for month in map(str.lower, MONTHS) for form in (month, month[:3], month[:4])}
    common = lexicon.words() | months | QUANTITY_WORDS | asked
    speller = Speller(common, names.words(), frozenset(words), lexicon.shorthand)
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
