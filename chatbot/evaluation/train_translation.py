"""Learning the table of `chatbot.retrieval.translation` from questions and the sentences that answer them.

    python -m chatbot.evaluation.train_translation --passages P.jsonl.gz --questions Q.jsonl.gz --out translation.json

Needs numpy and scipy (`pip install 'chatbot[train]'`). A sixth of the articles is kept apart, as for the other weights.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import log
from pathlib import Path
from typing import Any

import click
import msgspec

from chatbot.evaluation.benchmarks import questions as questions_of
from chatbot.evaluation.benchmarks import records
from chatbot.evaluation.fitting import is_kept_apart, training
from chatbot.retrieval.analysis import analyse
from chatbot.retrieval.sentences import splitter_for
from chatbot.retrieval.translation import kind_of

_ROUNDS = 6
_RAREST = 5
"""Questions and sentences that must have a term."""
_DISCOUNT = 0.5
_ASSUMED = 20.0
"""Occurrences of a term whose translations are assumed to be unknown: rare terms say little."""
_LEAST_TIMES, _LEAST_CHANCE, _LEAST_GAIN = 2.0, 0.002, 0.1
_OFTEN = 10.0
"""A term of a question counts as spoken of from so many times its share of all questions."""

#: The terms of a question that its sentence lacks, its question word among them, and the terms of the sentence.
Pair = tuple[list[str], list[str]]


def pairs(passages: Sequence[Path], questions: Path) -> list[Pair]:
    """What to learn from."""
    known = {record.id: record for _, _, record in records(passages)}
    split = splitter_for(record.text for record in known.values())
    analysed: dict[str, list[tuple[str, set[str]]]] = {}
    found: list[tuple[set[str], set[str], set[str], str]] = []
    for asked in questions_of(questions):
        record = known.get(str(asked.passage_id))
        if record is None or is_kept_apart(record.title):
            continue
        if record.id not in analysed:
            texts = [record.text[start:end] for start, end in split(record.text)]
            analysed[record.id] = [(text, set(analyse(text))) for text in texts]
        terms = set(analyse(asked.question))
        holding = [words for text, words in analysed[record.id] if any(answer in text for answer in asked.answers)]
        if holding:
            sentence = max(holding, key=lambda words: len(words & terms))
            found.append((terms, sentence, set(analyse(record.title)), kind_of(asked.question)))
    counts = Counter(term for terms, sentence, *_ in found for term in (*terms, *sentence))
    return [
        (
            [*sorted(t for t in terms - sentence - title if counts[t] >= _RAREST), kind],
            sorted(t for t in sentence if counts[t] >= _RAREST),
        )
        for terms, sentence, title, kind in found
    ]


def learned(data: Sequence[Pair]) -> dict[str, dict[str, int]]:
    """For each term of questions what speaks of it, in hundredths."""
    import numpy as np

    wanted, given, cells, owners = _numbered(data)
    keys, cells = np.unique(cells, return_inverse=True)
    sources = keys // len(wanted)
    chances = np.bincount(cells).astype(float)
    chances /= np.bincount(sources, weights=chances)[sources]
    assumed = np.where(np.arange(len(given)) == 0, 0.0, _ASSUMED)
    for _ in range(_ROUNDS):  # expectation, maximisation
        share = chances[cells]
        share /= np.bincount(owners, weights=share)[owners]
        times = np.bincount(cells, weights=share)
        totals = np.bincount(sources, weights=times, minlength=len(given)) + assumed
        chances = np.maximum(np.maximum(times - _DISCOUNT, 0.0) / (totals[sources] + 1e-9), 1e-9)
    asked = Counter(term for terms, _ in data for term in terms)
    count = sum(asked.values())
    table: dict[str, dict[str, int]] = {}
    kept = (chances > _LEAST_CHANCE) & (times > _LEAST_TIMES) & (sources > 0)
    for cell in np.flatnonzero(kept):
        term, chance = wanted[int(keys[cell]) % len(wanted)], float(chances[cell])
        gain = chance if term.startswith("?") else _gain(chance, asked[term] / count)
        if gain >= _LEAST_GAIN:
            table.setdefault(term, {})[given[int(sources[cell])]] = round(100 * gain)
    return {term: dict(sorted(table[term].items())) for term in sorted(table)}


def _numbered(data: Sequence[Pair]) -> tuple[list[str], list[str], Any, Any]:
    """The terms of questions, those of sentences ("" for none of them), and for each meeting of two their cell
    (sentence's × number of questions' + question's) and the number of the question's term among all."""
    import numpy as np

    wanted, given = {t: 0 for terms, _ in data for t in terms}, {"": 0} | {t: 0 for _, terms in data for t in terms}
    for numbers in (wanted, given):
        numbers.update((term, n) for n, term in enumerate(numbers))

    def meetings() -> Iterator[tuple[Any, int]]:
        for terms, sentence in data:
            sources = np.array([0, *(given[term] for term in sentence)]) * len(wanted)
            for term in terms:
                yield sources + wanted[term], len(sources)

    met, sizes = zip(*meetings(), strict=True)
    return list(wanted), list(given), np.concatenate(met), np.repeat(np.arange(len(met)), sizes)


def _gain(chance: float, share: float) -> float:
    """How far a term is spoken of, from 0 to 1: by how much likelier it is than anywhere."""
    usual = _OFTEN * share
    return log(1 + chance / usual) / log(1 + 1 / usual)


@training
def main(passages: tuple[Path, ...], questions: Path, out: Path) -> None:
    """Learn the table and write it to OUT."""
    data = pairs(passages, questions)
    table = learned(data)
    click.echo(
        f"{len(data)} questions learned from: {sum(map(len, table.values()))} translations of {len(table)} terms"
    )
    lines = (
        f"{msgspec.json.encode(term).decode()}:{msgspec.json.encode(said).decode()}" for term, said in table.items()
    )
    out.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
