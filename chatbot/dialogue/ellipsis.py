"""Ellipsis: fragments that lean on the last question ("and in 1995?", "when?"), made into whole questions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from chatbot.intents.model import Intent
from chatbot.knowledge.catalogue import Catalogue
from chatbot.language.numbers import SMALL_NUMBERS
from chatbot.language.understanding import Understander, Understanding, Unit
from chatbot.values import Answer

LEAD_IN = re.compile(
    r"^\W*(?:(?:and|or|but|so|also|ok(?:ay)?|now|then|no|nope|nah|wait|sorry|oops|actually|rather|instead|well|hm+|oh|ah)\b[\s,.:;–-]*)*"
    r"(?:(?:what|how)\s+about|same\s+(?:question\s+)?for|what\s+of|i\s+mean(?:t)?(?:\s+to\s+(?:say|ask))?|i\s+was\s+asking\s+about|make\s+(?:it|that)|only|just|"
    r"not\s+\S+(?:\s+\S+)?\s*[,;–-]\s*(?:but\s+)?|and)?(?:(?<=\W)|\b)[\s,:]*(?:for\s+(?=[A-Z\d]))?",
    re.I,
)
#: "Goulding, not Annan": what is not meant.
_NOT_BUT = re.compile(r"\s*,\s*(?:and\s+)?not\s+\S+(?:\s+\S+)?\W*$", re.I)
_NEXT = re.compile(
    r"\W*(?:and\s+then(?:\s+who)?|(?:and\s+|so\s+|or\s+)?(?:what\s+about\s+|who\s+(?:was|is)\s+)?(?:"
    r"who\s+(?:took\s+over|followed|succeeded|replaced)(?=\W*$)|who\s+(?:came|comes|was|is|took\s+over|followed|succeeded|led|served|held\s+it|had\s+it|did\s+it)\s+"
    r"(?:next|after|afterwards|after\s+that|then|(?P<before>before|before\s+that|previously|earlier))"
    r"|(?:the\s+)?(?:one\s+|head\s+|person\s+|guy\s+|man\s+|woman\s+)?(?:after(?:wards)?|(?P<prior>before))(?:\s+(?:that|him|her|them|this|that\s+one))?"
    r"|(?:the\s+)?(?:next|following|(?P<previous>previous|preceding|prior))(?:\s+(?:one|head|person|holder))?"
    r"|(?:(?:his|her|their|the)\s+)?(?:immediate\s+|direct\s+)?(?:successor|(?P<predecessor>predecessor))))\W*",
    re.I,
)
#: "And after Urquhart?"
_BESIDE = re.compile(
    r"^\W*(?:and\s+|so\s+|or\s+)?(?:who\s+)?(?:was\s+|came\s+)?(?P<way>after|before)\s+(?P<whom>[^?!.,]+?)\W*$", re.I
)
#: "end?", "and his start date?" of whoever was named.
_EDGE = re.compile(
    r"\W*(?:and\s+|what\s+about\s+(?:him|her)\W+)?(?:(?:his|her|the|their)\s+)?(?:(?P<start>start(?:ed)?|beginning|began|from|since)|(?P<end>end(?:ed)?|left|leaving|until|till|to))"
    r"(?:\s+(?:date|day|when))?\W*",
    re.I,
)
_FURTHER = re.compile(
    r"\W*(?:and\s+|so\s+|but\s+)?(?P<word>when|where|who|since\s+when|how\s+(?:much|many|long|old|high|tall|big|large|far|deep|wide|heavy|often))"
    r"(?:\s+(?:exactly|was|is|were|are|did|does)(?:\s+(?:that|it|this))?)?\W*",
    re.I,
)
_ASKING = re.compile(
    r"^\W*(?:and\s+)?(?:who|when|where|(?:which|what)(?:\s+(?!is\b|was\b|are\b|were\b|did\b|does\b)\w+)?|how\s+\w+)\s+",
    re.I,
)
#: A reply to a list of choices, or what stands in the place of a number, but nothing to add to a question.
_NUMBER = re.compile(r"\W*\d{1,2}\W*")
_BARE = {
    "when": r"(?:and\s+|since\s+)?when(?:\s+(?:was|is)\s+(?:that|it))?",
    "how_long": r"(?:and\s+)?(?:for\s+)?how\s+long(?:\s+(?:was|is)\s+(?:that|it))?",
    "who": r"(?:and\s+)?who(?:\s+(?:was|is)\s+(?:that|it))?",
    "where": r"(?:and\s+)?where(?:\s+(?:was|is)\s+(?:that|it))?",
    "how_much": r"(?:and\s+)?how\s+(?:much|many)(?:\s+(?:was|is)\s+(?:that|it))?",
    "why": r"(?:and\s+)?(?:why|how\s+come)",
}
#: Concepts that answer to each other: naming another one of a group asks the same question of it.
_GROUPS = (
    frozenset(("take_office", "leave_office")),
    frozenset(("longest", "shortest", "longest_serving", "shortest_serving")),
    frozenset(("most", "least")),
    frozenset(("succeed", "precede")),
    frozenset(("oldest", "youngest")),
    frozenset(("bear", "die")),
)
_DATE_PREPOSITIONS = frozenset("in on at during for since until after before by from".split())
_SUPERLATIVES = frozenset(("most", "least", "longest", "shortest", "oldest", "youngest"))
#: "the year after", "two years later": counted from the last date.
_YEARS_ON = re.compile(
    r"^\W*(?:in\s+)?(?:the\s+)?(?:(?P<on>year\s+after(?:wards)?|(?:following|next)\s+year)|(?P<back>year\s+before|(?:previous|preceding)\s+year)|"
    r"(?P<count>a|[a-z]+|\d+)\s+years?\s+(?:(?P<later>later|after)|(?P<earlier>earlier|before)))(?:\s+that)?\W*$",
    re.I,
)
#: "by whom?" after "when was it created".
_BY_WHOM = re.compile(r"^\W*(?:and\s+)?by\s+whom?\W*$", re.I)
_WAS_DONE = re.compile(
    r"^(?:when|where|why|how|in\s+(?:what|which)\s+\w+)\s+(?:was|were|is|are)\s+(?P<what>.+)\s+(?P<verb>\w+(?:ed|en|wn|lt|de|un))\W*$",
    re.I,
)
_MOST_TURNS = 3
"""Turns that a fragment may reach back over."""
_MOST_WORDS = 8
_MOST_FRAGMENT = 4
"""Meaningful units that a fragment may have; more make a question of their own."""


class Ellipsis:
    """Completes fragments of one corpus. Keeps no state: the turns have it all."""

    def __init__(self, understander: Understander, catalogue: Catalogue, intents: Mapping[str, Intent]) -> None:
        self.understander, self.catalogue, self.intents = understander, catalogue, intents

    def bare(self, text: str, turns: Sequence[Answer]) -> str | None:
        """What a bare question word asks after the last intent; None where it is none, or the intent has no such hint."""
        turn = turns[-1]
        following = _NEXT.fullmatch(text)
        whom = self._holder(turns, is_last="pre" in text.lower() or "before" in text.lower())
        if following and whom:
            is_back = any(following[name] for name in ("before", "prior", "previous", "predecessor"))
            return f"who came {'before' if is_back else 'after'} {whom}"
        beside = _BESIDE.match(text)
        named = self._named_holder(beside["whom"]) if beside is not None else ""
        if beside is not None and named:
            return f"who came {beside['way'].lower()} {named}"
        is_person = bool(turn.entities) and turn.entities[-1] in self.catalogue.persons
        edge = _EDGE.fullmatch(text)
        if edge and is_person and turn.entities[-1] in self.catalogue.holders:
            return f"when did {turn.entities[-1]} {'take' if edge['start'] else 'leave'} office"
        done = _WAS_DONE.match(turn.question) if _BY_WHOM.match(text) else None
        if done is not None:
            return f"who {done['verb']} {done['what']}"
        word = next((name for name, form in _BARE.items() if re.fullmatch(rf"\W*{form}\W*", text, re.I)), None)
        intent = self.intents.get(turn.intent or "")
        if word is None or intent is None or word not in intent.file.bare:
            return None
        name = turn.entities[0] if turn.entities else ""
        hint = intent.file.bare[word]
        return None if "{" in hint and not name else re.sub(r"\{\w+\}", lambda _: name, hint)

    def _named_holder(self, whom: str) -> str:
        units = self.understander.understand(whom, date.max).units
        found = [name for unit in units for name in unit.names if name in self.catalogue.holders]
        return found[0] if len(units) == 1 and found else ""

    def _holder(self, turns: Sequence[Answer], is_last: bool) -> str:
        """The holder of an office who was named last: of several the first where those before are asked for."""
        for turn in reversed(turns[-_MOST_TURNS:]):
            for names in (turn.entities, [slot.value for slot in turn.slots]):
                found = [name for name in names if name in self.catalogue.holders]
                if found:
                    return found[0 if is_last else -1]
        return ""

    def asked_further(self, text: str, turn: Answer) -> Iterator[str]:
        """What a bare "when?" or "how many?" may ask of what the last answer named, to be tried."""
        asked = _FURTHER.fullmatch(text)
        if asked is None:
            return
        word = " ".join(asked["word"].lower().split())
        properties = [slot.text for slot in turn.slots if slot.type == "property"]
        for name in (*turn.entities[:1], *(slot.value for slot in turn.slots if slot.type in ("entity", "holder"))):
            for told in properties:
                yield (
                    f"{word} {told} does {name} have"
                    if word.startswith("how m")
                    else f"{word} was the {told} of {name}"
                )
                yield f"what is the {told} of {name}"
            yield f"{word} is {name}"
        rest = _ASKING.sub("", turn.question)
        if rest != turn.question:
            yield f"{word} {rest}"

    def fragments(self, text: str, turns: Sequence[Answer], today: date) -> Iterator[str]:
        """Questions before with the fragment's values in place of their own; none where this is no fragment.

        The latest question that has a place for every value comes first, then the last one and those before.
        """
        text = _NOT_BUT.sub("", text)
        lead_in = LEAD_IN.match(text)
        is_led = bool(lead_in and lead_in.group().strip())
        rest = _other_year(text[lead_in.end() :] if lead_in else text, turns[-1])
        new = self.understander.understand(rest, today)
        by_place = {(u.start, u.end): u for u in reversed(new.units) if not u.is_stop and not u.is_filler}
        parts = list(reversed(by_place.values()))  # of the two steps of a superlative the first
        is_fragment = 0 < len(parts) <= _MOST_FRAGMENT and all(_is_value(unit, is_led) for unit in parts)
        if is_fragment and (is_led or not any("is_it" in unit.meanings for unit in new.units)):
            # "is that more than Germany", "what did Miyet do before" ask by themselves
            filled = [self._filled(turn, new, parts, today) for turn in reversed(turns[-_MOST_TURNS:])]
            if _NUMBER.fullmatch(text):
                filled = [each for each in filled if each[1]]
            fitting = [whole for whole, is_fitting in filled if is_fitting][:1]
            yield from dict.fromkeys((*fitting, *(whole for whole, _ in filled)))

    def _filled(self, turn: Answer, new: Understanding, parts: Sequence[Unit], today: date) -> tuple[str, bool]:
        """The turn's question with the parts put in, and whether it had a place for each."""
        old = self.understander.understand(turn.question, today)
        question = old.text
        replaced: list[tuple[Unit, Unit]] = []
        added: list[Unit] = []
        for part in parts:
            target = self._target(part, old, [unit for unit, _ in replaced])
            if target is None:
                added.append(part)
            else:
                replaced.append((target, part))
        # A superlative is two units of one place: it is put in once, and from the end so that places stay valid.
        spans = {(target.start, target.end): (target, part) for target, part in replaced}
        for _, (target, part) in sorted(spans.items(), reverse=True):
            said = _as_said(new.text[part.start : part.end], old.text[target.start : target.end], part)
            if part.ordinal is not None and target.ordinal is None and _SUPERLATIVES & target.meanings:
                said += " " + old.text[target.start : target.end]  # "the second" after "the largest"
            if target.folded.endswith("serving") and not part.folded.endswith("serving"):
                said += " serving"
            question = question[: target.start] + said + question[target.end :]
        whole = question.rstrip(" ?!.") + "".join(" " + _with_preposition(unit, new) for unit in added)
        return whole, not added

    def same_time(self, text: str, turn: Answer, today: date) -> Iterator[str]:
        """ "In how many missions?" after a figure for a time: at that time."""
        lead_in = LEAD_IN.match(text)
        rest = text[lead_in.end() :] if lead_in else text
        new = self.understander.understand(rest, today)
        dates = [slot for slot in turn.slots if slot.type == "date"]
        is_of_figures = (turn.intent or "").startswith("figures/") and bool(dates)
        asks = any({"how_many", "how_much"} & unit.meanings for unit in new.units)
        has_time = any(unit.date is not None or "current" in unit.meanings for unit in new.units)
        if is_of_figures and asks and not has_time and len(new.units) <= _MOST_WORDS:
            yield f"{rest.rstrip(' ?!.')} {dates[-1].text}"

    def _target(self, part: Unit, old: Understanding, taken: Sequence[Unit]) -> Unit | None:
        """The unit of the old question that the new one stands for."""
        free = [unit for unit in old.units if unit not in taken]
        if part.date is not None:
            return next((unit for unit in free if unit.date is not None), None)
        if part.names:
            kind = self._kind(part)
            named = [unit for unit in free if unit.names]
            same = [unit for unit in named if self._kind(unit) == kind]
            pronoun = [unit for unit in free if unit.folded in ("he", "she", "him", "her", "his", "it")]
            return next(iter([*same, *pronoun, *(named if len(named) == 1 else [])]), None)
        if part.ordinal is not None:
            ordered = [unit for unit in free if unit.ordinal is not None or "latest" in unit.meanings]
            return next(iter([*ordered, *(unit for unit in free if _SUPERLATIVES & unit.meanings)]), None)
        if part.number is not None:
            return next((unit for unit in free if unit.number is not None), None)
        for group in _GROUPS:
            if group & part.meanings:
                return next((unit for unit in free if group & unit.meanings), None)
        if part.properties:
            return next((unit for unit in free if unit.properties and not unit.names), None)
        return None

    def _kind(self, unit: Unit) -> str:
        if self.catalogue.persons.intersection(unit.names):
            return "person"
        return self.catalogue.entities[unit.names[0]].type if unit.names[0] in self.catalogue.entities else "thing"


