"""The sentence that answers, by weights learned from questions with known answers, and how likely it is right.

Where no sentence meets every demand that rules make, one may still be likely enough. Two linear models over named
features, learned by `chatbot.evaluation.train_reading` and kept in `likelihood.json`: one puts the sentences of the
best passages in order (softmax regression), the other says how likely the first is right (D. R. Cox 1958).
"""

import re
from collections.abc import Sequence
from functools import cache, reduce
from importlib.resources import files
from math import exp, log
from operator import or_

import msgspec

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
_MOST_LEAD = 2.5
_FIRST = 10
_SMALLEST = 0.001
_SHIFT = 0.0
"""Added to the log-odds: more is shown than the one sentence that the models were taught to judge, and they take it for
as likely as not that the documents say it. Fitted on development questions."""
_REASON = re.compile(
    r"\b(?:because|since|due to|so that|in order to|as a result|therefore|caused?|reasons?|led to)\b", re.I
)
_HEAD = re.compile(r"\b(?:what|which|how many|how much|whose)\s+(?:\w+\s+){0,2}?(\w{3,})", re.I)

ORDER = (
    "own",  # share of the question's words, by weight, that the sentence has
    "context",  # the same where words of title and headings count a little
    "around",  # and words of its neighbours less
    "told",  # what words there add that speak of words which it lacks
    "bigrams",  # neighbouring words of the question that are neighbours here
    "near",  # how near they stand
    "order",  # whether they stand in order, near
    "surface",  # share of the words as they are written
    "phrases",  # share of pairs of words as they are written
    "capitals",  # share of the capitalised words, title included
    "numbers",  # share of the numbers
    "typed",  # whether it has the type of answer asked for
    "kin",  # how much its words tell that it answers such a question
    "reason",  # whether it gives a reason where one is asked for
    "head",  # whether the noun right behind the question word is there
    "passage",  # likelihood of its passage among those found
    "first",  # whether its passage is the best
    "opening",  # whether it opens its passage
    "length",  # of the sentence in terms, as a logarithm
    "news",  # terms that the question does not have, as a logarithm
)
SURE = (
    "own",
    "context",
    "around",
    "told",
    "bigrams",
    "phrases",
    "kin",
    "chance",  # likelihood of the sentence among all, as log-odds
    "kindred",  # that of all sentences whose passages have its title
    "mass",  # likelihood of all passages of its title among those found, as log-odds
    "lead",  # how much greater its passage's score is than the best of another title
    "titles",  # different titles among the first ten passages
    "model",  # the ranking model's score of its passage, in tens, squared
    "strength",  # BM25 of its passage by the weight of all words of the question
    "titled",  # share of the question's words, by weight, that title and headings have
    "whole",  # that the passage has, title included
    "together",  # that the passages read of its title have
    "translated",  # that the passage lacks but speaks of
    "missed",  # weight of the heaviest word that the passage lacks
    "heaviest",  # weight of the heaviest word of the question
    "words",  # how many different words the question has, as a logarithm
    "names",  # how many capitalised words it has
    "named",  # share of these that the passage has
)


class Sentence(msgspec.Struct, frozen=True):
    """A sentence as the models see it."""

    passage: Passage
    position: int
    features: tuple[float, ...]
    """The values of `ORDER`."""
    match: Match
    rank: int
    """Of its passage among those found, from 0."""


class Likely(msgspec.Struct, frozen=True):
    """The likeliest sentence."""

    passage: Passage
    positions: tuple[int, ...]
    """Of the sentence, and of one beside it that may answer as well; in order."""
    confidence: float
    """Probability that it answers."""
    why: tuple[str, ...]


class Logistic(msgspec.Struct, frozen=True):
    """A probability by weights of the features `SURE`."""

    weights: dict[str, float]
    bias: float

    def of(self, values: Sequence[float]) -> float:
        total = self.bias + sum(self.weights[name] * value for name, value in zip(SURE, values, strict=True))
        return 1 / (1 + exp(-total))


class Weights(msgspec.Struct, frozen=True):
    order: dict[str, float]
    there: Logistic
    """That the documents say it at all: learned from questions with the article that answers them there and hidden."""
    right: Logistic
    """That the likeliest sentence says it, if they do."""

    def confidence(self, values: Sequence[float]) -> float:
        """The probability that the likeliest sentence, whose features `SURE` these are, answers."""
        return 1 / (1 + exp(-_SHIFT - log_odds(self.there.of(values) * self.right.of(values))))


def likeliest(asked: Asked, found: Sequence[Found]) -> Likely | None:
    """The likeliest sentence of the best passages, or None where there is none. `found` is all that may be likely."""
    found = readable(found)
    seen = sentences(asked, found)
    if not seen:
        return None
    weights = _weights()
    order = tuple(weights.order[name] for name in ORDER)
    chances = softmax([sum(map(float.__mul__, order, sentence.features)) for sentence in seen])
    best = max(range(len(seen)), key=lambda n: chances[n])
    values = sureness(asked, seen, chances, found)
    there, right, confidence = weights.there.of(values), weights.right.of(values), weights.confidence(values)
    told = ", ".join(f"{name} {value:.2f}" for name, value in zip(SURE, values, strict=True))
    why = (
        f"likeliest of {len(seen)} sentences",
        f"the documents say it {there:.2f}, this sentence does if they do {right:.2f}: confidence {confidence:.2f}",
        told,
    )
    return Likely(seen[best].passage, _with_neighbour(seen, chances, best), confidence, why)


