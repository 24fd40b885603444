"""Descriptions: which questions about people the prose beside their names answers."""

import pytest

from chatbot import Chatbot

PEOPLE = """\
---
title: Quay Board
subject: Quay Board
---

# Quay Board

- Founded: 1901
- Offices: Office of Ropes and Nets, Office of Charts, Training Office

## Notable people

- Ana Ruiz (1902–1980), Spanish chess player, first woman officer of the Harbour Police, chief of staff to the governor
- Bo Lind (born 1950), assistant secretary of the Board, spokesperson of the Navy, holder of 12 patents
- Eva Klein (1911–1990), painter and lawyer
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    folder = tmp_path_factory.mktemp("quay")
    (folder / "quay.md").write_text(PEOPLE, encoding="utf-8")
    return Chatbot.open(folder, cache=tmp_path_factory.mktemp("cache"))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Is Ana Ruiz a chess player?", "yes"),
        ("Was Ana Ruiz an officer of the Harbour Police?", "yes"),
        ("Is Eva Klein a lawyer?", "yes"),
        ("Who is the spokesperson of the Navy?", "Bo Lind"),
        ("Which office deals with nets?", "Office of Ropes and Nets"),
        ("Is the Office of Charts part of the Quay Board?", "yes"),
    ],
)
def test_what_one_clause_says_is_so(bot: Chatbot, question: str, value: str) -> None:
    assert [v.text for v in bot.ask(question).value] == [value]


@pytest.mark.parametrize(
    "question",
    [
        "Is Ana Ruiz a police player?",
        "Is Ana Ruiz the governor?",
        "Is Bo Lind the secretary of the Board?",
        "Was Ana Ruiz a Harbour Police woman officer?",
        "Who is the spokesperson of the Quay Board?",
        "Which office deals with pensions?",
        "In which city was Eva Klein a lawyer?",
        "How many patents did Eva Klein hold?",
    ],
)
def test_what_its_words_merely_touch_is_no_fact(bot: Chatbot, question: str) -> None:
    assert bot.ask(question).kind != "fact"


def test_the_number_of_a_description_is_told_with_it(bot: Chatbot) -> None:
    assert "12 patents" in bot.ask("How many patents did Bo Lind hold?").text
