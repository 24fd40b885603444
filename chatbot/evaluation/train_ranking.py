"""Learning the weights of `chatbot.retrieval.ranking`: softmax regression over the candidates of each question.

    python -m chatbot.evaluation.train_ranking --passages P.jsonl.gz --questions Q.jsonl.gz --out ranking.json

Needs numpy and scipy (`pip install 'chatbot[train]'`). A sixth of the articles is kept apart, and what is printed
was measured on it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from chatbot.evaluation.benchmarks import Asked as Benchmarked
from chatbot.evaluation.benchmarks import OpenBenchmark
from chatbot.evaluation.fitting import is_kept_apart, named, softmax_regression, training
from chatbot.evaluation.watching import UNWATCHED
from chatbot.retrieval.collection import Searchable
from chatbot.retrieval.matching import Asked
from chatbot.retrieval.ranking import DEPTH, NAMES, features


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
    return named(NAMES, softmax_regression([(rows, [n == gold for n in range(len(rows))]) for rows, gold in data]))


def shares(data: Sequence[tuple[Any, int]], weights: dict[str, float]) -> dict[str, float]:
    """Share of the questions whose gold candidate is first, and among the first five."""
    import numpy as np

    vector = np.array([weights[name] for name in NAMES])
    scored = ((values @ vector, gold) for values, gold in data)
    ranks = [int((scores > scores[gold]).sum()) if gold >= 0 else DEPTH for scores, gold in scored]
    return {f"gold@{k}": sum(rank < k for rank in ranks) / max(len(ranks), 1) for k in (1, 5)}


@training
@click.option("--most", type=int, default=24000, show_default=True, help="Questions to learn from.")
def main(passages: tuple[Path, ...], questions: Path, most: int, out: Path) -> None:
    """Learn the weights and write them to OUT."""
    benchmark = OpenBenchmark.load(passages, questions, date.min, UNWATCHED)
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
