"""The second stage: the best passages by BM25 put into a better order, by features that can be explained.

A linear model over named features, its weights learned by softmax regression over the candidates of each training
question (`chatbot.evaluation.train_ranking`) and kept in `ranking.json`.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files
from itertools import accumulate, pairwise
from math import hypot, log

import msgspec

from chatbot.language.words import STOP_WORDS, tokens
from chatbot.retrieval.analysis import searchable
from chatbot.retrieval.passage import Passage

DEPTH = 30
"""Passages that are put into order; those BM25 ranks lower keep their place behind them."""
BESIDE = 0.7
"""What a word in the title or a heading is worth to a sentence that lacks it."""
RARE = 5.0
"""Inverse document frequency from which the lack of a word is counted."""
_NEAR = 6
"""Terms within which two words of the question stand in order."""
UNDECIDED = 0.5
"""The value of a feature that a question gives no reason to look for."""
_TOPIC_WORDS = 6
"""Different words from which a text without a type of answer, a name or a number is taken for the description of a topic."""
_ASSUMED = 5
"""Passages assumed to be relevant to a topic."""
_MODEL_SHARE = 0.04
"""What the model's score counts for a topic, beside BM25 and likeness, both at most 1."""

_TYPES = (
    ("person", re.compile(r"\b(?:who|whom|whose)\b", re.I)),
    (
        "date",
        re.compile(
            r"(?:^|\b(?:since|until|till|by) )when\b|\bwhen (?:did|do|does|was|were|is|has|had|will)\b|\b(?:what|which) (?:year|date|century|decade|month|day)\b",
            re.I,
        ),
    ),
    (
        "number",
        re.compile(r"\bhow (?:many|much|long|old|far|tall|large|big|high|often)\b|\bpercent|\bwhat number\b", re.I),
    ),
    ("place", re.compile(r"\bwhere\b|\b(?:what|which) (?:city|country|state|place|town|continent)\b", re.I)),
)
_CAPITALISED = re.compile(r"(?<=[\w,;:)] )[\"“'(]*([A-Z]\w+)")
_DATE = re.compile(r"\b1\d{3}s?\b|\b20\d\d\b|\bcentur|\b\d+ (?:BC|AD)\b")
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|"
    r"million|billion|half|dozen|twice|once)\b",
    re.I,
)


class Asked:
    """A question as passages are compared with it."""

    def __init__(self, text: str, weight: Callable[[str], float]) -> None:
        """`weight` says how much a term tells: its inverse document frequency."""
        words = tokens(text)
        self.text = text
        self.sequence = searchable(text)
        self.weights = {term: weight(term) for term in dict.fromkeys(self.sequence)}
        self.total = sum(self.weights.values()) or 1.0
        self.rarest = max(self.weights, key=lambda term: self.weights[term], default="")
        self.capitals = [w.text for w in words[1:] if w.is_capitalised and w.folded not in STOP_WORDS]
        self.numbers = [w.text for w in words if w.folded[0].isdigit()]
        self.surface = [w.text.lower() for w in words if w.folded not in STOP_WORDS]
        both = pairwise(w.text.lower() for w in words)
        self.bigrams = [f"{a} {b}" for a, b in both if not (a in STOP_WORDS and b in STOP_WORDS)]
        self.pairs = [(a, b, min(self.weights[a], self.weights[b])) for a, b in pairwise(self.sequence) if a != b]
        self.pair_total = sum(shared for *_, shared in self.pairs) or 1.0
        self.type = next((name for name, pattern in _TYPES if pattern.search(text)), "")
        self.weight = weight

    def weigh(self, terms: Iterable[str]) -> float:
        """The weight of words of the question, together."""
        return sum(self.weights[term] for term in terms)

    @property
    def is_topic(self) -> bool:
        """Whether many passages may be wanted rather than the one that has the answer."""
        return not (self.type or self.capitals or self.numbers) and len(self.weights) >= _TOPIC_WORDS


class Candidate(msgspec.Struct, frozen=True):
    """A passage found by the first stage."""

    passage: Passage
    score: float
    """Its BM25 score."""


