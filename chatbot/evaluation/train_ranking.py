"""Learning the weights of `chatbot.retrieval.ranking`: softmax regression over the candidates of each question.

    python -m chatbot.evaluation.train_ranking --passages P.jsonl.gz --questions Q.jsonl.gz --out ranking.json

Needs numpy and scipy (`pip install 'chatbot[train]'`). A sixth of the articles is kept apart, and what is printed
was measured on it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

import click
import msgspec

from chatbot.evaluation.benchmarks import Asked as Benchmarked
from chatbot.evaluation.benchmarks import OpenBenchmark
from chatbot.retrieval.collection import Searchable
from chatbot.retrieval.matching import Asked
from chatbot.retrieval.ranking import DEPTH, NAMES, features

_PARTS = 6
_PENALTY = 1e-4
"""Of the squared weights, in units of the features' standard deviations."""


def is_kept_apart(title: str) -> bool:
    """Whether an article is for validation: the same ones in every run."""
    return blake2b(title.encode(), digest_size=4).digest()[0] % _PARTS == 0


def is_in_first_half(title: str) -> bool:
    """Whether an article is of the half that `train_spans --half` learns from."""
    return blake2b(title.encode(), digest_size=4).digest()[1] % 2 == 0


def examples(passages: Searchable, ids: Mapping[str, str], asked: Sequence[Benchmarked]) -> list[tuple[Any, int]]:
    """For each question the features of its candidates, and which of them is gold (-1 where none is)."""
    import numpy as np

    found = []
    for each in asked:
        candidates = passages.candidates(each.question, 0)
        gold = [n for n, c in enumerate(candidates) if ids[c.passage.document] == each.passage_id]
        values = features(Asked(each.question, passages.weight), candidates)
        found.append((np.array(values, dtype=float).reshape(-1, len(NAMES)), gold[0] if gold else -1))
    return found


def fitted(data: Sequence[tuple[Any, int]]) -> dict[str, float]:
    """The weights that make the gold candidates of all questions likeliest."""
    import numpy as np
    from scipy.optimize import minimize

    data = [(values, gold) for values, gold in data if gold >= 0]
    rows = np.vstack([values for values, _ in data])
    spread = rows.std(axis=0) + 1e-9
    rows /= spread
    sizes = np.array([len(values) for values, _ in data])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    golds, owner = starts + np.array([gold for _, gold in data]), np.repeat(np.arange(len(data)), sizes)

    def loss(weights: Any) -> tuple[float, Any]:
        scores = rows @ weights
        scores -= np.maximum.reduceat(scores, starts)[owner]
        odds = np.exp(scores)
        totals = np.add.reduceat(odds, starts)
        likelihood = (scores[golds] - np.log(totals)).mean()
        slope = rows.T @ (odds / totals[owner]) / len(data) - rows[golds].mean(axis=0)
        return -likelihood + _PENALTY * weights @ weights, slope + 2 * _PENALTY * weights

    best = minimize(loss, np.zeros(len(NAMES)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {name: round(float(w), 4) for name, w in zip(NAMES, best / spread, strict=True)}


def shares(data: Sequence[tuple[Any, int]], weights: dict[str, float]) -> dict[str, float]:
    """Share of the questions whose gold candidate is first, and among the first five."""
    import numpy as np

    vector = np.array([weights[name] for name in NAMES])
    scored = ((values @ vector, gold) for values, gold in data)
    ranks = [int((scores > scores[gold]).sum()) if gold >= 0 else DEPTH for scores, gold in scored]
    return {f"gold@{k}": sum(rank < k for rank in ranks) / max(len(ranks), 1) for k in (1, 5)}


@click.command()
@click.option("--passages", type=click.Path(exists=True, path_type=Path), multiple=True, required=True)
@click.option("--questions", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--most", type=int, default=24000, show_default=True, help="Questions to learn from.")
@click.option("--out", type=click.Path(path_type=Path), required=True)
def main(passages: tuple[Path, ...], questions: Path, most: int, out: Path) -> None:
    """Learn the weights and write them to OUT."""
    benchmark = OpenBenchmark.load(passages, questions, date.min)
    documents = {record: document for document, record in benchmark.ids.items()}
    asked = [each for each in benchmark.questions if each.passage_id is not None]
    asked = asked[:: max(1, len(asked) // most)]
    titles = {str(each.passage_id): benchmark.titles[documents[str(each.passage_id)]] for each in asked}
    found = benchmark.bot.passages
    apart = [each for each in asked if is_kept_apart(titles[str(each.passage_id)])]
    rest = [each for each in asked if not is_kept_apart(titles[str(each.passage_id)])]
    weights = fitted(examples(found, benchmark.ids, rest))
    held_out = examples(found, benchmark.ids, apart)
    plain = dict.fromkeys(NAMES, 0.0) | {"score": 1.0}
    click.echo(f"{len(rest)} questions learned from, {len(apart)} kept apart")
    click.echo(f"BM25 alone {shares(held_out, plain)}, re-ranked {shares(held_out, weights)}")
    out.write_bytes(msgspec.json.format(msgspec.json.encode(weights)) + b"\n")


if __name__ == "__main__":
    main()
