"""Whether a passage answers a question at all, when it has a likely span: a logistic model of what it lacks.

Source of the task: P. Rajpurkar, R. Jia and P. Liang 2018. The weights were fitted on development questions of SQuAD 2.0.
"""

import re
from collections.abc import Sequence
from math import log

from chatbot.reading.spans import Read

_NEGATION = re.compile(r"\b(?:not|never|no|without|neither|nor)\b|n['’]t\b", re.I)
_LEAST_CHANCE = 1e-9
_MOST_LACKING = 0.8
"""Share of a question beyond which a passage is about something else; the questions learned from were all near their passage."""

WEIGHTS = {
    "chance": 0.1309,  # logarithm of the likelihood of the best span
    "lead": 0.0281,  # how much greater it is than that of the second
    "total": 0.2622,  # how much speaks for some span, in tens
    "sentence": -3.3254,  # what its sentence lacks of the question
    "everywhere": 2.6657,  # what all sentences lack
    "greatest": -3.1205,  # the weightiest word of these
    "names": -0.4168,
    "numbers": -2.1048,
    "denied": -0.9364,  # only one of question and sentence is negated
    "both": 2.1812,  # sentence times everywhere
    "any": 0.3051,  # whether anything is lacking everywhere
}
NAMES = tuple(WEIGHTS)
LEAST = 0.0716
"""Log-odds from which a passage is taken to answer: where F1 over all development questions is greatest."""


def is_answered(question: str, sentences: Sequence[str], read: Read) -> bool:
    """Whether the sentences, of which `read` is the reading, answer the question."""
    if read.lacking.everywhere > _MOST_LACKING:
        return False
    values = features(question, sentences, read)
    return sum(WEIGHTS[name] * value for name, value in zip(NAMES, values, strict=True)) >= LEAST


def features(question: str, sentences: Sequence[str], read: Read) -> tuple[float, ...]:
    """The values of `NAMES`."""
    first, *others = read.spans
    chance = log(max(first.chance, _LEAST_CHANCE))
    second = log(max(others[0].chance, _LEAST_CHANCE)) if others else log(_LEAST_CHANCE)
    sentence = sentences[first.sentence]
    lacking = read.lacking
    return (
        chance,
        min(chance - second, 5.0),
        read.total / 10,
        lacking.sentence,
        lacking.everywhere,
        lacking.greatest,
        float(lacking.names),
        float(lacking.numbers),
        float(bool(_NEGATION.search(sentence)) != bool(_NEGATION.search(question))),
        lacking.sentence * lacking.everywhere,
        float(lacking.everywhere > 0),
    )
