"""References: pronouns and the like, replaced by what they stand for in the turns before."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from chatbot.dialogue.completed import Completed
from chatbot.dialogue.phrases import is_bound
from chatbot.knowledge.catalogue import Catalogue
from chatbot.language.dates import Interval, day_after, day_before, show
from chatbot.values import Answer, Choice

_PERSON = re.compile(
    r"\b(he|she|him|her|his|hers|(?:this|that|the\s+same)\s+(?:person|man|woman|head|leader|boss|chief|successor|predecessor|official|diplomat|holder|gentleman|lady|guy|individual))\b(?!\s+(?:who|that)\b)",
    re.I,
)
_THING = re.compile(r"\b(it|its|that\s+one|this\s+one)\b(?!\s+(?:true|correct|right|the\s+case)\b)", re.I)
_PLURAL = re.compile(
    r"(?<!only )(?<!just )\b(they|them|their|both\s+of\s+them|the\s+two\s+of\s+them|(?<=of\s)the\s+two(?=\s+\w+s?\s+(?:more|less|longer|shorter|earlier|later|first|last)\b|\s+(?:was|is|has|had|did|came|served|led)\b)|these|those)\b(?!\s+(?:who|that|of)\b)",
    re.I,
)
_THEN = re.compile(
    r"\b(?:(?:in\s+|during\s+)?(?:that|the\s+same)\s+year|at\s+(?:that|the)\s+(?:time|moment)|back\s+then|then)\b(?=\W*$)",
    re.I,
)
_THERE = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bthere\b(?!\s+(?:is|are|was|were|has|have|had)\b)", re.I
)
#: "Who held it in between?", of two terms or two dates.
_GAP = re.compile(
    r"\b(?:in[\s-]+between|between\s+(?:them|those|these|the\s+two)(?:\s+(?:dates|years|terms))?)(?=\W*$)", re.I
)
_POSSESSIVE = frozenset(("his", "her", "hers", "its", "their"))
NAMING = ("entity", "holder", "person")
"""Types of the slots that name somebody or something."""
_LONGEST_LOOK_BACK = 3
"""Turns that a pronoun may reach back over where the last names nobody."""


def speaks_of_a_person(text: str) -> bool:
    """Whether "he", "her" and the like stand for somebody whom the text does not name."""
    return bool(_PERSON.search(text))


class References:
    """What the pronouns of a question stand for. Keeps no state: the turns have it all."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def resolved(self, text: str, turns: Sequence[Answer]) -> Completed:
        """The text with each pronoun replaced by a name that the turns before have."""
        if _PERSON.search(text) and not _is_bound(text, _PERSON):
            people = self._people(turns)
            if len(people) > 1:
                return Completed(text, tuple(Choice(name, _put(_PERSON, text, name)) for name in people))
            if people:
                text = _put(_PERSON, text, people[0])
        if _PLURAL.search(text) and not _is_bound(text, _PLURAL):
            named = self._several(turns)
            if len(named) > 1:
                text = _put(_PLURAL, text, " and ".join(named))
        if _THING.search(text) and not _is_bound(text, _THING):
            thing = self._thing(turns)
            if thing:
                text = _put(_THING, text, thing)
        return Completed(self.dated(text, turns))

    def there(self, text: str, turns: Sequence[Answer]) -> Iterator[str]:
        """The text with "there" as each place or body that was named last, to be tried."""
        if not _THERE.search(text):
            return
        for turn in reversed(turns[-_LONGEST_LOOK_BACK:]):
            told = [value.text for value in turn.value if value.type == "place"]
            named = [name for name in (*turn.entities, *_named_in(turn)) if name not in self.catalogue.persons]
            for name in dict.fromkeys((*told, *named)):
                yield from (_THERE.sub(f"{word} {name}", text, count=1) for word in ("in", "of", "at"))

    def dated(self, text: str, turns: Sequence[Answer]) -> str:
        """The text with "then", "that year" or "in between" replaced by the date or period that it means."""
        for pointing, pointed_at in ((_THEN, _date_of), (_GAP, _gap_of)):
            if pointing.search(text) and (meant := pointed_at(turns)):
                text = pointing.sub(meant, text, count=1)
        return text

    def _people(self, turns: Sequence[Answer]) -> list[str]:
        """Whom "he" may be: those whom the last answer named, else the last question, else the turns before."""
        for turn in reversed(turns[-_LONGEST_LOOK_BACK:]):
            for names in (turn.entities, _named_in(turn)):
                people = [name for name in names if name in self.catalogue.persons]
                if people:
                    return people
        return []

    def _several(self, turns: Sequence[Answer]) -> list[str]:
        """Whom "they" may be: those named of late; where that is one person, the question's own person with him."""
        named = _recent_entities(turns)
        if len(named) == 1 and named[0] in self.catalogue.persons:
            asked = [name for name in _named_in(turns[-1]) if name in self.catalogue.persons]
            return list(dict.fromkeys([*asked, *named]))
        return named

    def _thing(self, turns: Sequence[Answer]) -> str:
        """What "it" may be: the one thing the answer named, else what the question named; of the turns that named any."""
        for turn in reversed(turns[-_LONGEST_LOOK_BACK:]):
            things = [e for e in turn.entities if e not in self.catalogue.persons]
            if len(things) == 1:
                return things[0]
            persons = self.catalogue.persons
            named = [slot.value for slot in turn.slots if slot.type == "entity" and slot.value not in persons]
            if named or things:
                return named[0] if len(named) == 1 else ""
        return ""


