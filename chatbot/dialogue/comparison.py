"""Comparison with what was said last: "who served longer?", "is that more than France?", "what is the difference?"."""

import re
from collections.abc import Container, Iterator, Sequence

from chatbot.dialogue.references import NAMING
from chatbot.language.words import fold
from chatbot.values import Answer

_WHICH = re.compile(
    r"^\W*(?:and\s+|so\s+|but\s+)?(?P<ask>(?:who|which)\b(?:\s+(?:one|of\s+(?:them|the\s+two(?:\s+[a-z]+s)?|these|those|both)))?.*?\b"
    r"(?:\w+er|more|less|first|earlier|later|most|least|better|worse)\b[^,]*?)\W*$",
    re.I,
)
_OF_THEM = re.compile(
    r"\s+of\s+(?:them|the\s+(?:two|three)(?:\s+[a-z]+s)?|these|those|both)\b|(?<=which)\s+one\b", re.I
)
_THAT_MORE = re.compile(
    r"^\W*(?:and\s+|so\s+)?(?:(?:is|was)\s+(?:that|this|it)\s+)?(?P<how>more|less|higher|lower|bigger|smaller|larger|greater|longer|shorter|older|younger|taller|earlier|later)\s+than\s+(?P<other>.+?)\W*$",
    re.I,
)
_DIFFERENCE = re.compile(
    r"^\W*(?:and\s+|so\s+)?(?:what(?:['’]s|\s+is|\s+was)?|how\s+(?:big|much|large)\s+is)\s+the\s+(?:difference|gap)(?:\s+between\s+(?:them|the\s+two))?\W*$"
    r"|^\W*by\s+how\s+much\W*$|^\W*how\s+much\s+(?P<more>more|less|longer|older)(?:\s+(?:is|was)\s+(?:that|it))?\W*$",
    re.I,
)
_VERB = re.compile(r"\b(?:does|do|did)\s+.+?\s+(?P<verb>[a-z]+)\W*$", re.I)
_BOTH = re.compile(r"\b(?:both(?:\s+of\s+them)?|the\s+two(?:\s+of\s+them)?|they|them)\b(?!\s+[a-z]+s\b)", re.I)
_FURTHEST = 4


def compared(text: str, turns: Sequence[Answer], persons: Container[str]) -> Iterator[str]:
    """Questions that a comparison without its operands may mean, the likeliest first; `persons` knows who is one."""
    is_of_persons = text.lower().lstrip(" ,").startswith(("who", "and who", "so who", "but who"))
    pair = _pair(turns, persons, is_of_persons)
    which = _WHICH.match(text)
    if which is not None and len(pair) == 2:
        yield f"{_OF_THEM.sub('', which['ask'])}, {pair[0]} or {pair[1]}?"
    if _BOTH.search(text) and len(pair) == 2:
        yield _BOTH.sub(f"{pair[0]} and {pair[1]}", text, count=1)
    than = _THAT_MORE.match(text)
    if than is not None:
        yield from _than(than["how"], than["other"], turns)
    if _DIFFERENCE.match(text) and len(pair) == 2:
        yield from _difference(pair, turns)


def _than(how: str, other: str, turns: Sequence[Answer]) -> Iterator[str]:
    last = turns[-1]
    verb = _VERB.search(last.question)
    for name in _named(last):
        if fold(name) == fold(other):
            continue
        if verb is not None:
            yield f"does {name} {verb['verb']} {how} than {other}?"
        yield f"is {name} {how} than {other}?"
        yield f"did {name} serve {how} than {other}?"
        yield f"is the number of {name} {how} than of {other}?"


def _difference(pair: Sequence[str], turns: Sequence[Answer]) -> Iterator[str]:
    one, other = pair
    verb = _VERB.search(turns[-1].question)
    if verb is not None:
        yield f"how much more does {one} {verb['verb']} than {other}?"
    yield f"what is the difference between {one} and {other}?"
    yield f"how much longer did {one} serve than {other}?"
    yield f"how much older was {one} than {other}?"
    yield f"how much higher is {one} than {other}?"


def _pair(turns: Sequence[Answer], persons: Container[str], is_of_persons: bool) -> Sequence[str]:
    """The two of one kind that were spoken of last, the earlier first; persons where the question is of persons."""
    found: dict[bool, list[str]] = {True: [], False: []}
    for turn in reversed(turns[-_FURTHEST:]):
        for name in reversed(_named(turn)):
            same = found[name in persons]
            if name not in same and len(same) < 2:
                same.append(name)
        if any(len(same) == 2 for same in found.values()) and not (is_of_persons and len(found[True]) < 2):
            break
    preferred = [found[True], found[False]] if is_of_persons else [found[False], found[True]]
    return next((same[::-1] for same in preferred if len(same) == 2), ())


def _named(turn: Answer) -> Sequence[str]:
    if turn.kind == "clarification":
        return [choice.label for choice in turn.choices]
    asked = [slot.value for slot in turn.slots if slot.type in NAMING]
    return list(dict.fromkeys((*asked, *turn.entities))) if len(turn.entities) != 2 else turn.entities
