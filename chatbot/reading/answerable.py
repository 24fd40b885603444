"""Whether a passage answers a question at all, when it has a likely span: a logistic model of what it lacks.

Source of the task: P. Rajpurkar, R. Jia and P. Liang 2018. The weights were learned by `chatbot.evaluation.train_answerable`
and lie in `answerable.json`.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain
from math import log

import msgspec

from chatbot.reading.spans import Read
from chatbot.retrieval.analysis import searchable
from chatbot.retrieval.matching import Asked, Match
from chatbot.retrieval.passage import Passage, Sentence

_NEGATION = re.compile(r"\b(?:not|never|no|without|neither|nor)\b|n['’]t\b", re.I)
_LEAST_CHANCE = 1e-9
_MOST_LACKING = 0.8
"""Share of a question beyond which a passage is about something else; the questions learned from were all near their passage."""

NAMES = (
    "chance",  # logarithm of the likelihood of the best span
    "denied",  # whether only one of question and sentence is negated
    "missed",  # weight of the heaviest word that its sentence lacks, less what words there say of it, in tens
    "elsewhere",  # how much more of the question's words, by weight, another sentence has
)


class Weights(msgspec.Struct, frozen=True):
    weights: dict[str, float]
    least: float
    """The score from which a passage is taken to answer."""

    def score(self, values: Sequence[float]) -> float:
        return sum(self.weights[name] * value for name, value in zip(NAMES, values, strict=True))


def is_answered(
    question: str, sentences: Sequence[str], title: str, weight: Callable[[str], float], read: Read
) -> bool:
    """Whether the sentences of one passage, of which `read` is the reading, answer the question.

    `weight` says how much a term tells: its inverse document frequency.
    """
    if read.lacking.everywhere > _MOST_LACKING:
        return False
    weights = _weights()
    return weights.score(features(question, sentences, title, weight, read)) >= weights.least


def features(
    question: str, sentences: Sequence[str], title: str, weight: Callable[[str], float], read: Read
) -> tuple[float, ...]:
    """The values of `NAMES`."""
    number, asked = read.spans[0].sentence, Asked(question, weight)
    match = Match(asked, _passage(title, tuple(sentences)))
    own, told = match.sentences[number], match.told[number]
    lacking = [bit for bit in asked.bits.values() if not bit & (own | match.context)]
    is_denied, asks_denied = (_NEGATION.search(text) is not None for text in (sentences[number], question))
    return (
        log(max(read.spans[0].chance, _LEAST_CHANCE)),
        float(is_denied != asks_denied),
        max((asked.weigh(bit) - told.get(bit, 0.0) for bit in lacking), default=0.0) / 10,
        (max(map(asked.weigh, match.sentences)) - asked.weigh(own)) / asked.total,
    )


@cache
def _weights() -> Weights:
    return msgspec.json.decode(files("chatbot.reading").joinpath("answerable.json").read_bytes(), type=Weights)


def _passage(title: str, sentences: tuple[str, ...]) -> Passage:
    analysed = [searchable(title), *map(searchable, sentences)]
    parts = tuple(Sentence(text, 0, len(text)) for text in sentences)
    return Passage("", title, (), parts, tuple(chain.from_iterable(analysed)), counts=tuple(map(len, analysed)))
