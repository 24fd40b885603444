"""From headings and blocks in reading order to a titled draft of a document."""

import re
from collections.abc import Sequence

import msgspec

from chatbot.documents.model import Block, KeyValues, Text


class Draft(msgspec.Struct, frozen=True):
    """What a reader makes of one source text; the file's path and name are added by whoever loads it."""

    blocks: tuple[Block, ...]
    title: Text | None = None
    subject: str = ""
    as_of: str = ""


class _Heading(msgspec.Struct, frozen=True):
    level: int
    text: Text


class Outline:
    """Takes headings and blocks as a reader meets them; `draft` puts each block below its headings.

    Without `with_title` every heading stays one, for a text whose title is known from elsewhere.
    """

    def __init__(self, *, with_title: bool = True) -> None:
        self._with_title = with_title
        self._entries: list[_Heading | Block] = []
        self._title: Text | None = None

    def heading(self, level: int, text: Text | None) -> None:
        """A heading; an empty one is ignored."""
        if text is not None:
            self._entries.append(_Heading(level, text))

    def add(self, *blocks: Block) -> None:
        """Blocks in reading order; those of an embedded draft keep the sections they bring, as inner ones."""
        self._entries.extend(blocks)

    def entitle(self, title: Text | None) -> None:
        """Set the title when the format has a place for it that is not a heading."""
        self._title = title

    def draft(self) -> Draft:
        """The blocks with their sections, the title, and what front matter says of the document."""
        blocks_found = [entry for entry in self._entries if not isinstance(entry, _Heading)]
        title, subject, as_of = _front_matter(blocks_found)
        top = self._title_heading()
        if top is not None and title is not None and top.text.text.casefold() != title.text.casefold():
            top = None
        stack: list[_Heading] = []
        blocks: list[Block] = []
        for entry in self._entries:
            if not isinstance(entry, _Heading):
                above = tuple(heading.text.text for heading in stack)
                blocks.append(msgspec.structs.replace(entry, section=above + entry.section))
            elif entry is not top:
                while stack and stack[-1].level >= entry.level:
                    stack.pop()
                stack.append(entry)
        return Draft(tuple(blocks), title or self._title or (top.text if top else None), subject, as_of)

    def _title_heading(self) -> _Heading | None:
        """The only heading of the highest level, if that is level 1 or the heading opens the document."""
        if self._title is not None or not self._with_title:
            return None
        headings = [entry for entry in self._entries if isinstance(entry, _Heading)]
        if not headings:
            return None
        highest = min(heading.level for heading in headings)
        tops = [heading for heading in headings if heading.level == highest]
        if len(tops) > 1 or (highest > 1 and self._entries[0] is not tops[0]):
            return None
        return tops[0]


def _front_matter(blocks: Sequence[Block]) -> tuple[Text | None, str, str]:
    """Title, subject and as-of date as the metadata states them."""
    known: dict[str, Text] = {}
    for block in blocks:
        if isinstance(block, KeyValues) and block.origin == "metadata":
            for key, value in block.pairs:
                known.setdefault(re.sub(r"[-_ ]+", "_", key.text.lower()), value)
    as_of = known.get("as_of") or known.get("date")
    subject = known.get("subject")
    return known.get("title"), subject.text if subject else "", as_of.text if as_of else ""
