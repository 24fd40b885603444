"""Measuring the whole bot on open questions: does what it shows hold the answer, and does it know when not to answer."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import perf_counter

import msgspec

from chatbot.evaluation.benchmarks import OpenBenchmark
from chatbot.evaluation.measures import holds_answer
from chatbot.evaluation.timing import Times, times_of
from chatbot.evaluation.watching import UNWATCHED, Watch


class Open(msgspec.Struct, frozen=True):
    """What one run measured."""

    passages: int
    questions: int
    answered: int
    right: int
    """Answers whose text holds a gold answer."""
    times: Times

    def lines(self) -> tuple[str, ...]:
        share, precision = self.right / self.questions, self.right / max(self.answered, 1)
        return (
            f"{self.questions} questions on {self.passages} passages",
            f"shown text holds an answer: {self.right} = {share:.4f} of all questions",
            f"answered: {self.answered}, of these right {precision:.4f}, wrong {self.answered - self.right}",
            f"abstained: {self.questions - self.answered}",
            self.times.worded(),
        )


def run(
    passages: Sequence[Path], questions: Path, today: date, watch: Watch = UNWATCHED
) -> tuple[Open, dict[str, str]]:
    """The measures, and for every question what was shown, "" for an abstention. Raises `ChatbotError`."""
    benchmark = OpenBenchmark.load(passages, questions, today, watch)
    shown: dict[str, str] = {}
    milliseconds = []
    for asked in watch.each(benchmark.questions, len(benchmark.questions)):
        began = perf_counter()
        answer = benchmark.bot.ask(asked.question, today=today)
        milliseconds.append((perf_counter() - began) * 1000)
        shown[asked.id] = answer.text if answer.kind in ("fact", "passage") else ""
    right = sum(holds_answer(shown[asked.id], asked.answers) for asked in benchmark.questions)
    answered = sum(bool(text) for text in shown.values())
    measured = Open(len(benchmark.ids), len(benchmark.questions), answered, right, times_of(milliseconds))
    return measured, shown
