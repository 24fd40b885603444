"""Choosing among what was just named: "the second one", "the first two", "the other one", "the latter", "that mission"."""

import re
from collections.abc import Sequence

from chatbot.dialogue.references import NAMING
from chatbot.knowledge.catalogue import Catalogue
from chatbot.language.numbers import parse_ordinal
from chatbot.language.words import fold, stem
from chatbot.values import Answer

_WHOM = r"(?:\s+(?:one|ones|person|name|of\s+(?:them|these|those)|on\s+the\s+list|in\s+the\s+list|you\s+(?:named|listed|mentioned)))"
_NTH = re.compile(
    rf"\b(?:the\s+)?(?P<nth>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)|last|latter|former)"
    rf"(?:\s+(?P<count>two|three|four|five|\d)\b)?(?:{_WHOM}\b|(?=\W*$)|(?=\s+(?:two|three|four|five|take|took|serve|served|begin|began|start|die|born|leave|left|have|has|get|do|did|come|from|was|is|were|are)\b))",
    re.I,
)
_OTHER = re.compile(r"\bthe\s+other(?:s|\s+(?:one|two|person|man|woman))?\b(?!\s+[a-z]+s\b)", re.I)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}
_KIND = re.compile(r"\b(?:that|this|the\s+same|the\s+said)\s+(?P<kind>[a-z][a-z-]+)\b", re.I)
_TIMES = frozenset("year day month time date period moment decade century case way question answer list one".split())
_FURTHEST = 4
"""Turns back to which a list reaches."""


def chosen(text: str, turns: Sequence[Answer], catalogue: Catalogue) -> str | None:
    """The text with what it chooses in the place of the choosing words; None where it chooses nothing."""
    for put in (_with_nth, _with_other, _with_kind):
        found = put(text, turns, catalogue)
        if found is not None:
            return found
    return None


def _with_nth(text: str, turns: Sequence[Answer], catalogue: Catalogue) -> str | None:
    asked = _NTH.search(text)
    items = listed(turns)
    if asked is None or not items:
        return None
    picked = _picked(asked["nth"].lower(), asked["count"], items)
    if not picked:
        return None
    return text[: asked.start()] + " and ".join(picked) + text[asked.end() :]


def _picked(nth: str, count: str | None, items: Sequence[str]) -> Sequence[str]:
    many = _NUMBERS.get((count or "").lower()) or (int(count) if count and count.isdecimal() else 1)
    if nth in ("last", "latter"):
        return items[-many:]
    number = 1 if nth == "former" else parse_ordinal(nth)
    return items[number - 1 : number - 1 + many] if number is not None and number <= len(items) else ()


def _with_other(text: str, turns: Sequence[Answer], catalogue: Catalogue) -> str | None:
    """The one of two that was not spoken of since both were named."""
    asked = _OTHER.search(text)
    if asked is None:
        return None
    for back, turn in enumerate(reversed(turns[-_FURTHEST:])):
        items = _items(turn)
        if len(items) < 2:
            continue
        since = turns[len(turns) - back :]
        chosen_one = [value.text for value in turn.value] if len(turn.value) == 1 else []
        spoken = {fold(name) for name in chosen_one} | {
            fold(name) for later in since for name in (*later.entities, *(slot.value for slot in later.slots))
        }
        left = [item for item in items if fold(item) not in spoken]
        if left and len(left) < len(items):
            return text[: asked.start()] + " and ".join(left) + text[asked.end() :]
    return None


def _with_kind(text: str, turns: Sequence[Answer], catalogue: Catalogue) -> str | None:
    """ "That mission": the last thing named that is one."""
    asked = _KIND.search(text)
    if asked is None or asked["kind"].lower() in _TIMES:
        return None
    wanted = stem(asked["kind"].lower())
    for turn in reversed(turns[-_FURTHEST:]):
        named = [*turn.entities, *(slot.value for slot in turn.slots if slot.type != "date")]
        for name in named:
            if wanted in _kinds(name, catalogue):
                return text[: asked.start()] + name + text[asked.end() :]
    return None


def _kinds(name: str, catalogue: Catalogue) -> set[str]:
    entity = catalogue.entities.get(name)
    if entity is None:
        return set()
    words = [word for kind in entity.kinds for word in kind.split()[-1:]] + [entity.type] + entity.name.split()
    return {stem(word.lower()) for word in words}


def listed(turns: Sequence[Answer]) -> Sequence[str]:
    """The last list of several that was given."""
    return next((items for turn in reversed(turns[-_FURTHEST:]) if len(items := _items(turn)) > 1), ())


def _items(turn: Answer) -> Sequence[str]:
    """What an answer named, in its order; else what its question did."""
    if turn.kind == "clarification":
        return [choice.label for choice in turn.choices]
    named = [value.text for value in turn.value if value.type in ("person", "organization", "place", "text")]
    asked = [slot.value for slot in turn.slots if slot.type in NAMING]
    return named if len(named) > 1 else turn.entities if len(turn.entities) > 1 else list(dict.fromkeys(asked))