def _other_year(text: str, turn: Answer) -> str:
    """ "The year after" as that year, counted from the year that the last question was about; else the text."""
    asked = _YEARS_ON.match(text)
    dates = [slot.value for slot in turn.slots if slot.type == "date" and slot.value[:4].isdecimal()]
    if asked is None or not dates:
        return text
    count = _count(asked["count"] or "one")
    if count is None:
        return text
    is_back = bool(asked["back"] or asked["earlier"])
    return f"in {int(dates[-1][:4]) + (-count if is_back else count)}"


def _count(word: str) -> int | None:
    """ "ten", "10" or "a" as a number."""
    if word.isdecimal():
        return int(word)
    return 1 if word.lower() == "a" else SMALL_NUMBERS.get(word.lower())


def _as_said(new: str, old: str, part: Unit) -> str:
    """A bare "2013" with the preposition of the date that it replaces: "in 2005" becomes "in 2013"."""
    word, _, rest = old.partition(" ")
    has_preposition = part.date is not None and rest and word.lower() in _DATE_PREPOSITIONS
    return f"{word} {new}" if has_preposition and new[:1].isdigit() else new


def _is_value(unit: Unit, is_led: bool) -> bool:
    """Whether a unit can stand for one of the last question; words of the lexicon only after "and", "what about"."""
    if unit.date is not None or unit.names or unit.number is not None or unit.ordinal is not None:
        return True
    return is_led and bool(unit.properties or any(group & unit.meanings for group in _GROUPS))


def _with_preposition(unit: Unit, understanding: Understanding) -> str:
    text = understanding.text[unit.start : unit.end]
    before = understanding.text[: unit.start].split()
    return (
        f"{before[-1]} {text}"
        if before and before[-1].lower() in ("in", "of", "for", "from", "at", "on", "by")
        else text
    )
