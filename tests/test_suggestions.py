"""Suggestions are never a dead end: every one that the development questions produce is asked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import CORPORA, ROOT, BotOf

from chatbot import Conversation

FILES = {
    name: sorted((ROOT / "tests" / "questions").glob("dpo_dev*.yaml")) if name == "shipped" else [docs.with_name("questions.yaml")]
    for name, docs in CORPORA.items()
}  # fmt: skip


def conversations(files: list[Path]) -> Iterator[list[str]]:
    for path in files:
        groups: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
        for item in (item for group in groups for item in group["items"]):
            yield [turn["ask"] for turn in item.get("turns", [item])]


@pytest.mark.parametrize("corpus", CORPORA)
def test_every_suggestion_is_answered(bot_of: BotOf, corpus: str) -> None:
    bot, tried, dead = bot_of(corpus), set[str](), list[str]()
    for turns in conversations(FILES[corpus]):
        conversation = Conversation()
        for turn in turns:
            answer = bot.ask(turn, conversation)
            conversation = conversation.after(answer)
            if answer.kind == "clarification":
                continue  # its suggestions are options, not questions
            new = [suggestion for suggestion in answer.suggestions if suggestion not in tried]
            tried.update(new)
            for suggestion in new:
                if bot.ask(suggestion, conversation).kind not in ("fact", "passage", "clarification"):
                    dead.append(f"{turn!r} suggests {suggestion!r}")
    assert tried
    assert not dead
