"""Shortening a long sentence to its best clauses, which keep their place in the source."""

import re
from collections.abc import Iterator, Sequence

from chatbot.documents.model import SourceText
from chatbot.language.words import tokens
from chatbot.reading.stretch import stretch
from chatbot.retrieval.passage import Sentence

MOST_WORDS = 80
"""A sentence of no more words is given whole."""
FEWER_WORDS = 60
"""What a longer one is cut to."""

_CLAUSE_END = re.compile(r"[;:,](?=\s)|\s[–—](?=\s)")


def shortened(sentence: Sentence, source: SourceText, terms: frozenset[str]) -> Sentence | None:
    """The sentence, or of a longer one the shortest of the runs of clauses that have most of `terms`.

    None where no run of clauses is short enough, or where it cannot be located in the source.
    """
    if len(sentence.text.split()) <= MOST_WORDS:
        return sentence
    runs = list(_runs(sentence.text))
    if not runs:
        return None
    best = max(runs, key=lambda run: (len(stretch(sentence.text[slice(*run)]).term_set & terms), run[0] - run[1]))
    return _part(sentence, source, *best)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Neighbouring clauses that are short enough together."""
    cuts = [0, *(match.end() for match in _CLAUSE_END.finditer(text)), len(text)]
    for n, start in enumerate(cuts):
        for end in cuts[n + 1 :]:
            count = len(text[start:end].split())
            if count > FEWER_WORDS:
                break
            if count > 0:
                yield start, end


def _part(sentence: Sentence, source: SourceText, start: int, end: int) -> Sentence | None:
    """The clean characters `start:end` of a sentence as a sentence of their own."""
    text = sentence.text[start:end].strip(" ,;:–—")
    start = sentence.text.index(text, start)
    places = _places(sentence, source)
    if places is None:
        return None
    inside = [place for at, place in places if start <= at < start + len(text)]
    return Sentence(text, inside[0][0], inside[-1][1]) if inside else None


def _places(sentence: Sentence, source: SourceText) -> list[tuple[int, tuple[int, int]]] | None:
    """Where each word stands: its position in the clean text and its span in the source.

    Words are looked for one after the other; None where the source writes one of them in another way.
    """
    found: list[tuple[int, tuple[int, int]]] = []
    position = sentence.start
    for token in _words(sentence.text):
        at = source.find(token[1], position, sentence.end)
        if at < 0:
            return None
        position = at + len(token[1])
        found.append((token[0], (at, position)))
    return found


def _words(text: str) -> Sequence[tuple[int, str]]:
    return [(token.start, token.text) for token in tokens(text)]
