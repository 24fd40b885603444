"""Substitution: "how about X?" asks the last question again with X in the place of what it is like."""

import re
from collections.abc import Sequence

from chatbot.dialogue.grammar import PREPOSITIONS, words_of
from chatbot.dialogue.phrases import Phrase, phrases_of
from chatbot.dialogue.wordforms import complements, is_superlative
from chatbot.language.words import stem

_COMPARES = re.compile(r"\b(?:between|versus|vs|similarit\w+|differ\w*)\b", re.I)
_COUNTED = re.compile(r"\b(?:how\s+many|how\s+much|what|which)\s*$", re.I)
_CONFIRMS = re.compile(r"^\W*(?:is|are|was|were)\s", re.I)
_DEFINES = re.compile(
    r"^\W*(?:tell\s+(?:me\s+)?(?:more\s+)?about|describe|what\s+(?:is|are|was|were)|who\s+(?:is|are|was|were)|(?:what|how)\s+about)\s+(?P<what>[^?]+?)\W*$",
    re.I,
)


def substituted(new: str, question: str) -> str | None:
    """The question with `new` in the place of the phrase it stands for; None where it has none.

    >>> substituted("goulash", "Is chilli a stew?"), substituted("in the UK", "What is the largest mammal in the world?")
    ('Is goulash a stew?', 'What is the largest mammal in the UK?')
    """
    first, _, rest = new.partition(" ")
    if first.lower() in PREPOSITIONS and rest:
        return _with_circumstance(first, new, question)
    phrases = phrases_of(words_of(question), question)
    given = phrases_of(words_of(f"about {new}"), f"about {new}")
    if not phrases or len(given) != 1:
        return None
    superlative = _superlative(given[0], phrases)
    if superlative is not None:
        return question[: superlative[0]] + given[0].head + question[superlative[1] :]
    place = _place(given[0], phrases, question)
    return None if place is None else question[: place.start] + new + question[place.end :]


def _superlative(given: Phrase, phrases: Sequence[Phrase]) -> tuple[int, int] | None:
    """Where the superlative stands that a lone one takes the place of: "the oldest" after "the youngest crust"."""
    if not is_superlative(given.head) or " " in given.bare:
        return None
    for phrase in phrases:
        for word in re.finditer(r"\S+", phrase.text):
            if is_superlative(word.group()):
                return phrase.start + word.start(), phrase.start + word.end()
    return None


def _with_circumstance(preposition: str, new: str, question: str) -> str:
    """ "How about in the UK": in the place of what has the same preposition, else at the end."""
    words = words_of(question)
    for phrase in reversed(phrases_of(words, question)):
        before = [word for word in words if word.end <= phrase.start]
        if before and before[-1].folded == preposition.lower():
            return question[: before[-1].start] + new + question[phrase.end :]
    stripped = question.rstrip(" ?.!")
    return f"{stripped} {new}{question[len(stripped) :].strip()}"


def _kind(phrase: Phrase) -> str:
    """The stem of its noun, that of the opposite being the same: "disadvantages", "advantages"."""
    return _OPPOSITE.sub("", stem(phrase.head.lower()))


_OPPOSITE = re.compile(r"^(?:dis|un|non-?|anti)(?=\w{4})")


def _place(given: Phrase, phrases: list[Phrase], question: str) -> Phrase | None:
    """The phrase that the new one is like: of the same noun, a name for a name, asking as it asks, else the last."""
    if _COMPARES.search(question):
        return None
    counted = [p for p in phrases if _COUNTED.search(question[: p.start])]
    if counted and not given.is_name and not given.text[:1].isdigit():
        return counted[0]
    same = [p for p in phrases if _kind(p) == _kind(given)]
    if same:
        return same[-1]
    if _DEFINES.match(question) and len(phrases) == 1:
        return phrases[0]
    asks = given.head.lower() in complements()
    alike = [p for p in phrases if p.is_name == given.is_name and (p.head.lower() in complements()) == asks]
    if alike:
        return alike[0 if _CONFIRMS.match(question) else -1]
    last = phrases[-1]
    before = question[: last.start].lower().split()
    is_object = not question[last.end :].strip(" ?.!") and not PREPOSITIONS.intersection(before[-1:])
    return last if is_object and not _DEFINES.match(question) and not last.is_name else None
