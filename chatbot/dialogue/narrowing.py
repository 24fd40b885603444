"""Narrowing the list that was just given: "only those born after 1950", "just the French ones", "only in Africa"."""

import re
from collections.abc import Iterator, Sequence

from chatbot.dialogue.selection import listed
from chatbot.values import Answer

_LEAD = r"^\W*(?:and\s+|but\s+|ok(?:ay)?\W+)?"
_THOSE = re.compile(
    rf"{_LEAD}(?:(?:only|just)\s+)?(?:the\s+ones?|those|them)\s+(?:(?:who|that|which)\s+)?(?P<rest>\S.*?)\W*$", re.I
)
_ONES = re.compile(rf"{_LEAD}(?:only|just)\s+(?:the\s+)?(?P<what>[\w' -]+?)\s+ones?\W*$", re.I)
_WHERE = re.compile(rf"{_LEAD}(?:only|just)\s+(?P<rest>\S.*?)\W*$", re.I)


def narrowed(text: str, turns: Sequence[Answer]) -> Iterator[str]:
    """Questions which of the list that was given are meant, to be tried; none where no list was given."""
    names = listed(turns)
    if len(names) < 2:
        return
    among = f"which of {', '.join(names[:-1])} and {names[-1]}"
    ones = _ONES.match(text)
    if ones is not None:
        yield f"{among} are {ones['what']}?"
        return
    rest = _THOSE.match(text) or _WHERE.match(text)
    if rest is not None:
        yield f"{among} {rest['rest']}?"
