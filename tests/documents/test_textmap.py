"""Clean text and its map back to the source."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.documents.model import Paragraph, Text
from chatbot.documents.textmap import (
    Piece,
    assembled,
    block_through,
    joined,
    moved,
    pieces_of,
    text_at,
    text_of,
    through,
    verbatim,
)

ODD_SPACE = st.sampled_from([" ", "\n", "\r\n", "\t", "\u00a0", "\u2009", "\u3000", "\x85", "  "])
WORD = st.text(st.characters(categories=("L", "N", "M", "S", "Pd")), min_size=1, max_size=8)
PROSE = st.lists(st.tuples(WORD, ODD_SPACE), max_size=12).map(lambda pairs: "".join(a + b for a, b in pairs))
#: Pieces that cover a source from left to right: verbatim, or an escape written longer than it reads.
ESCAPED = st.lists(st.tuples(st.sampled_from(["a", "é", " ", "word", "&"]), st.booleans()), max_size=15)


def with_escapes(parts: list[tuple[str, bool]]) -> tuple[str, list[Piece]]:
    source, pieces = "", []
    for text, is_escape in parts:
        written = f"<{text}>" if is_escape else text
        pieces.append(Piece(text, len(source), len(source) + len(written)))
        source += written
    return source, pieces


@given(PROSE)
def test_folding_never_loses_a_word(source: str) -> None:
    text = text_at(source, 0, len(source))
    assert (text.text.split(" ") if text else []) == source.split()


@given(PROSE)
def test_every_stretch_of_words_stands_where_the_map_says(source: str) -> None:
    text = text_at(source, 0, len(source))
    words = list(re.finditer(r"\S+", text.text)) if text else []
    for first in words:
        assert text is not None
        for last in words:
            if first.start() <= last.start():
                start, end = text.source_span(first.start(), last.end())
                assert source[start:end].split() == text.text[first.start() : last.end()].split(" ")


@given(ESCAPED)
def test_an_escape_is_covered_whole(parts: list[tuple[str, bool]]) -> None:
    source, pieces = with_escapes(parts)
    text = text_of(pieces)
    for word in re.finditer(r"\S+", text.text if text else ""):
        assert text is not None
        start, end = text.source_span(*word.span())
        written = source[start:end]
        assert written.replace("<", "").replace(">", "") == word.group()
        assert written.count("<") == written.count(">")


@given(ESCAPED, st.data())
def test_a_slice_keeps_the_map(parts: list[tuple[str, bool]], data: st.DataObject) -> None:
    _, pieces = with_escapes(parts)
    text = assembled(pieces)
    if text is None:
        return
    start = data.draw(st.integers(0, len(text.text) - 1))
    end = data.draw(st.integers(start + 1, len(text.text)))
    part = text.slice(start, end)
    assert part.text == text.text[start:end]
    assert (part.start, part.end) == text.source_span(start, end)
    for position in range(end - start):
        assert part.source_span(position, position + 1) == text.source_span(start + position, start + position + 1)


@given(ESCAPED)
def test_taking_a_text_apart_and_assembling_it_changes_nothing(parts: list[tuple[str, bool]]) -> None:
    _, pieces = with_escapes(parts)
    text = assembled(pieces)
    if text is not None:
        again = assembled(pieces_of(text))
        assert again is not None
        assert again.text == text.text
        for position in range(len(text.text)):
            assert again.source_span(position, position + 1) == text.source_span(position, position + 1)


@pytest.mark.parametrize(
    ("source", "clean"),
    [
        pytest.param("in 1968.[1] Then[12][13] on", "in 1968. Then on", id="numbers"),
        pytest.param("in 1968. [1]\n\t[12] Then", "in 1968. Then", id="numbers set apart"),
        pytest.param("[1] Then", "Then", id="number at the beginning"),
        pytest.param("in 1968[b] and [note 3] so[nb 1]", "in 1968 and so", id="letters and notes"),
        pytest.param("words[^2] and[citation needed] more", "words and more", id="footnotes"),
        pytest.param("an [a] of [1234] and [sic]", "an [a] of [1234] and [sic]", id="other brackets stay"),
        pytest.param("so\u00adft zero\u200bwidth\ufeff", "soft zerowidth", id="invisible characters"),
    ],
)
def test_marks_that_are_no_text_are_left_out(source: str, clean: str) -> None:
    text = text_at(source, 0, len(source))
    assert text is not None
    assert text.text == clean


@pytest.mark.parametrize("source", ["", " \n\t", "\u00ad\u200b", "[1][2]"])
def test_nothing_visible_is_no_text(source: str) -> None:
    assert text_at(source, 0, len(source)) is None


def test_texts_are_joined_with_what_stands_between_them() -> None:
    source = "alpha\n- beta\n- gamma"
    texts = [text for span in ((0, 5), (8, 12), (15, 20)) if (text := text_at(source, *span))]
    text = joined(texts, ", ")
    assert text is not None
    assert text.text == "alpha, beta, gamma"
    assert source[slice(*text.source_span(7, 18))] == "beta\n- gamma"


def test_a_block_moves_through_an_outer_text() -> None:
    source = "x &eacute;t&eacute; y"
    outer = text_of([verbatim(source, 0, 2), Piece("é", 2, 10), verbatim(source, 10, 11), Piece("é", 11, 19)])
    assert outer is not None
    block = block_through(Paragraph((), Text("été", ((0, 2),), 5)), outer)
    assert isinstance(block, Paragraph)
    assert source[slice(*block.text.source_span(0, 3))] == "&eacute;t&eacute;"


@given(ESCAPED, PROSE)
def test_a_text_through_another_is_its_pieces_moved(parts: list[tuple[str, bool]], prose: str) -> None:
    _, pieces = with_escapes([*parts, (prose, False)])
    outer = assembled(pieces)
    if outer is not None and (text := text_at(outer.text, 0, len(outer.text))) is not None:
        assert through(text, outer) == assembled(moved(pieces_of(text), outer))
