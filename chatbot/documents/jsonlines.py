"""JSON Lines: one document a line, `{"title": ..., "text": ...}`."""

import json
import re
from collections.abc import Iterator

import msgspec

from chatbot.documents import plain
from chatbot.documents.model import KeyValues
from chatbot.documents.outline import Draft, Outline
from chatbot.documents.textmap import (
    Piece,
    assembled,
    block_through,
    line_spans,
    text_of,
    through,
    verbatim,
)

_METADATA = ("subject", "as_of", "date")
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_PUNCTUATION = re.compile(r"[ \t:,]*")
_EXAMPLE = '{"title": "…", "text": "…"}'


class Record(msgspec.Struct, frozen=True):
    """What one line, counted from 1, holds: a draft, or the problem with it."""

    line: int
    draft: Draft | None
    problem: str = ""


class _Member(msgspec.Struct, frozen=True):
    """Name and value of one member, as pieces of the source."""

    name: list[Piece]
    value: list[Piece]


def read(source: str) -> Iterator[Record]:
    """The records of a file, blank lines passed over; offsets count the characters of the whole file.

    A `text` is read as plain text; `subject`, `as_of` and `date` mean what they mean in front matter.
    """
    for number, (start, end) in enumerate(line_spans(source), 1):
        if not source[start:end].strip():
            continue
        try:
            yield Record(number, _draft(source, start, end))
        except json.JSONDecodeError as error:
            yield Record(number, None, f"Not JSON: {error.msg} at column {error.colno}; write {_EXAMPLE}.")
        except ValueError as error:
            yield Record(number, None, f"{error}; write {_EXAMPLE}.")
        except RecursionError:
            yield Record(number, None, "Its values are nested too deeply to be read.")


def _draft(source: str, start: int, end: int) -> Draft:
    """Raises ValueError when the line is not JSON or has no text."""
    members = _members(source, start, end)
    written = assembled(members["text"].value) if "text" in members else None
    if written is None or not written.text.strip():
        raise ValueError('No "text", or one that is no string or is empty')
    title = text_of(members["title"].value) if "title" in members else None
    inside = plain.read(written.text, with_title=title is None)
    if title is None and inside.title is not None:
        title = through(inside.title, written)
    outline = Outline()
    outline.entitle(title)
    named = [members[name] for name in _METADATA if name in members]
    texts = [(text_of(member.name), text_of(member.value)) for member in named]
    pairs = tuple((name, value) for name, value in texts if name and value)
    if pairs:
        outline.add(KeyValues((), pairs, "metadata"))
    outline.add(*(block_through(block, written) for block in inside.blocks))
    return outline.draft()


def _members(source: str, start: int, end: int) -> dict[str, _Member]:
    """The members whose value is a string. Raises ValueError when the line is no JSON object."""
    line = source[start:end]
    if not isinstance(json.loads(line), dict):
        raise ValueError("Not a JSON object")
    decoder = json.JSONDecoder()
    members: dict[str, _Member] = {}
    at = _after_punctuation(line, line.index("{") + 1)
    while line[at] != "}":
        name, name_end = decoder.raw_decode(line, at)
        value_at = _after_punctuation(line, name_end)
        value, value_end = decoder.raw_decode(line, value_at)
        if isinstance(value, str):
            written = _string(source, start + value_at, start + value_end)
            members[name] = _Member(_string(source, start + at, start + name_end), written)
        at = _after_punctuation(line, value_end)
    return members


def _after_punctuation(line: str, at: int) -> int:
    found = _PUNCTUATION.match(line, at)
    return found.end() if found else at


def _string(source: str, start: int, end: int) -> list[Piece]:
    """The content of a string literal, every escape in a piece of its own."""
    pieces = []
    at = start + 1
    for escape in _ESCAPE.finditer(source, at, end - 1):
        pieces.append(verbatim(source, at, escape.start()))
        text = _LONE_SURROGATE.sub("\ufffd", json.loads(f'"{escape.group()}"'))
        pieces.append(Piece(text, *escape.span()))
        at = escape.end()
    pieces.append(verbatim(source, at, end - 1))
    return [piece for piece in pieces if piece.text]
