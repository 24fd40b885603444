"""A question as passages are compared with it, and where its words stand in one.

Sets of the question's words are bits of an integer: what they weigh together is remembered for each set.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from itertools import accumulate, pairwise
from operator import or_

from chatbot.language.words import STOP_WORDS, tokens
from chatbot.retrieval.analysis import searchable
from chatbot.retrieval.passage import Passage
from chatbot.retrieval.translation import kind_of, translations

BESIDE = 0.7
"""What a word in the title or a heading is worth to a sentence that lacks it."""
RARE = 5.0
"""Inverse document frequency from which the lack of a word is counted."""
_LEAST_VARYING = 5
"""Letters of a term that may have other forms which the stemmer does not bring together: liquefy, liquid."""
_NEAR = 6
"""Terms within which two words of the question stand in order."""
UNDECIDED = 0.5
"""The value of a feature that a question gives no reason to look for."""
_TOPIC_WORDS = 8
"""Different words from which a text without a type of answer, a name or a number is taken for the description of a topic."""

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
        self.bits = {term: 1 << n for n, term in enumerate(self.weights)}
        self._masses = {0: 0.0, **{bit: self.weights[term] for term, bit in self.bits.items()}}
        self.total = sum(self.weights.values()) or 1.0
        self.rarest = self.bits[max(self.weights, key=self.weights.__getitem__)] if self.bits else 0
        self.rare = sum(bit for term, bit in self.bits.items() if self.weights[term] > RARE)
        self.capitals = [f" {w.text}" for w in words[1:] if w.is_capitalised and w.folded not in STOP_WORDS]
        self.numbers = [f" {w.text}" for w in words if w.folded[0].isdigit()]
        self.surface = [f" {w.text.lower()}" for w in words if w.folded not in STOP_WORDS]
        both = pairwise(w.text.lower() for w in words)
        self.bigrams = [f" {a} {b}" for a, b in both if not (a in STOP_WORDS and b in STOP_WORDS)]
        #: By word, what another form of it is likely to begin with.
        self.beginnings = {bit: f" {term[: _beginning(term)]}" for term, bit in self.bits.items() if _may_vary(term)}
        pairs = [(a, b) for a, b in pairwise(self.sequence) if a != b]
        self.pairs = [(self.bits[a], self.bits[b], min(self.weights[a], self.weights[b])) for a, b in pairs]
        self.pair_total = sum(shared for *_, shared in self.pairs) or 1.0
        self.type = next((name for name, pattern in _TYPES if pattern.search(text)), "")
        self.kin = translations(kind_of(text))
        self.weight = weight
        self.known = self._known()

    def weigh(self, words: int) -> float:
        """The weight of a set of words of the question, together."""
        mass = self._masses.get(words)
        if mass is None:
            lowest = words & -words
            mass = self._masses[words] = self.weigh(words ^ lowest) + self._masses[lowest]
        return mass

    @property
    def is_topic(self) -> bool:
        """Whether many passages may be wanted rather than the one that has the answer."""
        return not (self.type or self.capitals or self.numbers) and len(self.weights) >= _TOPIC_WORDS

    def _known(self) -> dict[str, tuple[int, list[tuple[int, float]]]]:
        """For each term that a passage may have, which word of the question it is (0: none), and what it says of others:
        their bit and the part of their weight that it is worth."""
        known: dict[str, tuple[int, list[tuple[int, float]]]] = {term: (bit, []) for term, bit in self.bits.items()}
        for term, bit in self.bits.items():
            share = self.weights[term] / 100
            for other, gain in translations(term).items():
                known.setdefault(other, (0, []))[1].append((bit, gain * share))
        return known


def _may_vary(term: str) -> bool:
    return len(term) >= _LEAST_VARYING and term.isalpha()


def _beginning(term: str) -> int:
    return max(4, min(6, len(term) - 2))


class Match:
    """Where the words of a question stand in a passage."""

    def __init__(self, asked: Asked, passage: Passage) -> None:
        first, *lengths = passage.counts or (0, len(passage.terms))
        lengths = lengths or [0]
        terms, known = passage.terms, asked.known
        self.asked, self.lengths, self._ends = asked, lengths, list(accumulate(lengths, initial=first))
        self._terms = terms
        self.context_size = len(set(terms[:first]))
        self.context = 0
        """The words that title and headings have."""
        self.sentences = [0] * len(lengths)
        """The words that each sentence has."""
        self.told: list[dict[int, float]] = [{} for _ in lengths]
        """For each sentence the words that others there speak of, with the weight that these are worth."""
        self.places: dict[int, list[int]] = {}
        """Where among the terms of the sentences each word stands."""
        ends = self._ends[1:]
        for at, (bit, told) in [(at, known[term]) for at, term in enumerate(terms) if term in known]:
            if at < first:
                self.context |= bit
                continue
            number = bisect_right(ends, at)
            if bit:
                self.sentences[number] |= bit
                self.places.setdefault(bit, []).append(at - first)
            if told:
                spoken = self.told[number]
                for other, worth in told:
                    if worth > spoken.get(other, 0.0):
                        spoken[other] = worth
        self.body = reduce(or_, self.sentences)
        """The words that any sentence has."""
        self.everything = self.context | self.body

    def terms_of(self, number: int) -> tuple[str, ...]:
        """The terms of a sentence."""
        return self._terms[self._ends[number] : self._ends[number + 1]]

    def places_in(self, number: int) -> dict[int, list[int]]:
        """Where among the terms of a sentence each word stands."""
        start, end = self._ends[number] - self._ends[0], self._ends[number + 1] - self._ends[0]
        own = ((bit, [at - start for at in places if start <= at < end]) for bit, places in self.places.items())
        return {bit: places for bit, places in own if places}

    def beside(self, number: int) -> int:
        """The words that the sentences on both sides have."""
        before = self.sentences[number - 1] if number else 0
        return before | (self.sentences[number + 1] if number + 1 < len(self.sentences) else 0)

    def with_context(self, words: int) -> float:
        """The weight of words of a sentence; those of title and headings count a little."""
        weigh = self.asked.weigh
        return weigh(words) + BESIDE * weigh(self.context & ~words)

    def told_by(self, number: int) -> float:
        """What words of a sentence add that speak of words of the question which it lacks."""
        own, masses, added = self.sentences[number], self.asked.weigh, 0.0
        for bit, worth in self.told[number].items():
            if not bit & own:
                added += max(0.0, worth - BESIDE * masses(bit)) if bit & self.context else worth
        return added

    @property
    def translated(self) -> float:
        """The weight of the words that the passage lacks, as far as others there speak of them."""
        lacking, best = ~self.everything, dict[int, float]()
        for told in self.told:
            for bit, worth in told.items():
                if bit & lacking and worth > best.get(bit, 0.0):
                    best[bit] = worth
        return sum(best.values())


def nearness(asked: Asked, places: Mapping[int, Sequence[int]]) -> tuple[float, float, float]:
    """Shares of the question's neighbouring words, by weight: side by side, by how near they stand, near and in order."""
    bigrams = near = order = 0.0
    for one, other, weight in asked.pairs:
        if one in places and other in places:
            steps = [b - a for a in places[one] for b in places[other]]
            bigrams += weight * (1 in steps)
            near += weight / min(map(abs, steps))
            order += weight * any(0 < step < _NEAR for step in steps)
    return bigrams / asked.pair_total, near / asked.pair_total, order / asked.pair_total


def share_of(pieces: Sequence[str], text: str, otherwise: float = 0.0) -> float:
    """Share of the pieces that stand in `text`, `otherwise` where there are none."""
    return len([1 for piece in pieces if piece in text]) / len(pieces) if pieces else otherwise


def kinship(asked: Asked, terms: Sequence[str]) -> float:
    """How much terms of a sentence tell that it answers such a question: that of the one that tells most, at most 1."""
    kin = asked.kin
    return max((kin[term] for term in terms if term in kin), default=0) / 100


def is_typed(asked: Asked, sentence: str, title: str) -> float:
    """1 where a sentence has the type of answer asked for, 0 where not, between where none is; `title` in lower case."""
    match asked.type:
        case "date":
            return float(_DATE.search(sentence) is not None)
        case "number":
            return float(_NUMBER.search(sentence) is not None)
        case "person" | "place":
            names = (name.lower() for name in _CAPITALISED.findall(sentence))
            return float(any(f" {name}" not in asked.surface and name not in title for name in names))
        case _:
            return UNDECIDED
