"""Times of many questions in two figures."""

from collections.abc import Sequence
from math import ceil
from statistics import median

import msgspec


class Times(msgspec.Struct, frozen=True):
    """Milliseconds a question."""

    median_ms: float
    p99_ms: float

    def worded(self) -> str:
        return f"a question: median {self.median_ms:.2f} ms, p99 {self.p99_ms:.2f} ms"


def times_of(milliseconds: Sequence[float]) -> Times:
    """Zeros where there are none."""
    return Times(median(milliseconds), percentile(milliseconds, 0.99)) if milliseconds else Times(0.0, 0.0)


def percentile(times: Sequence[float], share: float) -> float:
    """The smallest time that at least `share` of all do not exceed (nearest rank)."""
    return sorted(times)[max(ceil(share * len(times)), 1) - 1]
