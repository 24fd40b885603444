"""Okapi BM25 (S. Robertson and others 1994) in memory, by rank_bm25: for up to about 2,000 passages."""

from collections import Counter
from collections.abc import Sequence
from math import log

from chatbot.retrieval.index import Hit

K1, B = 1.2, 0.75
"""Saturation of repeated terms, and how much length counts: Lucene's values, which tantivy has built in."""


def inverse_document_frequency(passages: int, containing: int) -> float:
    """Weight of a term that `containing` of `passages` have: ln(1 + (N - n + 0.5) / (n + 0.5)).

    The form Lucene uses, positive for every n; the original turns negative for terms of most passages.

    >>> round(inverse_document_frequency(2, 1), 3), round(inverse_document_frequency(10, 10), 3)
    (0.693, 0.047)
    """
    return log(1 + (passages - containing + 0.5) / (containing + 0.5))


def document_frequencies(passages: Sequence[Sequence[str]]) -> Counter[str]:
    """For each term the number of passages that have it."""
    return Counter(term for terms in passages for term in set(terms))


class BM25Index:
    """The engine for small corpora.

    rank_bm25 computes the scores; its own weights are replaced, because they are negative or zero for terms
    that half of the passages or more have, and it cannot be built on nothing.

    >>> [hit.passage for hit in BM25Index([["sea", "port"], ["hill"]]).search(["port"], 5)]
    [0]
    """

    def __init__(self, passages: Sequence[Sequence[str]]) -> None:
        self._frequencies = document_frequencies(passages)
        self._engine = None
        if self._frequencies:
            from rank_bm25 import BM25Okapi

            self._engine = BM25Okapi(passages, k1=K1, b=B)
            count = len(passages)
            self._engine.idf = {term: inverse_document_frequency(count, n) for term, n in self._frequencies.items()}

    def search(self, terms: Sequence[str], k: int) -> list[Hit]:
        known = sorted({term for term in terms if term in self._frequencies})
        if self._engine is None or not known:
            return []
        scores = self._engine.get_scores(known).tolist()
        best = sorted((-score, position) for position, score in enumerate(scores) if score > 0)
        return [Hit(position, -score) for score, position in best[: max(k, 0)]]
