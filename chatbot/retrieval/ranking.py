"""The second stage: the best passages by BM25 put into a better order, by features that can be explained.

A linear model over named features, its weights learned by softmax regression over the candidates of each training
question (`chatbot.evaluation.train_ranking`) and kept in `ranking.json`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import hypot, log
from typing import Protocol

import msgspec

from chatbot.retrieval.matching import UNDECIDED, Asked, Match, is_typed, kinship, nearness, share_of
from chatbot.retrieval.passage import Passage

DEPTH = 80
"""Passages that may be put into order, by BM25; others keep their place behind them."""
WORTH = 0.45
"""Share of the best BM25 score from which a passage is put into order."""
_READ = 40
"""Candidates whose text is looked at: the best by all else."""
_ASSUMED = 5
"""Passages assumed to be relevant to a topic."""


class Candidate(msgspec.Struct, frozen=True):
    """A passage found by the first stage."""

    passage: Passage
    score: float
    """Its BM25 score."""


def ranked(asked: Asked, candidates: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
    """Candidates, given best first by BM25, in their new order with the score that gave it: greater is better.

    Equal scores keep their order, and so does what is not worth ranking.
    """
    count = worth_ranking(candidates)
    first, rest = candidates[:count], candidates[count:]
    scores = _by_likeness(asked, first) if asked.is_topic else _by_model(asked, first)
    scored = list(zip(first, scores, strict=True))
    scored.sort(key=lambda pair: -pair[1])
    lowest = scored[-1][1] if scored else 0.0
    return scored + [(candidate, lowest) for candidate in rest]


def _by_model(asked: Asked, candidates: Sequence[Candidate]) -> list[float]:
    """Scores by all features; of candidates that could hardly come first by `MATCHED` without those of `WRITTEN`."""
    weights = _weights()
    matched, written = (tuple(weights[name] for name in names) for names in (MATCHED, WRITTEN))
    seen = _seen(asked, candidates)
    scores = [sum(map(float.__mul__, matched, each.matched)) for each in seen]
    for n in sorted(range(len(scores)), key=lambda n: -scores[n])[:_READ]:
        scores[n] += sum(map(float.__mul__, written, _written(asked, candidates[n].passage, seen[n])))
    return scores


def _by_likeness(asked: Asked, candidates: Sequence[Candidate]) -> list[float]:
    """Scores for a topic: candidates like the best ones by BM25 are likely to be relevant too.

    Pseudo-relevance feedback (J. Rocchio 1971), on the candidates alone.
    """
    vectors = [_vector(asked, candidate.passage) for candidate in candidates]
    centre: dict[str, float] = {}
    for candidate, vector in zip(candidates[:_ASSUMED], vectors, strict=False):
        for term, value in vector.items():
            centre[term] = centre.get(term, 0.0) + candidate.score * value
    length = hypot(*centre.values()) or 1.0
    alike = [sum(value * centre.get(term, 0.0) for term, value in vector.items()) / length for vector in vectors]
    best = max((c.score for c in candidates), default=1.0)
    return [c.score / best + a for c, a in zip(candidates, alike, strict=True)]


def _vector(asked: Asked, passage: Passage) -> dict[str, float]:
    """The terms of a passage with their weights, of length 1."""
    weights = {term: (1 + log(count)) * asked.weight(term) for term, count in Counter(passage.terms).items()}
    length = hypot(*weights.values()) or 1.0
    return {term: weight / length for term, weight in weights.items()}


@cache
def _weights() -> Mapping[str, float]:
    data = files("chatbot.retrieval").joinpath("ranking.json").read_bytes()
    known = msgspec.json.decode(data, type=dict[str, float])
    return {name: known[name] for name in NAMES}


class _Scored(Protocol):
    @property
    def score(self) -> float: ...


def worth_ranking(found: Sequence[_Scored], least: int = 0) -> int:
    """How many of what was found, best first by BM25, have a chance to come first; at least `least`."""
    lowest = WORTH * found[0].score if found else 0.0
    worth = next((n for n, each in enumerate(found[:DEPTH]) if each.score < lowest), min(DEPTH, len(found)))
    return min(max(worth, least), len(found))


MATCHED = (
    "score",  # BM25
    "relative",  # to that of the best
    "article",  # passages of the same title among the candidates, as a logarithm
    "title",  # share of the question's words, by weight, that title and headings have
    "titled",  # share of the words of title and headings that the question has
    "coverage",  # share of the question's words that the passage has, context included
    "body",  # the same without title and headings
    "sentence",  # the most that one sentence has; words of the context count less
    "sentences",  # the most that two neighbouring sentences have
    "alone",  # what the best sentence has without the context
    "rarest",  # whether the rarest word is there
    "lacking",  # how many rare words are not
    "often",  # how often the words stand there, each up to three times
    "length",  # of the best sentence, in terms, as a logarithm
    "bigrams",  # neighbouring words of the question that are neighbours here too
    "near",  # how near neighbouring words of the question stand
    "order",  # whether they stand in order, near
    "translated",  # share of the words that are not there but that others speak of
    "told",  # the most that one sentence has, words that others there speak of included
    "speaking",  # what those add to it
    "kin",  # how much its words tell that it answers such a question
)
"""Features of which words stand where."""
WRITTEN = (
    "surface",  # share of the words, as they are written
    "phrases",  # share of pairs of words as they are written, stop words included
    "capitals",  # share of the capitalised words
    "numbers",  # share of the numbers
    "typed",  # whether the best sentence has the type of answer asked for
    "alike",  # share of the words that are not there but begin as others do
)
"""Features of the text, which take as long as all the others."""
NAMES = (*MATCHED, *WRITTEN)


def features(asked: Asked, candidates: Sequence[Candidate]) -> list[tuple[float, ...]]:
    """For each candidate the values of `NAMES`, all finite. `candidates` come best first by BM25."""
    seen = _seen(asked, candidates)
    return [(*s.matched, *_written(asked, c.passage, s)) for c, s in zip(candidates, seen, strict=True)]


class _Seen(msgspec.Struct, frozen=True):
    match: Match
    first: int
    """The number of the sentence that has most."""
    matched: tuple[float, ...]


def _seen(asked: Asked, candidates: Sequence[Candidate]) -> list[_Seen]:
    best = max((c.score for c in candidates), default=1.0)
    same = Counter(c.passage.title for c in candidates)
    found = []
    for candidate in candidates:
        match = Match(asked, candidate.passage)
        values = [match.with_context(words) for words in match.sentences]
        first = max(range(len(values)), key=values.__getitem__)
        standing = (candidate.score / 10, candidate.score / best, log(same[candidate.passage.title]))
        matched = (*standing, *_shares(asked, match, values, first), *_spoken_of(asked, match, values))
        found.append(_Seen(match, first, matched))
    return found


def _shares(asked: Asked, match: Match, values: Sequence[float], first: int) -> tuple[float, ...]:
    """From "title" to "order"."""
    everywhere, weigh, total = match.everything, asked.weigh, asked.total
    return (
        weigh(match.context) / total,
        match.context.bit_count() / max(1, match.context_size),
        weigh(everywhere) / total,
        weigh(match.body) / total,
        values[first] / total,
        max((match.with_context(a | b) for a, b in pairwise(match.sentences)), default=values[first]) / total,
        weigh(match.sentences[first]) / total,
        float(asked.rarest & everywhere > 0),
        float((asked.rare & ~everywhere).bit_count()),
        sum(weigh(bit) * min(3, len(places)) for bit, places in match.places.items()) / 3 / total,
        log(1 + match.lengths[first]),
        *nearness(asked, match.places),
    )


def _spoken_of(asked: Asked, match: Match, values: Sequence[float]) -> tuple[float, ...]:
    """From "translated" to "kin"."""
    adding = [match.told_by(number) if told else 0.0 for number, told in enumerate(match.told)]
    sums = [value + added for value, added in zip(values, adding, strict=True)]
    telling = max(range(len(sums)), key=sums.__getitem__)
    return (
        match.translated / asked.total,
        sums[telling] / asked.total,
        adding[telling] / asked.total,
        kinship(asked, match.terms_of(telling)),
    )


def _written(asked: Asked, passage: Passage, seen: _Seen) -> tuple[float, ...]:
    text = f" {passage.title} {passage.text}"
    low, lacking = text.lower(), ~seen.match.everything
    alike = [bit for bit, beginning in asked.beginnings.items() if bit & lacking and beginning in low]
    sentence = passage.sentences[seen.first].text if seen.first < len(passage.sentences) else ""
    return (
        share_of(asked.surface, low),
        share_of(asked.bigrams, low),
        share_of(asked.capitals, text, UNDECIDED),
        share_of(asked.numbers, text, UNDECIDED),
        is_typed(asked, sentence, passage.title.lower()),
        sum(map(asked.weigh, alike)) / asked.total,
    )
