"""Whether an answer is what a question file expects: questions of one's own, with what must be in the reply.

A file is a YAML list of groups `{cat, items}`. An item is `{ask, …}`, or `{turns: [{ask, …}, …]}` for a conversation.
An answer must hold every text of `all`, one of `any`, none of `none`; be of `kind` where given; its value be
exactly `value`, or nothing where `empty`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec
import yaml

from chatbot.bot import Chatbot
from chatbot.errors import ChatbotError
from chatbot.values import Answer, Conversation

_GROUPED = re.compile(r"(?<=\d)[,\u202f\u00a0](?=\d{3}(?!\d))")
_APART = re.compile(r"[^\w.%]+|_|\.(?!\d)")


class Expected(msgspec.Struct, frozen=True):
    """One question and what its answer must be."""

    ask: str
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    kind: str | None = None
    value: tuple[str, ...] | None = None
    empty: bool = False


class _Item(msgspec.Struct, frozen=True):
    ask: str = ""
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    kind: str | None = None
    value: tuple[str, ...] | None = None
    empty: bool = False
    turns: tuple[Expected, ...] = ()


class _Group(msgspec.Struct, frozen=True):
    cat: str
    items: tuple[_Item, ...]


class Judged(msgspec.Struct, frozen=True):
    """One question asked."""

    answer: Answer
    is_right: bool


def judged(bot: Chatbot, questions: Path, today: date) -> Iterator[Judged]:
    """Ask every question of a file. Raises `ChatbotError` where the file is not such a list."""
    for item in _items(questions):
        conversation = Conversation()
        turns = item.turns or (msgspec.convert(msgspec.structs.asdict(item), Expected, strict=False),)
        for expected in turns:
            answer = bot.ask(expected.ask, conversation, today)
            conversation = conversation.after(answer)
            yield Judged(answer, is_right(answer, expected))


def _items(questions: Path) -> Iterator[_Item]:
    try:
        groups = msgspec.convert(yaml.load(questions.read_bytes(), yaml.CSafeLoader), tuple[_Group, ...], strict=False)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise ChatbotError(f"{questions} is no file of questions: {error}") from error
    for group in groups:
        yield from group.items


def is_right(answer: Answer, expected: Expected) -> bool:
    """Whether the answer is as expected; "I do not know" is right only where it is expected."""
    if answer.kind != (expected.kind or answer.kind) or (answer.kind == "unknown") != (expected.kind == "unknown"):
        return False
    text = answer.text
    if not all(has(text, each) for each in expected.all) or any(has(text, each) for each in expected.none):
        return False
    if expected.any and not any(has(text, each) for each in expected.any):
        return False
    given = [value.text for value in answer.value]
    if expected.value is not None and not _are(given, expected.value):
        return False
    return not (expected.empty and given)


def _are(given: Sequence[str], expected: Sequence[str]) -> bool:
    return len(given) == len(expected) and all(any(has(value, each) for value in given) for each in expected)


def has(text: str, wanted: str) -> bool:
    """Whether whole words stand in a text, case, accents, punctuation and grouped thousands folded.

    >>> has("Guéhenno led 81,370 people.", "guehenno"), has("in 19731", "1973")
    (True, False)
    """
    return f" {_folded(wanted)} " in f" {_folded(text)} "


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", _GROUPED.sub("", text))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return " ".join(_APART.sub(" ", plain).split())
