"""Which of many relations a question may be about: those that share most of its words."""

from collections.abc import Iterable, Iterator, Mapping
from math import log

from chatbot.knowledge.relation import Relation
from chatbot.language.words import STOP_WORDS, stem, tokens

FEW = 12
"""Up to so many relations all are looked at; beyond it, the best so many."""


class Shortlist:
    """An inverted index over relations. Never changed after it is built.

    `names` are, for each relation, other names of what it is about.
    """

    def __init__(self, relations: Iterable[Relation], names: Mapping[str, Iterable[str]]) -> None:
        self._postings: dict[str, list[str]] = {}
        self._size = 0
        for relation in relations:
            self._size += 1
            for word in {s for text in (*_texts(relation), *names.get(relation.id, ())) for s in _stems(text)}:
                self._postings.setdefault(word, []).append(relation.id)

    def best(self, texts: Iterable[str]) -> frozenset[str]:
        """The ids of at most `FEW` relations that have the rarest words of `texts`; ties go to the first in the corpus."""
        scores: dict[str, float] = {}
        for word in sorted({s for text in texts for s in _stems(text)}):
            having = self._postings.get(word, ())
            for relation in having:
                scores[relation] = scores.get(relation, 0.0) + log(1 + self._size / len(having))
        return frozenset(sorted(scores, key=lambda relation: -scores[relation])[:FEW])


def _texts(relation: Relation) -> Iterator[str]:
    yield from (relation.title, *relation.section, relation.caption, relation.document)
    yield from (column.header for column in relation.columns)
    yield from (cell.text for row in relation.rows for cell in row if cell is not None)


def _stems(text: str) -> Iterator[str]:
    return (stem(token.folded) for token in tokens(text) if token.folded not in STOP_WORDS)
