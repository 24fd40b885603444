"""The sentence that answers, by weights learned from questions with known answers, and how likely it is right.

Where no sentence meets every demand that rules make, one may still be likely enough. Two linear models over named
features, learned by `chatbot.evaluation.train_reading` and kept in `likelihood.json`: one puts the sentences of the
best passages in order (softmax regression), the other says how likely the first is right (D. R. Cox 1958).
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise
from math import exp, log

import msgspec

from chatbot.retrieval.analysis import analyse
from chatbot.retrieval.collection import Found
from chatbot.retrieval.passage import Passage
from chatbot.retrieval.ranking import BESIDE, RARE, UNDECIDED, Asked, is_typed, nearness, places_of, share_of

PASSAGES = 5
"""Passages whose sentences are looked at."""
FEW_PASSAGES = 500
"""Passages below which the best need not be good, so that only rules tell whether it answers."""
_AS_LIKELY = 0.25
"""How likely, against the best, a sentence beside it must be to be shown with it."""
_NEXT = 0.5
"""What a word is worth that stands in a neighbouring sentence."""
_MOST_LEAD = 5.0
_SHIFT = 0.42
"""Added to the log-odds: more is shown than the one sentence that the model was taught to judge, and hidden articles, which
it was taught too, are rarer in use. Fitted on development questions."""
_REASON = re.compile(
    r"\b(?:because|since|due to|so that|in order to|as a result|therefore|caused?|reasons?|led to)\b", re.I
)
_HEAD = re.compile(r"\b(?:what|which|how many|how much|whose)\s+(?:\w+\s+){0,2}?(\w{3,})", re.I)

ORDER = (
    "own",  # share of the question's words, by weight, that the sentence has
    "context",  # the same where words of title and headings count a little
    "around",  # and words of its neighbours less
    "bigrams",  # neighbouring words of the question that are neighbours here
    "near",  # how near they stand
    "order",  # whether they stand in order, near
    "surface",  # share of the words as they are written
    "phrases",  # share of pairs of words as they are written
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
SURE = (
    "chance",  # likelihood of the sentence among all
    "passage",  # likelihood of its passage among those found
    "own",
    "context",
    "around",
    "capitals",
    "numbers",
    "typed",
    "head",
    "bigrams",
    "phrases",
    "lacking",  # rare words of the question that neither the passage nor its title has
    "whole",  # share of the question's words that the passage has, title included
    "words",  # how many different words the question has, as a logarithm
    "heard",  # weight of all words of the question, as a logarithm
    "strength",  # BM25 of its passage by the weight of all words of the question
    "model",  # the ranking model's score of its passage, in tens
    "lead",  # how much greater that is than the best of another title
    "agreeing",  # share of the passages found that have its title
)


class Sentence(msgspec.Struct, frozen=True):
    """A sentence as the models see it."""

    passage: Passage
    position: int
    features: tuple[float, ...]
    """The values of `ORDER`."""
    lacking: float
    whole: float
    hit: Found
    lead: float
    agreeing: float


class Likely(msgspec.Struct, frozen=True):
    """The likeliest sentence."""

    passage: Passage
    positions: tuple[int, ...]
    """Of the sentence, and of one beside it that may answer as well; in order."""
    confidence: float
    """Probability that it answers."""
    why: tuple[str, ...]


class _Weights(msgspec.Struct, frozen=True):
    order: dict[str, float]
    sure: dict[str, float]
    bias: float


def likeliest(asked: Asked, found: Sequence[Found]) -> Likely | None:
    """The likeliest sentence of the best passages, or None where there is none."""
    seen = sentences(asked, found)
    if not seen:
        return None
    weights = _weights()
    order = tuple(weights.order[name] for name in ORDER)
    chances = softmax([sum(map(float.__mul__, order, sentence.features)) for sentence in seen])
    best = max(range(len(seen)), key=lambda n: chances[n])
    values = sureness(asked, seen[best], chances[best])
    total = weights.bias + _SHIFT + sum(weights.sure[name] * value for name, value in zip(SURE, values, strict=True))
    confidence = 1 / (1 + exp(-total))
    told = ", ".join(f"{name} {value:.2f}" for name, value in zip(SURE, values, strict=True))
    why = (f"likeliest of {len(seen)} sentences", f"{told} = {confidence:.2f}")
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
def _weights() -> _Weights:
    return msgspec.json.decode(files("chatbot.reading").joinpath("likelihood.json").read_bytes(), type=_Weights)


def softmax(scores: Sequence[float]) -> list[float]:
    """Likelihoods that add up to 1, greater for greater scores."""
    highest = max(scores, default=0.0)
    odds = [exp(score - highest) for score in scores]
    total = sum(odds) or 1.0
    return [each / total for each in odds]


def sentences(asked: Asked, found: Sequence[Found]) -> list[Sentence]:
    """Every sentence of prose and lists in the best passages, with its features."""
    best = [hit for hit in found if hit.passage.kind in ("prose", "list")][:PASSAGES]
    chances = softmax([hit.score for hit in best])
    head = _HEAD.search(asked.text)
    heads = frozenset(analyse(head[1])) if head else frozenset()
    is_why = asked.text.lower().startswith("why") or " why " in asked.text.lower()
    seen: list[Sentence] = []
    for rank, (hit, chance) in enumerate(zip(best, chances, strict=True)):
        others = [other.score for other in best if other.passage.title != hit.passage.title]
        lead = min(_MOST_LEAD, hit.score - max(others)) if others else _MOST_LEAD
        agreeing = 1 - len(others) / len(best)
        seen += _sentences(asked, hit, (chance, float(rank == 0)), heads, is_why, (lead, agreeing))
    return seen


def _sentences(
    asked: Asked,
    hit: Found,
    place: tuple[float, float],
    heads: frozenset[str],
    is_why: bool,
    rivalry: tuple[float, float],
) -> list[Sentence]:
    passage = hit.passage
    counts = passage.counts or (0, len(passage.terms))
    ends = list(accumulate(counts))
    context = asked.weights.keys() & set(passage.terms[: ends[0]])
    parts = [passage.terms[start:end] for start, end in pairwise(ends)]
    words = [asked.weights.keys() & set(part) for part in parts]
    everywhere = context.union(*words)
    lacking = float(sum(w > RARE and term not in everywhere for term, w in asked.weights.items()))
    whole = asked.weigh(everywhere) / asked.total
    title = passage.title
    low_title = title.lower()
    found = []
    for n, (part, own) in enumerate(zip(parts, words, strict=True)):
        text = passage.sentences[n].text if n < len(passage.sentences) else passage.text
        beside = words[n - 1] if n else set()
        beside = beside | (words[n + 1] if n + 1 < len(words) else set())
        with_context = asked.weigh(own) + BESIDE * asked.weigh(context - own)
        low = f" {text.lower()}"
        features = (
            asked.weigh(own) / asked.total,
            with_context / asked.total,
            (with_context + _NEXT * asked.weigh(beside - own - context)) / asked.total,
            *nearness(asked, places_of(asked, part)),
            share_of(asked.surface, low),
            share_of(asked.bigrams, low),
            share_of(asked.capitals, f" {title} {text}", UNDECIDED),
            share_of(asked.numbers, f" {title} {text}", UNDECIDED),
            is_typed(asked, text, low_title),
            float(_REASON.search(text) is not None) if is_why else UNDECIDED,
            float(not heads.isdisjoint(part)) if heads else UNDECIDED,
            *place,
            float(n == 0),
            log(1 + len(part)),
            log(1 + len(set(part) - asked.weights.keys())),
        )
        found.append(Sentence(passage, n, features, lacking, whole, hit, *rivalry))
    return found


def sureness(asked: Asked, sentence: Sentence, chance: float) -> tuple[float, ...]:
    """The values of `SURE` for the likeliest sentence."""
    known = dict(zip(ORDER, sentence.features, strict=True))
    return (
        chance,
        known["passage"],
        known["own"],
        known["context"],
        known["around"],
        known["capitals"],
        known["numbers"],
        known["typed"],
        known["head"],
        known["bigrams"],
        known["phrases"],
        sentence.lacking,
        sentence.whole,
        log(1 + len(asked.weights)),
        log(1 + asked.total),
        sentence.hit.bm25 / asked.total,
        sentence.hit.score / 10,
        sentence.lead,
        sentence.agreeing,
    )
