"""The bench of sizes: invented corpora of any size, indexed and asked as a user would, beside the engines called bare.

Times depend on the machine, so retrieval is also given as a ratio to rank_bm25 and to tantivy on the same terms in the
same run.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import msgspec

from chatbot.bot import Chatbot
from chatbot.errors import ChatbotError
from chatbot.evaluation.invented import InventedQuestion, Inventor, counted, write
from chatbot.evaluation.timing import Times, times_of
from chatbot.evaluation.watching import UNWATCHED, Watch
from chatbot.retrieval.analysis import analyse
from chatbot.retrieval.stored import StoredCollection

T = TypeVar("T")

_ASKED = 200
_RANK_BM25_MOST = 100_000
"""Passages beyond which rank_bm25 takes seconds a question and gigabytes."""
_RANK_BM25_ASKED = 20
_COLD_STARTS = 5
_BEST = 10
_MEASURE = """
import resource, sys
from chatbot import Chatbot
bot = Chatbot.open(sys.argv[1])
for question in sys.argv[2:]:
    bot.ask(question)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


class Size(msgspec.Struct, frozen=True):
    """What was measured at one size."""

    passages: int
    engine: str
    index_seconds: float
    passages_a_second: float
    index_megabytes: float
    add_seconds: float
    """A whole run of `chatbot index` after one document was added."""
    cold_seconds: float
    """A whole `chatbot ask`, index there: the median."""
    memory_megabytes: float
    """The most that a process held that opened the corpus and asked."""
    retrieval: Times
    """With re-ranking."""
    ask: Times
    right: float
    """Share of the answers that hold what the passage says."""
    tantivy_ms: float | None
    """The engine called bare on the same terms, in the median; None where it was not used."""
    rank_bm25_ms: float | None

    def lines(self) -> tuple[str, ...]:
        retrieval = self.retrieval.median_ms
        ratios = [
            f"{name} bare {bare:.3f} ms, ratio {retrieval / bare:.2f}"
            for name, bare in (("tantivy", self.tantivy_ms), ("rank_bm25", self.rank_bm25_ms))
            if bare
        ]
        if self.rank_bm25_ms is None:
            ratios.append(f"rank_bm25 not run above {_RANK_BM25_MOST:,} passages")
        return (
            f"{self.passages:,} passages, {self.engine}",
            f"  index: {self.index_seconds:.1f} s, {self.passages_a_second:,.0f} passages/s, {self.index_megabytes:.0f} MB",
            f"  one document added: {self.add_seconds:.2f} s",
            f"  cold start to first answer: {self.cold_seconds:.2f} s; memory {self.memory_megabytes:.0f} MB",
            f"  retrieval with re-ranking, {self.retrieval.worded()}",
            f"  whole ask, {self.ask.worded()}; right {self.right:.3f}",
            *(f"  {ratio}" for ratio in ratios),
        )


class Sizes(msgspec.Struct, frozen=True):
    sizes: tuple[Size, ...]

    def lines(self) -> tuple[str, ...]:
        return tuple(line for size in self.sizes for line in size.lines())


def run(counts: Sequence[int], words_from: Sequence[Path], today: date, watch: Watch = UNWATCHED) -> Sizes:
    """Measure at each size; words are drawn as often as these passage files have them, or as English has them.

    Raises `ChatbotError` where a file cannot be read or a process fails.
    """
    inventor = Inventor(counted(words_from) if words_from else None)
    return Sizes(tuple(_measured(inventor, count, today, watch) for count in counts))


def _measured(inventor: Inventor, count: int, today: date, watch: Watch) -> Size:
    with tempfile.TemporaryDirectory(prefix="chatbot-speed-") as temporary:
        corpus, cache = Path(temporary, "corpus"), Path(temporary, "cache")
        corpus.mkdir()
        asked = write(corpus / "passages.jsonl", inventor, count, _ASKED, watch)
        build, _ = _timed(lambda: _process(["-m", "chatbot", "index", "--corpus", str(corpus)], cache))
        bot = Chatbot.open(corpus, today=today, cache=cache)
        texts = [each.question for each in asked]
        cold = sorted(
            _timed(partial(_process, ["-m", "chatbot", "ask", text, "--corpus", str(corpus)], cache))[0]
            for text in texts[:_COLD_STARTS]
        )
        memory = int(_process(["-c", _MEASURE, str(corpus), *texts[:50]], cache))
        bot.ask(texts[0], today=today)
        retrieval = [_timed(partial(bot.search, text, _BEST))[0] for text in texts]
        answers = [_timed(partial(bot.ask, text, today=today)) for text in texts]
        right = [each.answer in answer.text for each, (_, answer) in zip(asked, answers, strict=True)]
        size = sum(path.stat().st_size for path in cache.rglob("*") if path.is_file())
        return Size(
            passages=len(bot.passages),
            engine=bot.engine,
            index_seconds=build,
            passages_a_second=count / build,
            index_megabytes=size / 1e6,
            cold_seconds=cold[len(cold) // 2],
            memory_megabytes=memory / 1024,
            retrieval=times_of([seconds * 1000 for seconds in retrieval]),
            ask=times_of([seconds * 1000 for seconds, _ in answers]),
            right=sum(right) / max(1, len(right)),
            tantivy_ms=_tantivy_bare(bot, texts),
            rank_bm25_ms=_rank_bm25_bare(corpus / "passages.jsonl", asked) if count <= _RANK_BM25_MOST else None,
            add_seconds=_added(corpus, cache),
        )


def _tantivy_bare(bot: Chatbot, texts: Sequence[str]) -> float | None:
    passages = bot.passages
    if not isinstance(passages, StoredCollection):
        return None
    terms = [analyse(text) for text in texts]
    return times_of([_timed(partial(passages.index.best, t, _BEST))[0] * 1000 for t in terms]).median_ms


def _rank_bm25_bare(corpus: Path, asked: Sequence[InventedQuestion]) -> float:
    from rank_bm25 import BM25Okapi

    decoder = msgspec.json.Decoder(dict[str, str])
    with corpus.open("rb") as file:
        engine = BM25Okapi([analyse(" ".join(decoder.decode(line).values())) for line in file])
    terms = [analyse(each.question) for each in asked[:_RANK_BM25_ASKED]]
    return times_of([_timed(partial(engine.get_scores, t))[0] * 1000 for t in terms]).median_ms


def _added(corpus: Path, cache: Path) -> float:
    (corpus / "added.md").write_text("# The Quist light\n\nThe Quist light was lit in 1912.\n", encoding="utf-8")
    return _timed(lambda: _process(["-m", "chatbot", "index", "--corpus", str(corpus)], cache))[0]


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    began = perf_counter()
    done = work()
    return perf_counter() - began, done


def _process(arguments: Sequence[str], cache: Path) -> str:
    environment = {**os.environ, "CHATBOT_CACHE": str(cache)}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, env=environment)
    if done.returncode:
        raise ChatbotError(f"a process of the bench failed: {done.stderr.strip()}")
    return done.stdout
