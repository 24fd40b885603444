"""Documents to read: which there are, and the text of one by its sections."""

from collections.abc import Iterable, Iterator

import msgspec

from chatbot.bot import Chatbot
from chatbot.documents.loading import is_of_records
from chatbot.documents.model import Block as Piece
from chatbot.documents.model import Document, KeyValues, ListBlock, Paragraph, Table, Text
from chatbot.knowledge.relation import Relation
from chatbot.retrieval.collection import Collection
from chatbot.retrieval.passage import Passage
from chatbot.terminal import blocks
from chatbot.terminal.blocks import Block, Line, Prose
from chatbot.terminal.lookup import looked_up

MOST_PIECES = 400
"""Paragraphs, lists and tables that are shown at once."""

Sections = dict[str, list[tuple[str, ...]]]


class Place(msgspec.Struct, frozen=True):
    """A document, or one of its sections."""

    document: str
    section: tuple[str, ...] = ()


def sections(bot: Chatbot) -> Sections:
    """The documents by path, each with its sections in order; of a large corpus the files, with the sections of tables."""
    found: Sections = {document: [] for document in bot.knowledge.titles}
    headed: Iterable[Passage | Relation] = bot.knowledge.relations
    if isinstance(bot.passages, Collection):
        headed = bot.passages.passages
    for each in headed:
        known = found.setdefault(each.document, [])
        if each.section and each.section not in known:
            known.append(each.section)
    return found | {file: [] for file in records(bot) if file not in found}


def records(bot: Chatbot) -> dict[str, int]:
    """The files of a large corpus that are no document but hold many, with their number."""
    from chatbot.retrieval.stored import StoredCollection

    if not isinstance(bot.passages, StoredCollection):
        return {}
    counts = {file.name: sum(unit.documents for unit in file.units) for file in bot.passages.manifest.files}
    return {name: count for name, count in counts.items() if is_of_records(bot.file(name))}


def places(bot: Chatbot, wanted: str) -> tuple[list[Place], list[str]]:
    """The documents and sections of a name or number; where there are none, the names that come near."""
    known = sections(bot)
    documents = list(known)
    if wanted.isdigit() and 1 <= int(wanted) <= len(documents):
        return [Place(documents[int(wanted) - 1])], []
    if _is_record(bot, wanted):
        return [Place(wanted)], []
    whole = {document: Place(document) for document in documents}
    named = list(whole.items())
    titled = [(title, whole[document]) for document, title in bot.knowledge.titles.items() if document in whole]
    headed = [
        (section[-1], Place(document, section)) for document, of_document in known.items() for section in of_document
    ]
    found, near = looked_up(wanted, (named, titled, headed))
    return [place for _, place in found], near


def text(document: Document, section: tuple[str, ...] = ()) -> list[Block]:
    """The text of a document, or of one section with what is below it, under its headings."""
    pieces = [piece for piece in document.blocks if _is_read(piece) and piece.section[: len(section)] == section]
    shown: list[Block] = [Prose((_heading(document.title, 0),))]
    above: tuple[str, ...] = ()
    for piece in pieces[:MOST_PIECES]:
        shown += [Prose((_EMPTY, *_new_headings(above, piece.section))), *_of_piece(piece, document.title)]
        above = piece.section
    if len(pieces) > MOST_PIECES:
        left = f"… and {len(pieces) - MOST_PIECES:,} more paragraphs, lists and tables: name a section to read it."
        shown.append(blocks.note(left))
    return shown


_EMPTY = Line((("", ""),))


def _is_record(bot: Chatbot, name: str) -> bool:
    """Whether a name is that of a record which a large corpus does not list."""
    file, _, line = name.rpartition("#")
    return line.isdigit() and file in records(bot)


def _is_read(piece: Piece) -> bool:
    return not isinstance(piece, KeyValues) or piece.origin == "body"


def _new_headings(above: tuple[str, ...], section: tuple[str, ...]) -> Iterator[Line]:
    shared = next((at for at, pair in enumerate(zip(above, section, strict=False)) if pair[0] != pair[1]), None)
    first = min(len(above), len(section)) if shared is None else shared
    for depth in range(first, len(section)):
        yield _heading(section[depth], depth + 1)
    if first < len(section):
        yield _EMPTY


def _heading(name: str, depth: int) -> Line:
    indent = "  " * max(depth - 1, 0)
    return Line((("heading", " ".join(name.split())),), indent, indent)


def _of_piece(piece: Piece, title: str) -> Iterable[Block]:
    match piece:
        case Paragraph(_, written):
            yield blocks.prose(written.text)
        case ListBlock(_, items, depths):
            of_items = zip(items, depths or (0,) * len(items), strict=True)
            yield Prose(tuple(_item(item, depth) for item, depth in of_items))
        case KeyValues(_, pairs):
            yield Prose(tuple(Line((("hint", f"{key.text}: "), ("", _line(value))), "", "  ") for key, value in pairs))
        case Table():
            yield _table(piece, title)


def _item(item: Text, depth: int) -> Line:
    indent = "  " * depth
    return Line((("", f"• {_line(item)}"),), indent, f"{indent}  ")


def _table(piece: Table, title: str) -> blocks.Table:
    width = max(map(len, (*piece.header, *piece.rows)), default=0)
    header = tuple(
        " / ".join(dict.fromkeys(_line(row[at]) for row in piece.header if at < len(row) and row[at] is not None))
        for at in range(width)
    )
    rows = tuple(tuple(_line(row[at]) if at < len(row) else "" for at in range(width)) for row in piece.rows)
    caption = _line(piece.caption)
    return blocks.Table(header, rows, "" if caption == title else caption)


def _line(written: Text | None) -> str:
    return "" if written is None else " ".join(written.text.split())
