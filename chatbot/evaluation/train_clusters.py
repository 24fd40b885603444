"""Learning the classes of words that occur alike, which `chatbot.reading.spans` knows words by.

    python -m chatbot.evaluation.train_clusters --passages P.jsonl.gz --questions Q.jsonl.gz --out clusters.txt

Needs numpy and scipy (`pip install 'chatbot[train]'`). Words are vectors of positive pointwise mutual information with the
words around them (K. Church and P. Hanks 1990), reduced by a randomised singular value decomposition (N. Halko and others
2011) and put into classes by spherical k-means (I. Dhillon and D. Modha 2001); the classes are put into wider ones alike.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from chatbot.evaluation.benchmarks import questions as questions_of
from chatbot.evaluation.benchmarks import records
from chatbot.evaluation.fitting import training
from chatbot.reading.pieces import piece, spans_of_pieces

_CONTEXTS = 1500
"""Most frequent words that tell contexts apart; numbers share one more, all others another."""
_PLACES = (-2, -1, 1, 2)
_DIMENSIONS, _SPARE, _POWERS = 120, 20, 3
_CLASSES, _WIDER = 512, 48
_TURNS = 15
_SHRINKING = 0.5
"""Meetings assumed beside those counted: few say little."""
_AT_ONCE = 8192


def _vectors(texts: Sequence[Sequence[str]], words: Sequence[str], counts: Counter[str]) -> Any:
    import numpy as np
    import scipy.sparse as sparse

    number = {word: n for n, word in enumerate(words)}
    context = {word: n for n, (word, _) in enumerate(counts.most_common(_CONTEXTS))}
    rows, columns = [], []
    for text in texts:
        around = [_CONTEXTS + 1 if w[:1].isdigit() else context.get(w, _CONTEXTS) for w in text]
        own = [number.get(word, -1) for word in text]
        for kind, place in enumerate(_PLACES):
            for n in range(max(0, -place), min(len(text), len(text) - place)):
                if own[n] >= 0:
                    rows.append(own[n])
                    columns.append(around[n + place] * len(_PLACES) + kind)
    shape = (len(words), (_CONTEXTS + 2) * len(_PLACES))
    met = sparse.coo_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape).tocsr()
    by_word, by_context, total = np.asarray(met.sum(1)).ravel(), np.asarray(met.sum(0)).ravel(), met.sum()
    met = met.tocoo()
    expected = by_word[met.row] * (by_context[met.col] ** 0.75) * (total**0.25)  # rare contexts count for less
    told = np.maximum(np.log(met.data * total / expected), 0) * (met.data / (met.data + _SHRINKING))
    return _reduced(sparse.csr_matrix((told.astype(np.float32), (met.row, met.col)), shape=shape))


def _reduced(told: Any) -> Any:
    import numpy as np

    chance = np.random.default_rng(0)
    found = told @ chance.standard_normal((told.shape[1], _DIMENSIONS + _SPARE)).astype(np.float32)
    for _ in range(_POWERS):
        basis, _ = np.linalg.qr(found)
        found = told @ (told.T @ basis)
    basis, _ = np.linalg.qr(found)
    left, values, _ = np.linalg.svd((told.T @ basis).T, full_matrices=False)
    vectors = (basis @ left[:, :_DIMENSIONS]) * np.sqrt(values[:_DIMENSIONS])
    return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)


def _classes(vectors: Any, weights: Any, count: int) -> tuple[Any, Any]:
    """The class of each vector, and the centres of the classes."""
    import numpy as np

    chance = np.random.default_rng(1)
    centres = vectors[chance.choice(min(len(vectors), 6 * count), count, replace=False)].copy()
    found = np.empty(len(vectors), np.int64)
    for _ in range(_TURNS):
        for start in range(0, len(vectors), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            found[part] = (vectors[part] @ centres.T).argmax(1)
        centres = np.zeros_like(centres)
        np.add.at(centres, found, vectors * weights[:, None])
        lengths = np.linalg.norm(centres, axis=1, keepdims=True)
        empty = lengths[:, 0] == 0
        centres /= lengths + 1e-9
        if empty.any():
            centres[empty] = vectors[chance.choice(len(vectors), empty.sum())]
    return found, centres


@training
def main(passages: tuple[Path, ...], questions: Path, out: Path) -> None:
    """Learn the classes and write them to OUT: the wider class of each, then the words of each, a line a class."""
    import numpy as np

    texts = [record.text for _, _, record in records(passages)] + [asked.question for asked in questions_of(questions)]
    read = [[piece(written).folded for written, _, _ in spans_of_pieces(text)] for text in texts]
    counts = Counter(word for text in read for word in text)
    words = [word for word, count in counts.most_common() if count >= 2 and word[:1].isalpha()]
    weights = np.sqrt(np.array([counts[word] for word in words], np.float32))
    classes, centres = _classes(_vectors(read, words, counts), weights, _CLASSES)
    wider, _ = _classes(centres, np.ones(_CLASSES, np.float32), _WIDER)
    members = [" ".join(words[n] for n in np.flatnonzero(classes == number)) for number in range(_CLASSES)]
    out.write_text("\n".join([" ".join(map(str, wider)), *members]) + "\n", encoding="utf-8")
    click.echo(f"{len(words)} words in {_CLASSES} classes, these in {_WIDER}")


if __name__ == "__main__":
    main()
