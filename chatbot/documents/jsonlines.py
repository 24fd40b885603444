"""JSON Lines: one document a line, `{"title": ..., "text": ...}`."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from chatbot.documents import plain
from chatbot.documents.model import KeyValues, Text
from chatbot.documents.outline import Draft, Outline
from chatbot.documents.textmap import block_through, line_spans, pieces_of, text_at, text_of, through

Span = tuple[int, int]

_METADATA = ("subject", "as_of", "date")
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_PUNCTUATION = re.compile(r"[ \t:,]*")
_JSON_SPACE = " \t\r\n"
_OPENING = re.compile(r"[ \t]*\{")
_MEMBER = re.compile(
    r"""[ \t]*(?P<name>"[^"\\\x00-\x1f]*")[ \t]*:[ \t]*
        (?:(?P<value>"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+")
         | -?(?:0|[1-9][0-9]{0,99})(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)? | true | false | null)
        [ \t]*(?P<next>[,}])""",
    re.VERBOSE,
)
_EXAMPLE = '{"title": "…", "text": "…"}'


class Record(msgspec.Struct, frozen=True):
    """What one line, counted from 1, holds: a draft, or the problem with it."""

    line: int
    draft: Draft | None
    problem: str = ""


class _Member(msgspec.Struct, frozen=True):
    """Spans of the literals of one member, quotation marks included."""

    name: Span
    value: Span


def read(source: str) -> Iterator[Record]:
    """The records of a file, blank lines passed over; offsets count the characters of the whole file.

    A `text` is read as plain text; `subject`, `as_of` and `date` mean what they mean in front matter.
    """
    is_sound = _encodes(source)
    for number, (start, end) in enumerate(line_spans(source), 1):
        if not source[start:end].strip():
            continue
        if not is_sound and not _encodes(source[start:end]):
            yield Record(number, None, "Not encoded in UTF-8; save it as UTF-8.")
            continue
        try:
            yield Record(number, _draft(source, start, end))
        except json.JSONDecodeError as error:
            yield Record(number, None, f"Not JSON: {error.msg} at column {error.colno}; write {_EXAMPLE}.")
        except ValueError as error:
            yield Record(number, None, f"{error}; write {_EXAMPLE}.")
        except RecursionError:
            yield Record(number, None, "Its values are nested too deeply to be read.")


def _encodes(text: str) -> bool:
    """Whether no character stands for a byte that could not be decoded."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _draft(source: str, start: int, end: int) -> Draft:
    """Raises ValueError when the line is not JSON or has no text."""
    members = _flat_members(source, start, end)
    if members is None:
        members = _members(source, start, end)
    written = _written(source, *members["text"].value) if "text" in members else None
    if written is None or not written.text.strip():
        raise ValueError('No "text", or one that is no string or is empty')
    title = _clean(source, *members["title"].value) if "title" in members else None
    inside = plain.read(written.text, with_title=title is None)
    if title is None and inside.title is not None:
        title = through(inside.title, written)
    outline = Outline()
    outline.entitle(title)
    named = [members[name] for name in _METADATA if name in members]
    texts = [(_clean(source, *member.name), _clean(source, *member.value)) for member in named]
    pairs = tuple((name, value) for name, value in texts if name and value)
    if pairs:
        outline.add(KeyValues((), pairs, "metadata"))
    outline.add(*(block_through(block, written) for block in inside.blocks))
    return outline.draft()


def _flat_members(source: str, start: int, end: int) -> dict[str, _Member] | None:
    """The members whose value is a string; None where the line is no object of plain names and scalars.

    Most lines are such an object, and a pattern finds its literals faster than a decoder finds their values.
    """
    opening = _OPENING.match(source, start, end)
    if opening is None:
        return None
    members: dict[str, _Member] = {}
    at = opening.end()
    more = True
    while more:
        member = _MEMBER.match(source, at, end)
        if member is None:
            return None
        if member["value"] is not None:
            members[member["name"][1:-1]] = _Member(member.span("name"), member.span("value"))
        more = member["next"] == ","
        at = member.end()
    return members if not source[at:end].strip(_JSON_SPACE) else None


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
            members[name] = _Member((start + at, start + name_end), (start + value_at, start + value_end))
        at = _after_punctuation(line, value_end)
    return members


def _after_punctuation(line: str, at: int) -> int:
    found = _PUNCTUATION.match(line, at)
    return found.end() if found else at


def _clean(source: str, start: int, end: int) -> Text | None:
    """The content of a string literal, its white space folded."""
    if source.find("\\", start, end) < 0:
        return text_at(source, start + 1, end - 1)
    written = _written(source, start, end)
    return None if written is None else text_of(pieces_of(written))


def _written(source: str, start: int, end: int) -> Text | None:
    """The content of a string literal just as it is; None when it is empty."""
    at = start + 1
    parts: list[str] = []
    runs: list[tuple[int, int]] = []
    stops: list[tuple[int, int]] = []
    length = 0
    for escape in _ESCAPE.finditer(source, at, end - 1):
        runs.append((length, at))
        length += escape.start() - at
        parts += (source[at : escape.start()], _unescaped(escape.group()))
        at = escape.end()
        stops.append((length, at))
        length += 1
    if at < end - 1:
        runs.append((length, at))
        parts.append(source[at : end - 1])
    return Text("".join(parts), tuple(runs), end - 1, tuple(stops)) if runs else None


@lru_cache(4096)
def _unescaped(escape: str) -> str:
    """The one character that is meant; what is none by itself becomes the mark of that."""
    return _LONE_SURROGATE.sub("\ufffd", json.loads(f'"{escape}"'))