def _with_neighbour(seen: Sequence[Sentence], chances: Sequence[float], best: int) -> tuple[int, ...]:
    """The position of the best sentence, with that of the likelier one beside it if it is nearly as likely."""
    passage, position = seen[best].passage, seen[best].position
    beside = [n for n in (best - 1, best + 1) if 0 <= n < len(seen) and seen[n].passage is passage]
    other = max(beside, key=lambda n: chances[n], default=best)
    if other == best or chances[other] < _AS_LIKELY * chances[best]:
        return (position,)
    return tuple(sorted((position, seen[other].position)))


@cache
def _weights() -> Weights:
    return msgspec.json.decode(files("chatbot.reading").joinpath("likelihood.json").read_bytes(), type=Weights)


def softmax(scores: Sequence[float]) -> list[float]:
    """Likelihoods that add up to 1, greater for greater scores."""
    highest = max(scores, default=0.0)
    odds = [exp(score - highest) for score in scores]
    total = sum(odds) or 1.0
    return [each / total for each in odds]


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
        own = [_features(asked, hit.passage, match, n, heads, is_why, place) for n in range(len(match.sentences))]
        seen += [Sentence(hit.passage, n, values, match, rank) for n, values in enumerate(own)]
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
    text = passage.sentences[number].text if number < len(passage.sentences) else passage.text
    low, titled = f" {text.lower()}", f" {passage.title} {text}"
    own, terms = match.sentences[number], match.terms_of(number)
    beside = match.beside(number) & ~own & ~match.context
    with_context = match.with_context(own)
    return (
        asked.weigh(own) / asked.total,
        with_context / asked.total,
        (with_context + _NEXT * asked.weigh(beside)) / asked.total,
        match.told_by(number) / asked.total,
        *nearness(asked, match.places_in(number)),
        share_of(asked.surface, low),
        share_of(asked.bigrams, low),
        share_of(asked.capitals, titled, UNDECIDED),
        share_of(asked.numbers, titled, UNDECIDED),
        is_typed(asked, text, passage.title.lower()),
        kinship(asked, terms),
        float(_REASON.search(text) is not None) if is_why else UNDECIDED,
        float(not heads.isdisjoint(terms)) if heads else UNDECIDED,
        *place,
        float(number == 0),
        log(1 + len(terms)),
        log(1 + len(set(terms) - asked.weights.keys())),
    )


def sureness(
    asked: Asked, seen: Sequence[Sentence], chances: Sequence[float], found: Sequence[Found]
) -> tuple[float, ...]:
    """The values of `SURE` for the likeliest of the sentences `seen` of the passages `found`."""
    best = max(range(len(seen)), key=chances.__getitem__)
    sentence, match, title = seen[best], seen[best].match, seen[best].passage.title
    known = dict(zip(ORDER, sentence.features, strict=True))
    kindred = [n for n, each in enumerate(seen) if each.passage.title == title]
    together = reduce(or_, (seen[n].match.everything for n in kindred))
    missed = [weight for term, weight in asked.weights.items() if not asked.bits[term] & match.everything]
    written = f" {title} {sentence.passage.text}"
    return (
        *(known[name] for name in SURE[:7]),
        log_odds(chances[best]),
        log_odds(sum(chances[n] for n in kindred)),
        *_standing(found, sentence.rank),
        found[sentence.rank].bm25 / asked.total,
        asked.weigh(match.context) / asked.total,
        asked.weigh(match.everything) / asked.total,
        asked.weigh(together) / asked.total,
        match.translated / asked.total,
        max(missed, default=0.0),
        max(asked.weights.values(), default=0.0),
        log(1 + len(asked.weights)),
        float(len(asked.capitals)),
        share_of(asked.capitals, written, UNDECIDED),
    )


def _standing(found: Sequence[Found], rank: int) -> tuple[float, float, float, float]:
    """From "mass" to "model": how a passage, and all of its title, stand among those found."""
    own, title = found[rank].score, found[rank].passage.title
    chances = softmax([hit.score for hit in found])
    mass = sum(chance for chance, hit in zip(chances, found, strict=True) if hit.passage.title == title)
    others = max((hit.score for hit in found if hit.passage.title != title), default=own - _MOST_LEAD)
    titles = {hit.passage.title for hit in found[:_FIRST]}
    return log_odds(mass), min(_MOST_LEAD, own - others), float(len(titles)), (own / 10) ** 2


def log_odds(probability: float) -> float:
    """Its log-odds, never farther from 0 than those of a thousandth."""
    probability = min(max(probability, _SMALLEST), 1 - _SMALLEST)
    return log(probability / (1 - probability))
