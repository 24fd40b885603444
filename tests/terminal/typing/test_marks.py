"""Marks on the line being typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.document import Document

from chatbot import Chatbot
from chatbot.language.names import NameIndex
from chatbot.terminal.typing.marks import MarkingLexer, spans

TODAY = date(2024, 7, 1)


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("who led DPO in 2005?", [("DPO", "name"), ("2005", "date")]),
        ("how long did guéhenno serve", [("guéhenno", "name")]),
        ("was Kofi Annan there on 1 March 1993", [("Kofi Annan", "name"), ("1 March 1993", "date")]),
        ("who is it", []),
        ("/help", [("/help", "command")]),
        ("/HELP me", [("/HELP", "command")]),
        ("/frobnicate DPO", []),
        ("", []),
    ],
)
def test_what_is_marked(department: Chatbot, line: str, marked: list[tuple[str, str]]) -> None:
    found = spans(line, department.names, TODAY)
    assert sorted(
        (line[start:end].removeprefix("in ").removeprefix("on "), kind) for start, end, kind in found
    ) == sorted(marked)


@given(st.text("aA1/ é2005-\x1b\n", max_size=40))
def test_marks_change_no_character(text: str) -> None:
    names = NameIndex([("a", "person", ("Aa é",))])
    document = Document(text)
    lexed = MarkingLexer(names, TODAY).lex_document(document)
    for number, line in enumerate(document.lines):
        assert "".join(fragment[1] for fragment in lexed(number)) == line
