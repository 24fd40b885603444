"""Arithmetic over answers: "what is the difference?", "which one is bigger?" of the last two figures told."""

import re
from collections.abc import Sequence

from msgspec import structs

from chatbot.dialogue.lookingback import is_looking_back
from chatbot.language.words import fold
from chatbot.values import Answer, Candidate, Citation, Conversation, Question, Value

_SUBTRACTS = re.compile(
    r"^\W*(?:and\s+|so\s+)?(?:what(?:['’]?s|\s+is|\s+was)?\s+the\s+(?:difference|gap|change)(?:\s+between\s+(?:them|the\s+two|both|these|those))?"
    r"|by\s+how\s+(?:much|many)|how\s+(?:much|many)\s+(?:more|less|fewer|higher|lower|larger|smaller|bigger|cheaper|dearer|longer|shorter|taller|older|heavier|lighter)"
    r"(?:\s+(?:expensive|people|of\s+them))?(?:\s+(?:is|was|were|are)\s+(?:that|it|this|they))?)\W*$",
    re.I,
)
_COMPARES = re.compile(
    r"^\W*(?:and\s+|so\s+)?(?:which|when)(?:\s+(?:one|year|figure|number|of\s+(?:them|these|those|the\s+two)))?\s+(?:is|was|are|were)"
    r"(?:\s+(?:it|that|there|they))?(?:\s+the)?\s+(?:(?P<more>more|bigger|larger|higher|greater)|less|fewer|smaller|lower)(?:\s+(?:one|figure|number))?\W*$",
    re.I,
)
_PLANS = _DIFFERENCE, _COMPARISON = "difference of the last two answers", "comparison of the last two answers"
_FURTHEST = 4
_SURE = 0.95


Told = tuple[Answer, Value]
"""A turn and the one figure that it told."""


def reckoned(question: Question, conversation: Conversation) -> Candidate | None:
    """The answerer of what is reckoned from the last two figures of one unit; None for every other question."""
    compares = _COMPARES.match(question.asked)
    if not (compares or _SUBTRACTS.match(question.asked)):
        return None
    turns = [t for t in conversation.turns if t.kind == "fact" and not (is_looking_back(t.asked) or t.plan in _PLANS)]
    told = [(turn, value) for turn in turns[-_FURTHEST:] if (value := _figure(turn)) is not None]
    if len(told) < 2 or told[-2][1].unit != told[-1][1].unit:
        return None
    first, second = told[-2:]
    if not compares:
        return _difference(first, second)
    # Missions are not compared with people, though neither has a unit.
    return _comparison(first, second, bool(compares["more"])) if _kind(first[0]) == _kind(second[0]) else None


def _kind(turn: Answer) -> str:
    """The question without what it was asked for: "how many missions in" of any year."""
    question = turn.question.rstrip(" ?!.")
    for slot in turn.slots:
        question = question.replace(slot.text, "")
    return fold(question).strip()


def _figure(turn: Answer) -> Value | None:
    """The one number that a turn told."""
    numbers = [value for value in turn.value if value.type == "number" and value.number is not None]
    return numbers[0] if len(turn.value) == len(numbers) == 1 else None


def _difference(first: Told, second: Told) -> Candidate:
    one, other = first[1], second[1]
    size = abs(_number(other) - _number(one))
    size = int(size) if float(size).is_integer() else round(size, 6)
    unit = one.unit if one.unit in ("%",) else ""
    text = f"{size:,}{unit}: {one.text} and {other.text}."
    citations = *_cited(first, text.index(": ") + 2), *_cited(second, text.index(" and ") + 5)
    value = Value("number", f"{size:,}{unit}", number=size, unit=one.unit)
    return _reckoned((first, second), text, citations, value, _DIFFERENCE)


def _comparison(first: Told, second: Told, is_more: bool) -> Candidate | None:
    """What the one turn told "against" what the other did; None where they told the same."""
    if _number(first[1]) == _number(second[1]):
        return None
    one, other = sorted((first, second), key=lambda told: _number(told[1]), reverse=is_more)
    text = f"{one[0].text.rstrip('.')}, against {other[0].text}"
    citations = *_moved(one[0], 0), *_moved(other[0], len(text) - len(other[0].text))
    return _reckoned((one, other), text, citations, one[1], _COMPARISON)


def _number(value: Value) -> float:
    assert value.number is not None
    return value.number


def _reckoned(told: tuple[Told, Told], text: str, citations: Sequence[Citation], value: Value, plan: str) -> Candidate:
    return Candidate(
        "fact",
        text,
        _SURE,
        (value,),
        tuple(structs.replace(each, id=f"c{n}") for n, each in enumerate(citations, 1)),
        plan=plan,
        slots=told[1][0].slots,
        entities=tuple(dict.fromkeys(name for turn, _ in told for name in turn.entities)),
        why=(f"the figures of “{told[0][0].question}” and “{told[1][0].question}”",),
    )


def _moved(turn: Answer, by: int) -> Sequence[Citation]:
    """The citations of a turn, for its text so many characters further on."""
    return [
        structs.replace(each, supports=tuple((start + by, end + by) for start, end in each.supports))
        for each in turn.citations
    ]


def _cited(told: Told, start: int) -> Sequence[Citation]:
    """The citations of a turn that back its figure, for where that stands in the new text."""
    turn, value = told
    span = (start, start + len(value.text))
    place = turn.text.find(value.text)
    backing = [c for c in turn.citations if any(s <= place < e for s, e in c.supports)] or turn.citations[:1]
    return [structs.replace(citation, supports=(span,)) for citation in backing]
