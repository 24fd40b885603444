"""The measures of the field, one pure function each."""

import re
import string
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from math import log2

import msgspec

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")


def normalised(text: str) -> str:
    """The form in which SQuAD compares answers: lower case, no ASCII punctuation, no articles, single spaces.

    Source: P. Rajpurkar and others 2016, official evaluation.

    >>> normalised("The U.S.  Army,")
    'us army'
    """
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact_match(prediction: str, answers: Sequence[str]) -> float:
    """1.0 where the prediction equals an answer, both normalised; no answers mean that "" is right."""
    return float(any(normalised(prediction) == normalised(answer) for answer in answers or ("",)))


def token_f1(prediction: str, answers: Sequence[str]) -> float:
    """Harmonic mean of precision and recall of the tokens, the best over the answers, from 0 to 1.

    >>> round(token_f1("in October 1973", ["October", "October 1973"]), 2)
    0.8
    """
    return max(_overlap(normalised(prediction).split(), normalised(answer).split()) for answer in answers or ("",))


def _overlap(one: Sequence[str], other: Sequence[str]) -> float:
    if not one or not other:
        return float(one == other)
    common = sum((Counter(one) & Counter(other)).values())
    return 2 * common / (len(one) + len(other))


def holds_answer(text: str, answers: Sequence[str]) -> bool:
    """Whether a text has one of the answers as whole words, all normalised.

    >>> holds_answer("It began in October 1973.", ["october"]), holds_answer("It began in 19731.", ["1973"])
    (True, False)
    """
    padded = f" {normalised(text)} "
    return any(f" {normalised(answer)} " in padded for answer in answers if normalised(answer))


def ndcg(ranking: Sequence[str], relevant: Collection[str], k: int = 10) -> float:
    """Normalised discounted cumulative gain of the first `k`, relevance yes or no (K. Järvelin, J. Kekäläinen 2002).

    >>> ndcg(["a", "b"], {"a"}), round(ndcg(["b", "a"], {"a"}), 3)
    (1.0, 0.631)
    """
    gained = sum(1 / log2(rank + 2) for rank, each in enumerate(ranking[:k]) if each in relevant)
    ideal = sum(1 / log2(rank + 2) for rank in range(min(k, len(relevant))))
    return gained / ideal if ideal else 0.0


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Probability that a positive scores above a negative, ties counting half: the area under the ROC curve.

    Source: H. Mann and D. Whitney 1947. 0.5 where either side is empty.

    >>> auroc([0.9, 0.5], [0.1, 0.5])
    0.875
    """
    if not positive or not negative:
        return 0.5
    ranked = sorted(negative)
    won = sum(bisect_left(ranked, score) + bisect_right(ranked, score) for score in positive)
    return won / (2 * len(positive) * len(ranked))


class Bin(msgspec.Struct, frozen=True):
    """The answers whose confidence falls into one tenth."""

    low: float
    high: float
    count: int
    confidence: float
    """Mean confidence."""
    right: float
    """Share that is right."""


def reliability(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> list[Bin]:
    """The filled bins of equal width over [0, 1], ascending; the last one has 1.0 itself too."""
    places: dict[int, list[tuple[float, bool]]] = {}
    for confidence, is_right in zip(confidences, right, strict=True):
        places.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, is_right))
    table = []
    for place, members in sorted(places.items()):
        count = len(members)
        mean, share = sum(c for c, _ in members) / count, sum(r for _, r in members) / count
        table.append(Bin(place / bins, (place + 1) / bins, count, mean, share))
    return table


def calibration_error(table: Sequence[Bin]) -> float:
    """Expected calibration error: |mean confidence - share right|, weighted by count (C. Guo and others 2017)."""
    total = sum(each.count for each in table)
    return sum(each.count * abs(each.confidence - each.right) for each in table) / total if total else 0.0


def risk_coverage(confidences: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float]]:
    """(share answered, share of these that is wrong) for every threshold, from the surest answer to all.

    Answers of equal confidence come in together. Source: R. El-Yaniv and Y. Wiener 2010.
    """
    ordered = sorted(zip(confidences, right, strict=True), key=lambda pair: -pair[0])
    curve, wrong = [], 0
    for count, (confidence, is_right) in enumerate(ordered, 1):
        wrong += not is_right
        if count == len(ordered) or ordered[count][0] != confidence:
            curve.append((count / len(ordered), wrong / count))
    return curve


def area_under(curve: Sequence[tuple[float, float]]) -> float:
    """The area under a risk-coverage curve, as steps: mean risk over all coverages; 0 is best.

    >>> area_under(risk_coverage([0.9, 0.1], [True, False]))
    0.25
    """
    area, covered = 0.0, 0.0
    for coverage, risk in curve:
        area += (coverage - covered) * risk
        covered = coverage
    return area


def threshold_for(confidences: Sequence[float], right: Sequence[bool], precision: float) -> float | None:
    """The lowest threshold at which at least `precision` of the answers given are right; None where no one reaches it."""
    best = None
    ordered = sorted(zip(confidences, right, strict=True), key=lambda pair: -pair[0])
    good = 0
    for count, (confidence, is_right) in enumerate(ordered, 1):
        good += is_right
        is_last_of_equals = count == len(ordered) or ordered[count][0] != confidence
        if is_last_of_equals and good >= precision * count:
            best = confidence
    return best
