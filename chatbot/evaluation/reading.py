"""Measuring reading: the answer span, given the paragraph that the question was written about."""

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import msgspec

from chatbot.errors import ChatbotError
from chatbot.evaluation.benchmarks import Asked, Record, records
from chatbot.evaluation.benchmarks import questions as questions_of
from chatbot.evaluation.measures import exact_match, token_f1
from chatbot.evaluation.timing import Times, times_of
from chatbot.evaluation.watching import UNWATCHED, Watch
from chatbot.reading.answerable import is_answered
from chatbot.reading.spans import Read, best_spans
from chatbot.retrieval.analysis import analyse
from chatbot.retrieval.bm25 import document_frequencies, inverse_document_frequency
from chatbot.retrieval.sentences import Splitter, splitter_for


class Scores(msgspec.Struct, frozen=True):
    """Means over some questions, from 0 to 100."""

    count: int
    em: float
    f1: float

    @classmethod
    def of(cls, questions: Sequence[Asked], predictions: dict[str, str]) -> "Scores":
        count = len(questions)
        em = sum(exact_match(predictions[q.id], q.answers) for q in questions)
        f1 = sum(token_f1(predictions[q.id], q.answers) for q in questions)
        return cls(count, 100 * em / max(count, 1), 100 * f1 / max(count, 1))

    def worded(self, name: str) -> str:
        return f"{name:12} {self.count:6}  EM {self.em:.2f}  F1 {self.f1:.2f}"


class Reading(msgspec.Struct, frozen=True):
    every: Scores
    answerable: Scores
    unanswerable: Scores
    abstained: int
    times: Times

    def lines(self) -> tuple[str, ...]:
        return (
            self.every.worded("all"),
            self.answerable.worded("answerable"),
            self.unanswerable.worded("unanswerable"),
            f"abstained: {self.abstained}",
            self.times.worded(),
        )


def run(passages: Sequence[Path], questions: Path, watch: Watch = UNWATCHED) -> tuple[Reading, dict[str, str]]:
    """The measures, and for every question its span, "" for an abstention.

    It may abstain only where the file has questions that nothing answers, as SQuAD 2.0 has and 1.1 has not. Raises
    `ChatbotError` where a file cannot be used.
    """
    known = {record.id: record for _, _, record in records(passages)}
    asked = questions_of(questions)
    missing = next((q for q in asked if q.context_id not in known), None)
    if missing is not None:
        raise ChatbotError(
            f"{questions}: question {missing.id} has no passage {missing.context_id!r} among those given."
        )
    may_abstain = any(not q.is_answerable for q in asked)
    reader = Reader(list(known.values()))
    predictions: dict[str, str] = {}
    milliseconds = []
    for each in watch.each(asked, len(asked)):
        began = perf_counter()
        predictions[each.id] = reader.span(each.question, known[str(each.context_id)], may_abstain)
        milliseconds.append((perf_counter() - began) * 1000)
    measured = Reading(
        Scores.of(asked, predictions),
        Scores.of([q for q in asked if q.is_answerable], predictions),
        Scores.of([q for q in asked if not q.is_answerable], predictions),
        sum(not prediction for prediction in predictions.values()),
        times_of(milliseconds),
    )
    return measured, predictions


class Reader:
    """Reads paragraphs, words weighing what they weigh among all of them."""

    def __init__(self, passages: Sequence[Record]) -> None:
        self.count = len(passages)
        self.frequencies = document_frequencies([analyse(passage.text) for passage in passages])
        self.splitter: Splitter = splitter_for(passage.text for passage in passages)

    def span(self, question: str, passage: Record, may_abstain: bool) -> str:
        sentences, read = self.read(question, passage)
        if read is None or (may_abstain and not is_answered(question, sentences, passage.title, self.weight, read)):
            return ""
        best = read.spans[0]
        return sentences[best.sentence][best.start : best.end]

    def read(self, question: str, passage: Record) -> tuple[list[str], Read | None]:
        """The sentences of the passage, and what is read in them."""
        sentences = [passage.text[start:end] for start, end in self.splitter(passage.text)]
        return sentences, best_spans(question, sentences, passage.title, self.weight)

    def weight(self, term: str) -> float:
        return inverse_document_frequency(self.count, self.frequencies[term])
