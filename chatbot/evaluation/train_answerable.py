"""Learning the weights of `chatbot.reading.answerable` from questions of which some have no answer in their paragraph.

    python -m chatbot.evaluation.train_answerable --passages P.jsonl.gz --questions Q.jsonl.gz --out answerable.json

Needs numpy and scipy (`pip install 'chatbot[train]'`). An answerable question counts by the F1 of what would be shown. What
is printed was learned on half of the articles and measured on the other half, several times.
"""

from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from chatbot.evaluation.benchmarks import questions as questions_of
from chatbot.evaluation.benchmarks import records
from chatbot.evaluation.fitting import logistic_regression, named, training
from chatbot.evaluation.measures import token_f1
from chatbot.evaluation.reading import Reader
from chatbot.reading.answerable import NAMES, Weights, features

_PENALTY = 1e-3
_HALVINGS = 6
_CUTS = 201


class _Row(msgspec.Struct, frozen=True):
    title: str
    values: tuple[float, ...]
    f1: float
    """Of the best span; 0 where there is no answer."""
    is_answerable: bool


def _rows(passages: Sequence[Path], questions: Path) -> list[_Row]:
    known = {record.id: record for _, _, record in records(passages)}
    reader, found = Reader(list(known.values())), []
    for asked in questions_of(questions):
        passage = known[str(asked.context_id)]
        sentences, read = reader.read(asked.question, passage)
        if read is not None:
            span = read.spans[0]
            f1 = token_f1(sentences[span.sentence][span.start : span.end], asked.answers) if asked.answers else 0.0
            values = features(asked.question, sentences, passage.title, reader.weight, read)
            found.append(_Row(passage.title, values, f1, asked.is_answerable))
    return found


def _learned(rows: Sequence[_Row]) -> Weights:
    import numpy as np

    shares = [row.f1 if row.is_answerable else 1.0 for row in rows]
    learned, _ = logistic_regression([r.values for r in rows], [r.is_answerable for r in rows], shares, _PENALTY)
    kept = named(NAMES, learned)
    scores = [Weights(kept, 0.0).score(row.values) for row in rows]
    cuts = [float(cut) for cut in np.quantile(scores, np.linspace(0, 1, _CUTS))]
    least: float = max(cuts, key=lambda cut: _f1(Weights(kept, cut), rows))
    return Weights(kept, round(least, 4))


def _f1(weights: Weights, rows: Sequence[_Row]) -> float:
    answered = [weights.score(row.values) >= weights.least for row in rows]
    gains = [row.f1 if is_shown else float(not row.is_answerable) for row, is_shown in zip(rows, answered, strict=True)]
    return sum(gains) / len(gains)


def _cross_validated(rows: Sequence[_Row]) -> list[float]:
    import numpy as np

    titles, found = sorted({row.title for row in rows}), []
    for seed in range(_HALVINGS):
        order = np.random.default_rng(seed).permutation(len(titles))
        first = {titles[n] for n in order[: len(titles) // 2]}
        halves = [[row for row in rows if (row.title in first) == is_first] for is_first in (True, False)]
        found += [_f1(_learned(half), other) for half, other in (halves, halves[::-1])]
    return found


@training
def main(passages: tuple[Path, ...], questions: Path, out: Path) -> None:
    """Learn the weights and write them to OUT."""
    rows = _rows(passages, questions)
    found, weights = _cross_validated(rows), _learned(rows)
    click.echo(f"{len(rows)} questions, F1 on these {_f1(weights, rows):.4f}")
    click.echo(
        f"F1 on the other half of the articles: mean {sum(found) / len(found):.4f}, {min(found):.4f}-{max(found):.4f}"
    )
    out.write_bytes(msgspec.json.format(msgspec.json.encode(weights)) + b"\n")


if __name__ == "__main__":
    main()
