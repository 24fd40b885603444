"""How sure we are that a sentence answers a question, as a probability with named parts."""

from math import exp

import msgspec


class Parts(msgspec.Struct, frozen=True):
    """What confidence is made of; every part lies between 0 and 1."""

    around: float
    """Share of the question's words that the answer has, by weight; headings and neighbours earn less."""
    named: float
    """Share of the question's names that the answer itself has."""
    found: float
    """Score of the passage in the search, relative to the best passage's; the root of it, as paraphrases score low."""
    typed: float
    """1 where a definite type of answer was asked for (a date, a number ...) and is there."""
    close: float
    """Share of the question's neighbouring words that stand close together in the answer too."""
    told: float
    """How many words and names of the question the answer itself has; five are plenty."""
    lacking: float
    """How many it lacks; three are many."""
    apart: float
    """How many more it has than any other sentence that might answer; one is plenty."""


# Fitted by logistic regression on the best answers to 2,400 training questions of SQuAD 1.1, asked once of their
# article and once of the article without the paragraph that answers, to 960 development questions of SQuAD 2.0
# (the unanswerable half was written to mislead, and counted 0.4) and to 860 development questions of this project, which counted 10.
WEIGHTS = Parts(around=0.35, named=0.4, found=3.9, typed=0.3, close=0.45, told=1.1, lacking=-1.8, apart=0.85)
BIAS = -4.3


def confidence(parts: Parts) -> float:
    """Logistic model of the parts (D. R. Cox 1958)."""
    total = BIAS + sum(getattr(WEIGHTS, name) * getattr(parts, name) for name in Parts.__struct_fields__)
    return 1 / (1 + exp(-total))
