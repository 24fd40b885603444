"""Learning the weights of `chatbot.reading.likelihood` from questions with known answers.

    python -m chatbot.evaluation.train_spans --passages P.jsonl.gz --questions Q.jsonl.gz --half --out half.bin
    python -m chatbot.evaluation.train_reading --passages P.jsonl.gz --questions Q.jsonl.gz --spans half.bin --out likelihood.json

Needs numpy and scipy (`pip install 'chatbot[train]'`). How far spans are to be trusted is learned from articles that their
weights were not learned from. A sixth of the articles is kept apart; what is printed was measured on it. Every question is
asked twice: of everything, and with the article that answers it hidden.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click
import msgspec

from chatbot.evaluation.benchmarks import Asked as Benchmarked
from chatbot.evaluation.benchmarks import OpenBenchmark
from chatbot.evaluation.fitting import (
    is_in_first_half,
    is_kept_apart,
    logistic_regression,
    named,
    softmax_regression,
    training,
)
from chatbot.evaluation.measures import auroc, calibration_error, holds_answer, reliability
from chatbot.evaluation.watching import UNWATCHED
from chatbot.reading.likelihood import ORDER, SAID, Weights, ordered, read_on, readable, said_of, sentences, weighed
from chatbot.reading.spans import weights_of
from chatbot.reading.sureness import SURE, Logistic, Sentence, sureness
from chatbot.retrieval.collection import Found
from chatbot.retrieval.matching import Asked


class _Seen(msgspec.Struct, frozen=True):
    """The sentences that one search brings up."""

    found: list[Found]
    sentences: list[Sentence]

    @classmethod
    def of(cls, asked: Asked, found: list[Found]) -> "_Seen":
        return cls(found, sentences(asked, found))


class _Example(msgspec.Struct, frozen=True):
    asked: Asked
    there: _Seen
    right: list[bool]
    """Of each sentence, whether it holds an answer."""
    hidden: _Seen
    """What is found while the article is hidden."""


def _example(benchmark: OpenBenchmark, each: Benchmarked, title: str) -> _Example:
    passages = benchmark.bot.passages
    asked = Asked(each.question, passages.weight)
    found = readable(passages.ranking(each.question, 0))
    hidden = readable(passages.ranking(each.question, 0, lambda document: benchmark.titles[document] != title))
    there = _Seen.of(asked, found)
    right = [holds_answer(s.text, each.answers) for s in there.sentences]
    gold = [benchmark.ids[s.passage.document] == each.passage_id for s in there.sentences]
    if any(r and g for r, g in zip(right, gold, strict=True)):  # elsewhere the words of an answer are chance
        right = [r and g for r, g in zip(right, gold, strict=True)]
    return _Example(asked, there, right, _Seen.of(asked, hidden))


class _Read(msgspec.Struct, frozen=True):
    """The sentences of one search after the likeliest were read for spans."""

    chances: list[float]
    said: dict[int, tuple[float, ...]]

    @classmethod
    def of(cls, order: dict[str, float], asked: Asked, seen: _Seen, spans: Sequence[int]) -> "_Read":
        chances = ordered(order, seen.sentences)
        return cls(chances, said_of(read_on(asked, seen.sentences, chances, spans), chances) if chances else {})


def _sure(weights: dict[str, float], asked: Asked, seen: _Seen, read: _Read) -> tuple[int, tuple[float, ...]]:
    """Which sentence is likeliest, and the features that say how sure that is."""
    chances = weighed(weights, read.chances, read.said)
    best = max(read.said, key=chances.__getitem__)
    return best, sureness(asked, seen.sentences, chances, best, read.said[best], seen.found)


class _Rows(msgspec.Struct, frozen=True):
    """Features of the likeliest sentences."""

    there: list[tuple[float, ...]]
    right: list[bool]
    """Of each, whether it holds an answer."""
    hidden: list[tuple[float, ...]]

    @classmethod
    def of(
        cls, weights: dict[str, float], examples: Sequence[_Example], read: Sequence[tuple[_Read, _Read]]
    ) -> "_Rows":
        rows = cls([], [], [])
        for example, (there, hidden) in zip(examples, read, strict=True):
            if there.said:
                best, values = _sure(weights, example.asked, example.there, there)
                rows.there.append(values)
                rows.right.append(example.right[best])
            if hidden.said:
                rows.hidden.append(_sure(weights, example.asked, example.hidden, hidden)[1])
        return rows


def _logistic(rows: Sequence[Sequence[float]], labels: Sequence[bool]) -> Logistic:
    weights, bias = logistic_regression(rows, labels)
    return Logistic(named(SURE, weights), round(bias, 4))


def _print_measures(weights: Weights, rows: _Rows) -> None:
    there = [weights.confidence(values) for values in rows.there]
    hidden = [weights.confidence(values) for values in rows.hidden]
    click.echo(f"likeliest sentence right {sum(rows.right) / len(there):.4f}")
    click.echo(f"calibration error {calibration_error(reliability(there, rows.right)):.4f}")
    click.echo(f"AUROC, article there against hidden: {auroc(there, hidden):.4f}")
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        shown = [r for p, r in zip(there, rows.right, strict=True) if p >= threshold]
        click.echo(
            f"  from {threshold}: shown {len(shown) / len(there):.3f}, right of all {sum(shown) / len(there):.3f}, "
            f"precision {sum(shown) / max(1, len(shown)):.3f}, "
            f"hidden shown {sum(p >= threshold for p in hidden) / len(hidden):.3f}"
        )


@training
@click.option("--spans", type=click.Path(exists=True, path_type=Path), required=True, help="From `train_spans --half`.")
@click.option("--most", type=int, default=24000, show_default=True, help="Questions of which half are learned from.")
def main(passages: tuple[Path, ...], questions: Path, spans: Path, most: int, out: Path) -> None:
    """Learn the weights and write them to OUT."""
    benchmark = OpenBenchmark.load(passages, questions, date.min, UNWATCHED)
    documents = {record: document for document, record in benchmark.ids.items()}
    asked = [each for each in benchmark.questions if each.passage_id is not None]
    asked = asked[:: max(1, len(asked) // most)]
    titled = [(each, benchmark.titles[documents[str(each.passage_id)]]) for each in asked]
    titled = [(each, title) for each, title in titled if not is_in_first_half(title)]
    examples = [_example(benchmark, each, title) for each, title in titled]
    rest = [e for e, (_, title) in zip(examples, titled, strict=True) if not is_kept_apart(title)]
    apart = [e for e, (_, title) in zip(examples, titled, strict=True) if is_kept_apart(title)]
    order = named(ORDER, softmax_regression([([s.features for s in e.there.sentences], e.right) for e in rest]))
    half = weights_of(spans.read_bytes())

    def read(examples: Sequence[_Example]) -> list[tuple[_Read, _Read]]:
        return [(_Read.of(order, e.asked, e.there, half), _Read.of(order, e.asked, e.hidden, half)) for e in examples]

    read_rest = read(rest)
    right = ((list(r.said.values()), [e.right[n] for n in r.said]) for e, (r, _) in zip(rest, read_rest, strict=True))
    said = named(SAID, softmax_regression(list(right)))
    rows = _Rows.of(said, rest, read_rest)
    there = _logistic(rows.there + rows.hidden, [True] * len(rows.there) + [False] * len(rows.hidden))
    weights = Weights(order, said, there, _logistic(rows.there, rows.right))
    click.echo(f"{len(rest)} questions learned from, {len(apart)} kept apart")
    _print_measures(weights, _Rows.of(said, apart, read(apart)))
    out.write_bytes(msgspec.json.format(msgspec.json.encode(weights)) + b"\n")


if __name__ == "__main__":
    main()
