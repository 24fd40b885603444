"""HTML parsed with the place of its text.

The parser (selectolax, lexbor's) repairs a page as browsers do but forgets where its text stood. So it is
given the page with every stretch of text replaced by a mark, and the marks are found again in the tree.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

from chatbot.documents.textmap import Piece, separate, verbatim

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# As the HTML standard's tokenizer reads them; whatever is not closed runs to the end of the page.
_MARKUP = re.compile(
    r"""<!--(?:-?>|.*?(?:--!?>|\Z))
        | <(?P<raw>script|style|xmp|iframe|noembed|noframes)(?=[\s/>]).*?(?:</(?P=raw)(?=[\s/>])[^>]*+>|\Z)
        | </?(?P<tag>[a-z][^\s/>]*+)
          (?: [\s/]++
            | [^\s/>][^\s/>=]*+ (?:\s*+=\s*+ (?:"[^"]*+" | '[^']*+' | [^\s>"'][^\s>]*+)?+)?+
          )*+ (?:>|\Z)
        | <(?:[!?]|/[^a-z])[^>]*+(?:>|\Z)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""[\s/]([^\s/>=]++)\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>"'][^\s>]*+))"""
)
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]{0,31};?)")
# Characters of the private use area; no text of the page reaches the parser, so they cannot be met in it.
_MARK_OR_SPACE = re.compile("\ue000([0-9]+)\ue001|[ \t\r\n\f]+")
_SPACE = " \t\r\n\f"


class PlacedTree:
    """The tree of a page, whose text nodes hold marks that `add_text` turns into pieces of the source."""

    def __init__(self, source: str) -> None:
        from selectolax.lexbor import LexborHTMLParser

        self._source = source
        self._stretches: list[list[Piece]] = []
        self._metas: list[str] = []
        self._meta_spans: list[tuple[int, int]] = []
        self._parser = LexborHTMLParser("".join(self._marked()))

    def _marked(self) -> Iterator[str]:
        source, at = self._source, 0
        for markup in _MARKUP.finditer(source):
            yield self._mark(at, markup.start())
            if markup["tag"]:
                yield markup.group()
            if markup["tag"] and markup["tag"].lower() == "meta":
                self._meta_spans.append(markup.span())
            at = markup.end()
        yield self._mark(at, len(source))

    def _mark(self, start: int, end: int) -> str:
        text = self._source[start:end]
        if not text.strip(_SPACE):
            return text
        self._stretches.append(_unescaped(self._source, start, end))
        return f"\ue000{len(self._stretches) - 1}\ue001"

    @property
    def body(self) -> "LexborNode | None":
        return self._parser.body

    def css(self, selector: str) -> "list[LexborNode]":
        return self._parser.css(selector)

    def add_text(self, node: "LexborNode", pieces: list[Piece]) -> None:
        """Append what a text node holds."""
        for part in _MARK_OR_SPACE.finditer(node.text_content or ""):
            if part[1]:
                pieces += self._stretches[int(part[1])]
            else:
                separate(pieces, " ")

    def metadata(self) -> Iterator[tuple[list[Piece], list[Piece]]]:
        """Name and content of every <meta>."""
        for start, end in self._meta_spans:
            values = {match[1].lower(): match for match in _ATTRIBUTE.finditer(self._source, start, end)}
            if "name" in values and "content" in values:
                yield self._attribute(values["name"]), self._attribute(values["content"])

    def _attribute(self, match: re.Match[str]) -> list[Piece]:
        return _unescaped(self._source, *match.span(match.lastgroup or 0))


def _unescaped(source: str, start: int, end: int) -> list[Piece]:
    """A stretch of text, every character reference in a piece of its own."""
    pieces = []
    for reference in _REFERENCE.finditer(source, start, end):
        text = unescape(reference.group())
        if text != reference.group():
            pieces += [verbatim(source, start, reference.start()), Piece(text, *reference.span())]
            start = reference.end()
    return [*pieces, verbatim(source, start, end)]
