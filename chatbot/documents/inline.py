"""Inline Markdown to pieces: the parser's tokens walked along the text they were parsed from.

markdown-it gives inline tokens no positions, but each token says enough (content, markup) to know
how much of the text it took; only a link's destination has to be read again.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from chatbot.documents.textmap import Piece

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_REFERENCE = re.compile(r"\[(?:\\.|[^\[\]\\])*\]", re.DOTALL)
_BREAK = re.compile(r"\\?[ \t]*\n?[ \t]*")
_LINE_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_NOTE_TAG = re.compile(r"<(/?)ref\b[^>]*?(/?)>", re.IGNORECASE)


def inline_pieces(parser: "MarkdownIt", content: str, tokens: Sequence["Token"]) -> list[Piece]:
    """The visible text of `tokens`, with positions in `content`."""
    walk = _Walk(parser, content)
    for token in tokens:
        walk.take(token)
    return walk.pieces


class _Walk:
    """The place in the content that the tokens so far have reached."""

    def __init__(self, parser: "MarkdownIt", content: str) -> None:
        self.pieces: list[Piece] = []
        self._parser = parser
        self._content = content
        self._at = 0
        self._notes = 0
        """How many <ref> elements are open; their text is not shown."""
        self._in_autolink = False

    def take(self, token: "Token") -> None:
        content, at = self._content, self._at
        match token.type:
            case "text" if self._in_autolink:
                end = max(content.find(">", at), at)
                self._show(content[at:end], at, end)
            case "text":
                found = max(content.find(token.content, at), at)
                self._show(token.content, found, found + len(token.content))
            case "text_special":
                self._show(token.content, at, at + len(token.markup))
            case "softbreak" | "hardbreak":
                end = _BREAK.match(content, at).end()  # type: ignore[union-attr]
                self._show(" ", at, end)
            case "code_inline":
                self._take_code(token)
            case "html_inline":
                self._take_tag(token)
            case "link_open":
                self._in_autolink = token.info == "auto"
                self._at = at + 1
            case "link_close":
                self._at = at + 1 if self._in_autolink else self._after_link(at)
                self._in_autolink = False
            case "image":
                # Its description is no part of the sentence around it.
                self._at = self._after_link(at + 2 + len(token.content))
            case _:
                self._at = at + len(token.markup)

    def _show(self, text: str, start: int, end: int) -> None:
        end = min(end, len(self._content))
        if not self._notes:
            self.pieces.append(Piece(text[: max(0, end - start)], start, end))
        self._at = end

    def _take_code(self, token: "Token") -> None:
        fence = re.escape(token.markup)
        span = re.compile(rf"(?<!`){fence}(?!`)(.*?)(?<!`){fence}(?!`)", re.DOTALL).search(self._content, self._at)
        if span is not None:
            self._show(span[1], *span.span(1))
            self._at = span.end()

    def _take_tag(self, token: "Token") -> None:
        end = self._at + len(token.content)
        if _LINE_BREAK_TAG.match(token.content):
            self._show(" ", self._at, end)
        elif note := _NOTE_TAG.match(token.content):
            self._notes = max(0, self._notes - 1) if note[1] else self._notes + (not note[2])
        self._at = end

    def _after_link(self, at: int) -> int:
        """Where a link ends whose `]` is at `at`: after (destination "title") or [reference], or at once."""
        content, helpers = self._content, self._parser.helpers
        position, stop = at + 1, len(content)
        if content[position : position + 1] == "(":
            inside = _skip_space(content, position + 1)
            destination = helpers.parseLinkDestination(content, inside, stop)
            inside = _skip_space(content, destination.pos if destination.ok else inside)
            title = helpers.parseLinkTitle(content, inside, stop)
            inside = _skip_space(content, title.pos if title.ok else inside)
            if content[inside : inside + 1] == ")":
                return inside + 1
        reference = _REFERENCE.match(content, position)
        return reference.end() if reference else position


def _skip_space(content: str, at: int) -> int:
    while at < len(content) and content[at] in " \t\n":
        at += 1
    return at
