"""Prose of the invented domains, asked in other words; and what it does not tell."""

from pathlib import Path

import pytest
import yaml
from conftest import BotOf

FILE = Path(__file__).with_name("domain_passages.yaml")
DOMAINS = yaml.safe_load(FILE.read_text(encoding="utf-8"))
ANSWERED = [(name, asked, said) for name, each in DOMAINS.items() for asked, said in each["answered"].items()]
UNANSWERED = [(name, asked) for name, each in DOMAINS.items() for asked in each["unanswered"]]


@pytest.mark.parametrize(("domain", "question", "said"), ANSWERED)
def test_prose_answers(domain: str, question: str, said: str, bot_of: BotOf) -> None:
    answer = bot_of(domain).ask(question)
    assert answer.kind == "passage"
    assert said in answer.text


@pytest.mark.parametrize(("domain", "question"), UNANSWERED)
def test_what_prose_does_not_say_is_not_answered(domain: str, question: str, bot_of: BotOf) -> None:
    answer = bot_of(domain).ask(question)
    assert answer.kind == "unknown", answer.text
