"""What the scripts that learn weights share: their options, their split of the articles, and two regressions.

The regressions need numpy and scipy (`pip install 'chatbot[train]'`). Weights are penalised by the square of what they are
in units of the features' standard deviations.
"""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import click

_PARTS = 6
_STEPS = 800
_TINY = 1e-9

_FILE = click.Path(exists=True, path_type=Path)


def training(command: Callable[..., None]) -> click.Command:
    """A command with the options of every script: `--passages` (repeatable), `--questions` and `--out`."""
    command = click.option("--out", type=click.Path(path_type=Path), required=True)(command)
    command = click.option("--questions", type=_FILE, required=True)(command)
    return click.command()(click.option("--passages", type=_FILE, multiple=True, required=True)(command))


def is_kept_apart(title: str) -> bool:
    """Whether an article is for validation: the same ones in every run, a sixth of all."""
    return _digest(title)[0] % _PARTS == 0


def is_in_first_half(title: str) -> bool:
    """Whether an article is of the half that `train_spans --half` learns from."""
    return _digest(title)[1] % 2 == 0


def _digest(title: str) -> bytes:
    return blake2b(title.encode(), digest_size=4).digest()


def named(names: Sequence[str], weights: Sequence[float]) -> dict[str, float]:
    """Weights as they are kept in files."""
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def softmax_regression(groups: Sequence[tuple[Any, Sequence[bool]]], penalty: float = 1e-4) -> list[float]:
    """Weights of the features that make the right rows of each group likeliest together.

    A group is its rows, of shape (rows, features), and which of them are right; groups without one teach nothing.
    """
    import numpy as np
    from scipy.optimize import minimize

    known = [(rows, right) for rows, right in groups if any(right)]
    rows = np.vstack([np.asarray(group, dtype=float) for group, _ in known])
    spread = rows.std(axis=0) + _TINY
    rows /= spread
    sizes = np.array([len(group) for group, _ in known])
    starts, owner = np.concatenate([[0], np.cumsum(sizes)[:-1]]), np.repeat(np.arange(len(known)), sizes)
    right = np.array([r for _, rights in known for r in rights], dtype=float)

    def loss(weights: Any) -> tuple[float, Any]:
        scores = rows @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        totals, good = np.add.reduceat(odds, starts), np.add.reduceat(odds * right, starts)
        slope = rows.T @ (odds / totals[owner] - odds * right / good[owner]) / len(known)
        return -np.log(good / totals).mean() + penalty * weights @ weights, slope + 2 * penalty * weights

    best = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
    return [float(weight) for weight in best / spread]


def logistic_regression(
    rows: Sequence[Sequence[float]],
    labels: Sequence[bool],
    shares: Sequence[float] | None = None,
    penalty: float = 1e-4,
) -> tuple[list[float], float]:
    """Weights of the features and the bias that make the labels likeliest, each row counting by its share (1)."""
    import numpy as np
    from scipy.optimize import minimize

    values = np.hstack([np.array(rows, dtype=float), np.ones((len(rows), 1))])
    spread = np.append(values[:, :-1].std(axis=0) + _TINY, 1.0)
    values /= spread
    signs = np.where(labels, 1.0, -1.0)
    counts = np.ones(len(rows)) if shares is None else np.array(shares)

    def loss(weights: Any) -> tuple[float, Any]:
        margins = signs * (values @ weights)
        slope = -(values.T @ (counts * signs / (1 + np.exp(margins)))) / len(rows)
        fixed = penalty * weights[:-1] @ weights[:-1]
        return (counts * np.logaddexp(0, -margins)).mean() + fixed, slope + 2 * penalty * np.append(weights[:-1], 0.0)

    best = (
        minimize(loss, np.zeros(values.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x / spread
    )
    return [float(weight) for weight in best[:-1]], float(best[-1])
