"""Learning the weights of `chatbot.reading.likelihood` from questions with known answers.

    python -m chatbot.evaluation.train_reading --passages P.jsonl.gz --questions Q.jsonl.gz --out likelihood.json

Needs numpy and scipy (`pip install 'chatbot[train]'`). A sixth of the articles is kept apart; what is printed
was measured on it. Every question is asked twice: of everything, and with the article that answers it hidden.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from chatbot.evaluation.benchmarks import Asked as Benchmarked
from chatbot.evaluation.benchmarks import OpenBenchmark
from chatbot.evaluation.measures import auroc, calibration_error, holds_answer, reliability
from chatbot.evaluation.train_ranking import is_kept_apart
from chatbot.reading.likelihood import ORDER, SURE, Logistic, Sentence, Weights, readable, sentences, softmax, sureness
from chatbot.retrieval.collection import Found
from chatbot.retrieval.matching import Asked

_PENALTY = 1e-4


class _Example(msgspec.Struct, frozen=True):
    asked: Asked
    seen: list[Sentence]
    right: list[bool]
    """Of each sentence, whether it holds an answer."""
    found: list[Found]
    hidden: list[Sentence]
    """The sentences found while the article is hidden."""
    found_hidden: list[Found]


def _example(benchmark: OpenBenchmark, each: Benchmarked, title: str) -> _Example:
    passages = benchmark.bot.passages
    asked = Asked(each.question, passages.weight)
    found = readable(passages.ranking(each.question, 0))
    hidden = readable(passages.ranking(each.question, 0, lambda document: benchmark.titles[document] != title))
    seen = sentences(asked, found)
    right = [
        s.position < len(s.passage.sentences) and holds_answer(s.passage.sentences[s.position].text, each.answers)
        for s in seen
    ]
    gold = [benchmark.ids[s.passage.document] == each.passage_id for s in seen]
    if any(r and g for r, g in zip(right, gold, strict=True)):  # elsewhere the words of an answer are chance
        right = [r and g for r, g in zip(right, gold, strict=True)]
    return _Example(asked, seen, right, found, sentences(asked, hidden), hidden)


def _order(examples: Sequence[_Example]) -> Any:
    """Weights that make the sentences with an answer likeliest together."""
    import numpy as np
    from scipy.optimize import minimize

    known = [example for example in examples if any(example.right)]
    rows = np.array([s.features for example in known for s in example.seen])
    spread = rows.std(axis=0) + 1e-9
    rows /= spread
    sizes = np.array([len(example.seen) for example in known])
    starts, owner = np.concatenate([[0], np.cumsum(sizes)[:-1]]), np.repeat(np.arange(len(known)), sizes)
    right = np.array([r for example in known for r in example.right], dtype=float)

    def loss(weights: Any) -> tuple[float, Any]:
        scores = rows @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        totals, good = np.add.reduceat(odds, starts), np.add.reduceat(odds * right, starts)
        slope = rows.T @ (odds / totals[owner] - odds * right / good[owner]) / len(known)
        return -np.log(good / totals).mean() + _PENALTY * weights @ weights, slope + 2 * _PENALTY * weights

    best = minimize(loss, np.zeros(len(ORDER)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return best / spread


def _sure(
    weights: Any, asked: Asked, seen: Sequence[Sentence], found: Sequence[Found]
) -> tuple[int, tuple[float, ...]]:
    """Which sentence is likeliest, and the features that say how sure that is."""
    chances = softmax([float(sum(w * v for w, v in zip(weights, s.features, strict=True))) for s in seen])
    return max(range(len(seen)), key=chances.__getitem__), sureness(asked, seen, chances, found)


class _Rows(msgspec.Struct, frozen=True):
    """Features of the likeliest sentences."""

    there: list[tuple[float, ...]]
    right: list[bool]
    """Of each, whether it holds an answer."""
    hidden: list[tuple[float, ...]]

    @classmethod
    def of(cls, weights: Any, examples: Sequence[_Example]) -> "_Rows":
        rows = cls([], [], [])
        for example in examples:
            if example.seen:
                best, values = _sure(weights, example.asked, example.seen, example.found)
                rows.there.append(values)
                rows.right.append(example.right[best])
            if example.hidden:
                rows.hidden.append(_sure(weights, example.asked, example.hidden, example.found_hidden)[1])
        return rows


def _logistic(rows: Sequence[Any], labels: Sequence[bool]) -> Logistic:
    import numpy as np
    from scipy.optimize import minimize

    values = np.hstack([np.array(rows), np.ones((len(rows), 1))])
    spread = np.maximum(values.std(axis=0), 1e-9)
    spread[-1] = 1.0
    values /= spread
    signs = np.where(labels, 1.0, -1.0)

    def loss(weights: Any) -> tuple[float, Any]:
        margins = signs * (values @ weights)
        slope = -(values.T @ (signs / (1 + np.exp(margins)))) / len(rows)
        penalty = _PENALTY * weights[:-1] @ weights[:-1]
        return np.logaddexp(0, -margins).mean() + penalty, slope + 2 * _PENALTY * np.append(weights[:-1], 0.0)

    best = minimize(loss, np.zeros(values.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 800}).x / spread
    return Logistic({name: round(float(w), 4) for name, w in zip(SURE, best, strict=False)}, round(float(best[-1]), 4))


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


@click.command()
@click.option("--passages", type=click.Path(exists=True, path_type=Path), multiple=True, required=True)
@click.option("--questions", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--most", type=int, default=12000, show_default=True, help="Questions to learn from.")
@click.option("--out", type=click.Path(path_type=Path), required=True)
def main(passages: tuple[Path, ...], questions: Path, most: int, out: Path) -> None:
    """Learn the weights and write them to OUT."""
    benchmark = OpenBenchmark.load(passages, questions, date.min)
    documents = {record: document for document, record in benchmark.ids.items()}
    asked = [each for each in benchmark.questions if each.passage_id is not None]
    asked = asked[:: max(1, len(asked) // most)]
    titles = [benchmark.titles[documents[str(each.passage_id)]] for each in asked]
    examples = [_example(benchmark, each, title) for each, title in zip(asked, titles, strict=True)]
    rest = [e for e, title in zip(examples, titles, strict=True) if not is_kept_apart(title)]
    apart = [e for e, title in zip(examples, titles, strict=True) if is_kept_apart(title)]
    order = _order(rest)
    rows = _Rows.of(order, rest)
    there = _logistic(rows.there + rows.hidden, [True] * len(rows.there) + [False] * len(rows.hidden))
    names = {name: round(float(w), 4) for name, w in zip(ORDER, order, strict=True)}
    weights = Weights(names, there, _logistic(rows.there, rows.right))
    click.echo(f"{len(rest)} questions learned from, {len(apart)} kept apart")
    _print_measures(weights, _Rows.of(order, apart))
    out.write_bytes(msgspec.json.format(msgspec.json.encode(weights)) + b"\n")


if __name__ == "__main__":
    main()
