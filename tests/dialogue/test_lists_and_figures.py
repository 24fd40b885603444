"""What follows a list or two figures: narrowing, choosing, subtracting. Every answer stays cited."""

import pytest
from conftest import BotOf

from chatbot import Answer, Chatbot, Conversation


def talk(bot: Chatbot, *turns: str) -> Answer:
    conversation = Conversation()
    for turn in turns[:-1]:
        conversation = conversation.after(bot.ask(turn, conversation))
    return bot.ask(turns[-1], conversation)


HEADS = "list the heads of the department"
NARROWED: dict[str, tuple[str, list[str], list[str]]] = {
    "a property denied": ("shipped", [HEADS, "just the ones who are not from France"], ["Marrack Goulding", "Kofi Annan"]),
    "a date": (
        "shipped",
        ["which notable people were born after 1948?", "only those born after 1950"],
        ["Jonathan Conricus", "Edmond Mulet"],
    ),
    "the best of three": ("shipped", ["which of Annan, Miyet and Guéhenno served longest?"], ["Jean-Marie Guéhenno"]),
    "the best by a figure": ("shipped", ["which of France, China and Japan pays most?"], ["China"]),
    "the biggest of a list": (
        "orchestra",
        ["which concerts does Petra Lindqvale conduct in 2025-26?", "which of them had the biggest audience?"],
        ["Carols for the City"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("corpus", "turns", "value"), NARROWED.values(), ids=NARROWED)
def test_a_list_is_narrowed(bot_of: BotOf, corpus: str, turns: list[str], value: list[str]) -> None:
    answer = talk(bot_of(corpus), *turns)
    assert [each.text for each in answer.value] == value
    assert answer.citations
    for citation in answer.citations:
        for start, end in citation.supports:
            assert 0 <= start < end <= len(answer.text)


def test_each_name_chosen_by_its_row_is_cited_with_what_tells(department: Chatbot) -> None:
    answer = department.ask("which of Goulding, Annan and Miyet are from France?")
    assert answer.text == "Bernard Miyet."
    assert [citation.quote for citation in answer.citations] == ["Bernard Miyet", "France"]
    assert answer.plan


def test_none_of_a_list_is_said_so_only_where_rows_tell(department: Chatbot) -> None:
    assert department.ask("which of Goulding, Annan and Miyet are from Peru?").kind == "unknown"


@pytest.mark.parametrize("asked", ["what is the difference?", "by how much?", "how many more is that?"])
def test_two_figures_told_are_subtracted(bot_of: BotOf, asked: str) -> None:
    answer = talk(bot_of("choir"), "how many altos are there?", "how many basses are there?", asked)
    before = [
        talk(bot_of("choir"), question) for question in ("how many altos are there?", "how many basses are there?")
    ]
    numbers = [each.value[0].number for each in before]
    if not all(number is not None for number in numbers):
        pytest.skip("the choir's voices are no figures here")
    assert answer.value[0].number == abs(numbers[0] - numbers[1])  # type: ignore[operator]
    assert len(answer.citations) >= 2


def test_figures_of_different_units_are_not_subtracted(department: Chatbot) -> None:
    answer = talk(department, "how much does China pay?", "how many missions in March 2020?", "what is the difference?")
    assert answer.kind == "unknown"


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["who led DPO in 2005?", "until when?"], "when did Jean-Marie Guéhenno leave office"),
        (["who led DPO in 2005?", "since when?"], "when did Jean-Marie Guéhenno take office"),
        (["who led DPO in 2005?", "who took over?"], "who came after Jean-Marie Guéhenno"),
        (["who led DPO in 1995?", "and ten years later?"], "who led DPO in 2005"),
    ],
    ids=lambda value: value[-1] if isinstance(value, list) else "",
)
def test_short_follow_ups_of_terms(department: Chatbot, turns: list[str], expected: str) -> None:
    answer = talk(department, *turns)
    assert (answer.kind, answer.question) == ("fact", expected)


COMPARED = {
    "more": ("which one is bigger?", "16"),
    "less": ("and which was lower?", "13"),
    "when": ("when was it higher?", "16"),
}


@pytest.mark.parametrize(("asked", "figure"), COMPARED.values(), ids=COMPARED)
def test_two_figures_told_are_compared(department: Chatbot, asked: str, figure: str) -> None:
    answer = talk(department, "how many missions in 2010?", "and in March 2020?", asked)
    assert answer.text.startswith(f"{figure} ")
    assert [value.text for value in answer.value] == [figure]
    supported = {answer.text[start:end] for citation in answer.citations for start, end in citation.supports}
    assert {"16", "As of 2010", "13", "As of March 2020"} <= supported


def test_a_comparison_can_be_turned_around_and_subtracted(department: Chatbot) -> None:
    turns = ["how many missions in 2010?", "and in March 2020?", "which one is bigger?"]
    assert talk(department, *turns, "which one is smaller?").value[0].text == "13"
    assert talk(department, *turns, "what is the difference?").value[0].text == "3"


def test_figures_of_different_things_are_not_compared(department: Chatbot) -> None:
    answer = talk(department, "how many missions in 2010?", "how many personnel in 2010?", "which one is bigger?")
    assert answer.kind == "unknown"
