"""Parts of a corpus read, split and analysed, by other processes where there is much to do.

The processes are plain ones that read frames from stdin: unlike those of `multiprocessing` they import nothing of the
program that embeds this library, and one whose parent is gone finds its stdin closed and ends.
"""

import os
import pickle
import re
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from pathlib import Path
from typing import IO

import msgspec

from chatbot.documents.loading import decoded_records, documents_of, records_of
from chatbot.documents.model import Document
from chatbot.errors import CorpusError
from chatbot.language.words import stem_count, stems_after
from chatbot.retrieval.passage import passages
from chatbot.retrieval.sentences import Learnt, Splitter, splitter_of
from chatbot.retrieval.store import Batch, Packed, Part, pack

ALONE = 32
"""Parts that this process analyses itself before others are worth their start."""
_MOST_WORKERS = 8
_AHEAD = 3
"""Parts in the hands of a worker: one at work, the others waiting, before the caller takes the first."""
_LENGTH = 8
_LINE_END = re.compile("\r\n|\r|\n")
_START = "from chatbot.retrieval.analysing import serve; serve()"


def batches(parts: Iterable[Part], learnt: bytes, workers: int | None = None) -> Iterator[Batch]:
    """The batches of `parts`, in their order; never more than a few are held.

    `learnt` is a `Learnt` as JSON. `workers` are the processes that help, by default one a processor.
    """
    splitter = splitter_of(msgspec.json.decode(learnt, type=Learnt))
    parts = iter(parts)
    if workers is None:
        workers = 0 if getattr(sys, "frozen", False) else min(_processors(), _MOST_WORKERS)
    for part in islice(parts, ALONE if workers else None):
        yield batch_of(part, splitter)
    for part in parts:
        yield from _helped(chain((part,), parts), learnt, splitter, workers)


def batch_of(part: Part, splitter: Splitter) -> Batch:
    """A part read and analysed by this process. Never fails: what cannot be read is a problem of the batch."""
    stems = stem_count()
    packed: list[Packed] = []
    problems: list[tuple[int, str]] = []
    documents = 0
    source = "" if part.lines is None else decoded_records(part.lines)
    for line, read in _documents(part, source):
        if isinstance(read, Document):
            documents += 1
            packed += map(pack, passages(read, splitter))
        else:
            problems.append((line, read))
    lines = len(_LINE_END.findall(source)) if "\r" in source else source.count("\n")
    return Batch(tuple(packed), lines, len(source), documents, tuple(problems), stems_after(stems))


def _documents(part: Part, source: str) -> Iterator[tuple[int, Document | str]]:
    """The documents of a part, or what is wrong, with the line in the part."""
    if part.lines is not None:
        for path, read in records_of(part.file, source):
            yield _line(path), read
        return
    try:
        loaded = documents_of(part.file)
    except CorpusError as error:
        yield 0, str(error)
        return
    yield from ((0, document) for document in loaded.documents)
    for skipped in loaded.skipped:
        yield _line(skipped.path), skipped.problem.removeprefix(f"{skipped.path}: ")


def _line(record: str) -> int:
    return int(record.rpartition("#")[2])


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _helped(parts: Iterable[Part], learnt: bytes, splitter: Splitter, workers: int) -> Iterator[Batch]:
    helpers = _Helpers(learnt, splitter)
    waiting: deque[Future[Batch]] = deque()
    threads = ThreadPoolExecutor(workers)
    try:
        for part in parts:
            waiting.append(threads.submit(helpers.batch_of, part))
            if len(waiting) >= _AHEAD * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        helpers.end()


class _Helpers:
    """One process for every thread that asks for batches."""

    def __init__(self, learnt: bytes, splitter: Splitter) -> None:
        self._learnt, self._splitter = learnt, splitter
        self._own = threading.local()
        self._all: list[subprocess.Popen[bytes]] = []

    def batch_of(self, part: Part) -> Batch:
        """The batch, by this thread's process, or by this very thread where no process can be had."""
        try:
            helper = self._helper()
            _send(helper.stdin, pickle.dumps(part))
            batch: Batch = pickle.loads(_received(helper.stdout))  # our own process wrote it
            return batch
        except (OSError, EOFError):
            pass
        return batch_of(part, self._splitter)

    def _helper(self) -> "subprocess.Popen[bytes]":
        known: subprocess.Popen[bytes] | None = getattr(self._own, "process", None)
        if known is None:
            here = str(Path(__file__).parents[2])
            paths = os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH")])])
            known = self._own.process = subprocess.Popen(
                [sys.executable, "-c", _START],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": paths},
            )
            self._all.append(known)
            _send(known.stdin, self._learnt)
        return known

    def end(self) -> None:
        """End all processes, whatever they are doing."""
        for process in self._all:
            process.kill()
            process.communicate()


def serve() -> None:
    """Turn the parts on stdin into batches on stdout until stdin is closed: what a helping process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    inlet, outlet = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not end up between the frames
    try:
        splitter = splitter_of(msgspec.json.decode(_received(inlet), type=Learnt))
        while True:
            _send(outlet, pickle.dumps(batch_of(pickle.loads(_received(inlet)), splitter)))
    except (EOFError, BrokenPipeError):
        os._exit(0)  # without a word, and without flushing into a closed pipe


def _send(outlet: IO[bytes] | None, frame: bytes) -> None:
    assert outlet is not None  # every process here has pipes
    outlet.write(len(frame).to_bytes(_LENGTH))
    outlet.write(frame)
    outlet.flush()


def _received(inlet: IO[bytes] | None) -> bytes:
    """Raises EOFError when the other side is gone."""
    assert inlet is not None
    length = int.from_bytes(_exactly(inlet, _LENGTH))
    return _exactly(inlet, length)


def _exactly(inlet: IO[bytes], count: int) -> bytes:
    found = inlet.read(count)
    if len(found) < count:
        raise EOFError
    return found
