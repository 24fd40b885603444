"""The menu that opens while typing: commands and what may follow them, names, topics and questions."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from chatbot.language.words import STOP_WORDS
from chatbot.terminal.commands import REGISTRY
from chatbot.terminal.typing.offers import Offers

if TYPE_CHECKING:
    from chatbot.terminal.sitting import Sitting

MOST = 6
"""Entries of the menu: as many as there are rows kept free for it."""
QUESTIONS = 3
"""Of them whole questions, where names are found too."""
LONGEST_NAME = 5
"""Words before the cursor that may be the beginning of one name."""
LEAST = 2
"""Letters that open the menu."""


class LineCompleter(Completer):
    """Completes the line before the cursor. A menu that only repeats what is typed stays closed."""

    def __init__(self, sitting: "Sitting", offers: Offers) -> None:
        self._sitting, self._offers = sitting, offers

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        line = document.text_before_cursor.lstrip()
        found = list(self._of_command(line) if line.startswith("/") else self._of_question(line))
        is_typed = len(found) == 1 and line.endswith(found[0].text)
        return [] if is_typed else found[:MOST]

    def _of_command(self, line: str) -> Iterator[Completion]:
        name, space, rest = line.partition(" ")
        if not space:
            yield from (
                Completion(each.name, -len(name), display_meta=each.summary)
                for each in map(REGISTRY.__getitem__, close_commands(name))
            )
        elif name in REGISTRY:
            wanted = rest.lower()
            arguments = list(dict.fromkeys(REGISTRY[name].arguments(self._sitting)))
            begun = [each for each in arguments if each.lower().startswith(wanted)]
            inside = [each for each in arguments if len(wanted) >= LEAST and wanted in each.lower()]
            yield from (Completion(each, -len(rest)) for each in dict.fromkeys((*begun, *inside)))

    def _of_question(self, line: str) -> Iterator[Completion]:
        if len(line.strip()) < LEAST:
            return
        named = list(self._of_name(line))
        room = QUESTIONS if named else MOST
        questions = self._offers.questions.starting(line, room) if " " in line or not named else []
        if not questions and not named and " " not in line.strip():
            questions = self._offers.questions.found(line, room) if line.lower() not in STOP_WORDS else []
        asked = [Completion(each, -len(line), display_meta="question") for each in questions]
        # Several words that begin a question mean it rather than a name that the last of them begins.
        yield from (*asked, *named) if " " in line else (*named[: MOST - len(asked)], *asked)

    def _of_name(self, line: str) -> Iterator[Completion]:
        """Names that the last words begin, the longest beginning first; none after a space or an everyday word."""
        if not line[-1:].isalnum():
            return
        words = line.split(" ")
        for count in range(min(LONGEST_NAME, len(words)), 0, -1):
            typed = " ".join(words[-count:])
            # A beginning that is too common opens no menu of its own.
            if len(typed) < LEAST or (words[-count].lower() in STOP_WORDS and not words[-count][0].isupper()):
                continue
            found = self._offers.names.found(typed, MOST)
            if found:
                yield from (Completion(each, -len(typed)) for each in found if each != typed)
                return


def close_commands(typed: str) -> list[str]:
    """The commands that begin so, or else are spelt nearly so.

    >>> close_commands("/he")
    ['/help']
    """
    begun = [name for name in REGISTRY if name.startswith(typed.lower())]
    if begun or len(typed) < 3:
        return begun
    from difflib import get_close_matches

    return get_close_matches(typed.lower(), REGISTRY, n=3)
