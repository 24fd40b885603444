"""Completing follow-ups: from what was typed and the turns before to a question that stands by itself.

What else was said beside a question ("I never met Ana Roe. When was she born?") counts as one more turn before it.
Several completions may be thought of: a new value for the last question ("and in 1995?"), a pronoun's name ("who came
after him?"), a choice among what was named ("the second one"), operands of a comparison ("who served longer?"), what the
grammar of the question leaves out ("what are the symptoms?"). The first that the facts answer is taken; where they
answer none, the likeliest.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from chatbot.dialogue.antecedents import said_before
from chatbot.dialogue.clarification import Clarifier
from chatbot.dialogue.comparison import compared
from chatbot.dialogue.ellipsis import LEAD_IN, Ellipsis
from chatbot.dialogue.focus import focus, leans
from chatbot.dialogue.lookingback import is_looking_back
from chatbot.dialogue.references import Completed, References, speaks_of_a_person
from chatbot.dialogue.rephrasing import rephrased
from chatbot.dialogue.replying import picked
from chatbot.dialogue.selection import chosen
from chatbot.dialogue.substitution import substituted
from chatbot.dialogue.succession import with_neighbours
from chatbot.intents.model import Intent
from chatbot.knowledge.catalogue import Catalogue
from chatbot.language.understanding import Understander, Unit
from chatbot.values import Answer, Candidate, Conversation, Slot

Ask = Callable[[str, date], Candidate | None]
"""What the facts answer to a question with certainty; None where they do not."""

_MOST_TURNS = 3
"""Questions before in which something may be replaced."""
#: A whole question, which need not lean on anything.
_ASKS_WHOLE = re.compile(
    r"^\W*(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|did|does|do|has|have|had|can|list|name|tell|give|show)\b(?!\s+(?:about|of)\b)\s+\S+\s+\S+",
    re.I,
)
#: "Back to Annan, who came after him?"
_BACK_TO = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|now|so|and|but)\W+)*(?:(?:let['’]?s\s+(?:go|get)\s+|going\s+|to\s+go\s+)?back\s+to|returning\s+to|regarding|as\s+for|about|speaking\s+of|concerning)\s+"
    r"(?P<whom>[^,:;?]+?)\s*[,:;–-]\s*(?P<rest>\S.*)$",
    re.I,
)
_CHOOSES = re.compile(
    r"\b(?:the\s+(?:two|three|others?|latter|former|same|second|third)|both|that|there|then|ones?|next|before|after)\b(?!\s+(?:19|20)\d\d)",
    re.I,
)
_MORE = re.compile(
    r"^\W*(?:(?:tell|show|give)\s+(?:me|us)\s+more|more|go\s+on|continue|what\s+else|anything\s+else|more\s+(?:details?|info(?:rmation)?|about\s+(?:that|it|him|her|them)))(?:\s+please)?\W*$",
    re.I,
)


class Completer:
    """Completes questions of one corpus. Keeps no state: the conversation has it all."""

    def __init__(
        self, understander: Understander, catalogue: Catalogue, intents: Mapping[str, Intent], ask: Ask
    ) -> None:
        self.understander, self.catalogue, self._ask = understander, catalogue, ask
        self._references = References(catalogue)
        self._ellipsis = Ellipsis(understander, catalogue, intents)
        self._clarifier = Clarifier(understander, catalogue, ask)

    def complete(self, text: str, conversation: Conversation, today: date) -> Completed:
        """The question in full, its asking part as it was where nothing leans on the turns before; or what it may mean."""
        completed = self._completed(text, conversation, today)
        return completed if completed.choices else self._clarifier.clarified(completed.text, today)

    def _completed(self, text: str, conversation: Conversation, today: date) -> Completed:
        turns = [t for t in conversation.turns if t.kind != "small_talk" and not is_looking_back(t.asked)]
        if any(text in turn.suggestions for turn in conversation.turns if turn.kind != "clarification"):
            return Completed(text)
        reply = picked(text, turns[-1]) if turns else None
        if reply is not None:
            return Completed(reply.question)
        turns = [turn for turn in turns if turn.kind != "clarification"]
        back_to = _BACK_TO.match(text)
        if back_to is not None and turns:
            return self._with_said(text, back_to["rest"], self._told(f"about {back_to['whom']}", today), turns)
        focused = focus(text)
        if focused.instead:
            asked = Answer(focused.text, "", "fact")
            return Completed(next(self._ellipsis.fragments(focused.instead, [asked], today), text))
        if focused.said:
            return self._with_said(text, focused.text, self._told(focused.said, today), turns)
        if not turns:
            return Completed(focused.text)
        return self._with_turns(focused.text, turns, today)

    def _with_turns(self, text: str, turns: Sequence[Answer], today: date) -> Completed:
        if _ASKS_WHOLE.match(text) and not (leans(text) or _CHOOSES.search(text)) and self._ask(text, today):
            return Completed(text)
        known = self._known(text, turns, today)
        is_changed = known.text != text or bool(known.choices)
        if is_changed and not known.choices and self._ask(known.text, today):
            return known
        proposals = list(dict.fromkeys(p for p in self._proposals(text, turns, today) if p != text))
        answered = next((proposal for proposal in proposals if self._ask(proposal, today)), None)
        if answered is not None:
            return Completed(answered)
        if known.choices:
            return self._narrowed(known, today)
        if is_changed:
            return known
        if chosen(text, turns, self.catalogue) is not None:
            return Completed(proposals[0])
        if self._names_any(text, today) or speaks_of_a_person(text) or self._ask(text, today):
            return Completed(text)
        return Completed(rephrased(text, said_before(turns), said_before(turns[:1])[0], is_careful=True))

    def _narrowed(self, known: Completed, today: date) -> Completed:
        """Only the choices that the facts answer; all where they answer none."""
        choices = tuple(choice for choice in known.choices if self._ask(choice.question, today))
        if len(choices) == 1:
            return Completed(choices[0].question)
        return Completed(known.text, choices or known.choices)

    def _known(self, text: str, turns: Sequence[Answer], today: date) -> Completed:
        """The completion by what the corpus knows: a bare question word, a pronoun's name, a value in another's place."""
        bare = self._ellipsis.bare(text, turns)
        if bare is not None:
            return Completed(bare)
        completed = self._references.resolved(text, turns)
        if completed.text != text or completed.choices:
            return completed
        return Completed(next(self._ellipsis.fragments(text, turns, today), text))

    def _proposals(self, text: str, turns: Sequence[Answer], today: date) -> Iterator[str]:
        """Further completions, each to be tried, the likeliest first."""
        selected = chosen(text, turns, self.catalogue)
        if selected is not None:
            yield selected
            yield self._known(selected, turns, today).text
        resolved = self._references.resolved(text, turns).text
        beside = with_neighbours(resolved, lambda asked: self._named(asked, today))
        if beside is not None:
            yield beside
            yield self._known(beside, turns, today).text
        yield from compared(text, turns, self.catalogue.persons)
        if _MORE.match(text):
            yield from (f"tell me about {name}" for name in turns[-1].entities[:1])
        yield from self._ellipsis.asked_further(text, turns[-1])
        yield from self._ellipsis.fragments(text, turns, today)
        yield from self._instead(text, turns)
        yield from self._references.there(text, turns)
        for said in dict.fromkeys((resolved, self._references.dated(text, turns))):
            if speaks_of_a_person(said):
                continue
            yield rephrased(said, said_before(turns), said_before(turns[:1])[0])

    def _instead(self, text: str, turns: Sequence[Answer]) -> Iterator[str]:
        """The last questions with what is said in the place of what it is like, or beside it: "no, the budget"."""
        lead_in = LEAD_IN.match(text)
        rest = text[lead_in.end() :].rstrip(" ?!.") if lead_in else ""
        if not rest or not lead_in or not lead_in.group().strip():
            return
        for turn in reversed(turns[-_MOST_TURNS:]):
            replaced = substituted(rest, turn.question)
            if replaced is not None:
                yield replaced
            yield f"{turn.question.rstrip(' ?!.')} {rest}"

    def _named(self, asked: str, today: date) -> str:
        found = self._ask(asked, today)
        return found.value[0].text if found is not None and len(found.value) == 1 else ""

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
        completed = self._references.resolved(asking, [*turns, told]) if leans(asking) else Completed(asking)
        if completed.choices:
            return completed
        if speaks_of_a_person(completed.text) and not turns:
            return Completed(text)
        bodies = [s.text for s in told.slots if s.value not in self.catalogue.persons]
        if completed.text != asking or self._names_any(asking, date.max) or not bodies:
            return completed
        return Completed(f"{asking} {' '.join(dict.fromkeys(bodies))}")


def _is_unknown_name(unit: Unit, text: str) -> bool:
    """Whether a unit that names nothing known is written like a name: capitals inside the sentence."""
    is_plain = not (unit.names or unit.date or unit.meanings or unit.number is not None)
    return is_plain and unit.text[:1].isupper() and unit.text != "I" and bool(text[: unit.start].strip())
