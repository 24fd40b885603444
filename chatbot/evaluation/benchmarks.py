"""Benchmarks as files: passages and questions, one JSON object a line, gzipped or not, and predictions.

Passages are `{"id", "title", "text"}`. Questions are `{"id", "question"}` with `passage_id` (null where nothing
answers), `answers` and `context_id` as SQuAD has them, or with `relevant`, pairs of passage id and grade.
"""

import gzip
import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec

from chatbot.bot import Chatbot
from chatbot.documents.loading import corpus_files
from chatbot.errors import ChatbotError
from chatbot.evaluation.watching import Watch
from chatbot.places import write_whole

T = TypeVar("T")


class Record(msgspec.Struct, frozen=True):
    """One passage."""

    id: str
    text: str
    title: str = ""


class Asked(msgspec.Struct, frozen=True):
    """One question with what is right."""

    id: str
    question: str
    passage_id: str | None = None
    answers: tuple[str, ...] = ()
    context_id: str | None = None
    relevant: tuple[tuple[str, int], ...] | None = None

    @property
    def is_answerable(self) -> bool:
        return bool(self.answers)


def records(paths: Sequence[Path]) -> Iterator[tuple[Path, int, Record]]:
    """Every passage with its file and line, counted from 1. Raises `ChatbotError` naming the line that is wrong."""
    for path in paths:
        for number, record in lines_of(path, Record):
            yield path, number, record


def questions(path: Path) -> list[Asked]:
    """Raises `ChatbotError` where the file holds none, or naming the line that is wrong."""
    found = [asked for _, asked in lines_of(path, Asked)]
    if not found:
        raise ChatbotError(f"{path} holds no questions.")
    return found


class OpenBenchmark(msgspec.Struct, frozen=True):
    """A bot over passages, and questions to it."""

    bot: Chatbot
    ids: dict[str, str]
    """Document, as citations name it, to the id of the passage."""
    titles: dict[str, str]
    """Document to the title of the passage."""
    questions: list[Asked]

    @classmethod
    def load(cls, passages: Sequence[Path], asked: Path, today: date, watch: Watch) -> "OpenBenchmark":
        """Open a bot on the passage files as on any corpus, indexed. Raises `ChatbotError`."""
        known = questions(asked)
        names = {file.path: file.name for file in corpus_files(passages)}
        ids, titles = {}, {}
        for path, line, record in records(passages):
            document = f"{names[Path(os.path.abspath(path))]}#{line}"
            ids[document], titles[document] = record.id, record.title
        bot = Chatbot.open(list(passages), today=today)
        bot.prepare(watch.indexed)
        return cls(bot, ids, titles, known)


def lines_of(path: Path, kind: type[T]) -> Iterator[tuple[int, T]]:
    decoder = msgspec.json.Decoder(kind)
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, _decoded(decoder, line, path, number)
    except (OSError, EOFError) as error:
        raise ChatbotError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from error


def _decoded(decoder: "msgspec.json.Decoder[T]", line: bytes, path: Path, number: int) -> T:
    try:
        return decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ChatbotError(f"{path}:{number}: {error}. Each line is one JSON object; see `--help`.") from error


def write_predictions(path: Path | None, predictions: object) -> None:
    """Write `predictions` as JSON, whole or not at all; without a path, nothing.

    Raises `ChatbotError` where the file cannot be written.
    """
    if path is None:
        return
    try:
        write_whole(path, msgspec.json.encode(predictions) + b"\n", 0o644)
    except OSError as error:
        raise ChatbotError(f"{path} cannot be written: {error.strerror or error}.") from error
