"""How well a sentence, with what stands around it, speaks of what is asked."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import msgspec

from chatbot.language.lexicon import Lexicon
from chatbot.reading.context import Surroundings
from chatbot.reading.demands import names_in
from chatbot.reading.expected import is_typed
from chatbot.reading.matching import match
from chatbot.reading.requirements import Requirements, Word
from chatbot.reading.stretch import Stretch

_FOUND = 0.55
"""Credit from which a word counts as found: a heading has it, a sentence beside the answer has not."""
_TRACE = 0.01
_NEAR = 3
_UNDECIDED = 0.5
_LESSER = 0.3
"""Weight of settings, where others have 1."""
_LIGHT = 0.5
"""Greatest weight of a light word."""
_TELLING = 2.0
"""Weight from which a word tells as much as any: few passages have it."""
_MOST_NAMES, _NAME = 2, 0.8
"""Names that count as told, and how much a name or date does: what a text is about stands in many sentences."""


class Evidence(msgspec.Struct, frozen=True):
    """What a sentence has of what is asked. Shares are of the weight of the question's words."""

    own: float
    """Share that the answer itself has, its predecessor included where it leans on it; without settings."""
    asked: float
    """The same, of words that are not light: of what is asked about the names."""
    coverage: float
    """The same with lesser credit for headings, title and neighbours."""
    named: float
    """Share of the names that the answer itself has."""
    missing: tuple[Word, ...]
    """Words found nowhere around, light ones apart."""
    told: float
    """How many words, names and dates the answer itself has; words that many passages have count less."""
    close: float
    """Share of the question's neighbouring words that stand close together in the answer too."""
    light: float
    """Share of the light words that the answer itself has, unweighted."""
    typed: float
    """1 where a definite type of answer was asked for and is there."""
    is_alone: bool
    """Whether the sentence has all the words by itself, light ones apart."""
    last: float
    """Of what the answer has, the share that the sentence itself has, without its predecessor."""


class _Credit(msgspec.Struct, frozen=True):
    """What a word of the question has earned."""

    word: Word
    weight: float
    own: float
    """In the answer itself."""
    around: float
    """With headings, title and neighbours, which earn less."""
    is_alone: bool
    """In the sentence without its predecessor."""


def evidence(
    around: Surroundings, requirements: Requirements, weight: Callable[[str], float], lexicon: Lexicon
) -> Evidence:
    """What speaks for a sentence that meets the demands."""
    credits = [_credit(word, around, weight, lexicon) for word in requirements.words]
    # Light words count where they are there; where not, a paraphrase may have dropped them.
    telling = [credit for credit in credits if credit.own > 0 or not credit.word.is_light]
    main = [credit for credit in credits if not credit.word.is_light]
    light = [credit.own for credit in credits if credit.word.is_light]
    named = names_in(around.answer, requirements)
    return Evidence(
        own=_share([(c.own, c.weight) for c in telling if c.own > 0 or not c.word.is_setting]),
        asked=_share([(c.own, c.weight) for c in main if c.own > 0 or not c.word.is_setting]),
        coverage=_share([(c.around, c.weight) for c in telling]),
        named=named,
        missing=tuple(c.word for c in main if c.around < _least(c.word, requirements)),
        told=sum(min(1.0, c.weight / _TELLING) for c in main if c.own >= _FOUND)
        + _NAME * (min(_MOST_NAMES, named * len(requirements.names)) + len(requirements.dates)),
        close=_closeness(requirements.words, around.answer),
        light=sum(light) / len(light) if light else 1.0,
        typed=float(any(is_typed(part, requirements) for part in around.answer)),
        is_alone=all(c.is_alone for c in main),
        last=_share([(float(c.is_alone), c.weight * c.own) for c in main if not c.word.is_setting]),
    )


def _credit(word: Word, around: Surroundings, weight: Callable[[str], float], lexicon: Lexicon) -> _Credit:
    inside = (*((part, 1.0) for part in around.answer), *around.frame)
    own = max(credit * match(word, part, lexicon) for part, credit in inside)
    outside = (credit * match(word, part, lexicon) for part, credit in (*around.above, *around.beside))
    is_alone = match(word, around.answer[-1], lexicon) > 0
    return _Credit(word, _weight(word, weight), own, max(own, *outside), is_alone)


def _least(word: Word, requirements: Requirements) -> float:
    """Credit below which a word is missing."""
    return _TRACE if word.is_setting or requirements.succession else _FOUND


def _weight(word: Word, weight: Callable[[str], float]) -> float:
    """How much a word tells. Those that tell little do so the less, the rarer a text has them."""
    if word.is_light:
        return min(_LIGHT, sum(map(weight, word.terms)))
    return sum(map(weight, word.terms)) * (_LESSER if word.is_setting else 1)


def _closeness(words: Sequence[Word], answer: Sequence[Stretch]) -> float:
    main = [word for word in words if not word.is_light and not word.is_setting]
    places = [_places(part.terms) for part in answer]
    there = {term for at in places for term in at}
    pairs = [(one.terms[-1], other.terms[0]) for one, other in pairwise(main)]
    pairs = [pair for pair in pairs if there.issuperset(pair)]
    near = sum(any(_are_near(at.get(one, ()), at.get(other, ())) for at in places) for one, other in pairs)
    return near / len(pairs) if pairs else _UNDECIDED


def _places(terms: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, term in enumerate(terms):
        found.setdefault(term, []).append(at)
    return found


def _are_near(ones: Sequence[int], others: Sequence[int]) -> bool:
    return any(abs(one - other) <= _NEAR for one in ones for other in others)


def _share(credits: Sequence[tuple[float, float]]) -> float:
    """The weighted mean of credits, each given with its weight."""
    total = sum(weight for _, weight in credits)
    return sum(credit * weight for credit, weight in credits) / total if total else 1.0
