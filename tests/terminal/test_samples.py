"""Sample questions surely work, whatever the documents."""

from pathlib import Path

import pytest
from conftest import CORPORA, BotOf

from chatbot import Chatbot
from chatbot.terminal.samples import samples


@pytest.mark.parametrize("name", CORPORA)
def test_five_samples_are_answered_as_facts_with_citations(bot_of: BotOf, name: str) -> None:
    bot = bot_of(name)
    found = samples(bot, 5)
    assert len(set(found)) == 5
    for question in found:
        answer = bot.ask(question)
        assert answer.kind == "fact", question
        assert answer.citations, question


def test_they_are_remembered_in_the_cache(elmsford: Chatbot, tmp_path: Path) -> None:
    found = samples(elmsford, 5, tmp_path)
    kept = list(tmp_path.glob("samples-*.json"))
    assert len(kept) == 1
    assert samples(elmsford, 5, tmp_path) == found
