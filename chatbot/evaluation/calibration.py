"""Measuring confidence: does "90 % sure" mean right nine times in ten, and is it low where nothing answers?"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from chatbot.bot import THRESHOLD, Chatbot
from chatbot.evaluation.benchmarks import Asked, OpenBenchmark
from chatbot.evaluation.checking import tested
from chatbot.evaluation.judging import judged
from chatbot.evaluation.measures import (
    Bin,
    area_under,
    auroc,
    calibration_error,
    holds_answer,
    reliability,
    risk_coverage,
    threshold_for,
)
from chatbot.evaluation.watching import UNWATCHED, Watch
from chatbot.values import Candidate, Conversation, Question

STATED = 0.8
"""Share of the passages shown that the threshold of the bot is meant to keep right."""
_COVERAGES = tuple(tenth / 10 for tenth in range(1, 11))


class Answers(msgspec.Struct, frozen=True):
    """How well the confidence of one answerer fits."""

    name: str
    count: int
    """Candidates, those below the threshold too."""
    shown: int
    shown_right: int
    table: tuple[Bin, ...]
    """Of the shown ones."""
    error_shown: float
    """Expected calibration error, 10 bins, of the shown ones."""
    error_all: float
    curve: tuple[tuple[float, float], ...]
    """(coverage, risk) at every tenth of all candidates."""
    area: float
    lowest: float | None
    """The lowest threshold that keeps `STATED` precision; None where none does."""

    @classmethod
    def of(cls, name: str, confidences: Sequence[float], right: Sequence[bool]) -> "Answers":
        shown = [(c, r) for c, r in zip(confidences, right, strict=True) if c >= THRESHOLD]
        table = reliability([c for c, _ in shown], [r for _, r in shown])
        curve = risk_coverage(confidences, right)
        tenths = tuple(min(curve, key=lambda point: abs(point[0] - tenth)) for tenth in _COVERAGES) if curve else ()
        return cls(
            name=name,
            count=len(right),
            shown=len(shown),
            shown_right=sum(r for _, r in shown),
            table=tuple(table),
            error_shown=calibration_error(table),
            error_all=calibration_error(reliability(confidences, right)),
            curve=tuple(dict.fromkeys(tenths)),
            area=area_under(curve),
            lowest=threshold_for(confidences, right, STATED),
        )

    def lines(self) -> tuple[str, ...]:
        rows = (f"  {b.low:.1f}-{b.high:.1f}  {b.count:6}  {b.confidence:.3f}  {b.right:.3f}" for b in self.table)
        curve = "  ".join(f"{coverage:.2f}:{risk:.3f}" for coverage, risk in self.curve)
        precision = self.shown_right / max(self.shown, 1)
        return (
            f"{self.name}: {self.count} candidates, {self.shown} at or above {THRESHOLD}, of these right {precision:.4f}",
            "  bin       count   sure  right",
            *rows,
            f"  calibration error (10 bins): shown {self.error_shown:.4f}, all {self.error_all:.4f}",
            f"  coverage:risk  {curve}",
            f"  area under the risk-coverage curve: {self.area:.4f}",
            f"  lowest threshold at which {STATED:.0%} are right: {'none' if self.lowest is None else f'{self.lowest:.3f}'}",
        )


class Calibration(msgspec.Struct, frozen=True):
    """What one run measured."""

    answers: tuple[Answers, ...]
    hidden: int = 0
    """Questions asked again with the article that answers them hidden."""
    hidden_shown: int = 0
    auroc: float | None = None
    """Of the confidence, of questions with their article against the same without it."""

    def lines(self) -> tuple[str, ...]:
        lines = [line for answers in self.answers for line in answers.lines()]
        if self.auroc is not None:
            lines += [
                f"article hidden: {self.hidden} questions, {self.hidden_shown} answered all the same",
                f"  AUROC of confidence, article there against hidden: {self.auroc:.4f}",
            ]
        return tuple(lines)


def facts(folders: Sequence[Path], today: date) -> Answers:
    """The facts answered to the questions of folders that hold `docs` and `questions.yaml`. Raises `ChatbotError`."""
    found = [
        each
        for folder in folders
        for each in judged(Chatbot.open(folder / "docs", today=today), folder / "questions.yaml", today)
        if each.answer.kind == "fact"
    ]
    return Answers.of("facts", [each.answer.confidence for each in found], [each.is_right for each in found])


def passages(files: Sequence[Path], questions: Path, today: date, watch: Watch = UNWATCHED) -> Calibration:
    """Passages answered to benchmark questions, with the gold article there and hidden. Raises `ChatbotError`."""
    benchmark = OpenBenchmark.load(files, questions, today, watch)
    documents = {record: document for document, record in benchmark.ids.items()}
    answerable = [asked for asked in benchmark.questions if asked.is_answerable and asked.passage_id in documents]
    count = len(answerable)
    there = [_passage(benchmark, asked) for asked in watch.each(answerable, count, 0, 2 * count)]
    right = [holds_answer(c.text, asked.answers) for c, asked in zip(there, answerable, strict=True)]
    articles = [benchmark.titles[documents[str(asked.passage_id)]] for asked in answerable]
    pairs = watch.each(zip(answerable, articles, strict=True), count, count, 2 * count)
    hidden = [_passage(benchmark, asked, title) for asked, title in pairs]
    confidences, without = [c.confidence for c in there], [c.confidence for c in hidden]
    shown = sum(confidence >= THRESHOLD for confidence in without)
    answers = Answers.of("passages", confidences, right)
    return Calibration((answers,), len(hidden), shown, auroc(confidences, without))


_NOTHING = Candidate("unknown", "", 0.0)


def _passage(benchmark: OpenBenchmark, asked: Asked, hidden: str | None = None) -> Candidate:
    """What the passages say, however unsure, without the documents of the title `hidden`."""
    titles = benchmark.titles
    may_see = None if hidden is None else lambda document: titles.get(document) != hidden
    question = Question(asked.question, asked.question, date.min, may_see)
    return benchmark.bot.passage_answerer(question, Conversation()) or _NOTHING


def shipped_facts(corpus: Sequence[Path], intents: Sequence[Path], today: date) -> Answers:
    """The facts answered to the intents' own tests on the documents loaded. Raises `ChatbotError`."""
    found = [
        (answer.confidence, is_right) for answer, is_right in tested(corpus, intents, today) if answer.kind == "fact"
    ]
    return Answers.of("facts, tests of the intents", [c for c, _ in found], [right for _, right in found])
