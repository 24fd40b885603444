"""Live marks on the line: names the documents know, dates, and commands."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache

from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.lexers import Lexer

from chatbot.language.datetext import find_dates
from chatbot.language.names import NameIndex
from chatbot.language.words import STOP_WORDS, Token, tokens
from chatbot.terminal.commands import REGISTRY

LONGEST = 1000
"""Characters of a line that are marked: what is pasted beyond is not read either."""


class MarkingLexer(Lexer):
    """Marks are remembered line by line, so that moving the cursor costs nothing."""

    def __init__(self, names: NameIndex, today: date) -> None:
        @lru_cache(maxsize=64)
        def marked(line: str) -> StyleAndTextTuples:
            return list(_painted(line, sorted(spans(line, names, today))))

        self._marked = marked

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        return lambda number: self._marked(document.lines[number]) if number < len(document.lines) else []


def spans(line: str, names: NameIndex, today: date) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind ("name", "date", "command") of what is recognised, none overlapping."""
    if line.startswith("/"):
        name = line.partition(" ")[0]
        if name.lower() in REGISTRY:
            yield 0, len(name), "command"
        return
    dates = find_dates(line[:LONGEST], today)
    yield from ((mention.start, mention.end, "date") for mention in dates)
    words = [w for w in tokens(line[:LONGEST]) if not any(d.start <= w.start < d.end for d in dates)]
    folded, at = [word.folded for word in words], 0
    while at < len(words):
        length, _ = names.longest(folded, at)
        if length and _is_name(words[at : at + length]):
            yield words[at].start, words[at + length - 1].end, "name"
        at += max(length, 1)


def _is_name(words: list[Token]) -> bool:
    """ "who" is hardly the World Health Organization; "WHO" is."""
    return any(word.folded not in STOP_WORDS or word.text.isupper() for word in words)


def _painted(line: str, marks: list[tuple[int, int, str]]) -> Iterator[tuple[str, str]]:
    at = 0
    for start, end, kind in marks:
        if start > at:
            yield "", line[at:start]
        if end > at:
            yield f"class:mark.{kind}", line[max(start, at) : end]
        at = max(at, end)
    yield "", line[at:]
