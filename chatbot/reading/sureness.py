"""How sure one can be that the likeliest sentence answers, by weights learned from questions with known answers.

Two logistic models (D. R. Cox 1958) over the same named features: that the documents say it at all, and that the sentence
does if they do. Their product is calibrated by two numbers (J. Platt 1999).
"""

from collections.abc import Sequence
from functools import reduce
from math import exp, log
from operator import or_

import msgspec

from chatbot.retrieval.collection import Found
from chatbot.retrieval.matching import UNDECIDED, Asked, Match, share_of
from chatbot.retrieval.passage import Passage

_MOST_LEAD = 2.5
_FIRST = 10
_SMALLEST = 0.001
_SLOPE, _SHIFT = 0.81, 0.73
"""What the log-odds are multiplied by, and what is added: more is shown than the one sentence that the models were taught
to judge, and they take it for as likely as not that the documents say it. Fitted on development questions."""

KNOWN = (
    "own",  # share of the question's words, by weight, that the sentence has
    "context",  # the same where words of title and headings count a little
    "around",  # and words of its neighbours less
    "told",  # what words there add that speak of words which it lacks
    "bigrams",  # neighbouring words of the question that are neighbours here
    "phrases",  # share of pairs of words as they are written
    "kin",  # how much its words tell that it answers such a question
)
"""The first of the features by which sentences are put into order: these also say how sure one can be."""
SURE = (
    *KNOWN,
    "saying",
    "span",
    "apart",
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
    """The values of `likelihood.ORDER`, which begin with those of `KNOWN`."""
    match: Match
    rank: int
    """Of its passage among those found, from 0."""

    @property
    def text(self) -> str:
        return self.passage.sentences[self.position].text


class Logistic(msgspec.Struct, frozen=True):
    """A probability by weights of the features `SURE`."""

    weights: dict[str, float]
    bias: float

    def of(self, values: Sequence[float]) -> float:
        total = self.bias + sum(self.weights[name] * value for name, value in zip(SURE, values, strict=True))
        return 1 / (1 + exp(-total))


def calibrated(probability: float) -> float:
    """The probability as it proved right."""
    return 1 / (1 + exp(-_SLOPE * log_odds(probability) - _SHIFT))


def sureness(
    asked: Asked,
    seen: Sequence[Sentence],
    chances: Sequence[float],
    best: int,
    said: Sequence[float],
    found: Sequence[Found],
) -> tuple[float, ...]:
    """The values of `SURE` for the sentence number `best` of those `seen` in the passages `found`.

    `chances` are the likelihoods of all, `said` what was read in it.
    """
    sentence, match, title = seen[best], seen[best].match, seen[best].passage.title
    kindred = [n for n, each in enumerate(seen) if each.passage.title == title]
    together = reduce(or_, (seen[n].match.everything for n in kindred))
    missed = [weight for term, weight in asked.weights.items() if not asked.bits[term] & match.everything]
    written = f" {title} {sentence.passage.text}"
    return (
        *sentence.features[: len(KNOWN)],
        *said[1:],
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


def softmax(scores: Sequence[float]) -> list[float]:
    """Likelihoods that add up to 1, greater for greater scores."""
    highest = max(scores, default=0.0)
    odds = [exp(score - highest) for score in scores]
    total = sum(odds) or 1.0
    return [each / total for each in odds]
