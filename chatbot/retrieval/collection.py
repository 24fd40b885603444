"""Passages together with the index over them."""

from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec

from chatbot.retrieval.analysis import searchable
from chatbot.retrieval.bm25 import BM25Index, document_frequencies, inverse_document_frequency
from chatbot.retrieval.index import IndexFactory
from chatbot.retrieval.matching import Asked
from chatbot.retrieval.passage import Passage
from chatbot.retrieval.ranking import DEPTH, Candidate, ranked, worth_ranking


class Found(msgspec.Struct, frozen=True):
    """A passage and how well it fits."""

    passage: Passage
    score: float
    """The ranking model's: greater is better, comparable only within one search."""
    bm25: float
    """Above 0, comparable only within one search."""


class Searchable(Protocol):
    """What holds passages, in memory or on disk."""

    def search(self, text: str, k: int, may_see: Callable[[str], bool] | None = None) -> list[Found]:
        """The best `k` passages for `text`, best first, out of the documents that `may_see` admits."""
        return self.ranking(text, k, may_see)[: max(k, 0)]

    def ranking(self, text: str, least: int, may_see: Callable[[str], bool] | None = None) -> list[Found]:
        """All passages that have a chance to be the best for `text`, and at least `least`, as `search` gives them."""
        found = ranked(Asked(text, self.weight), self.candidates(text, least, may_see))
        return [Found(candidate.passage, score, candidate.score) for candidate, score in found]

    def candidates(self, text: str, least: int, may_see: Callable[[str], bool] | None = None) -> list[Candidate]:
        """The passages worth putting into order and at least the best `least` by BM25, best first."""
        ...

    def weight(self, term: str) -> float:
        """How much a term tells: its inverse document frequency, greatest where no passage has it."""
        ...

    def __len__(self) -> int:
        """The number of passages."""
        ...


class Collection(Searchable):
    """Everything that can be searched. Never changed after it is built, so threads may share it."""

    def __init__(self, passages: Sequence[Passage], engine: IndexFactory = BM25Index) -> None:
        self.passages = tuple(passages)
        terms = [passage.terms for passage in self.passages]
        self._index = engine(terms)
        self._frequencies = document_frequencies(terms)

    def __len__(self) -> int:
        return len(self.passages)

    def candidates(self, text: str, least: int, may_see: Callable[[str], bool] | None = None) -> list[Candidate]:
        """The passages worth putting into order and at least the best `least` by BM25, best first."""
        reach = max(least, DEPTH) if may_see is None else len(self.passages)
        hits = self._index.search(searchable(text), reach)
        found = (Candidate(self.passages[hit.passage], hit.score) for hit in hits)
        seen = [c for c in found if may_see is None or may_see(c.passage.document)]
        return seen[: worth_ranking(seen, least)]

    def weight(self, term: str) -> float:
        """How much a term tells: its inverse document frequency, greatest where no passage has it."""
        return inverse_document_frequency(len(self.passages), self._frequencies[term])
