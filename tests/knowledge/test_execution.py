"""Executing plans: what each node does, and the laws that hold for any rows."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from terms import HEADS, LIGHTS, TODAY, VIEWS, relation

from chatbot.knowledge.execution import Result, View, execute
from chatbot.knowledge.plan import (
    END,
    LENGTH,
    LIFE,
    POSITION,
    START,
    TERM,
    Age,
    Aggregate,
    Combine,
    Count,
    Difference,
    Gaps,
    Keep,
    Neighbour,
    Operator,
    Plan,
    Rows,
    Select,
    Sort,
    Take,
)
from chatbot.knowledge.relation import Cell, Column, Relation

ALL, LAMPS = Rows("heads"), Rows("lights")
IN_TIME = Sort(ALL, TERM)


def run(plan: Plan) -> Result:
    return execute(plan, VIEWS, TODAY)


def rows(plan: Plan) -> tuple[int, ...]:
    return run(plan).rows


def test_rows_are_all_rows() -> None:
    assert rows(ALL) == (0, 1, 2, 3, 4, 5)


def test_an_unknown_relation_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        run(Rows("nowhere"))


# -- lives


PEOPLE = Relation(
    "people",
    "records",
    "people.md",
    "People",
    (),
    (Column("Name", "person", "key"), Column("Born", "date", "birth"), Column("Died", "date", "death")),
    tuple(
        (Cell(name, 0, 1, name), Cell(born, 1, 2, born), Cell(died, 2, 3, died) if died else None)
        for name, born, died in (("Ana", "1900", "1950"), ("Bo", "1910-05-04", "1999"), ("Eva", "1960", ""))
    ),
)


def test_lives_are_ordered_by_their_length_and_the_living_have_none() -> None:
    assert execute(Sort(Rows("people"), LIFE, True), {"people": View(PEOPLE)}, TODAY).rows == (1, 0)


@pytest.mark.parametrize(
    ("name", "moment", "years"),
    [
        ("Ana", "1930", 30),
        ("Bo", "1930-04-20", 19),
        ("Bo", "1930-05-04", 20),
        ("Bo", "1900", None),
        ("Eva", "2000", 40),
    ],
)
def test_ages_at_a_moment(name: str, moment: str, years: int | None) -> None:
    plan = Age(Keep(Rows("people"), 0, "is", (name,)), moment)
    number = execute(plan, {"people": View(PEOPLE)}, TODAY).number
    assert (None if number is None else int(number / 365.2425 + 0.01)) == years


# -- keep


@pytest.mark.parametrize(
    ("column", "operator", "operand", "expected"),
    [
        (0, "is", ("Ana Ruiz",), (0, 5)),
        (0, "is", ("ana ruiz", "BO LIND"), (0, 1, 5)),
        (0, "is", ("Nobody",), ()),
        (3, "is not", ("Red", "Green"), (1,)),
        (3, "contains", ("red", "green"), (0, 3, 4, 5)),
        (TERM, "overlaps", ("1991",), (0,)),
        (TERM, "overlaps", ("1992",), (0, 1)),
        (TERM, "overlaps", ("1992-06-03",), (0, 1)),
        (TERM, "overlaps", ("1995-06",), ()),
        (TERM, "overlaps", ("1995-12-31",), ()),
        (TERM, "overlaps", ("199X",), (0, 1, 3, 5)),
        (TERM, "overlaps", ("2024-06-30",), (4,)),
        (TERM, "overlaps", ("1900",), ()),
        (START, "within", ("1999",), (5,)),
        (END, "within", ("1999",), (3,)),
        (1, "after", ("1999",), (4,)),
        (1, "before", ("1992-06-03",), (0,)),
        (1, "within", ("1992-06-03",), (1,)),
        (LENGTH, ">", 1300.0, (4, 5)),
        (LENGTH, "<", 1000.0, (0,)),
        (POSITION, "<", 3.0, (0, 1)),
        (POSITION, "is", 5.0, (4,)),
    ],
)
def test_terms_kept(
    column: int, operator: Operator, operand: tuple[str, ...] | float, expected: tuple[int, ...]
) -> None:
    assert rows(Keep(ALL, column, operator, operand)) == expected


@pytest.mark.parametrize(
    ("column", "operator", "operand", "expected"),
    [
        (1, ">", 41.0, (3,)),
        (1, ">=", 41.0, (0, 3, 4)),
        (1, "<", 41.0, (1,)),
        (1, "<=", 24.0, (1,)),
        (1, "is", 41.0, (0, 4)),
        (2, "after", ("1850",), (0, 2)),
        (2, "before", ("1850",), (1, 4)),
        (2, "within", ("18XX",), (0, 4)),
        (3, "is", ("Norway",), (0, 2, 4)),
    ],
)
def test_things_kept(
    column: int, operator: Operator, operand: tuple[str, ...] | float, expected: tuple[int, ...]
) -> None:
    assert rows(Keep(LAMPS, column, operator, operand)) == expected


@pytest.mark.parametrize(
    ("ties", "tallest", "second"),
    [("", (3,), (0,)), ("all", (3,), (0, 4)), ("none", (3,), ())],
)
def test_rows_that_are_equal_are_taken_together_or_not_at_all(
    ties: Literal["", "all", "none"], tallest: tuple[int, ...], second: tuple[int, ...]
) -> None:
    assert rows(Take(Sort(LAMPS, 1, True), 1, ties=ties)) == tallest
    norwegian = Keep(LAMPS, 3, "is", ("Norway",))
    assert rows(Take(Sort(norwegian, 1, True), 1, ties=ties)) == second


def test_of_several_dates_in_one_cell_any_will_do() -> None:
    first, second = Cell("1903", 0, 4, "1903", "date"), Cell("1927", 6, 10, "1927", "date")
    both = Cell("1903, 1927", 0, 10, "1903", "date", parts=(first, second))
    won = Relation("cup", "table", "cup.md", "Cup", (), (Column("Won", "date"),), ((both,),))
    views = {"cup": View(won)}
    assert execute(Keep(Rows("cup"), 0, "within", ("1927",)), views, TODAY).rows == (0,)
    assert execute(Keep(Rows("cup"), 0, "within", ("1930",)), views, TODAY).rows == ()


def test_after_a_year_excludes_that_year() -> None:
    assert rows(Keep(ALL, 1, "after", ("1999",))) == rows(Keep(ALL, 1, "after", ("1999-12-31",)))


@pytest.mark.parametrize(
    ("operand", "possible"),
    [("1996-02-10", {3}), ("1996-03", set()), ("1996-02", set()), ("1996", set())],
)
def test_a_term_known_to_the_month_only_possibly_covers_a_day(operand: str, possible: set[int]) -> None:
    result = run(Keep(ALL, TERM, "overlaps", (operand,)))
    assert result.rows == (3,)
    assert result.possible == possible


def test_kept_cells_are_told() -> None:
    assert run(Keep(ALL, 3, "is", ("Blue",))).used == ((1, 3),)


def test_a_part_of_a_cell_is_a_value_too() -> None:
    from chatbot.knowledge.relation import Cell, Column, Relation

    cell = Cell("A, B", 0, 4, "A, B", parts=(Cell("A", 0, 1, "A"), Cell("B", 3, 4, "B")))
    made = Relation("r", "table", "r.md", "R", (), (Column("X", "text"),), ((cell,),))
    assert execute(Keep(Rows("r"), 0, "is", ("b",)), {"r": View(made)}, TODAY).rows == (0,)


# -- order and place


def test_terms_are_ordered_by_time_and_rows_without_a_holder_left_out() -> None:
    assert rows(IN_TIME) == (0, 1, 3, 5, 4)


@pytest.mark.parametrize(
    ("column", "descending", "expected"),
    [
        (1, False, (1, 0, 4, 3)),
        (1, True, (3, 0, 4, 1)),
        (2, False, (1, 4, 0, 2)),
        (2, True, (2, 0, 4, 1)),
    ],
)
def test_things_are_ordered_by_a_column_blanks_left_out(
    column: int, descending: bool, expected: tuple[int, ...]
) -> None:
    assert rows(Sort(LAMPS, column, descending)) == expected


def test_the_term_that_goes_on_is_counted_to_today() -> None:
    assert rows(Sort(ALL, LENGTH, descending=True))[0] == 4
    assert execute(Sort(ALL, LENGTH, True), VIEWS, date(2003, 6, 1)).rows[-1] == 4


@pytest.mark.parametrize(
    ("position", "count", "expected"),
    [
        (1, 1, (0,)),
        (2, 1, (1,)),
        (-1, 1, (4,)),
        (-2, 1, (5,)),
        (6, 1, ()),
        (-6, 1, ()),
        (1, 3, (0, 1, 3)),
        (-1, 2, (5, 4)),
        (1, 99, (0, 1, 3, 5, 4)),
    ],
)
def test_taking(position: int, count: int, expected: tuple[int, ...]) -> None:
    assert rows(Take(IN_TIME, position, count)) == expected


@pytest.mark.parametrize(
    ("name", "step", "expected"),
    [
        ("Bo Lind", 1, (3,)),
        ("Bo Lind", -1, (0,)),
        ("Ana Ruiz", 1, (1, 4)),
        ("Ana Ruiz", -1, (3,)),
        ("Ida Holm", 1, ()),
        ("Nobody", 1, ()),
    ],
)
def test_neighbours_in_time(name: str, step: int, expected: tuple[int, ...]) -> None:
    assert rows(Neighbour(Keep(IN_TIME, 0, "is", (name,)), IN_TIME, step)) == expected


def test_neighbours_tell_the_terms_they_were_found_by() -> None:
    assert {(1, 1), (1, 2)} <= set(run(Neighbour(Keep(IN_TIME, 0, "is", ("Bo Lind",)), IN_TIME, 1)).used)


OFFICES = relation(
    "offices",
    [("Light", "text", ""), ("Keeper", "person", "holder"), ("From", "date", "start"), ("To", "date", "end")],
    ("Skarv Point", "Anders Holm", "1861", "1889"),
    ("Skarv Point", "Birgit Holm", "1889", "1907"),
    ("Skarv Point", "Tormod Eide", "1907", "1931"),
    ("Cape Lorn", "Thaddeus Crane", "1865", "1895"),
    ("Cape Lorn", "Mercy Crane", "1895", "1926"),
    ("Bell Reef", "Gwen Pask", "1860", "1900"),
    ("Bell Reef", "Hamish Orr", "1900", "1940"),
)


@pytest.mark.parametrize(
    ("name", "step", "expected"),
    [("Anders Holm", 1, (1,)), ("Thaddeus Crane", 1, (4,)), ("Mercy Crane", -1, (3,)), ("Gwen Pask", -1, ())],
)
def test_of_several_offices_in_one_table_neighbours_are_of_the_same(
    name: str, step: int, expected: tuple[int, ...]
) -> None:
    whole = Sort(Rows("offices"), TERM)
    plan = Neighbour(Keep(whole, 1, "is", (name,)), whole, step)
    assert execute(plan, {"offices": View(OFFICES)}, TODAY).rows == expected


# -- gaps


def test_gaps_are_told_by_the_row_before_them() -> None:
    result = run(Gaps(IN_TIME))
    assert result.rows == (1,)
    assert {(3, 1), (3, 2)} <= set(result.used)


def test_a_hand_over_from_one_day_to_the_next_is_no_gap() -> None:
    assert 3 not in rows(Gaps(IN_TIME))


def test_an_overlapping_term_closes_what_would_be_a_gap() -> None:
    made = relation(
        "r",
        [("Head", "person", "holder"), ("From", "date", "start"), ("To", "date", "end")],
        ("A", "1900", "1950"),
        ("B", "1910", "1920"),
        ("C", "1940", "1960"),
    )
    assert execute(Gaps(Sort(Rows("r"), TERM)), {"r": View(made)}, TODAY).rows == ()


# -- numbers


def test_counting() -> None:
    assert run(Count(ALL)).number == 6
    assert run(Count(ALL, 0)).number == 4
    assert run(Count(Keep(ALL, 0, "is", ("Nobody",)))).number == 0


@pytest.mark.parametrize(("function", "expected"), [("sum", 158), ("average", 39.5), ("min", 24), ("max", 52)])
def test_aggregates_leave_blanks_out(function: str, expected: float) -> None:
    result = run(Aggregate(LAMPS, function, 1))  # type: ignore[arg-type]
    assert result.number == expected
    assert result.rows == (0, 1, 3, 4)
    assert result.columns == (1,)


def test_the_sum_of_decimals_is_not_blurred() -> None:
    made = relation("r", [("N", "text", "key"), ("X", "number", "measure")], ("a", 0.1), ("b", 0.2))
    assert execute(Aggregate(Rows("r"), "sum", 1), {"r": View(made)}, TODAY).number == 0.3


def test_there_is_no_aggregate_of_nothing() -> None:
    result = run(Aggregate(Keep(LAMPS, 0, "is", ("Nobody",)), "sum", 1))
    assert (result.rows, result.number) == ((), None)


def picked(name: str, column: int, of: Plan = LAMPS) -> Select:
    return Select(Keep(of, 0, "is", (name,)), (column,))


def test_differences() -> None:
    assert run(Difference(picked("Punta Ceniza", 1), picked("Old Mercy", 1))).number == 28
    assert run(Difference(picked("Old Mercy", 1), picked("Punta Ceniza", 1))).number == -28
    days = run(Difference(picked("Bo Lind", LENGTH, ALL), picked("Eva Klein", LENGTH, ALL))).number
    assert days == pytest.approx((date(1995, 4, 30) - date(1992, 6, 3)).days - 1175, abs=16)


def test_there_is_no_difference_to_a_blank() -> None:
    result = run(Difference(picked("Punta Ceniza", 1), picked("Grey Sisters", 1)))
    assert (result.rows, result.number) == ((), None)


def test_selecting_leaves_the_rows() -> None:
    result = run(Select(Keep(ALL, 3, "is", ("Red",)), (0, TERM)))
    assert (result.rows, result.columns) == ((0, 3, 5), (0, TERM))


@pytest.mark.parametrize(
    ("operation", "expected"), [("union", (0, 3, 5, 1)), ("intersection", (3,)), ("except", (0, 5))]
)
def test_sets(operation: str, expected: tuple[int, ...]) -> None:
    red = Keep(ALL, 3, "is", ("Red",))
    nineties = Keep(ALL, 1, "within", ("1992-01-01/1998-12-31",))
    assert rows(Combine(operation, red, Keep(nineties, 0, "is", ("Bo Lind", "Eva Klein")))) == expected  # type: ignore[arg-type]


# -- views


def test_without_an_end_a_term_lasts_until_the_next_begins() -> None:
    made = relation(
        "r",
        [("Abbot", "person", "holder"), ("Elected", "date", "start")],
        ("Hugh", "1150"),
        ("Oswin", "1132"),
        ("Ralph", "1171"),
    )
    view = View(made)
    assert view.chronological == (1, 0, 2)
    assert [None if term is None else term.edtf for term in view.terms] == [
        "1150/1171",
        "1132/1150",
        "1171/..",
    ]


def test_a_term_in_one_cell() -> None:
    made = relation(
        "r",
        [("Head", "person", "holder"), ("Term", "interval", "term")],
        ("A", "1990/1993"),
        ("B", "1993/.."),
    )
    view = View(made)
    assert [term.edtf for term in view.terms if term] == ["1990/1993", "1993/.."]
    date_of = view.date_of(0, END)
    assert date_of is not None
    assert date_of.edtf == "1993"


def test_a_relation_without_terms_has_its_own_order() -> None:
    view = VIEWS["lights"]
    assert not view.has_terms
    assert view.chronological == (0, 1, 2, 3, 4)
    assert set(view.terms) == {None}


# -- laws, for any rows


DAYS = st.integers(0, 40_000).map(lambda n: (date(1900, 1, 1) + timedelta(days=n)).isoformat())
NAMES = st.sampled_from(["Ana", "Bo", "Eva", "Ida", None])


@st.composite
def tables(draw: st.DrawFn) -> View:
    """Holders with terms in any order, overlapping or not, some blank, some open; and a number each."""
    made: list[Sequence[str | float | None]] = []
    for _ in range(draw(st.integers(0, 7))):
        start, end = sorted((draw(DAYS), draw(DAYS)))
        shape = draw(st.sampled_from(["whole", "whole", "open", "year", "blank"]))
        if shape == "open":
            end = ".."
        if shape == "year":
            start, end = start[:4], end[:4]
        number = draw(st.none() | st.integers(0, 5).map(float))
        blank = shape == "blank"
        made.append((draw(NAMES), None if blank else start, None if blank else end, number))
    headers = [
        ("Head", "person", "holder"),
        ("From", "date", "start"),
        ("To", "date", "end"),
        ("Size", "number", "measure"),
    ]
    return View(relation("t", headers, *made))  # type: ignore[arg-type]


ROWS = Rows("t")
CONDITIONS = st.sampled_from(
    [
        lambda plan: Keep(plan, 0, "is", ("Ana", "Bo")),
        lambda plan: Keep(plan, 3, ">", 2.0),
        lambda plan: Keep(plan, TERM, "overlaps", ("195X",)),
        lambda plan: Keep(plan, 1, "after", ("1950",)),
        lambda plan: Keep(plan, END, "within", ("19XX",)),
        lambda plan: Keep(plan, LENGTH, "<", 9000.0),
        lambda plan: Keep(plan, POSITION, "<", 4.0),
    ]
)
COLUMNS = st.sampled_from([1, 2, 3, TERM, LENGTH, POSITION])


def on(view: View, plan: Plan) -> Result:
    return execute(plan, {"t": view}, TODAY)


@given(tables(), CONDITIONS)
def test_keeping_twice_keeps_the_same(view: View, condition: object) -> None:
    once, twice = condition(ROWS), condition(condition(ROWS))  # type: ignore[operator]
    assert on(view, once).rows == on(view, twice).rows
    assert on(view, once).possible == on(view, twice).possible


@given(tables(), CONDITIONS, CONDITIONS)
def test_the_order_of_conditions_does_not_matter(view: View, one: object, other: object) -> None:
    assert on(view, one(other(ROWS))).rows == on(view, other(one(ROWS))).rows  # type: ignore[operator]


@given(tables(), CONDITIONS)
def test_rows_kept_are_rows_of_the_source_in_order(view: View, condition: object) -> None:
    result = on(view, condition(ROWS))  # type: ignore[operator]
    assert list(result.rows) == sorted(set(result.rows))
    assert result.possible <= set(result.rows)
    assert set(result.rows) <= set(on(view, ROWS).rows)
    assert all(view.cell(*place) is not None for place in result.used)


@given(tables(), CONDITIONS, CONDITIONS)
def test_sets_obey_their_laws(view: View, one: object, other: object) -> None:
    a, b = one(ROWS), other(ROWS)  # type: ignore[operator]
    first, second = set(on(view, a).rows), set(on(view, b).rows)
    assert set(on(view, Combine("union", a, b)).rows) == first | second
    assert set(on(view, Combine("intersection", a, b)).rows) == first & second
    assert set(on(view, Combine("except", a, b)).rows) == first - second
    assert on(view, Combine("union", a, a)).rows == on(view, Combine("intersection", a, a)).rows == on(view, a).rows
    assert on(view, Combine("except", a, a)).rows == ()
    both = on(view, Combine("union", a, b)).rows
    assert len(both) == len(set(both))


@given(tables(), CONDITIONS, CONDITIONS)
def test_an_intersection_is_one_condition_after_the_other(view: View, one: object, other: object) -> None:
    both = on(view, Combine("intersection", one(ROWS), other(ROWS)))  # type: ignore[operator]
    assert both.rows == on(view, other(one(ROWS))).rows  # type: ignore[operator]


@given(tables(), COLUMNS, st.booleans())
def test_sorting_is_a_stable_permutation_of_the_rows_with_a_value(view: View, column: int, descending: bool) -> None:
    once = on(view, Sort(ROWS, column, descending)).rows
    assert set(once) <= set(on(view, ROWS).rows)
    assert len(once) == len(set(once))
    assert on(view, Sort(Sort(ROWS, column, descending), column, descending)).rows == once
    if column == 3:
        keyed = [(cell.value, row) for row in once if (cell := view.cell(row, 3)) is not None]
        assert len(keyed) == len(once)
        assert keyed == sorted(keyed, key=lambda pair: (-pair[0] if descending else pair[0], pair[1]))  # type: ignore[operator]


@given(tables(), COLUMNS)
def test_sorting_the_other_way_keeps_the_same_rows(view: View, column: int) -> None:
    assert set(on(view, Sort(ROWS, column)).rows) == set(on(view, Sort(ROWS, column, True)).rows)


@given(tables(), CONDITIONS)
def test_a_count_is_the_number_of_rows(view: View, condition: object) -> None:
    plan = condition(ROWS)  # type: ignore[operator]
    result = on(view, Count(plan))
    assert result.number == len(result.rows) == len(on(view, plan).rows)
    assert (on(view, Count(plan, 0)).number or 0) <= (result.number or 0)


@given(tables(), st.integers(1, 8), st.integers(1, 8))
def test_taking_is_slicing(view: View, position: int, count: int) -> None:
    whole = on(view, Sort(ROWS, TERM)).rows
    assert on(view, Take(Sort(ROWS, TERM), position)).rows == whole[position - 1 : position]
    assert on(view, Take(Sort(ROWS, TERM), -1)).rows == whole[-1:]
    assert on(view, Take(Sort(ROWS, TERM), 1, count)).rows == whole[:count]


@given(tables(), st.integers(1, 7))
def test_the_predecessor_of_the_successor_is_oneself(view: View, position: int) -> None:
    assume(view.partition is None)
    whole = Sort(ROWS, TERM)
    own = Take(whole, position)
    successor = Neighbour(own, whole, 1)
    if on(view, successor).rows:
        assert on(view, Neighbour(successor, whole, -1)).rows == on(view, own).rows


@given(tables())
def test_the_sum_is_the_average_times_the_count(view: View) -> None:
    total, mean = on(view, Aggregate(ROWS, "sum", 3)), on(view, Aggregate(ROWS, "average", 3))
    least, most = on(view, Aggregate(ROWS, "min", 3)), on(view, Aggregate(ROWS, "max", 3))
    if total.number is None:
        assert mean.number is least.number is most.number is None
        return
    assert mean.number is not None
    assert least.number is not None
    assert most.number is not None
    assert total.number == pytest.approx(mean.number * len(total.rows))
    assert least.number <= mean.number + 1e-9
    assert mean.number <= most.number + 1e-9


@given(tables())
def test_a_difference_the_other_way_is_its_negative(view: View) -> None:
    first, second = (Select(Take(Sort(ROWS, 3), place), (3,)) for place in (1, -1))
    there, back = on(view, Difference(first, second)).number, on(view, Difference(second, first)).number
    assert there == (None if back is None else -back)


@given(tables())
def test_nobody_holds_office_in_a_gap(view: View) -> None:
    for row in on(view, Gaps(Sort(ROWS, TERM))).rows:
        term = view.terms[row]
        assert term is not None
        assert term.end.latest is not None
        next_day = (term.end.latest + timedelta(days=1)).isoformat()
        later = [t for t in view.terms if t is not None and t.start.earliest and t.start.earliest > term.end.latest]
        assert later
        if all(t is None or t.end.latest is None or t.end.latest <= term.end.latest or t in later for t in view.terms):
            assert on(view, Keep(ROWS, TERM, "overlaps", (next_day,))).rows == ()


def test_hand_made_relations_are_as_described() -> None:
    assert len(HEADS.rows) == 6
    assert len(LIGHTS.rows) == 5
