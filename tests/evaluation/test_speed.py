"""The latency bench: what it reports, not how fast anything is."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.evaluation import scale, speed
from chatbot.evaluation.timing import percentile


@pytest.mark.parametrize(
    ("times", "share", "expected"),
    [([5.0], 0.99, 5.0), (list(range(1, 101)), 0.99, 99), ([3, 1, 2], 0.5, 2), ([3, 1, 2], 1.0, 3)],
    ids=["one", "of a hundred", "median of three", "largest"],
)
def test_percentile_takes_the_nearest_rank(times: list[float], share: float, expected: float) -> None:
    assert percentile(times, share) == expected


@given(times=st.lists(st.floats(0, 1e6), min_size=1), share=st.floats(0.01, 1))
def test_a_percentile_is_reached_by_at_least_its_share(times: list[float], share: float) -> None:
    bound = percentile(times, share)
    assert bound in times
    assert sum(time <= bound for time in times) >= share * len(times) - 1e-9


def test_questions_are_forty_different_ones() -> None:
    assert len(set(speed.QUESTIONS)) == len(speed.QUESTIONS) == 40


def test_calibration_takes_time() -> None:
    assert speed.calibration() > 0


def test_the_steps_of_a_cold_start_add_up_to_the_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATBOT_CACHE", str(tmp_path / "cache"))
    corpus = tmp_path / "lights.csv"
    corpus.write_text("Light,Built\nNorth,1874\nSouth,1902\n", encoding="utf-8")
    measured = speed.run([corpus], [], date(2024, 7, 1), runs=1)
    assert list(measured.steps) == ["interpreter", "imports", "reading the cache", "answer"]
    assert sum(measured.steps.values()) == pytest.approx(measured.cold.median_ms)
    assert measured.warm.median_ms <= measured.warm.p99_ms
    assert any("cold start" in line for line in measured.lines())


def test_the_bench_of_sizes_measures_both_engines(tmp_path: Path) -> None:
    measured = scale.run([60, 2500], [], date(2024, 7, 1))
    small, large = measured.sizes
    assert (small.engine, large.engine) == ("rank_bm25", "tantivy")
    assert (small.passages, large.passages) == (60, 2500)
    assert small.tantivy_ms is None
    assert large.tantivy_ms is not None
    assert min(small.right, large.right) > 0.9
    assert any("ratio" in line for line in measured.lines())
