"""Completing follow-ups: from what was typed and the turns before to a question that stands by itself.

What else was said beside a question ("I never met Ana Roe. When was she born?") counts as one more turn before it.
Four kinds are completed: a new value for the last question ("and in 1995?", "what about Japan?"), a pronoun for
whom the last answer named ("who came after him?"), a bare question word ("when?"), and "then" for the last date.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from chatbot.dialogue.focus import focus, leans
from chatbot.intents.model import Intent
from chatbot.knowledge.catalogue import Catalogue
from chatbot.language.understanding import Understander, Understanding, Unit
from chatbot.values import Conversation, Slot, Turn

_LEAD_IN = re.compile(
    r"^\W*(?:(?:and|or|but|so|also|ok(?:ay)?|now|then)\b[\s,]*)*(?:(?:what|how)\s+about|same\s+(?:question\s+)?for|what\s+of|and)?\b[\s,]*",
    re.I,
)
_PERSON = re.compile(
    r"\b(he|she|him|her|his|hers|this\s+(?:person|man|woman)|that\s+(?:person|man|woman))\b(?!\s+(?:who|that)\b)",
    re.I,
)
_THING = re.compile(r"\b(it|its|that\s+one|this\s+one)\b(?!\s+(?:true|correct|right|the\s+case)\b)", re.I)
_PLURAL = re.compile(r"\b(they|them|their|both\s+of\s+them|these|those)\b(?!\s+(?:who|that|of)\b)", re.I)
_THEN = re.compile(
    r"\b(?:(?:in\s+|during\s+)?(?:that|the\s+same)\s+year|at\s+(?:that|the)\s+(?:time|moment)|back\s+then|then)\b(?=\W*$)",
    re.I,
)
_POSSESSIVE = frozenset(("his", "her", "hers", "its", "their"))
_NEXT = re.compile(
    r"\W*(?:and\s+)?who\s+(?:came|comes|was|is|took\s+over|followed|succeeded|led|served)\s+"
    r"(?:next|after|afterwards|after\s+that|then|(?P<before>before|before\s+that|previously|earlier))\W*",
    re.I,
)
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
    frozenset(("longest", "shortest")),
    frozenset(("most", "least")),
    frozenset(("succeed", "precede")),
    frozenset(("oldest", "youngest")),
    frozenset(("bear", "die")),
)
_DATE_PREPOSITIONS = frozenset("in on at during for since until after before by from".split())
_MOST_FRAGMENT = 4
"""Meaningful units that a fragment may have; more make a question of their own."""


class Completed(msgspec.Struct, frozen=True):
    """The question to answer; or, where a pronoun fits several, whom it may mean."""

    text: str
    choices: tuple[str, ...] = ()


class Completer:
    """Completes questions of one corpus. Keeps no state: the conversation has it all."""

    def __init__(self, understander: Understander, catalogue: Catalogue, intents: Mapping[str, Intent]) -> None:
        self.understander, self.catalogue, self.intents = understander, catalogue, intents

    def complete(self, text: str, conversation: Conversation, today: date) -> Completed:
        """The question in full; its asking part as it was where nothing leans on the turns before."""
        focused = focus(text)
        turns = [turn for turn in conversation.turns if turn.kind != "small_talk"]
        if focused.said:
            return self._with_said(text, focused.text, self._told(focused.said, today), turns)
        text = focused.text
        if not turns:
            return Completed(text)
        bare = self._bare(text, turns[-1])
        if bare is not None:
            return Completed(bare)
        completed = self._pronouns(text, turns)
        if completed.text != text or completed.choices:
            return completed
        return Completed(self._fragment(text, turns[-1], today) or text)

    # -- "I never met Ana Roe. When was she born?"

    def _told(self, said: str, today: date) -> Turn:
        """What was said beside a question, as a turn: the names in it are what a pronoun may mean."""
        units = self.understander.understand(said, today).units
        named = [unit for unit in units if unit.names or _is_unknown_name(unit, said)]
        slots = tuple(Slot("entity", u.text, u.start, u.end, u.names[0] if u.names else u.text) for u in named)
        return Turn(said, "", "fact", None, slots, tuple(unit.names[0] for unit in named if unit.names))

    def _with_said(self, text: str, asking: str, told: Turn, turns: Sequence[Turn]) -> Completed:
        """The asking part with what it lacks from what was said: whom a pronoun means, which body is spoken of.

        All of the text where a pronoun stands for somebody whom nothing names: what is said of him may tell.
        """
        completed = self._pronouns(asking, [*turns, told]) if leans(asking) else Completed(asking)
        if completed.choices:
            return completed
        if _PERSON.search(completed.text) and not turns:
            return Completed(text)
        bodies = [s.text for s in told.slots if s.value not in self.catalogue.persons]
        names_any = any(
            u.names or _is_unknown_name(u, asking) for u in self.understander.understand(asking, date.max).units
        )
        if completed.text != asking or names_any or not bodies:
            return completed
        return Completed(f"{asking} {' '.join(dict.fromkeys(bodies))}")

    # -- "when?"

    def _bare(self, text: str, turn: Turn) -> str | None:
        """What a bare question word asks after the last intent; None where it is none, or the intent has no such hint."""
        following = _NEXT.fullmatch(text)
        if following and turn.entities and turn.entities[-1] in self.catalogue.persons:
            return f"who came {'before' if following['before'] else 'after'} {turn.entities[-1]}"
        word = next((name for name, form in _BARE.items() if re.fullmatch(rf"\W*{form}\W*", text, re.I)), None)
        intent = self.intents.get(turn.intent or "")
        if word is None or intent is None or word not in intent.file.bare:
            return None
        name = turn.entities[0] if turn.entities else ""
        hint = intent.file.bare[word]
        return None if "{" in hint and not name else re.sub(r"\{\w+\}", lambda _: name, hint)

    # -- "him"

    def _pronouns(self, text: str, turns: Sequence[Turn]) -> Completed:
        last = turns[-1]
        people = [e for e in last.entities if e in self.catalogue.persons]
        if _PERSON.search(text):
            if len(people) > 1:
                return Completed(text, tuple(people))
            if people:
                text = _put(_PERSON, text, people[0])
        if _PLURAL.search(text):
            named = _recent_entities(turns)
            if len(named) > 1:
                text = _put(_PLURAL, text, " and ".join(named))
        if _THING.search(text):
            thing = self._thing(last)
            if thing:
                text = _put(_THING, text, thing)
        dates = [slot for slot in last.slots if slot.type == "date"]
        if dates and _THEN.search(text):
            text = _THEN.sub(lambda _: dates[-1].text, text, count=1)
        return Completed(text)

    def _thing(self, turn: Turn) -> str:
        """What "it" may be: the one thing the answer named, else what the question named."""
        things = [e for e in turn.entities if e not in self.catalogue.persons]
        if len(things) == 1:
            return things[0]
        named = [
            slot.value for slot in turn.slots if slot.type == "entity" and slot.value not in self.catalogue.persons
        ]
        return named[0] if len(named) == 1 else ""

    # -- "and in 1995?"

    def _fragment(self, text: str, turn: Turn, today: date) -> str | None:
        """The last question with the fragment's values in place of its own; None where this is no fragment."""
        lead_in = _LEAD_IN.match(text)
        rest = text[lead_in.end() :] if lead_in else text
        new = self.understander.understand(rest, today)
        parts = [unit for unit in new.units if not unit.is_stop and not unit.is_filler]
        is_led = bool(lead_in and lead_in.group().strip())
        if not parts or len(parts) > _MOST_FRAGMENT or not all(_is_value(unit, is_led) for unit in parts):
            return None
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
            question = question[: target.start] + said + question[target.end :]
        return question.rstrip(" ?!.") + "".join(" " + _with_preposition(unit, new) for unit in added)

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
            return next((unit for unit in free if unit.ordinal is not None or "latest" in unit.meanings), None)
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


def _is_unknown_name(unit: Unit, text: str) -> bool:
    """Whether a unit that names nothing known is written like a name: capitals inside the sentence."""
    is_plain = not (unit.names or unit.date or unit.meanings or unit.number is not None)
    return is_plain and unit.text[:1].isupper() and unit.text != "I" and bool(text[: unit.start].strip())


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


def _recent_entities(turns: Sequence[Turn]) -> list[str]:
    """Whom the last answer named, and with it the answers before of the same intent in a row."""
    found: list[str] = list(turns[-1].entities)
    if len(found) < 2:
        for turn in reversed(turns[:-1]):
            if turn.intent is None or turn.intent != turns[-1].intent:
                break
            found = [*turn.entities, *found]
    return list(dict.fromkeys(found))


def _put(pattern: re.Pattern[str], text: str, name: str) -> str:
    def replacement(match: re.Match[str]) -> str:
        word = match.group(1).lower()
        is_possessive = word in _POSSESSIVE and not (word == "her" and re.match(r"\W*$", text[match.end() :]))
        return f"{name}'s" if is_possessive else name

    return pattern.sub(replacement, text, count=1)
