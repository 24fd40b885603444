"""Who came after, or before, somebody: questions that ask it and sentences that tell it."""

import re
from collections.abc import Sequence

import msgspec

from chatbot.language.understanding import Understanding
from chatbot.language.words import Token
from chatbot.reading.stretch import Stretch
from chatbot.retrieval.analysis import analyse, terms_of

_AFTER = re.compile(
    r"\b(?:(?:right|next|came|come|directly|immediately)\s+)*"
    r"(?:after|follow(?:ed|s)|succeed(?:ed|s)|replaced?|(?:took|take)\s+over\s+from|successor\s+(?:of|to))\s+$",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:(?:right|came|come|directly|immediately)\s+)*"
    r"(?:before|preceded?|predecessor\s+(?:of|to)|(?:hand|made|make)(?:ed)?\s+(?:over|way)\s+(?:to|for))\s+$",
    re.IGNORECASE,
)
_SEQUEL = frozenset("subsequently then later afterwards next followed succeeded replaced took".split())
"""Words that say in a row of names that the latter came later."""
_TRANSITIVE = frozenset("followed succeeded replaced after from follows succeeds replaces".split())
"""Words right before the name of a predecessor."""
_PASSIVE = frozenset("followed succeeded replaced by before preceded".split())
_REACH = 3


class Succession(msgspec.Struct, frozen=True):
    """Whoever came `later` than somebody, or before him."""

    name: str
    later: bool
    start: int
    end: int
    """The span of the question that says so, the name left out."""


def succession_asked(understanding: Understanding) -> Succession | None:
    """The succession that a question asks for: "who led it after *Roe*?", "who followed *Roe*?"."""
    text, units = understanding.text, understanding.units
    for at, unit in enumerate(units):
        if unit.is_stop or unit.date is not None or not (unit.names or unit.text[:1].isupper()):
            continue
        for pattern, later in ((_AFTER, True), (_BEFORE, False)):
            match = pattern.search(text[: unit.start])
            if match is not None:
                return Succession(_full_name(text, [u.text for u in units[at:]], unit.start), later, *match.span())
    return None


def _full_name(text: str, following: Sequence[str], start: int) -> str:
    name = following[0]
    for part in following[1:]:
        longer = f"{name} {part}"
        if not part[:1].isupper() or not text.startswith(longer, start):
            break
        name = longer
    return name


def tells_succession(found: Stretch, succession: Succession, names: Sequence[Sequence[Token]]) -> bool:
    """Whether a sentence says who came after, or before, the one of the question.

    `names` are the runs of words of `found` that may be the one asked for.
    """
    tokens = found.tokens
    last = analyse(succession.name)[-1:]
    for at, token in enumerate(tokens):
        if token.is_capitalised and terms_of(token.folded)[-1:] == last:
            earlier = [run for run in names if run[-1].end <= token.start and token not in run]
            later = [run for run in names if run[0].start >= token.end]
            if _tells(tokens, at, earlier, later, succession.later):
                return True
    return False


def _tells(
    tokens: Sequence[Token],
    at: int,
    earlier: Sequence[Sequence[Token]],
    later: Sequence[Sequence[Token]],
    wants_later: bool,
) -> bool:
    """Whether the name at `at` has a successor (or predecessor) among the names before and behind it."""
    is_object = bool(_near(tokens[:at][::-1], _TRANSITIVE))
    behind = tokens[at + 1 :]
    if wants_later:
        if is_object:
            return bool(earlier) or bool(later)
        return bool(later) and any(token.folded in _SEQUEL for token in (*tokens[:at], *behind))
    if _near(behind, _TRANSITIVE) and not _near(behind, frozenset(["by"])):
        return bool(later)
    is_later_one = any(token.folded in _SEQUEL | _PASSIVE for token in tokens[:at])
    return not is_object and is_later_one and bool(earlier)


def _near(tokens: Sequence[Token], words: frozenset[str]) -> bool:
    """Whether one of `words` comes before the next name but for those that belong to this one."""
    for token in tokens[:_REACH]:
        if token.folded in words:
            return True
    return False
