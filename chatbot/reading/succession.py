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
_VERBS = frozenset("followed follows succeeded succeeds replaced replaces".split())
_SEQUEL = _VERBS | frozenset("subsequently then later afterwards next took-over".split())
"""Words that say in a row of names that the latter came later."""
_REACH = 3
"""Words that may stand between a name and the verb that it belongs to: titles, given names."""


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
    last = analyse(succession.name)[-1:]
    for at, token in enumerate(found.tokens):
        if token.is_capitalised and terms_of(token.folded)[-1:] == last:
            others = [run for run in names if token not in run]
            earlier = any(run[-1].end <= token.start for run in others)
            later = any(run[0].start >= token.end for run in others)
            words = _words(found)
            tells = _tells_successor if succession.later else _tells_predecessor
            if tells(words[:at], words[at + 1 :], earlier, later):
                return True
    return False


def _words(found: Stretch) -> list[str]:
    """The folded words, "took over" as one and its second part alone."""
    words = [token.folded for token in found.tokens]
    return [
        "took-over" if w == "over" and before == "took" else w for before, w in zip(["", *words], words, strict=False)
    ]


def _tells_successor(before: Sequence[str], behind: Sequence[str], earlier: bool, later: bool) -> bool:
    """Whether a name between these words has a successor among the names `earlier` and `later`."""
    if _is_object(before):
        return earlier or later
    return later and not _is_active(behind) and not _SEQUEL.isdisjoint((*before, *behind))


def _tells_predecessor(before: Sequence[str], behind: Sequence[str], earlier: bool, later: bool) -> bool:
    if _is_object(before):
        return False
    return (later and _is_active(behind)) or (earlier and not _SEQUEL.isdisjoint(before))


def _is_object(before: Sequence[str]) -> bool:
    """ "... followed Roe", "after Roe, ..." but not "... followed by Roe"."""
    near = set(before[-_REACH:])
    return "by" not in near and not near.isdisjoint(_VERBS | {"after", "from"})


def _is_active(behind: Sequence[str]) -> bool:
    """ "Roe followed ..." but not "Roe was followed by ..."."""
    near = behind[:_REACH]
    return not _VERBS.isdisjoint(near) and "by" not in near
