"""Replies to a clarification: "2", "the second", "2021", a name."""

import re
from collections.abc import Sequence

from chatbot.language.numbers import parse_ordinal
from chatbot.language.words import fold, stem, tokens
from chatbot.values import Answer, Choice

_NUMBER = re.compile(r"^\W*(?:number\s+|no\.?\s+|option\s+|#)?(?P<number>\d{1,2})\W*$", re.I)
_NTH = re.compile(r"^\W*(?:the\s+)?(?P<nth>\w+)(?:\s+one|\s+option)?(?:\s*,?\s*please)?\W*$", re.I)
_LEAD_IN = re.compile(r"^\W*(?:i\s+mean(?:t)?\s+|the\s+one\s+(?:in|of|from)\s+|for\s+|in\s+|of\s+|the\s+)", re.I)
_MOST_WORDS = 6
"""Words of a reply; more are a question of their own."""


def picked(text: str, asked: Answer) -> Choice | None:
    """The choice of a clarification that the text picks; None where it is something else."""
    choices = asked.choices
    if asked.kind != "clarification" or not choices:
        return None
    number = _numbered(text, len(choices))
    if number is not None:
        return choices[number]
    if len(text.split()) > _MOST_WORDS or text.rstrip().endswith("?"):
        return None
    return _named(text, choices)


def _numbered(text: str, count: int) -> int | None:
    """The index that "2", "the second", "the last one" stands for."""
    number = _NUMBER.match(text)
    if number is not None:
        index = int(number["number"]) - 1
        return index if 0 <= index < count else None
    nth = _NTH.match(text)
    if nth is None:
        return None
    word = nth["nth"].lower()
    if word in ("last", "latter"):
        return count - 1
    ordinal = 1 if word in ("former", "one") else {"two": 2, "three": 3, "four": 4}.get(word) or parse_ordinal(word)
    return ordinal - 1 if ordinal is not None and ordinal <= count else None


def _named(text: str, choices: Sequence[Choice]) -> Choice | None:
    """The only choice whose label has all the words of the reply, or whose words the reply has."""
    said = _words(_LEAD_IN.sub("", text))
    if not said:
        return None
    exact = [choice for choice in choices if fold(choice.label) == fold(text.strip(" .!"))]
    within = exact or [choice for choice in choices if said <= _words(choice.label)]
    holding = within or [choice for choice in choices if _words(choice.label) <= said]
    return holding[0] if len(holding) == 1 else None


def _words(text: str) -> frozenset[str]:
    return frozenset(stem(token.folded) for token in tokens(text))