def _date_of(turns: Sequence[Answer]) -> str:
    """The date that "then" means: of the last question that had one, or the date that was the answer."""
    for turn in reversed(turns[-2:]):
        asked = [slot.text for slot in turn.slots if slot.type == "date"]
        told = [value.text for value in turn.value if value.type == "date" and value.edtf and "/" not in value.edtf]
        if asked or len(told) == 1:
            return asked[-1] if asked else f"in {told[0]}" if len(told[0].split()) < 3 else f"on {told[0]}"
    return ""


def _gap_of(turns: Sequence[Answer]) -> str:
    """The period between the two terms that were the answer, else between the dates of the last two questions."""
    told = [value.edtf for value in turns[-1].value if value.type == "date" and value.edtf]
    asked = [slot.value for turn in turns[-2:] for slot in turn.slots if slot.type == "date"]
    for dates in (told, asked):
        if len(dates) == 2:
            first, second = sorted(map(Interval.parse, dates), key=lambda each: each.earliest or date.min)
            begin, end = day_after(first), day_before(second)
            if begin and end and begin <= end:
                return f"between {show(begin.isoformat())} and {show(end.isoformat())}"
    return ""


def _named_in(turn: Answer) -> Iterable[str]:
    """Ids of what the question of a turn names."""
    return (slot.value for slot in turn.slots if slot.type in NAMING)


def _recent_entities(turns: Sequence[Answer]) -> list[str]:
    """Whom the last answer named, and with it the answers before of the same intent in a row."""
    last = next((n for n in range(len(turns), 0, -1) if turns[n - 1].entities or turns[n - 1].kind != "unknown"), 1)
    found: list[str] = list(turns[last - 1].entities)
    if len(found) < 2:
        for turn in reversed(turns[: last - 1]):
            if turn.intent is None or turn.intent != turns[last - 1].intent:
                break
            found = [*turn.entities, *found]
    return list(dict.fromkeys(found))


def _is_bound(text: str, pronoun: re.Pattern[str]) -> bool:
    """Whether a possessive leans on the question's own subject."""
    found = pronoun.search(text)
    return found is not None and found.group(1).lower() in _POSSESSIVE and is_bound(text, found.start())


def _put(pattern: re.Pattern[str], text: str, name: str) -> str:
    def replacement(match: re.Match[str]) -> str:
        word = match.group(1).lower()
        is_possessive = word in _POSSESSIVE and not (word == "her" and re.match(r"\W*$", text[match.end() :]))
        return f"{name}'s" if is_possessive else name

    return pattern.sub(replacement, text, count=1)
