"""The likeliest sentence of a large collection, and how sure of it the bot is."""

import json

import pytest

from chatbot import Chatbot
from chatbot.reading.likelihood import FEW_PASSAGES


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    """Many towns alike, and among them a few passages with something to ask about."""
    folder = tmp_path_factory.mktemp("towns")
    records = [
        {
            "title": f"Town {n}",
            "text": f"Town {n} has a market on {n % 28 + 1} May. Its mill was burnt and built again.",
        }
        for n in range(FEW_PASSAGES + 50)
    ]
    records += [
        {"title": "Ravensholm", "text": "The observatory of Ravensholm was opened in 1764. It was paid for by Ada Roe, a brewer."},
        {"title": "Selm quarry", "text": "Slate was carried to the port by a wagonway. The quarry closed because the slate had run out."},
    ]  # fmt: skip
    path = folder / "towns.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return Chatbot.open(path, cache=tmp_path_factory.mktemp("cache"))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("When was the observatory of Ravensholm opened?", "1764"),
        ("Who paid for the observatory?", "Ada Roe"),
        ("Why did the quarry of Selm close?", "the slate had run out"),
    ],
)
def test_the_sentence_and_the_span_are_given(bot: Chatbot, question: str, value: str) -> None:
    answer = bot.ask(question)
    assert answer.kind == "passage"
    assert value in answer.text
    assert answer.value[0].text in answer.text
    assert value in answer.value[0].text or answer.value[0].text in value
    start, end = answer.highlights[0]
    assert answer.text[start:end] == answer.value[0].text


@pytest.mark.parametrize(
    "question",
    ["Who designed the cathedral of Grimsby?", "When did the volcano last erupt?", "Why are flamingos pink?"],
)
def test_what_no_passage_speaks_of_stays_unknown(bot: Chatbot, question: str) -> None:
    assert bot.ask(question).kind == "unknown"


def test_a_sentence_that_leans_on_another_comes_with_it(bot: Chatbot) -> None:
    assert "observatory" in bot.ask("Who paid for the observatory?").text
