"""Clarification: which of several a name may mean, asked only where the facts answer for more than one, and differently."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property

from chatbot.dialogue.completed import Completed
from chatbot.knowledge.catalogue import Catalogue
from chatbot.language.understanding import Understander, Unit
from chatbot.language.words import fold
from chatbot.values import Candidate, Choice

Ask = Callable[[str, date], Candidate | None]
"""What the facts answer to a question with certainty; None where they do not."""

_NUMBERED = re.compile(r"\s+(?:\d|[A-Z]\b|[IVX]+\b)")
_MOST_CHOICES = 5
"""Options that one short question may have."""


class Clarifier:
    """Finds what of a question is ambiguous. `ask` gives what the facts answer with certainty."""

    def __init__(self, understander: Understander, catalogue: Catalogue, ask: Ask) -> None:
        self._understander, self._catalogue, self._ask = understander, catalogue, ask

    def clarified(self, text: str, today: date) -> Completed:
        """The text; or with the choices that a name in it leaves open."""
        for unit in self._understander.understand(text, today).units:
            names = self._meant(unit)
            if _NUMBERED.match(text[unit.end :]):
                continue  # "Model 9" says which model
            if 1 < len(names) <= _MOST_CHOICES and text[unit.start : unit.end] == unit.text:
                choices = self._answered(text, unit, names, today)
                if len(choices) > 1:
                    return Completed(text, tuple(choices))
        return Completed(text)

    def _meant(self, unit: Unit) -> Sequence[str]:
        """Whom or what a unit may name: persons of one surname, things that begin with one word."""
        if len(unit.names) > 1:
            is_whole = any(fold(name) == unit.folded for name in unit.names)
            is_of_persons = all(name in self._catalogue.persons for name in unit.names)
            return unit.names if is_of_persons and not is_whole else ()
        is_plain = not (unit.names or unit.meanings or unit.properties or unit.date or unit.is_stop)
        return self._beginnings.get(unit.folded, ()) if is_plain and unit.number is None else ()

    @cached_property
    def _beginnings(self) -> dict[str, list[str]]:
        """First words that several names of things share: "heron" of Heron A and Heron B."""
        found: dict[str, list[str]] = {}
        for entity in self._catalogue.entities.values():
            words = fold(entity.name).split()
            if len(words) == 2 and entity.type != "person":
                found.setdefault(words[0], []).append(entity.id)
        return found

    def _answered(self, text: str, unit: Unit, names: Sequence[str], today: date) -> list[Choice]:
        """A choice for each name for which the facts have an answer; none where all come to the same."""
        choices, told = list[Choice](), set[tuple[str, ...]]()
        for name in names:
            question = f"{text[: unit.start]}{name}{text[unit.end :]}"
            found = self._ask(question, today)
            if found is not None:
                choices.append(Choice(name, question))
                told.add(tuple(value.text for value in found.value))
        return choices if len(told) > 1 else []
