"""How far long work has come: a bar on a terminal, a line now and then anywhere else. All on stderr.

Ctrl-C ends the work with a word about what it leaves behind.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import perf_counter
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

_STEPS = 1000
_SHARE = 10
"""The bar takes one column in so many of the terminal's."""
_BESIDE = 32
"""Columns that the label, the share and the time left take."""
_EVERY = 10.0
"""Seconds between lines where there is no terminal."""


Indexed = Callable[[int, int, float], None]
"""Hears of documents and passages done, and of the share of the work, from 0 to 1."""
Done = Callable[[int, int], None]
"""Hears how many are done, and how many there are."""


@contextmanager
def indexing() -> Iterator[Indexed]:
    """Gives what is to be called while documents are indexed."""
    with _stoppable("The index is as it was."), ExitStack() as stack:
        yield _indexed(_Line("Indexing", stack))


@contextmanager
def measuring(label: str, noun: str) -> Iterator[tuple[Indexed, Done]]:
    """Gives what is to be called while documents are indexed, and then while `noun` are done one by one."""
    with _stoppable("Nothing was written."), ExitStack() as first, ExitStack() as second:
        line = _Line(label, second)

        def done(count: int, total: int) -> None:
            first.close()
            line.show(count / max(total, 1), f"{count:,} of {total:,} {noun}, {line.rate(count):,}/s")

        yield _indexed(_Line("Indexing", first)), done


def _indexed(line: "_Line") -> Indexed:
    def tell(documents: int, passages: int, share: float) -> None:
        line.show(share, f"{documents:,} documents, {line.rate(passages):,} passages/s")

    return tell


@contextmanager
def _stoppable(left: str) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        click.echo(f"Stopped. {left}", err=True)
        raise


class _Line:
    """One line of progress. Nothing is shown before the first word of it: work that is done already needs no bar."""

    def __init__(self, label: str, stack: ExitStack) -> None:
        """The bar is closed with the stack."""
        self._label, self._stack = label, stack
        self._began = self._said = perf_counter()
        self._bar: ProgressBar[int] | None = None
        self._words = ""

    def rate(self, count: int) -> int:
        """So many a second."""
        return round(count / max(perf_counter() - self._began, 1e-9))

    def show(self, share: float, words: str) -> None:
        """Tell of the share of the work done, in numbers and in words."""
        self._words = words
        if sys.stderr.isatty():
            self._bar = self._bar or self._opened()
            self._bar.update(max(0, round(share * _STEPS) - self._bar.pos))
        elif perf_counter() - self._said > _EVERY:
            self._said = perf_counter()
            left = (self._said - self._began) * (1 - share) / share if share else 0
            click.echo(f"{words}, {left:.0f} s left", err=True)

    def _opened(self) -> "ProgressBar[int]":
        bar: ProgressBar[int] = click.progressbar(
            length=_STEPS,
            label=self._label,
            file=sys.stderr,
            width=_columns() // _SHARE,
            item_show_func=lambda _: self._fitting(),
        )
        return self._stack.enter_context(bar)

    def _fitting(self) -> str:
        """The words where the line has room for them."""
        room = _columns() - _columns() // _SHARE - _BESIDE
        return self._words if len(self._words) <= room else ""


def _columns() -> int:
    return shutil.get_terminal_size().columns
