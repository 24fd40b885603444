"""Completing follow-ups: from what was typed and the turns before to a question that stands by itself.

What else was said beside a question ("I never met Ana Roe. When was she born?") counts as one more turn before it.
Four kinds are completed: a new value for the last question ("and in 1995?", "what about Japan?"), a pronoun for
whom the last answer named ("who came after him?"), a bare question word ("when?"), and "then" for the last date.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from chatbot.dialogue.ellipsis import Ellipsis
from chatbot.dialogue.focus import focus, leans
from chatbot.dialogue.references import Completed, References, speaks_of_a_person
from chatbot.intents.model import Intent
from chatbot.knowledge.catalogue import Catalogue
from chatbot.language.understanding import Understander, Unit
from chatbot.values import Answer, Conversation, Slot


class Completer:
    """Completes questions of one corpus. Keeps no state: the conversation has it all."""

    def __init__(self, understander: Understander, catalogue: Catalogue, intents: Mapping[str, Intent]) -> None:
        self.understander, self.catalogue = understander, catalogue
        self._references = References(catalogue)
        self._ellipsis = Ellipsis(understander, catalogue, intents)

    def complete(self, text: str, conversation: Conversation, today: date) -> Completed:
        """The question in full; its asking part as it was where nothing leans on the turns before."""
        focused = focus(text)
        turns = [turn for turn in conversation.turns if turn.kind != "small_talk"]
        if focused.instead:
            asked = Answer(focused.text, "", "fact")
            return Completed(self._ellipsis.fragment(focused.instead, [asked], today) or text)
        if focused.said:
            return self._with_said(text, focused.text, self._told(focused.said, today), turns)
        text = focused.text
        if not turns:
            return Completed(text)
        bare = self._ellipsis.bare(text, turns[-1])
        if bare is not None:
            return Completed(bare)
        completed = self._references.resolved(text, turns)
        if completed.text != text or completed.choices:
            return completed
        return Completed(self._ellipsis.fragment(text, turns, today) or text)

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
        completed = self._references.resolved(asking, [*turns, told]) if leans(asking) else Completed(asking)
        if completed.choices:
            return completed
        if speaks_of_a_person(completed.text) and not turns:
            return Completed(text)
        bodies = [s.text for s in told.slots if s.value not in self.catalogue.persons]
        names_any = any(
            u.names or _is_unknown_name(u, asking) for u in self.understander.understand(asking, date.max).units
        )
        if completed.text != asking or names_any or not bodies:
            return completed
        return Completed(f"{asking} {' '.join(dict.fromkeys(bodies))}")


def _is_unknown_name(unit: Unit, text: str) -> bool:
    """Whether a unit that names nothing known is written like a name: capitals inside the sentence."""
    is_plain = not (unit.names or unit.date or unit.meanings or unit.number is not None)
    return is_plain and unit.text[:1].isupper() and unit.text != "I" and bool(text[: unit.start].strip())
