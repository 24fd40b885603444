"""Among many relations only those that share the question's words are looked at, and the answer is still found."""

import pytest

from chatbot import Chatbot
from chatbot.knowledge.shortlist import FEW

TOWNS = [
    f"{first}{last}"
    for first in ("Alder", "Brack", "Cold", "Dun", "Elm", "Fern")
    for last in ("ford", "ham", "ley", "mouth", "stead", "wick")
]


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    """A folder of thirty-six towns, each with a list of mayors of its own."""
    folder = tmp_path_factory.mktemp("towns")
    for number, town in enumerate(TOWNS):
        text = (
            f"# {town}\n\n{town} is a town.\n\n## Mayors of {town}\n\n| Mayor | From | To |\n|---|---|---|\n"
            f"| Ada Stone{town.lower()} | {1900 + number} | {1920 + number} |\n| Bo Reed{town.lower()} | {1920 + number} | {1950 + number} |\n"
        )
        (folder / f"{town.lower()}.md").write_text(text, encoding="utf-8")
    assert len(TOWNS) > FEW
    return Chatbot.open(folder, cache=tmp_path_factory.mktemp("cache"))


@pytest.mark.parametrize("number", range(len(TOWNS)), ids=TOWNS)
def test_each_of_many_lists_answers_for_itself(bot: Chatbot, number: int) -> None:
    town = TOWNS[number]
    answer = bot.ask(f"who was the mayor of {town} in {1910 + number}?")
    assert [value.text for value in answer.value] == [f"Ada Stone{town.lower()}"]


def test_a_town_that_none_lists_stays_unknown(bot: Chatbot) -> None:
    assert bot.ask("who was the mayor of Grimsby in 1937?").kind == "unknown"
