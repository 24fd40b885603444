"""Who watches a measurement: hears how far it has come."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import msgspec

T = TypeVar("T")
_STEPS = 500
"""How often something is heard of long work, at most."""


class Watch(msgspec.Struct, frozen=True):
    """What hears of progress; by default nobody."""

    indexed: Callable[[int, int, float], None] | None = None
    """Called with documents and passages indexed and the share of the work, from 0 to 1."""
    done: Callable[[int, int], None] | None = None
    """Called with how many questions or passages are done, and how many there are."""

    def each(self, items: Iterable[T], count: int, before: int = 0, total: int | None = None) -> Iterator[T]:
        """The items, `count` of them, told of as they are done: after `before` others of `total`."""
        step, every = max(1, count // _STEPS), count if total is None else total
        for number, item in enumerate(items, 1):
            yield item
            if self.done is not None and (number % step == 0 or number == count):
                self.done(before + number, every)


UNWATCHED = Watch()
