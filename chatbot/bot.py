"""Chatbot: the whole way of a question on one page.

Text is completed from the conversation, understood, offered to the answerers in order, and the best candidate wins.
"""

import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from chatbot.cache import Cache
from chatbot.dialogue.completed import Completed
from chatbot.dialogue.completion import Completer
from chatbot.documents.model import Document, SkippedFile, SourceText
from chatbot.errors import CorpusError
from chatbot.indexing import Index, understander_of
from chatbot.intents.among import AmongAnswerer
from chatbot.intents.answering import CERTAIN, IntentAnswerer
from chatbot.intents.model import Intent
from chatbot.intents.several import EachAnswerer
from chatbot.knowledge.catalogue import Catalogue
from chatbot.knowledge.relation import Knowledge
from chatbot.language.names import NameIndex
from chatbot.places import cache_folder
from chatbot.retrieval.collection import Found, Searchable
from chatbot.values import Answer, Answerer, Candidate, Conversation, DocumentFilter, Question

if TYPE_CHECKING:
    from chatbot.reading.answering import PassageAnswerer
    from chatbot.retrieval.updating import Progress

THRESHOLD = 0.5
"""Confidence below which the answer is `unknown`: of the passages then shown, more than four in five hold the answer, as
measured on development questions of SQuAD asked of 20,000 passages (`chatbot eval calibration`)."""
_FACTS_REMEMBERED = 128
"""Questions whose answers by facts are kept."""
LONGEST_QUESTION = 1000
"""Characters of a question that are read."""

Paths = Sequence[Path | str] | Path | str


