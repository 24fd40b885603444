"""Completing follow-ups: from what was typed and the turns before to a question that stands by itself.

What else was said beside a question ("I never met Ana Roe. When was she born?") counts as one more turn before it.
Several completions may be thought of: a new value for the last question ("and in 1995?"), a pronoun's name ("who came
after him?"), a choice among what was named ("the second one"), operands of a comparison ("who served longer?"), what the
grammar of the question leaves out ("what are the symptoms?"). The first that the facts answer is taken; where they
answer none, the likeliest.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from chatbot.dialogue.clarification import Ask, Clarifier
from chatbot.dialogue.completed import Completed
from chatbot.dialogue.focus import focus, leans
from chatbot.dialogue.replying import picked
from chatbot.intents.model import Intent
from chatbot.knowledge.catalogue import Catalogue
from chatbot.language.understanding import Understander, Unit
from chatbot.values import Answer, Conversation, Slot

if TYPE_CHECKING:
    from chatbot.dialogue.proposals import Proposals

#: A whole question, which need not lean on anything.
_ASKS_WHOLE = re.compile(
    r"^\W*(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|did|does|do|has|have|had|can|list|name|tell|give|show)\b(?!\s+(?:about|of)\b)\s+\S+\s+\S+",
    re.I,
)
#: "And that of his successor?", not who that is, but what was asked; "more than Germany?", not what Germany has.
_ASKS_OTHERWISE = re.compile(r"\b(?:that|those)\s+of\b|^\W*(?:and\s+|so\s+)?(?:more|less|\w+er)\s+than\b", re.I)
_CHOOSES = re.compile(
    r"\b(?:the\s+(?:two|three|others?|latter|former|same|second|third)|both|that|there|then|ones?|next|before|after|in[\s-]+between|between(?=\s+(?:them|those|these|the\s+two))|(?:took\s+over|succeeded|followed|replaced)(?=\W*$))\b(?!\s+(?:19|20)\d\d)",
    re.I,
)
#: "Back to Annan, who came after him?", "and the other one, when was he elected?"
_BACK_TO = re.compile(
    r"^\W*(?:(?:(?:ok(?:ay)?|now|so|and|but)\W+)*(?:(?:let['’]?s\s+(?:go|get)\s+|going\s+|to\s+go\s+)?back\s+to|returning\s+to|regarding|as\s+for|about|speaking\s+of|concerning)"
    r"\s+(?P<whom>[^,:;?]+?)|(?:(?:and|but|so)\s+|(?=the\s))(?P<other>[^,:;?]+?))\s*[,:;–-]\s*(?P<rest>(?:who|whom|whose|what|which|when|where|why|how|did|was|is|were|are|does|has)\b.*)$",
    re.I,
)


#: A completion that leaves open whom it means is none: "how many people served in them in 2010?" counts anybody.
_UNTOLD = re.compile(r"\b(?:they|them)\b", re.I)

Chats = Callable[[str, date], bool]
"""Whether a text is small talk, which leans on nothing."""


class Completer:
    """Completes questions of one corpus. Keeps no state: the conversation has it all."""

    def __init__(
        self, understander: Understander, catalogue: Catalogue, intents: Mapping[str, Intent], ask: Ask, chats: Chats
    ) -> None:
        self.understander, self.catalogue, self.intents = understander, catalogue, intents
        self._ask, self._chats = ask, chats
        self._clarifier = Clarifier(understander, catalogue, ask)

    @cached_property
    def _proposals(self) -> "Proposals":
        # What only a follow-up needs is imported by the first one.
        from chatbot.dialogue.proposals import Proposals

        return Proposals(self.understander, self.catalogue, self.intents, self._ask)

    def complete(self, text: str, conversation: Conversation, today: date) -> Completed:
        """The question in full, its asking part as it was where nothing leans on the turns before; or what it may mean."""
        completed = self._completed(text, conversation, today)
        return completed if completed.choices else self._clarifier.clarified(completed.text, today)

    def _completed(self, text: str, conversation: Conversation, today: date) -> Completed:
        offered = _told_or_asked(conversation)
        is_offered = any(text in turn.suggestions for turn in offered if turn.kind != "clarification")
        if is_offered or (offered and self._leans_on_nothing(text, today)):
            return Completed(text)
        reply = picked(text, offered[-1]) if offered else None
        if reply is not None:
            return Completed(reply.question)
        turns = [turn for turn in offered if turn.kind != "clarification"]
        back_to = _BACK_TO.match(text) if turns else None
        if back_to is not None:
            whom = back_to["whom"] or self._proposals.selected(back_to["other"], offered) or back_to["other"]
            return self._with_said(text, back_to["rest"], self._told(f"about {whom}", today), turns)
        focused = focus(text)
        if focused.instead:
            asked = Answer(focused.text, "", "fact")
            return Completed(next(self._proposals.ellipsis.fragments(focused.instead, [asked], today), text))
        if focused.said:
            return self._with_said(text, focused.text, self._told(focused.said, today), turns)
        return self._with_turns(focused.text, turns, offered, today) if turns else Completed(focused.text)

    def _leans_on_nothing(self, text: str, today: date) -> bool:
        """Whether a text is no question to the documents: it asks about the last answer, or is small talk."""
        from chatbot.dialogue.lookingback import is_looking_back

        return is_looking_back(text) or self._chats(text, today)

    def _with_turns(self, text: str, turns: Sequence[Answer], offered: Sequence[Answer], today: date) -> Completed:
        if _ASKS_WHOLE.match(text) and not (leans(text) or _CHOOSES.search(text)) and self._ask(text, today):
            return Completed(text)
        known = self._proposals.known(text, turns, today)
        is_changed = known.text != text or bool(known.choices)
        is_whole = is_changed and not (known.choices or leans(known.text) or _ASKS_OTHERWISE.search(text))
        if is_whole and self._ask(known.text, today):
            return known
        for proposal in dict.fromkeys(self._proposals.others(text, turns, offered, today)):
            if proposal != text and not _UNTOLD.search(proposal) and self._ask(proposal, today):
                return Completed(proposal)
        if known.choices:
            return self._narrowed(known, today)
        if is_changed:
            return known
        return self._likeliest(text, turns, offered, today)

    def _likeliest(self, text: str, turns: Sequence[Answer], offered: Sequence[Answer], today: date) -> Completed:
        """What to search passages for, where the facts answer no completion."""
        selected = self._proposals.selected(text, offered)
        if selected is not None:
            return Completed(selected)
        if self._names_any(text, today) or self._ask(text, today):
            return Completed(text)
        return Completed(self._proposals.by_grammar(text, turns))

    def _narrowed(self, known: Completed, today: date) -> Completed:
        """Only the choices that the facts answer: asking back must lead somewhere."""
        choices = tuple(choice for choice in known.choices if self._ask(choice.question, today))
        return Completed(choices[0].question) if len(choices) == 1 else Completed(known.text, choices)

    def _names_any(self, text: str, today: date) -> bool:
        units = self.understander.understand(text, today).units
        return any(unit.names or _is_unknown_name(unit, text) for unit in units)

    def _told(self, said: str, today: date) -> Answer:
        """What was said beside a question, as a turn: the names in it are what a pronoun may mean."""
        units = self.understander.understand(said, today).units
        named = [unit for unit in units if unit.names or _is_unknown_name(unit, said)]
        slots = tuple(Slot("entity", u.text, u.start, u.end, u.names[0] if u.names else u.text) for u in named)
        entities = tuple(unit.names[0] for unit in named if unit.names)
        return Answer(said, "", "fact", slots=slots, entities=entities)

    def _with_said(self, text: str, asking: str, told: Answer, turns: Sequence[Answer]) -> Completed:
        """The asking part with what it lacks from what was said: whom a pronoun means, which body is spoken of.

        All of the text where a pronoun stands for somebody whom nothing names: what is said of him may tell.
        """
        from chatbot.dialogue.references import speaks_of_a_person

        references = self._proposals.references
        completed = references.resolved(asking, [*turns, told]) if leans(asking) else Completed(asking)
        if completed.choices:
            return completed
        if speaks_of_a_person(completed.text) and not turns:
            return Completed(text)
        bodies = [s.text for s in told.slots if s.value not in self.catalogue.persons]
        if completed.text != asking or self._names_any(asking, date.max) or not bodies:
            return completed
        return Completed(f"{asking} {' '.join(dict.fromkeys(bodies))}")


def _told_or_asked(conversation: Conversation) -> list[Answer]:
    """The turns that follow-ups may lean on: neither small talk nor about the answer before."""
    if not conversation.turns:
        return []
    from chatbot.dialogue.lookingback import is_looking_back

    return [turn for turn in conversation.turns if turn.kind != "small_talk" and not is_looking_back(turn.asked)]


def _is_unknown_name(unit: Unit, text: str) -> bool:
    """Whether a unit that names nothing known is written like a name: capitals inside the sentence."""
    is_plain = not (unit.names or unit.date or unit.meanings or unit.number is not None)
    return is_plain and unit.text[:1].isupper() and unit.text != "I" and bool(text[: unit.start].strip())
