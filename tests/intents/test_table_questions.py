"""Questions about tables of a tiny club: what no shipped corpus has columns for."""

import pytest
from conftest import TODAY

from chatbot import Chatbot

PLAYERS = """# Players of the Larkhill club

| Player | Nat. | Title | Rating | Age | Joined | Car |
|---|---|---|---|---|---|---|
| Ada Brook | Austria | IM | 2411 | 34 | 2009 | yes |
| Bo Carver | Wales | FM | 2275 | 29 | 2011 | no |
| Cy Dunmore | China | CM | 1876 | 12 | 2022 | no |
| Di Eastley | Wales | FM | 1876 | 61 | 1996 | yes |

## Guests

| Guest | Room | Price (€) |
|---|---|---|
| Ewa Falk | 3 | 120 |
| Finn Gale | 4 | 90 |

## Gull winners

| Year | Film | Director | Runner-up |
|---|---|---|---|
| 2021 | Glass Harbour | Lena Voigt | Henrik Aalto |
| 2022 | Quiet Engines | Henrik Aalto | Lena Voigt |
| 2023 | Paper Moths | Henrik Aalto | Tomas Brandl |

In 2024 the money came from Austria (41%), Wales (35%) and China (24%).

The harvest was 3,900 hl in 2003, 2,650 hl in 2017 and 3,495 hl in 2024.
"""


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    folder = tmp_path_factory.mktemp("club")
    (folder / "players.md").write_text(PLAYERS, encoding="utf-8")
    return Chatbot.open(folder, today=TODAY, cache=tmp_path_factory.mktemp("cache"))


def values(club: Chatbot, question: str) -> list[str]:
    return [value.text for value in club.ask(question).value]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who is the oldest player?", ["Di Eastley"]),
        ("youngest player?", ["Cy Dunmore"]),
        ("Who is older, Ada Brook or Bo Carver?", ["Ada Brook"]),
        ("Who is younger, Ada Brook or Bo Carver?", ["Bo Carver"]),
        ("who is rated second", ["Bo Carver"]),
        ("Who has the lowest rating?", ["Cy Dunmore", "Di Eastley"]),
        ("Who has a car?", ["Ada Brook", "Di Eastley"]),
        ("which players have no car", ["Bo Carver", "Cy Dunmore"]),
        ("What title does Ada Brook hold?", ["IM"]),
        ("which players are not from Wales", ["Ada Brook", "Cy Dunmore"]),
        ("How many players are rated at least 2275?", ["2"]),
        ("what share did the Austrians pay", ["41%"]),
        ("Did the Chinese pay more than the Austrians?", ["no"]),
        ("Was the harvest in 2024 larger than in 2017?", ["yes"]),
        ("how many times has Henrik Aalto won the Gull", ["2"]),
        ("Which film won the Gull in 2021?", ["Glass Harbour"]),
        ("who was runner-up in 2023", ["Tomas Brandl"]),
        ("how large was the harvest in 2017", ["2,650 hl"]),
    ],
)
def test_table_is_asked_in_many_ways(club: Chatbot, question: str, expected: list[str]) -> None:
    assert sorted(values(club, question)) == sorted(expected)


@pytest.mark.parametrize(
    "question",
    [
        "Who is the oldest guest?",
        "youngest trainer?",
        "Who is older, Ada Brook or Magnus Carlsen?",
        "who is rated ninth",
        "Who has a boat?",
        "which players have no boat",
        "which players are not from",
        "what share did the Brazilians pay",
        "Did the Chinese pay more than the Finns?",
        "Was the harvest in 2024 larger than in 1999?",
        "how large was the frost in 2017",
        "how many times has Tomas Brandl won the Gull",
        "Which film won the Bear in 2021?",
        "who was runner-up in 2013",
        "Which players did Ada Brook beat?",
        "who joined the navy in 2009",
        "which player won the most matches",
    ],
)
def test_what_no_table_says_stays_unknown(club: Chatbot, question: str) -> None:
    assert club.ask(question).kind == "unknown"