class Chatbot:
    """A bot over one corpus. Immutable once opened, so threads may share it.

    `answerers` may be extended by an application with callables `(Question, Conversation) -> Candidate | None`.
    """

    def __init__(self, index: Index, today: date | None = None) -> None:
        self._index, self._today = index, today
        facts = index.facts
        self._catalogue = Catalogue(facts.knowledge, index.lexicon)
        self._understander = understander_of(self._catalogue, facts.words, facts.intents.intents, index.has_word)
        self._intents = IntentAnswerer(facts.intents.intents, self._catalogue, self._understander, index.sources)
        self._computed = AmongAnswerer(EachAnswerer(self._intents), self._catalogue)
        # A follow-up's completion, its answer and what is suggested after it ask the facts the same questions.
        self._remembered = lru_cache(_FACTS_REMEMBERED)(self._answered_by_facts)
        self._completer = Completer(
            self._understander, self._catalogue, self._intents.intents, self._certain, self._intents.is_small_talk
        )
        self.answerers: tuple[Answerer, ...] = (
            self._looking_back,
            self._facts,
            self._reckoned,
            self.passage_answerer,
        )

    @classmethod
    def open(
        cls,
        corpus: Paths | None = None,
        intents: Paths | None = None,
        *,
        today: date | None = None,
        cache: Path | None = None,
        on_warning: Callable[[str], None] | None = None,
    ) -> "Chatbot":
        """Open the bot on documents: files or folders; without any, the corpus shipped.

        `intents` are added to those shipped; `today` is the date taken where a question brings none; `cache` the folder
        to keep the index in; `on_warning` hears of each file left out.
        Raises `CorpusError` where no document can be read and `IntentErrors` with every fault of the intents.
        """
        folders = _paths(corpus) or [shipped("corpus")]
        notices = () if on_warning is None else (on_warning,)
        index = Index(folders, [shipped("intents"), *_paths(intents)], Cache(cache or cache_folder()), *notices)
        if on_warning is not None:
            for skipped in index.facts.skipped:
                on_warning(f"Left out: {skipped.problem}")
        return cls(index, today)

    def ask(
        self,
        text: str,
        conversation: Conversation | None = None,
        today: date | None = None,
        documents: DocumentFilter | None = None,
    ) -> Answer:
        """The answer to one question. `documents` says which documents this asker may see."""
        began = time.perf_counter()
        conversation = conversation or Conversation()
        day = today or self._today or date.today()
        asked = " ".join(text[:LONGEST_QUESTION].split())
        completed = self._completer.complete(asked, conversation, day)
        question = Question(asked, completed.text, day, documents)
        best = _clarification(completed) or self._best(question, conversation)
        citations = tuple(map(self._index.sources.placed, best.citations))
        best = structs.replace(best, citations=citations, suggestions=self._answerable(best, day))
        return _answer(question, best, (time.perf_counter() - began) * 1000)

    def search(self, text: str, k: int = 10, documents: DocumentFilter | None = None) -> list[Found]:
        """The `k` passages that fit best, best first, each with its score."""
        return self.passages.search(text, k, documents)

    def prepare(self, on_progress: "Progress | None" = None) -> None:
        """Build or load everything that is otherwise built when first needed.

        `on_progress` hears, of a large corpus, of documents and passages done and the share of the work, from 0 to 1.
        """
        self._index.prepared(on_progress)
        # What reads passages, and the stemmer for words not met before, are loaded by the first question that needs them.
        self.passage_answerer(Question(_UNHEARD, _UNHEARD, date.max), Conversation())

    @property
    def skipped(self) -> tuple[SkippedFile, ...]:
        """The files left out of the corpus, each with its problem."""
        return self._index.skipped

    @property
    def documents(self) -> int:
        """How many documents there are; of a large corpus those indexed."""
        return self._index.documents

    @property
    def engine(self) -> str:
        """What searches the passages: "rank_bm25" in memory, "tantivy" on disk."""
        return "tantivy" if self._index.is_large else "rank_bm25"

    @property
    def intents(self) -> dict[str, Intent]:
        """Every intent loaded, by name."""
        return self._intents.intents

    @property
    def names(self) -> NameIndex:
        """Every name and alias that the documents use."""
        return self._catalogue.names

    @property
    def knowledge(self) -> Knowledge:
        return self._index.facts.knowledge

    @property
    def passages(self) -> Searchable:
        return self._index.passages

    def file(self, document: str) -> Path:
        """Where a document lies, named as citations name it. Raises `CorpusError` for what is none."""
        try:
            return self._index.sources.file(document).path
        except KeyError:
            raise CorpusError(f"{document} is not among the documents that are open.") from None

    def source(self, document: str) -> SourceText:
        """The text whose characters citations count. Raises `CorpusError` for what is none, or gone by now."""
        self.file(document)
        return self._index.sources[document]

    def document(self, name: str) -> Document:
        """A document with its blocks, read anew. Raises `CorpusError` for what is none, or gone by now."""
        self.file(name)
        return self._index.document(name)

    def _answerable(self, best: Candidate, today: date) -> tuple[str, ...]:
        """Suggestions that lead somewhere: of questions those that the facts answer, and the sections pointed to."""
        if best.kind != "fact":
            return best.suggestions
        return tuple(each for each in best.suggestions if self._certain(each, today) is not None)

    def _looking_back(self, question: Question, conversation: Conversation) -> Candidate | None:
        """The answerer of questions about the last answer."""
        if not conversation.turns:
            return None
        from chatbot.dialogue.lookingback import looking_back

        return looking_back(question, conversation)

    def _reckoned(self, question: Question, conversation: Conversation) -> Candidate | None:
        """The answerer of what is reckoned from the last two figures."""
        if not conversation.turns:
            return None
        from chatbot.dialogue.arithmetic import reckoned

        return reckoned(question, conversation)

    def _facts(self, question: Question, conversation: Conversation) -> Candidate | None:
        """The answerer that computes from what tables and lists hold; what somebody may see is asked anew each time."""
        if question.documents is not None:
            return self._computed(question, conversation)
        return self._remembered(question.text, question.today)

    def _answered_by_facts(self, text: str, today: date) -> Candidate | None:
        return self._computed(Question(text, text, today), Conversation())

    def _certain(self, text: str, today: date) -> Candidate | None:
        """What the facts answer with certainty: it tells one completion of a follow-up from another."""
        found = self._facts(Question(text, text, today), Conversation())
        return found if found is not None and found.kind == "fact" and found.confidence >= CERTAIN else None

    def _best(self, question: Question, conversation: Conversation) -> Candidate:
        """The best candidate. What is certain, a fact or that none can be, ends the search before passages are loaded."""
        found: list[Candidate] = []
        for answerer in self.answerers:
            candidate = answerer(question, conversation)
            if candidate is None:
                continue
            if candidate.confidence >= CERTAIN and (candidate.kind != "passage" or answerer == self._looking_back):
                return candidate if candidate.kind != "unknown" else _abstaining(candidate)
            found.append(candidate)
        # Python's max keeps the first of equals: ties go to the answerer that comes first.
        best = max((c for c in found if c.kind != "unknown"), key=lambda c: c.confidence, default=None)
        return best if best is not None and best.confidence >= THRESHOLD else self._unknown(question, found)

    def _unknown(self, question: Question, found: Sequence[Candidate]) -> Candidate:
        """The abstention, as sure as the best of what is not shown, with headings under which something near is read."""
        unknowns = (candidate for candidate in found if candidate.kind == "unknown")
        said = max(unknowns, key=lambda c: c.confidence, default=Candidate("unknown", _NOTHING, 0.0))
        weak = max((c for c in found if c.kind != "unknown"), key=lambda c: c.confidence, default=None)
        near = said.suggestions or self._passage_answerer.suggestions(question)
        return structs.replace(_abstaining(said, 0.0 if weak is None else weak.confidence), suggestions=near)

    @cached_property
    def _passage_answerer(self) -> "PassageAnswerer":
        from chatbot.reading.answering import PassageAnswerer

        return PassageAnswerer(self._understander, lambda: self.passages, self._catalogue.names_of, self._index.sources)

    def passage_answerer(self, question: Question, conversation: Conversation) -> Candidate | None:
        """The answerer that quotes passages, however unsure; loads them when first asked."""
        return self._passage_answerer(question, conversation)


def shipped(name: str) -> Path:
    """The folder `corpus` or `intents` that came with the program: inside the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "data" / name
    return inside if inside.is_dir() else package.parent / name


def _paths(given: Paths | None) -> list[Path]:
    if given is None:
        return []
    return [Path(given)] if isinstance(given, str | Path) else [Path(each) for each in given]


def _clarification(completed: Completed) -> Candidate | None:
    if not completed.choices:
        return None
    labels = tuple(choice.label for choice in completed.choices)
    text = f"Do you mean {', '.join(labels[:-1])} or {labels[-1]}?"
    return Candidate("clarification", text, 1.0, suggestions=labels, choices=completed.choices)


_UNHEARD = "what is a zyxwv?"
_NOTHING = "I do not know: the documents say nothing that answers this."


def _abstaining(candidate: Candidate, confidence: float = 0.0) -> Candidate:
    return structs.replace(candidate, value=(), citations=(), confidence=confidence)


def _answer(question: Question, best: Candidate, elapsed_ms: float) -> Answer:
    return Answer(question=question.text, asked=question.asked, elapsed_ms=elapsed_ms, **structs.asdict(best))
