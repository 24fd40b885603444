"""What every search engine offers; `tests/retrieval/test_index.py` holds each to the same contract."""

from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec


class Hit(msgspec.Struct, frozen=True):
    """One passage found."""

    passage: int
    """Its position among the passages that were indexed."""
    score: float
    """Greater than 0; comparable only within one search."""


class Index(Protocol):
    """Passages, given as their terms, ranked for a question's terms."""

    def search(self, terms: Sequence[str], k: int) -> list[Hit]:
        """The best `k` of the passages that share a term with `terms`, best first, ties in passage order.

        A passage that shares none is never returned; one that shares any always scores above 0.
        """
        ...


#: Builds an engine from the terms of every passage.
IndexFactory = Callable[[Sequence[Sequence[str]]], Index]
