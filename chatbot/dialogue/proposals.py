"""What a follow-up may mean: completions of it, the likeliest first, each to be tried on the facts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from chatbot.dialogue.antecedents import said_before
from chatbot.dialogue.clarification import Ask
from chatbot.dialogue.comparison import compared
from chatbot.dialogue.completed import Completed
from chatbot.dialogue.ellipsis import LEAD_IN, Ellipsis
from chatbot.dialogue.narrowing import narrowed
from chatbot.dialogue.references import References, speaks_of_a_person
from chatbot.dialogue.rephrasing import rephrased
from chatbot.dialogue.selection import chosen
from chatbot.dialogue.substitution import substituted
from chatbot.dialogue.succession import with_neighbours
from chatbot.intents.model import Intent
from chatbot.knowledge.catalogue import Catalogue
from chatbot.language.understanding import Understander
from chatbot.values import Answer

_MOST_TURNS = 3
"""Questions before in which something may be replaced."""
#: "The operating profit?", "day pupils?": a noun alone.
_BARE_NOUN = re.compile(
    r"^\W*(?=\D)(?!(?:until|since|from|in|at|by|say|only|just|who|what|when|where|which|why|how|is|are|was|were|did|does|do|has|have|can)\b)(?:[\w'-]+\s+){0,3}[\w'-]+\s*\?*\s*$",
    re.I,
)
_MORE = re.compile(
    r"^\W*(?:(?:tell|show|give)\s+(?:me|us)\s+more|more|go\s+on|continue|what\s+else|anything\s+else|more\s+(?:details?|info(?:rmation)?|about\s+(?:that|it|him|her|them)))(?:\s+please)?\W*$",
    re.I,
)


class Proposals:
    """Thinks of completions. `turns` are those that answered something, `offered` also those that asked which is meant."""

    def __init__(
        self, understander: Understander, catalogue: Catalogue, intents: Mapping[str, Intent], ask: Ask
    ) -> None:
        self.references = References(catalogue)
        self.ellipsis = Ellipsis(understander, catalogue, intents)
        self._catalogue, self._ask = catalogue, ask

    def known(self, text: str, turns: Sequence[Answer], today: date) -> Completed:
        """The completion by what the corpus knows: a bare question word, a pronoun's name, a value in another's place."""
        bare = self.ellipsis.bare(text, turns)
        if bare is not None:
            return Completed(bare)
        completed = self.references.resolved(text, turns)
        if completed.text != text or completed.choices:
            return completed
        return Completed(next(self.ellipsis.fragments(text, turns, today), text))

    def selected(self, text: str, offered: Sequence[Answer]) -> str | None:
        """The text with what it picks of what was named, or offered: "the second one", "the other one"."""
        return chosen(text, offered, self._catalogue)

    def others(self, text: str, turns: Sequence[Answer], offered: Sequence[Answer], today: date) -> Iterator[str]:
        """Further completions."""
        yield from narrowed(text, offered)
        selected = self.selected(text, offered)
        if selected is not None:
            yield selected
            yield self.known(selected, turns, today).text
            yield from self.ellipsis.fragments(selected, turns, today)
        resolved = self.references.resolved(text, turns).text
        bare = self.ellipsis.bare(resolved, turns) if resolved != text else None
        if bare is not None:
            yield bare
        dated = self.references.dated(text, turns)
        if dated != text:
            yield from self.ellipsis.fragments(dated, turns, today)
        beside = with_neighbours(resolved, lambda asked: self._named(asked, today))
        if beside is not None:
            yield beside
            yield self.known(beside, turns, today).text
        yield from compared(text, offered, self._catalogue.persons)
        if _MORE.match(text):
            yield from (f"tell me about {name}" for name in turns[-1].entities[:1])
        yield from self.ellipsis.asked_further(text, turns[-1])
        yield from self.ellipsis.same_time(text, turns[-1], today)
        yield from self.ellipsis.fragments(text, turns, today)
        yield from _instead(text, turns)
        yield from self.references.there(text, turns)
        for said in dict.fromkeys((resolved, dated)):
            if not speaks_of_a_person(said):
                yield rephrased(said, said_before(turns), said_before(turns[:1])[0])

    def by_grammar(self, text: str, turns: Sequence[Answer]) -> str:
        """What the text leans on by its form alone; whom "he" means only the corpus can tell."""
        if speaks_of_a_person(text):
            return text
        return rephrased(text, said_before(turns), said_before(turns[:1])[0], is_careful=True)

    def _named(self, asked: str, today: date) -> str:
        found = self._ask(asked, today)
        return found.value[0].text if found is not None and len(found.value) == 1 else ""


def _instead(text: str, turns: Sequence[Answer]) -> Iterator[str]:
    """The last questions with what is said in the place of what it is like, or beside it: "no, the budget"."""
    lead_in = LEAD_IN.match(text)
    rest = text[lead_in.end() :].rstrip(" ?!.") if lead_in else ""
    is_led = lead_in is not None and bool(lead_in.group().strip())
    if not rest or not (is_led or _BARE_NOUN.match(text)):
        return
    for turn in reversed(turns[-_MOST_TURNS:]):
        replaced = substituted(rest, turn.question)
        if replaced is not None:
            yield replaced
        yield f"{turn.question.rstrip(' ?!.')} {rest}"
