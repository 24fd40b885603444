"""Wording: filling an intent's sentences from cells, and citing every cell that speaks in them."""

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from chatbot.documents.model import SourceText
from chatbot.knowledge.relation import Cell, Relation
from chatbot.values import Citation

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
MOST_QUOTED = 400
"""Cells of a row farther apart than this many characters are quoted one by one."""


class Source(msgspec.Struct, frozen=True):
    """A cell in its relation and row: what a piece of text rests on."""

    relation: Relation
    row: int
    cell: Cell


class Piece(msgspec.Struct, frozen=True):
    """Some words of an answer and the cells behind them."""

    text: str
    sources: tuple[Source, ...] = ()


class Worded(msgspec.Struct, frozen=True):
    """A text made of pieces."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def __add__(self, other: "Worded") -> "Worded":
        return Worded(self.pieces + other.pieces)


def fill(wording: str, fields: Mapping[str, Worded]) -> Worded:
    """The wording with its placeholders replaced; raises `KeyError` for one that has no field."""
    pieces: list[Piece] = []
    end = 0
    for match in _PLACEHOLDER.finditer(wording):
        pieces.append(Piece(wording[end : match.start()]))
        pieces.extend(fields[match.group(1)].pieces)
        end = match.end()
    pieces.append(Piece(wording[end:]))
    return Worded(tuple(piece for piece in pieces if piece.text))


def plain(text: str, *sources: Source) -> Worded:
    return Worded((Piece(text, sources),))


def joined(items: Sequence[Worded], last: str = " and ", between: str = ", ") -> Worded:
    """ "a, b and c"."""
    worded = Worded(())
    for number, item in enumerate(items):
        if number:
            worded += plain(last if number == len(items) - 1 else between)
        worded += item
    return worded


def sentence_case(worded: Worded) -> Worded:
    """The first letter made a capital, where the text does not begin with a quoted cell."""
    if not worded.pieces or worded.pieces[0].sources:
        return worded
    first = worded.pieces[0]
    changed = msgspec.structs.replace(first, text=first.text[:1].upper() + first.text[1:])
    return Worded((changed, *worded.pieces[1:]))


def citations(worded: Worded, sources: Mapping[str, SourceText], extra: Iterable[Source] = ()) -> tuple[Citation, ...]:
    """One citation a row that the text rests on, in the order of the text, numbered c1, c2 ...

    `sources` maps document paths to their decoded text; `extra` cells are quoted though no words show them
    (the rows behind a count), and back the whole text.
    """
    found: dict[tuple[str, int], list[tuple[Source, tuple[int, int] | None]]] = {}
    position = 0
    for piece in worded.pieces:
        for source in piece.sources:
            span = (position, position + len(piece.text))
            found.setdefault((source.relation.id, source.row), []).append((source, span))
        position += len(piece.text)
    for source in extra:
        found.setdefault((source.relation.id, source.row), []).append((source, None))
    quoted: list[Citation] = []
    for uses in found.values():
        for start, end, spans in _quotes(uses, position):
            relation = uses[0][0].relation
            quoted.append(
                Citation(
                    f"c{len(quoted) + 1}",
                    relation.document,
                    relation.title,
                    relation.section,
                    start,
                    end,
                    sources[relation.document][start:end],
                    spans,
                )
            )
    return tuple(quoted)


def _quotes(
    uses: Sequence[tuple[Source, tuple[int, int] | None]], length: int
) -> Iterable[tuple[int, int, tuple[tuple[int, int], ...]]]:
    """The stretches of source to quote for the cells of one row, each with the spans of text it backs."""
    groups: list[tuple[int, int, list[tuple[int, int]]]] = []
    for source, span in sorted(uses, key=lambda use: use[0].cell.start):
        start, end = source.cell.start, source.cell.end
        backs = [span] if span is not None else [(0, length)]
        if groups and end - groups[-1][0] <= MOST_QUOTED:
            first, last, spans = groups.pop()
            groups.append((first, max(last, end), spans + backs))
        else:
            groups.append((start, end, backs))
    for start, end, spans in groups:
        yield start, end, tuple(sorted(set(spans)))
