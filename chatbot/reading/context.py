"""What stands around a sentence, and whether it must be read together with the one before."""

import re

import msgspec

from chatbot.language.words import Token, tokens
from chatbot.reading.expected import dates_of_events
from chatbot.reading.stretch import Stretch, stretch
from chatbot.reading.vocabulary import CALENDAR, KINDS
from chatbot.retrieval.passage import Passage

_OPENING = frozenset(
    """this it such they these those he she his her its their both here there then former latter another
    that one him""".split()
)
_INTRODUCING = frozenset(
    "the in at by for from on of since during after under with whereas while although but and however".split()
)
"""Words that may stand before the one that refers back: "In that year ..."."""
_PERSONAL = frozenset("it they he she him them his her its their".split())
_SUBJECTS = frozenset("it they he she these those".split())
_BARE = frozenset("this these".split())
_OPENING_REACH = 6
_THEN = re.compile(
    r"(?:then|(?:\w+\s)?(?:that|this|the same)\s(?:\w+\s)?(?:year|time|day|month|decade|period))\b", re.I
)
_DEFINITE = re.compile(r"(?:\w+\s)?[Tt]he\s(new\s|same\s)?(\w+)")


class Surroundings(msgspec.Struct, frozen=True):
    """A sentence and what stands around it, each with the credit it earns."""

    answer: tuple[Stretch, ...]
    """The sentence, and its predecessor where it leans on it."""
    above: tuple[tuple[Stretch, float], ...]
    """Headings and title."""
    beside: tuple[tuple[Stretch, float], ...]
    frame: tuple[tuple[Stretch, float], ...] = ()
    """The heading: it is said of every item of a list, and less surely of every sentence."""
    leans: bool = False
    resumes: bool = False
    """Its subject is somebody or something of its predecessor."""
    before: tuple[Stretch, ...] = ()
    """The predecessor of a sentence that does not lean on it, yet may speak of whom it names."""


def surroundings(passage: Passage, position: int, has_date: bool = False) -> Surroundings:
    """The sentence at `position` of the passage as a candidate answer.

    Where the question `has_date` and the sentence none, the sentence leans on a predecessor that gives one.
    """
    texts = [stretch(sentence.text) for sentence in passage.sentences]
    leans = resumes = False
    if position > 0 and passage.kind == "prose":
        found, before = texts[position], texts[position - 1]
        takes_date = has_date and not dates_of_events(found) and bool(dates_of_events(before))
        resumes = found.tokens[:1] != [] and found.tokens[0].folded in _SUBJECTS
        resumes = resumes or names_again(found.text, before.text)
        leans = takes_date or resumes or leans_back(found.text)
    answer = (texts[position - 1], texts[position]) if leans else (texts[position],)
    heading = stretch(" / ".join(passage.section))
    above = ((heading, 0.7), (stretch(passage.title), 0.6))
    frame = ((heading, 0.9 if passage.kind == "list" else 0.5),)
    beside = tuple((text, 0.5 if n == position - 1 else 0.4) for n, text in enumerate(texts) if text not in answer)
    is_apart = position > 0 and passage.kind == "prose" and not leans
    return Surroundings(answer, above, beside, frame, leans, resumes, (texts[position - 1],) if is_apart else ())


def leans_back(text: str) -> bool:
    """Whether a sentence refers to the one before it: "It was ...", "In 1950 she ...", "... a part of this."

    >>> leans_back("In May it burnt down."), leans_back("Ana Roe said that it burnt down.")
    (True, False)
    """
    words = tokens(text)
    if any(word.folded in _OPENING for word in _opening(words)):
        return True
    for word in words[1:_OPENING_REACH]:
        if word.folded in _PERSONAL:
            return True
        if word.is_capitalised and word.folded not in CALENDAR:
            break
    return any(word.folded in _BARE for word in words)


def _opening(words: list[Token]) -> list[Token]:
    """The first word, and the next where the first only introduces it."""
    return words[:2] if words and words[0].folded in _INTRODUCING else words[:1]


def takes_up_time(text: str) -> bool:
    """Whether a sentence begins with the time that the one before it gave: "In that year ...", "Then ..."."""
    return _THEN.match(text) is not None


def names_again(text: str, before: str) -> bool:
    """Whether a sentence begins with a thing that the one before it brought up.

    >>> names_again("The pier burnt.", "They built a long pier.")
    True
    """
    match = _DEFINITE.match(text)
    if match is None:
        return False
    if match[1] and match[2].lower() in KINDS:
        return True
    if match[2].lower() not in before.lower():
        return False  # as mostly: no need to search
    if re.search(rf"\b(?:an?|another|new)\s(?:\w+\s){{0,3}}{match[2]}\b", before, re.IGNORECASE):
        return True
    # "They won the Lyra Prize. The prize ...", "They ran open-top trams. The trams ..."
    if re.search(rf"\b[A-Z]\w+\s{match[2].capitalize()}\b", before):
        return True
    return match[2].endswith("s") and re.search(rf"(?<!\b[Tt]he )\b[\w-]+\s{match[2]}\b", before) is not None
