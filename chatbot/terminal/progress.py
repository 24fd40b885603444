"""How far indexing has come: a bar on a terminal, a line now and then anywhere else. All on stderr."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

_STEPS = 1000
_EVERY = 10.0
"""Seconds between lines where there is no terminal."""


@contextmanager
def shown() -> Iterator[Callable[[int, int, float], None]]:
    """Gives what is to be called with documents and passages done and the share of the work, from 0 to 1."""
    began = perf_counter()
    said = [began]
    counts = [0, 0]
    bar: ProgressBar[int]
    with click.progressbar(
        length=_STEPS,
        label="Indexing",
        file=sys.stderr,
        show_eta=True,
        item_show_func=lambda _: f"{counts[0]:,} documents, {_rate(counts[1], began):,} passages/s",
        hidden=not sys.stderr.isatty(),
    ) as bar:

        def tell(documents: int, passages: int, share: float) -> None:
            counts[:] = documents, passages
            if sys.stderr.isatty():
                bar.update(max(0, round(share * _STEPS) - bar.pos))
            elif perf_counter() - said[0] > _EVERY:
                said[0] = perf_counter()
                left = (said[0] - began) * (1 - share) / share if share else 0
                rate = _rate(passages, began)
                click.echo(f"{documents:,} documents, {rate:,} passages/s, {left:.0f} s left", err=True)

        yield tell


def _rate(passages: int, began: float) -> int:
    return round(passages / max(perf_counter() - began, 1e-9))
