"""The measures, by hand-computed cases and by the laws they obey."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.evaluation import measures

shares = st.floats(0, 1, allow_nan=False)
scored = st.lists(st.tuples(shares, st.booleans()), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("prediction", "answers", "em", "f1"),
    [
        ("The North Light.", ["north light"], 1.0, 1.0),
        ("1874", ["in 1874", "the year 1874"], 0.0, 2 / 3),
        ("black basalt", ["white granite"], 0.0, 0.0),
        ("", [], 1.0, 1.0),
        ("Vale", [], 0.0, 0.0),
        ("", ["Vale"], 0.0, 0.0),
        ("the", ["a"], 1.0, 1.0),
        ("Vale Vale", ["Vale"], 0.0, 2 / 3),
    ],
    ids=[
        "articles and points",
        "best answer",
        "nothing shared",
        "rightly abstained",
        "answered all the same",
        "wrongly abstained",
        "nothing left",
        "repeated",
    ],
)
def test_exact_match_and_f1(prediction: str, answers: list[str], em: float, f1: float) -> None:
    assert measures.exact_match(prediction, answers) == em
    assert measures.token_f1(prediction, answers) == pytest.approx(f1)


@given(st.text(max_size=30), st.lists(st.text(max_size=30), min_size=1, max_size=3))
def test_an_exact_match_has_full_f1(prediction: str, answers: list[str]) -> None:
    assert measures.exact_match(prediction, answers) <= measures.token_f1(prediction, answers) <= 1
    assert measures.exact_match(answers[0], answers) == 1


def test_ndcg_counts_what_is_missing() -> None:
    assert measures.ndcg(["x", "a", "y"], {"a", "b"}) == pytest.approx((1 / 1.5849625) / (1 + 1 / 1.5849625))
    assert measures.ndcg([], {"a"}) == 0.0


@given(st.permutations("abcdef"), st.sets(st.sampled_from("abcdef"), min_size=1))
def test_ndcg_is_best_where_the_relevant_come_first(ranking: list[str], relevant: set[str]) -> None:
    best = sorted(ranking, key=lambda each: each not in relevant)
    assert 0 <= measures.ndcg(ranking, relevant) <= measures.ndcg(best, relevant) == pytest.approx(1)


@given(st.lists(shares, min_size=1), st.lists(shares, min_size=1))
def test_auroc_of_the_reverse_is_the_rest(positive: list[float], negative: list[float]) -> None:
    assert measures.auroc(positive, negative) + measures.auroc(negative, positive) == pytest.approx(1)
    pairs = [(p > n) + (p == n) / 2 for p in positive for n in negative]
    assert measures.auroc(positive, negative) == pytest.approx(sum(pairs) / len(pairs))


def test_calibration_error_weighs_bins_by_their_count() -> None:
    table = measures.reliability([0.95, 0.95, 0.95, 0.15], [True, True, False, False])
    assert [(each.count, each.right) for each in table] == [(1, 0.0), (3, pytest.approx(2 / 3))]
    assert measures.calibration_error(table) == pytest.approx((0.15 + 3 * (0.95 - 2 / 3)) / 4)


@given(scored)
def test_reliability_keeps_every_answer(answers: list[tuple[float, bool]]) -> None:
    table = measures.reliability([c for c, _ in answers], [r for _, r in answers])
    assert sum(each.count for each in table) == len(answers)
    assert sum(each.count * each.right for each in table) == pytest.approx(sum(r for _, r in answers))
    assert all(each.low - 1e-9 <= each.confidence <= each.high + 1e-9 for each in table)


@given(scored)
def test_full_coverage_has_the_overall_risk(answers: list[tuple[float, bool]]) -> None:
    curve = measures.risk_coverage([c for c, _ in answers], [r for _, r in answers])
    assert curve[-1] == (1.0, pytest.approx(sum(not r for _, r in answers) / len(answers)))
    assert [coverage for coverage, _ in curve] == sorted({coverage for coverage, _ in curve})
    assert 0 <= measures.area_under(curve) <= 1


@given(scored, shares)
def test_a_threshold_keeps_its_precision(answers: list[tuple[float, bool]], precision: float) -> None:
    threshold = measures.threshold_for([c for c, _ in answers], [r for _, r in answers], precision)
    if threshold is not None:
        given_ = [right for confidence, right in answers if confidence >= threshold]
        assert sum(given_) >= precision * len(given_) - 1e-9
