"""How sure we are that a sentence answers a question, as a probability with named parts."""

from math import exp

import msgspec


class Parts(msgspec.Struct, frozen=True):
    """What confidence is made of; every part lies between 0 and 1."""

    own: float
    """Share of the question's words that the answer itself has, by weight."""
    around: float
    """The same with headings, title and neighbouring sentences, which earn less."""
    named: float
    """Share of the question's names that the answer itself has."""
    found: float
    """Score of the passage in the search, relative to the best passage's."""
    typed: float
    """1 where a definite type of answer was asked for (a date, a number ...) and is there."""
    close: float
    """Share of the question's neighbouring words that stand close together in the answer too."""


# Fitted by logistic regression on the answers given to 2,000 development questions of SQuAD 2.0, half of them
# unanswerable. Those were written to mislead, so each counted 0.4: on questions like them, taken as they are,
# confidence is too high by 0.1 to 0.2. Names were unknown, so the weight of `named` is a judgement.
WEIGHTS = Parts(own=3.3, around=1.9, named=0.8, found=0.8, typed=0.5, close=0.8)
BIAS = -6.4


def confidence(parts: Parts) -> float:
    """Logistic model of the parts (D. R. Cox 1958)."""
    total = BIAS + sum(getattr(WEIGHTS, name) * getattr(parts, name) for name in Parts.__struct_fields__)
    return 1 / (1 + exp(-total))
