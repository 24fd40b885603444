"""Arithmetic over answers: "how much more is that?", "what is the difference?" of the last two figures told."""

import re
from collections.abc import Sequence

from msgspec import structs

from chatbot.dialogue.lookingback import is_looking_back
from chatbot.values import Answer, Candidate, Citation, Conversation, Question, Value

_ASKS = re.compile(
    r"^\W*(?:and\s+|so\s+)?(?:what(?:['’]?s|\s+is|\s+was)?\s+the\s+(?:difference|gap|change)(?:\s+between\s+(?:them|the\s+two|both|these|those))?"
    r"|by\s+how\s+(?:much|many)|how\s+(?:much|many)\s+(?:more|less|fewer|higher|lower|larger|smaller|bigger|cheaper|dearer|longer|shorter|taller|older|heavier|lighter)"
    r"(?:\s+(?:expensive|people|of\s+them))?(?:\s+(?:is|was|were|are)\s+(?:that|it|this|they))?)\W*$",
    re.I,
)
_FURTHEST = 4
_SURE = 0.95


def difference(question: Question, conversation: Conversation) -> Candidate | None:
    """The answerer of the difference between the last two figures of one unit; None for every other question."""
    if not _ASKS.match(question.asked):
        return None
    turns = [t for t in conversation.turns if t.kind == "fact" and not is_looking_back(t.asked)]
    told = [(turn, value) for turn in turns[-_FURTHEST:] if (value := _figure(turn)) is not None][-2:]
    if len(told) < 2 or told[0][1].unit != told[1][1].unit:
        return None
    return _told(*told)


def _figure(turn: Answer) -> Value | None:
    """The one number that a turn told."""
    numbers = [value for value in turn.value if value.type == "number" and value.number is not None]
    return numbers[0] if len(turn.value) == len(numbers) == 1 else None


def _told(first: tuple[Answer, Value], second: tuple[Answer, Value]) -> Candidate:
    one, other = first[1], second[1]
    assert one.number is not None
    assert other.number is not None
    size = abs(other.number - one.number)
    size = int(size) if float(size).is_integer() else round(size, 6)
    unit = one.unit if one.unit in ("%",) else ""
    text = f"{size:,}{unit}: {one.text} and {other.text}."
    citations = [*_cited(first, text, text.index(": ") + 2), *_cited(second, text, text.index(" and ") + 5)]
    numbered = tuple(structs.replace(each, id=f"c{n}") for n, each in enumerate(citations, 1))
    value = Value("number", f"{size:,}{unit}", number=size, unit=one.unit)
    return Candidate(
        "fact",
        text,
        _SURE,
        (value,),
        numbered,
        plan="difference of the last two answers",
        slots=second[0].slots,
        entities=tuple(dict.fromkeys((*first[0].entities, *second[0].entities))),
        why=(f"the figures of “{first[0].question}” and “{second[0].question}”",),
    )


def _cited(told: tuple[Answer, Value], text: str, start: int) -> Sequence[Citation]:
    """The citations of a turn that back its figure, for where that stands in the new text."""
    turn, value = told
    span = (start, start + len(value.text))
    place = turn.text.find(value.text)
    backing = [c for c in turn.citations if any(s <= place < e for s, e in c.supports)] or turn.citations[:1]
    return [structs.replace(citation, supports=(span,)) for citation in backing]
