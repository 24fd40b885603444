"""Wording: sentences filled from cells, and the citations of every cell that speaks in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.intents.wording import MOST_QUOTED, Source, Worded, citations, fill, joined, plain, sentence_case
from chatbot.knowledge.relation import Cell, Column, Relation

TEXT = "| Ana Ruiz | 1 May 1990 | 3 June 1992 |\n| Bo Lind | 3 June 1992 | Incumbent |\n" + "." * 900 + " far away"


def cell(text: str, after: int = 0) -> Cell:
    start = TEXT.index(text, after)
    return Cell(text, start, start + len(text), text)


ROWS = (
    (cell("Ana Ruiz"), cell("1 May 1990"), cell("3 June 1992")),
    (cell("Bo Lind"), cell("3 June 1992", 40), cell("far away")),
)
HEADS = Relation(
    "heads#1",
    "table",
    "heads.md",
    "Heads",
    ("List",),
    tuple(Column(h, "text") for h in ("Head", "From", "To")),
    ROWS,
)
SOURCES = {"heads.md": TEXT}


def said(row: int, column: int) -> Worded:
    own = ROWS[row][column]
    return plain(own.text, Source(HEADS, row, own))


def test_filling_a_wording() -> None:
    worded = fill("{holder}, since {start}.", {"holder": said(0, 0), "start": said(0, 1)})
    assert worded.text == "Ana Ruiz, since 1 May 1990."
    assert [piece.text for piece in worded.pieces if piece.sources] == ["Ana Ruiz", "1 May 1990"]


def test_a_placeholder_without_a_field_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        fill("{holder}", {})


@pytest.mark.parametrize(
    ("items", "expected"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
    ids=len,
)
def test_joining(items: list[str], expected: str) -> None:
    assert joined([plain(item) for item in items]).text == expected


def test_the_first_letter_is_made_a_capital_but_never_that_of_a_cell() -> None:
    assert sentence_case(plain("yes: ") + said(0, 0)).text == "Yes: Ana Ruiz"
    quoted = plain("de Vries", Source(HEADS, 0, ROWS[0][0]))
    assert sentence_case(quoted).text == "de Vries"
    assert sentence_case(Worded(())).text == ""


def test_a_citation_quotes_the_cells_of_a_row_and_backs_their_words() -> None:
    worded = said(0, 0) + plain(" until ") + said(0, 2) + plain(".")
    (citation,) = citations(worded, SOURCES)
    assert citation.quote == "Ana Ruiz | 1 May 1990 | 3 June 1992"
    assert TEXT[citation.start : citation.end] == citation.quote
    assert (citation.id, citation.document, citation.title, citation.section) == (
        "c1",
        "heads.md",
        "Heads",
        ("List",),
    )
    assert [worded.text[a:b] for a, b in citation.supports] == ["Ana Ruiz", "3 June 1992"]


def test_each_row_has_a_citation_of_its_own_in_the_order_of_the_text() -> None:
    found = citations(said(1, 0) + plain(" and ") + said(0, 0), SOURCES)
    assert [(citation.id, citation.quote) for citation in found] == [("c1", "Bo Lind"), ("c2", "Ana Ruiz")]


def test_cells_far_apart_are_quoted_one_by_one() -> None:
    found = citations(said(1, 0) + plain(" ") + said(1, 2), SOURCES)
    assert [citation.quote for citation in found] == ["Bo Lind", "far away"]
    assert all(len(citation.quote) <= MOST_QUOTED for citation in found)


def test_cells_that_no_words_show_back_the_whole_text() -> None:
    worded = plain("There were 2.")
    (citation, other) = citations(worded, SOURCES, [Source(HEADS, row, ROWS[row][0]) for row in (0, 1)])
    assert citation.supports == other.supports == ((0, len(worded.text)),)


def test_words_without_cells_are_not_cited() -> None:
    assert citations(plain("No one knows."), SOURCES) == ()


PIECES = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 2)) | st.text("abc ,.", min_size=1, max_size=5), max_size=8
)


@given(PIECES)
def test_every_cell_said_stands_in_a_quote_that_backs_it(pieces: list[tuple[int, int] | str]) -> None:
    worded = Worded(())
    for piece in pieces:
        worded += plain(piece) if isinstance(piece, str) else said(*piece)
    found = citations(worded, SOURCES)
    assert len({citation.id for citation in found}) == len(found)
    at = 0
    for each in worded.pieces:
        span = (at, at + len(each.text))
        at = span[1]
        if each.sources:
            backing = [citation for citation in found if span in citation.supports]
            assert any(each.text in citation.quote for citation in backing)
    for citation in found:
        assert SOURCES["heads.md"][citation.start : citation.end] == citation.quote
        assert citation.supports == tuple(sorted(set(citation.supports)))
