"""The sentence that answers, by weights learned from questions with known answers, and how likely it is right.

Where no sentence meets every demand that rules make, one may still be likely enough. Linear models over named features,
learned by `chatbot.evaluation.train_reading` and kept in `likelihood.json`, put the sentences of the best passages in
order, and the few likeliest once more when their spans were read; `chatbot.reading.sureness` says how sure one can be.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import log

import msgspec

from chatbot.reading.spans import Read, best_spans
from chatbot.reading.sureness import KNOWN, SURE, Logistic, Sentence, calibrated, softmax, sureness
from chatbot.retrieval.analysis import analyse
from chatbot.retrieval.collection import Found
from chatbot.retrieval.matching import UNDECIDED, Asked, Match, is_typed, kinship, nearness, share_of
from chatbot.retrieval.passage import Passage

PASSAGES = 5
"""Passages whose sentences are looked at."""
FEW_PASSAGES = 500
"""Passages below which the best need not be good, so that only rules tell whether it answers."""
_AS_LIKELY = 0.25
"""How likely, against the best, a sentence beside it must be to be shown with it."""
_NEXT = 0.5
"""What a word is worth that stands in a neighbouring sentence."""
_MOST_READ = 3
_WORTH_READING = 0.15
"""Likelihood from which a sentence beside the likeliest is read for spans."""
_LEAST_CHANCE = 1e-9
_MOST_APART = 5.0
_NO_SPAN = (-2.0, -20.0, 0.0)
"""The values of `SAID`, the first left out, where nothing in a sentence can be an answer."""
_REASON = re.compile(
    r"\b(?:because|since|due to|so that|in order to|as a result|therefore|caused?|reasons?|led to)\b", re.I
)
_HEAD = re.compile(r"\b(?:what|which|how many|how much|whose)\s+(?:\w+\s+){0,2}?(\w{3,})", re.I)

ORDER = (
    *KNOWN,
    "near",  # how near neighbouring words of the question stand
    "order",  # whether they stand in order, near
    "surface",  # share of the words as they are written
    "capitals",  # share of the capitalised words, title included
    "numbers",  # share of the numbers
    "typed",  # whether it has the type of answer asked for
    "reason",  # whether it gives a reason where one is asked for
    "head",  # whether the noun right behind the question word is there
    "passage",  # likelihood of its passage among those found
    "first",  # whether its passage is the best
    "opening",  # whether it opens its passage
    "length",  # of the sentence in terms, as a logarithm
    "news",  # terms that the question does not have, as a logarithm
)
SAID = (
    "chance",  # likelihood of the sentence among all by `ORDER`, as a logarithm
    "saying",  # how much there speaks for some span as the answer, in tens
    "span",  # likelihood of the best span among those of the sentence, as a logarithm
    "apart",  # how much greater that is than that of the second
)


class Likely(msgspec.Struct, frozen=True):
    """The likeliest sentence."""

    passage: Passage
    positions: tuple[int, ...]
    """Of the sentence, and of one beside it that may answer as well; in order."""
    confidence: float
    """Probability that it answers."""
    why: tuple[str, ...]
    best: int
    """The position of the likeliest."""
    read: Read | None
    """Its spans."""


def likeliest(asked: Asked, found: Sequence[Found]) -> Likely | None:
    """The likeliest sentence of the best passages, or None where there is none. `found` is all that may be likely."""
    found = readable(found)
    seen = sentences(asked, found)
    if not seen:
        return None
    weights = _weights()
    chances = ordered(weights.order, seen)
    read = read_on(asked, seen, chances)
    said = said_of(read, chances)
    chances = weighed(weights.said, chances, said)
    best = max(said, key=chances.__getitem__)
    values = sureness(asked, seen, chances, best, said[best], found)
    there, right, confidence = weights.there.of(values), weights.right.of(values), weights.confidence(values)
    told = ", ".join(f"{name} {value:.2f}" for name, value in zip(SURE, values, strict=True))
    why = (
        f"likeliest of {len(seen)} sentences, of which {len(said)} were read for spans",
        f"the documents say it {there:.2f}, this sentence does if they do {right:.2f}: confidence {confidence:.2f}",
        told,
    )
    sentence = seen[best]
    shown = _with_neighbour(seen, chances, best)
    return Likely(sentence.passage, shown, confidence, why, sentence.position, read[best])


def ordered(weights: Mapping[str, float], seen: Sequence[Sentence]) -> list[float]:
    """How likely each sentence is the one that answers, by `ORDER`."""
    order = tuple(weights[name] for name in ORDER)
    return softmax([sum(map(float.__mul__, order, sentence.features)) for sentence in seen])


def read_on(
    asked: Asked, seen: Sequence[Sentence], chances: Sequence[float], spans: Sequence[int] | None = None
) -> dict[int, Read | None]:
    """The spans of the few sentences, by number, that are likely enough to be read.

    `spans` are other weights of spans than the shipped ones.
    """
    best = sorted(range(len(seen)), key=lambda n: -chances[n])[:_MOST_READ]
    worth = [n for n in best if n == best[0] or chances[n] >= _WORTH_READING]
    return {
        n: best_spans(asked.text, [seen[n].text], seen[n].passage.title, asked.weight, weights=spans) for n in worth
    }


def said_of(read: Mapping[int, Read | None], chances: Sequence[float]) -> dict[int, tuple[float, ...]]:
    """The values of `SAID` for the sentences that were read."""
    return {n: (_logarithm(chances[n]), *(_NO_SPAN if spans is None else _said(spans))) for n, spans in read.items()}


def _said(read: Read) -> tuple[float, float, float]:
    first, *others = (_logarithm(span.chance) for span in read.spans[:2])
    return read.total / 10, first, min(_MOST_APART, first - others[0]) if others else _MOST_APART


def weighed(weights: Mapping[str, float], chances: Sequence[float], said: Mapping[int, Sequence[float]]) -> list[float]:
    """The likelihoods of all sentences, those that were read sharing what they had by what was read."""
    scores = [sum(weights[name] * value for name, value in zip(SAID, values, strict=True)) for values in said.values()]
    mass, found = sum(chances[n] for n in said), list(chances)
    for n, share in zip(said, softmax(scores), strict=True):
        found[n] = share * mass
    return found


def _with_neighbour(seen: Sequence[Sentence], chances: Sequence[float], best: int) -> tuple[int, ...]:
    """The position of the best sentence, with that of the likelier one beside it if it is nearly as likely."""
    passage, position = seen[best].passage, seen[best].position
    beside = [n for n in (best - 1, best + 1) if 0 <= n < len(seen) and seen[n].passage is passage]
    other = max(beside, key=lambda n: chances[n], default=best)
    if other == best or chances[other] < _AS_LIKELY * chances[best]:
        return (position,)
    return tuple(sorted((position, seen[other].position)))


class Weights(msgspec.Struct, frozen=True):
    """What `likelihood.json` holds."""

    order: dict[str, float]
    said: dict[str, float]
    there: Logistic
    """That the documents say it at all: learned from questions with the article that answers them there and hidden."""
    right: Logistic
    """That the likeliest sentence says it, if they do."""

    def confidence(self, values: Sequence[float]) -> float:
        """The probability that the likeliest sentence, whose features `SURE` these are, answers."""
        return calibrated(self.there.of(values) * self.right.of(values))


@cache
def _weights() -> Weights:
    return msgspec.json.decode(files("chatbot.reading").joinpath("likelihood.json").read_bytes(), type=Weights)


def readable(found: Sequence[Found]) -> list[Found]:
    """The passages that have sentences."""
    return [hit for hit in found if hit.passage.kind in ("prose", "list")]


def sentences(asked: Asked, found: Sequence[Found]) -> list[Sentence]:
    """Every sentence of the best of the passages found, with its features."""
    chances = softmax([hit.score for hit in found])
    head = _HEAD.search(asked.text)
    heads = frozenset(analyse(head[1])) if head else frozenset()
    is_why = asked.text.lower().startswith("why") or " why " in asked.text.lower()
    seen: list[Sentence] = []
    for rank, (hit, chance) in enumerate(zip(found[:PASSAGES], chances, strict=False)):
        match = Match(asked, hit.passage)
        place = (chance, float(rank == 0))
        own = [_features(asked, hit.passage, match, n, heads, is_why, place) for n in range(len(hit.passage.sentences))]
        seen += [Sentence(hit.passage, n, v, match, rank) for n, v in enumerate(own)]
    return seen


def _features(
    asked: Asked,
    passage: Passage,
    match: Match,
    number: int,
    heads: frozenset[str],
    is_why: bool,
    place: tuple[float, float],
) -> tuple[float, ...]:
    text = passage.sentences[number].text
    low, titled = f" {text.lower()}", f" {passage.title} {text}"
    own, terms = match.sentences[number], match.terms_of(number)
    beside = match.beside(number) & ~own & ~match.context
    with_context = match.with_context(own)
    bigrams, near, order = nearness(asked, match.places_in(number))
    return (
        asked.weigh(own) / asked.total,
        with_context / asked.total,
        (with_context + _NEXT * asked.weigh(beside)) / asked.total,
        match.told_by(number) / asked.total,
        bigrams,
        share_of(asked.bigrams, low),
        kinship(asked, terms),
        near,
        order,
        share_of(asked.surface, low),
        share_of(asked.capitals, titled, UNDECIDED),
        share_of(asked.numbers, titled, UNDECIDED),
        is_typed(asked, text, passage.title.lower()),
        float(_REASON.search(text) is not None) if is_why else UNDECIDED,
        float(not heads.isdisjoint(terms)) if heads else UNDECIDED,
        *place,
        float(number == 0),
        log(1 + len(terms)),
        log(1 + len(set(terms) - asked.weights.keys())),
    )


def _logarithm(chance: float) -> float:
    return log(max(chance, _LEAST_CHANCE))
