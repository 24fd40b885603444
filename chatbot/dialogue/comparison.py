"""Comparison with what was said last: "who served longer?", "is that more than France?", "what is the difference?"."""

import re
from collections.abc import Iterator, Sequence

from chatbot.values import Answer

_WHICH = re.compile(
    r"^\W*(?:and\s+|so\s+|but\s+)?(?P<ask>(?:who|which)\b(?:\s+(?:one|of\s+(?:them|the\s+two|these|those|both)))?.*?\b"
    r"(?:\w+er|more|less|first|earlier|later|most|least|better|worse)\b[^,]*?)\W*$",
    re.I,
)
_OF_THEM = re.compile(r"\s+of\s+(?:them|the\s+(?:two|three)|these|those|both)\b|(?<=which)\s+one\b", re.I)
_THAT_MORE = re.compile(
    r"^\W*(?:and\s+|so\s+)?(?:is|was)\s+(?:that|this|it)\s+(?P<how>more|less|higher|lower|bigger|smaller|larger|greater|longer|shorter|older|younger|taller|earlier|later)\s+than\s+(?P<other>.+?)\W*$",
    re.I,
)
_DIFFERENCE = re.compile(
    r"^\W*(?:and\s+|so\s+)?(?:what(?:['’]s|\s+is|\s+was)?|how\s+(?:big|much|large)\s+is)\s+the\s+(?:difference|gap)(?:\s+between\s+(?:them|the\s+two))?\W*$"
    r"|^\W*by\s+how\s+much\W*$|^\W*how\s+much\s+(?P<more>more|less|longer|older)(?:\s+(?:is|was)\s+(?:that|it))?\W*$",
    re.I,
)
_VERB = re.compile(r"\b(?:does|do|did)\s+.+?\s+(?P<verb>[a-z]+)\W*$", re.I)
_FURTHEST = 4


def compared(text: str, turns: Sequence[Answer]) -> Iterator[str]:
    """Questions that a comparison without its operands may mean, the likeliest first."""
    pair = _pair(turns)
    which = _WHICH.match(text)
    if which is not None and len(pair) == 2:
        yield f"{_OF_THEM.sub('', which['ask'])}, {pair[0]} or {pair[1]}?"
    than = _THAT_MORE.match(text)
    if than is not None:
        yield from _than(than["how"], than["other"], turns)
    if _DIFFERENCE.match(text) and len(pair) == 2:
        yield from _difference(pair, turns)


def _than(how: str, other: str, turns: Sequence[Answer]) -> Iterator[str]:
    last = turns[-1]
    verb = _VERB.search(last.question)
    for name in _named(last):
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


def _pair(turns: Sequence[Answer]) -> Sequence[str]:
    """The two that were spoken of last: named together, or one after the other."""
    found: list[str] = []
    for turn in reversed(turns[-_FURTHEST:]):
        named = list(_named(turn))
        if len(named) == 2 and not found:
            return named
        found += [name for name in named[:1] if name not in found]
        if len(found) == 2:
            return found[::-1]
    return ()


def _named(turn: Answer) -> Sequence[str]:
    asked = [slot.value for slot in turn.slots if slot.type not in ("date", "number", "property", "kind")]
    return list(dict.fromkeys((*asked, *turn.entities))) if len(turn.entities) < 2 else turn.entities
