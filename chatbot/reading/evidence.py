"""How well a sentence, with what stands around it, meets the demands of a question."""

from collections.abc import Callable, Sequence

import msgspec

from chatbot.language.dates import Certainty, overlaps
from chatbot.language.lexicon import OFFICE, Lexicon
from chatbot.language.words import tokens
from chatbot.reading.expected import holds_wanted
from chatbot.reading.requirements import NEGATIONS, Requirements, Word
from chatbot.reading.stretch import Stretch, stretch
from chatbot.retrieval.passage import Passage

SYNONYM = 0.9
"""Credit for a phrase of exactly the same meanings; less where they share only some."""

_OPENING = frozenset(
    """this it such they these those he she his her its their both here there then former latter another that one
    him""".split()
)
_PERSONAL = frozenset("it they he she his her its their".split())
_BARE = frozenset("this these".split())
_OPENING_REACH = 6


class Evidence(msgspec.Struct, frozen=True):
    """What a sentence has of what is asked. Shares are of the weight of the question's words."""

    own: float
    """Share that the answer itself has, its predecessor included where it leans on it."""
    coverage: float
    """The same with lesser credit for headings, title and neighbours."""
    named: float
    """Share of the names that the answer itself has."""
    missing: tuple[str, ...]
    """Words found nowhere around."""
    leans: bool
    """It refers to the sentence before and is given with it."""


class Surroundings(msgspec.Struct, frozen=True):
    """A sentence and what stands around it, each with the credit it earns."""

    answer: tuple[Stretch, ...]
    """The sentence, and its predecessor where it leans on it."""
    above: tuple[tuple[Stretch, float], ...]
    """Headings and title."""
    beside: tuple[tuple[Stretch, float], ...]
    leans: bool


def surroundings(passage: Passage, position: int) -> Surroundings:
    """The sentence at `position` of the passage as a candidate answer."""
    texts = [stretch(sentence.text) for sentence in passage.sentences]
    leans = position > 0 and passage.kind == "prose" and leans_back(passage.sentences[position].text)
    answer = (texts[position - 1], texts[position]) if leans else (texts[position],)
    above = ((stretch(" / ".join(passage.section)), 0.7), (stretch(passage.title), 0.6))
    beside = tuple(
        (text, 0.5 if n == position - 1 else 0.4) for n, text in enumerate(texts) if text not in answer
    )
    return Surroundings(answer, above, beside, leans)


def leans_back(text: str) -> bool:
    """Whether a sentence refers to the one before it: "It was ...", "In 1950 she ...", "... a part of this."

    >>> leans_back("In May it burnt down."), leans_back("Ana Roe said that it burnt down.")
    (True, False)
    """
    words = tokens(text)
    opening = words[:2] if words and words[0].folded == "the" else words[:1]
    if any(word.folded in _OPENING for word in opening):
        return True
    for word in words[1:_OPENING_REACH]:
        if word.folded in _PERSONAL:
            return True
        if word.is_capitalised:
            break
    return any(word.folded in _BARE for word in words)


def evidence(
    around: Surroundings, requirements: Requirements, weight: Callable[[str], float], lexicon: Lexicon
) -> Evidence | None:
    """What speaks for the sentence, or None where a hard demand fails: name, date, negation, type of answer."""
    if not _has_dates(around, requirements) or _is_negated(around) < requirements.is_negated:
        return None
    if not any(holds_wanted(part, requirements) for part in around.answer):
        return None
    above = [part for part, _ in around.above]
    named = [any(_has_any(part, forms) for part in around.answer) for forms in requirements.names]
    for forms, is_here in zip(requirements.names, named, strict=True):
        if not is_here and not any(_has_any(part, forms) for part in above):
            return None
    weights = [sum(map(weight, word.terms)) * (0.3 if word.is_light else 1) for word in requirements.words]
    own = [max(match(word, part, lexicon) for part in around.answer) for word in requirements.words]
    credits = [
        max(here, *(credit * match(word, part, lexicon) for part, credit in (*around.above, *around.beside)))
        for word, here in zip(requirements.words, own, strict=True)
    ]
    missing = [word.text for word, credit in zip(requirements.words, credits, strict=True) if credit == 0]
    return Evidence(
        _share(own, weights),
        _share(credits, weights),
        sum(named) / len(named) if named else 1.0,
        tuple(missing),
        around.leans,
    )


def match(word: Word, part: Stretch, lexicon: Lexicon) -> float:
    """1 where the words stand in `part`, less for a phrase that shares meanings with them, else 0."""
    if part.term_set.issuperset(word.terms):
        return 1.0
    if not word.concepts:
        return 0.0
    # Asked for a role ("what post did she hold"), a noun of office answers.
    wanted = word.concepts | ({OFFICE} if "office_word" in word.concepts else set())
    meanings = part.meanings(lexicon)
    if OFFICE in wanted and any(OFFICE in meaning for meaning in meanings):
        return SYNONYM
    shared = (len(wanted & meaning) / len(wanted | meaning) for meaning in meanings if wanted & meaning)
    return SYNONYM * max(shared, default=0.0)


def _share(credits: Sequence[float], weights: Sequence[float]) -> float:
    total = sum(weights)
    return sum(c * w for c, w in zip(credits, weights, strict=True)) / total if total else 1.0


def _has_any(part: Stretch, forms: Sequence[str]) -> bool:
    return any(part.has_name(form) for form in forms)


def _has_dates(around: Surroundings, requirements: Requirements) -> bool:
    parts = [*around.answer, *(part for part, _ in around.above)]
    mentions = [mention.interval for part in parts for mention in part.dates] if requirements.dates else []
    return all(
        any(overlaps(mention, asked) is Certainty.CERTAINLY for mention in mentions)
        for asked in requirements.dates
    )


def _is_negated(around: Surroundings) -> bool:
    words = (word for part in around.answer for word in part.text.lower().replace("n't", " n't").split())
    return any(word in NEGATIONS for word in words)
