"""Explaining plans: every node has its words."""

import pytest
from terms import RELATIONS

from chatbot.knowledge.plan import (
    END,
    LENGTH,
    POSITION,
    START,
    TERM,
    Aggregate,
    Combine,
    Count,
    Difference,
    Gaps,
    Keep,
    Neighbour,
    Plan,
    Rows,
    Select,
    Sort,
    Take,
    explain,
)

HEADS, LIGHTS = Rows("heads"), Rows("lights")


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (HEADS, ""),
        (Keep(HEADS, TERM, "overlaps", ("2005",)), "; keep those whose term overlaps 2005"),
        (Keep(HEADS, 1, "after", ("2000-10-01",)), "; keep those whose From is after 1 October 2000"),
        (Keep(HEADS, 1, "before", ("1992-03",)), "; keep those whose From is before March 1992"),
        (Keep(HEADS, 1, "within", ("199X",)), "; keep those whose From lies in the 1990s"),
        (Keep(HEADS, 0, "is", ("Ana Ruiz", "Bo Lind")), "; keep those whose Head is Ana Ruiz or Bo Lind"),
        (Keep(HEADS, 3, "is not", ("Red",)), "; keep those whose Party is not Red"),
        (Keep(HEADS, 3, "contains", ("red",)), "; keep those whose Party has the words red"),
        (Keep(HEADS, LENGTH, ">", 1000.0), "; keep those whose length of term > 1,000"),
        (Keep(HEADS, POSITION, "<", 3.0), "; keep those whose position < 3"),
        (Keep(HEADS, START, "within", ("2000",)), "; keep those whose start lies in 2000"),
        (Keep(HEADS, END, "within", ("2000",)), "; keep those whose end lies in 2000"),
        (Sort(HEADS, TERM), "; order by term from the least"),
        (Sort(HEADS, LENGTH, True), "; order by length of term from the greatest"),
        (Take(HEADS, 1), "; take number 1 from the start"),
        (Take(HEADS, 3), "; take number 3 from the start"),
        (Take(HEADS, -1), "; take the last"),
        (Take(HEADS, 1, 5), "; take the first 5"),
        (Take(HEADS, -1, 5), "; take the last 5"),
        (
            Neighbour(Keep(HEADS, 0, "is", ("Ana Ruiz",)), HEADS, 1),
            "; keep those whose Head is Ana Ruiz; go to the row after",
        ),
        (Neighbour(HEADS, HEADS, -1), "; go to the row before"),
        (Gaps(HEADS), "; keep those followed by a time without holder"),
        (Select(HEADS, (0, TERM)), "; take Head, term"),
        (Count(HEADS), "; count rows"),
        (Count(HEADS, 0), "; count different values of Head"),
        (Aggregate(HEADS, "average", LENGTH), "; average of length of term"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_plan_in_words(plan: Plan, expected: str) -> None:
    assert explain(plan, RELATIONS) == "rows of Heads / List (heads.md)" + expected


def test_a_difference_tells_both_sides() -> None:
    first, second = (Select(Keep(LIGHTS, 0, "is", (name,)), (1,)) for name in ("Punta Ceniza", "Old Mercy"))
    assert explain(Difference(first, second), RELATIONS) == (
        "rows of Lights / List (lights.md); keep those whose Name is Punta Ceniza; take Height; less; "
        "keep those whose Name is Old Mercy; take Height"
    )


@pytest.mark.parametrize("operation", ["union", "intersection", "except"])
def test_a_combination_tells_both_sides(operation: str) -> None:
    red, blue = (Keep(HEADS, 3, "is", (party,)) for party in ("Red", "Blue"))
    assert explain(Combine(operation, red, blue), RELATIONS) == (  # type: ignore[arg-type]
        f"rows of Heads / List (heads.md); keep those whose Party is Red; {operation}; keep those whose Party is Blue"
    )
