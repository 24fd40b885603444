"""Measuring retrieval: where the passage that answers stands among those found."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import perf_counter

import msgspec

from chatbot.evaluation.benchmarks import Asked, OpenBenchmark
from chatbot.evaluation.measures import ndcg
from chatbot.evaluation.timing import Times, times_of
from chatbot.evaluation.watching import UNWATCHED, Watch

DEEPEST = 20
"""Passages that a prediction lists for a question."""
_SPARE = 10
"""More passages than that are searched, since one record may be parted into several."""
_DEPTHS = (1, 5, DEEPEST)


class Retrieval(msgspec.Struct, frozen=True):
    """What one run measured; figures are shares of the questions, from 0 to 1."""

    passages: int
    questions: int
    """Those that have a gold passage or relevant ones; the others are not counted."""
    figures: dict[str, float]
    times: Times

    def lines(self) -> tuple[str, ...]:
        figures = [f"{name:8} {share:.4f}" for name, share in self.figures.items()]
        return (f"{self.questions} questions on {self.passages} passages", *figures, self.times.worded())


def run(
    passages: Sequence[Path], questions: Path, today: date, watch: Watch = UNWATCHED
) -> tuple[Retrieval, dict[str, list[str]]]:
    """The measures, and for every question the ids of its best passages, best first.

    Questions with `relevant` are scored by nDCG@10, the others by gold@k, the share whose gold passage is among the
    first k. Raises `ChatbotError` where a file cannot be used.
    """
    benchmark = OpenBenchmark.load(passages, questions, today, watch)
    found: dict[str, list[str]] = {}
    milliseconds = []
    for asked in watch.each(benchmark.questions, len(benchmark.questions)):
        began = perf_counter()
        hits = benchmark.bot.search(asked.question, DEEPEST + _SPARE)
        milliseconds.append((perf_counter() - began) * 1000)
        ids = (benchmark.ids[hit.passage.document] for hit in hits)
        found[asked.id] = list(dict.fromkeys(ids))[:DEEPEST]
    figures, counted = _figures(benchmark.questions, found)
    return Retrieval(len(benchmark.ids), counted, figures, times_of(milliseconds)), found


def _figures(questions: Sequence[Asked], found: dict[str, list[str]]) -> tuple[dict[str, float], int]:
    graded = [(found[q.id], {passage for passage, _ in q.relevant}) for q in questions if q.relevant]
    if graded:
        return {"nDCG@10": sum(ndcg(*each) for each in graded) / len(graded)}, len(graded)
    gold = [(found[q.id], q.passage_id) for q in questions if q.passage_id is not None]
    shares = {f"gold@{k}": sum(passage in ids[:k] for ids, passage in gold) / max(len(gold), 1) for k in _DEPTHS}
    return shares, len(gold)
