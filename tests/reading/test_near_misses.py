"""Questions close to what the shipped documents tell, none of which they answer."""

from pathlib import Path

import pytest
import yaml

from chatbot import Chatbot

QUESTIONS = Path(__file__).parents[1] / "questions"
NEAR = yaml.safe_load((QUESTIONS / "dpo_near_misses.yaml").read_text(encoding="utf-8"))
GROUPS = yaml.safe_load((QUESTIONS / "dpo_passages_dev.yaml").read_text(encoding="utf-8"))
ASKED = [item["ask"] for item in NEAR + next(g["items"] for g in GROUPS if g["cat"] == "near_misses")]


@pytest.mark.parametrize("question", ASKED)
def test_what_the_documents_do_not_say_is_not_answered(question: str, department: Chatbot) -> None:
    answer = department.ask(question)
    assert answer.kind == "unknown", answer.text