def ranked(asked: Asked, candidates: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
    """Candidates, given best first by BM25, in their new order with the model's score: greater is better.

    Equal scores keep their order, and so does what lies below `DEPTH`.
    """
    first, rest = candidates[:DEPTH], candidates[DEPTH:]
    weights = tuple(_weights().values())
    scores = [sum(map(float.__mul__, weights, values)) for values in features(asked, first)]
    if asked.is_topic:
        scores = _by_likeness(asked, first, scores)
    scored = list(zip(first, scores, strict=True))
    scored.sort(key=lambda pair: -pair[1])
    lowest = scored[-1][1] if scored else 0.0
    return scored + [(candidate, lowest) for candidate in rest]


def _by_likeness(asked: Asked, candidates: Sequence[Candidate], scores: Sequence[float]) -> list[float]:
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
    return [c.score / best + a + _MODEL_SHARE * s for c, a, s in zip(candidates, alike, scores, strict=True)]


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


def features(asked: Asked, candidates: Sequence[Candidate]) -> list[tuple[float, ...]]:
    """For each candidate the values of `NAMES`, all finite. `candidates` come best first by BM25."""
    best = max((c.score for c in candidates), default=1.0)
    same = Counter(c.passage.title for c in candidates)
    return [_features(asked, c, best, same[c.passage.title]) for c in candidates]


NAMES = (
    "score",  # BM25
    "relative",  # to that of the best
    "title",  # share of the question's words, by weight, that title and headings have
    "titled",  # share of the words of title and headings that the question has
    "coverage",  # share of the question's words that the passage has, context included
    "body",  # the same without title and headings
    "sentence",  # the most that one sentence has; words of the context count less
    "sentences",  # the most that two neighbouring sentences have
    "alone",  # what the best sentence has without the context
    "rarest",  # whether the rarest word is there
    "lacking",  # how many rare words are not
    "bigrams",  # neighbouring words of the question that are neighbours here too
    "near",  # how near neighbouring words of the question stand
    "order",  # whether they stand in order, near
    "surface",  # share of the words, as they are written
    "phrases",  # share of pairs of words as they are written, stop words included
    "capitals",  # share of the capitalised words
    "numbers",  # share of the numbers
    "typed",  # whether the best sentence has the type of answer asked for
    "length",  # of the best sentence, in terms, as a logarithm
    "article",  # passages of the same title among the candidates, as a logarithm
    "often",  # how often the words stand there, each up to three times
)


def _features(asked: Asked, candidate: Candidate, best: float, same: int) -> tuple[float, ...]:
    found = _Found(asked, candidate.passage)
    total = asked.total
    low, own = found.low, found.sentence_texts
    return (
        candidate.score / 10,
        candidate.score / best,
        asked.weigh(found.context) / total,
        len(found.context) / max(1, found.context_size),
        asked.weigh(found.context | found.places.keys()) / total,
        asked.weigh(found.places) / total,
        found.best[0] / total,
        found.best_two / total,
        found.best[1] / total,
        float(asked.rarest in found.places or asked.rarest in found.context),
        float(sum(w > RARE and t not in found.places and t not in found.context for t, w in asked.weights.items())),
        *nearness(asked, found.places),
        share_of(asked.surface, low),
        share_of(asked.bigrams, low),
        share_of(asked.capitals, found.text, UNDECIDED),
        share_of(asked.numbers, found.text, UNDECIDED),
        is_typed(asked, own[found.best[2]] if own else "", found.title_low),
        log(1 + found.lengths[found.best[2]]) if found.lengths else 0.0,
        log(same),
        sum(w * min(3, len(found.places.get(t, ()))) / 3 for t, w in asked.weights.items()) / total,
    )


class _Found:
    """Where the words of a question stand in a passage."""

    def __init__(self, asked: Asked, passage: Passage) -> None:
        self.asked, wanted = asked, asked.weights
        first, *lengths = passage.counts or (0, len(passage.terms))
        self.lengths: list[int] = lengths
        self.context = wanted.keys() & set(passage.terms[:first])
        self.context_size = len(set(passage.terms[:first]))
        self.places = places_of(asked, passage.terms[first:])
        self.sentence_texts = [sentence.text for sentence in passage.sentences]
        self.title_low = passage.title.lower()
        self.text = f" {passage.title} {' '.join(self.sentence_texts)}"

    @cached_property
    def low(self) -> str:
        return self.text.lower()

    @cached_property
    def _by_sentence(self) -> list[set[str]]:
        """The words that each sentence has."""
        ends = list(accumulate(self.lengths))
        found: list[set[str]] = [set() for _ in ends]
        for term, places in self.places.items():
            for at in places:
                found[min(bisect_right(ends, at), len(ends) - 1)].add(term)
        return found

    @cached_property
    def best(self) -> tuple[float, float, int]:
        """Of the sentence that has most: the weight it has, the same without the context, and its number."""
        own = [(self._with_context(words), self.asked.weigh(words), n) for n, words in enumerate(self._by_sentence)]
        return max(own, key=lambda each: each[0], default=(0.0, 0.0, 0))

    @cached_property
    def best_two(self) -> float:
        both = (self._with_context(one | other) for one, other in pairwise(self._by_sentence))
        return max(self.best[0], max(both, default=0.0))

    def _with_context(self, words: set[str]) -> float:
        return self.asked.weigh(words) + BESIDE * self.asked.weigh(self.context - words)


def nearness(asked: Asked, places: Mapping[str, Sequence[int]]) -> tuple[float, float, float]:
    """Shares of the question's neighbouring words, by weight: side by side, by how near they stand, near and in order.

    `places` says where among the terms of a text each word of the question stands.
    """
    bigrams = near = order = 0.0
    for one, other, weight in asked.pairs:
        steps = [b - a for a in places.get(one, ()) for b in places.get(other, ())]
        if steps:
            bigrams += weight * (1 in steps)
            near += weight / min(map(abs, steps))
            order += weight * any(0 < step < _NEAR for step in steps)
    return bigrams / asked.pair_total, near / asked.pair_total, order / asked.pair_total


def places_of(asked: Asked, terms: Sequence[str]) -> dict[str, list[int]]:
    """Where among `terms` each word of the question stands."""
    places: dict[str, list[int]] = {}
    for at, term in enumerate(terms):
        if term in asked.weights:
            places.setdefault(term, []).append(at)
    return places


def share_of(pieces: Sequence[str], text: str, otherwise: float = 0.0) -> float:
    """Share of the pieces that begin a word of `text`, `otherwise` where there are none."""
    return sum(f" {piece}" in text for piece in pieces) / len(pieces) if pieces else otherwise


def is_typed(asked: Asked, sentence: str, title: str) -> float:
    """1 where a sentence has the type of answer asked for, 0 where not, between where none is; `title` in lower case."""
    match asked.type:
        case "date":
            return float(_DATE.search(sentence) is not None)
        case "number":
            return float(_NUMBER.search(sentence) is not None)
        case "person" | "place":
            names = (name.lower() for name in _CAPITALISED.findall(sentence))
            return float(any(name not in asked.surface and name not in title for name in names))
        case _:
            return UNDECIDED
