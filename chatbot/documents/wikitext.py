"""Inline MediaWiki text to pieces: links, styles and templates walked along the text they were parsed from.

mwparserfromhell gives nodes no positions, but they write themselves out exactly as they were read,
so the place of each is the sum of the lengths before it.
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import TYPE_CHECKING, TypeVar

from chatbot.documents.textmap import Piece, separate, verbatim

if TYPE_CHECKING:
    from mwparserfromhell.nodes import ExternalLink, Node, Tag, Template, Wikilink
    from mwparserfromhell.wikicode import Wikicode

# Left over where the parser found no pair: marks of bold and italics, behaviour switches, single tags.
_STRAY = re.compile(r"'{2,}|__[A-Z]{3,20}__|</?[a-zA-Z][^<>\n]{0,100}>")
_BREAK_TAG = re.compile(r"<br\b", re.IGNORECASE)
_UNSHOWN_LINK = re.compile(
    r"\s*(?:(?:file|image|category|media)\s*:|[^|]*\.(?:jpe?g|png|svg|gif|webp|tiff?|ogg|ogv|webm|pdf)\s*$)",
    re.IGNORECASE,
)
_OTHER_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]+)?:\S")
_UNSHOWN_TAGS = frozenset(
    (
        "ref",
        "references",
        "gallery",
        "timeline",
        "templatestyles",
        "style",
        "script",
        "imagemap",
        "math",
        "score",
    )
)

# Templates by their names: what of them a reader sees. Of all others, their nameless parameters.
_UNSHOWN_TEMPLATE = re.compile(
    r"""(?:cite|citation|sfn|efn|refn|harv|notelist|reflist|note|r|rp|cn|fact|use
        |short\ description|main|see\ also|further|about|for|hatnote|distinguish|redirect
        |coord|portal|commons|sister|authority\ control|defaultsort|displaytitle|flagicon|icon|clear
        |toc|anchor|webarchive|dead\ link|when|who|which|clarify|update|better|verification|navbox
        |\#\w+:)(?:\b|$)
        |.*\b(?:needed|inline|stub|navbox|sidebar|footer)$""",
    re.VERBOSE,
)
_FIRST_ONLY = re.compile(r"(?:nowrap|nobr|small|big|abbr|tooltip|flag|flagcountry|flagu|lang-[a-z-]+)$")
_LAST_ONLY = re.compile(r"(?:lang|transl|transliteration|color|font color|colou?red text|sort|nts|ntsh|hs)$")
_FIRST_TWO = re.compile(r"(?:convert|cvt|sortname)$")
_LISTS = re.compile(r"(?:ubl|unbulleted list|plain ?list|hlist|flat ?list|bulleted list|collapsible list)$")
_DATES = re.compile(r".*\b(?:date|dts|dob|dod)\b|as of$")
_NAME_SHOWN = re.compile(r"(?:as of|circa)$")

_Member = TypeVar("_Member")


def placed(wikicode: "Wikicode", start: int) -> "Iterator[tuple[Node, int]]":
    """The nodes of `wikicode`, which stands at `start`, each with its own place."""
    for node in wikicode.nodes:
        yield node, start
        start += len(str(node))


def contents_start(tag: "Tag", start: int) -> int:
    """Where the contents of a tag at `start` begin."""
    attributes = sum(len(str(attribute)) for attribute in tag.attributes)
    if tag.wiki_markup:
        marks = len(tag.wiki_markup) + len(tag.wiki_style_separator or "")
    else:
        marks = len(str(tag.tag)) + len("<>")
    return start + marks + attributes + len(tag.padding or "")


def tag_name(tag: "Tag") -> str:
    return str(tag.tag).strip().lower()


def is_unshown(name: str) -> bool:
    """Whether a template of this name is a note or upkeep, no part of the text."""
    return bool(_UNSHOWN_TEMPLATE.match(name))


def template_name(template: "Template") -> str:
    return " ".join(str(template.name).replace("_", " ").split()).lower()


def parameters(template: "Template", start: int) -> "Iterator[tuple[Wikicode | None, int, Wikicode, int]]":
    """Name (or None) and value of every parameter of a template at `start`, each with its place."""
    at = start + len("{{") + len(str(template.name))
    for parameter in template.params:
        at += len("|")
        name_at = at
        if parameter.showkey:
            at += len(str(parameter.name)) + len("=")
        yield parameter.name if parameter.showkey else None, name_at, parameter.value, at
        at += len(str(parameter.value))


class Inline:
    """Collects what a reader sees of wiki text; `line_break` stands for the breaks in it."""

    def __init__(self, source: str, line_break: str = " ") -> None:
        self.pieces: list[Piece] = []
        self._source = source
        self._break = line_break

    def add(self, wikicode: "Wikicode", start: int) -> None:
        for node, at in placed(wikicode, start):
            self.add_node(node, at)

    def add_node(self, node: "Node", start: int) -> None:
        from mwparserfromhell import nodes

        match node:
            case nodes.Text():
                self.add_text(start, start + len(str(node)))
            case nodes.HTMLEntity():
                end = start + len(str(node))
                self.pieces.append(Piece(unescape(self._source[start:end]), start, end))
            case nodes.Wikilink():
                self._add_link(node, start)
            case nodes.ExternalLink():
                self._add_external(node, start)
            case nodes.Tag():
                self._add_tag(node, start)
            case nodes.Template():
                self._add_template(node, start)
            case nodes.Heading():
                self.add(node.title, start + node.level)

    def add_text(self, start: int, end: int) -> None:
        """Add a stretch that holds no nodes."""
        for stray in _STRAY.finditer(self._source, start, end):
            self.pieces.append(verbatim(self._source, start, stray.start()))
            if _BREAK_TAG.match(stray.group()):
                separate(self.pieces, self._break)
            start = stray.end()
        self.pieces.append(verbatim(self._source, start, end))

    def _add_link(self, link: "Wikilink", start: int) -> None:
        title = str(link.title)
        if _UNSHOWN_LINK.match(title) or (link.text is None and _OTHER_LANGUAGE.match(title)):
            return
        shown = str(link.text or "")
        if shown.strip():
            text_at = start + len("[[") + len(title) + len("|") + shown.rfind("|") + 1
            is_plain = "|" not in shown
            if is_plain and link.text is not None:
                self.add(link.text, text_at)
            else:
                self.add_text(text_at, start + len(str(link)) - len("]]"))
        else:
            colon = len(title) - len(title.lstrip(": "))
            self.add_text(start + len("[[") + colon, start + len("[[") + len(title))

    def _add_external(self, link: "ExternalLink", start: int) -> None:
        if link.title is not None:
            self.add(link.title, start + len(str(link)) - len("]") - len(str(link.title)))
        elif not link.brackets:
            self.add_text(start, start + len(str(link)))

    def _add_tag(self, tag: "Tag", start: int) -> None:
        name = tag_name(tag)
        if name == "br":
            separate(self.pieces, self._break)
        elif tag.wiki_markup and name in ("li", "dd", "dt"):
            separate(self.pieces, ", " if any(piece.text.strip() for piece in self.pieces) else " ")
        elif name not in _UNSHOWN_TAGS and tag.contents is not None:
            self.add(tag.contents, contents_start(tag, start))

    def _add_template(self, template: "Template", start: int) -> None:
        name = template_name(template)
        if is_unshown(name):
            return
        nameless = [
            (value, at) for key, _, value, at in parameters(template, start) if key is None and str(value).strip()
        ]
        if _NAME_SHOWN.match(name):
            self.add(template.name, start + len("{{"))
            separate(self.pieces, " ")
        if _DATES.match(name) and nameless and all(str(value).strip().isdecimal() for value, _ in nameless):
            self._add_date([(str(value), at) for value, at in nameless[:3]])
            return
        separator = ", " if _LISTS.match(name) else " "
        for position, (value, at) in enumerate(_shown(name, nameless)):
            if position:
                separate(self.pieces, separator)
            self.add(value, at)

    def _add_date(self, numbers: "Sequence[tuple[str, int]]") -> None:
        """Year, month and day, as ISO 8601 writes them."""
        for position, (written, at) in enumerate(numbers):
            digits = written.strip()
            at += written.index(digits)
            if position:
                separate(self.pieces, "-0" if len(digits) == 1 else "-")
            self.add_text(at, at + len(digits))


def _shown(name: str, values: Sequence[_Member]) -> Sequence[_Member]:
    """Those of a template's nameless parameters that are shown."""
    if _FIRST_ONLY.match(name):
        return values[:1]
    if _LAST_ONLY.match(name):
        return values[-1:]
    return values[:2] if _FIRST_TWO.match(name) else values
