"""Batches: one line out for each line in, whatever the line holds."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot import Chatbot
from chatbot.terminal.batch import replies

TOWN = Path(__file__).parents[1] / "domains" / "elmsford" / "docs"
TODAY = date(2024, 7, 1)


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    return Chatbot.open(TOWN, today=TODAY, cache=tmp_path_factory.mktemp("cache"))


def run(bot: Chatbot, *lines: bytes | dict[str, Any]) -> list[dict[str, Any]]:
    encoded = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    out = list(replies(encoded, bot, TODAY))
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in out)
    return [json.loads(line) for line in out]


def test_replies_come_in_the_order_of_the_questions(bot: Chatbot) -> None:
    first, second = run(bot, {"id": "a", "ask": "who was mayor in 1930"}, {"id": "b", "ask": "who was mayor in 1955"})
    assert (first["id"], second["id"]) == ("a", "b")
    assert "Llewellyn-Cole" in first["answer"]["text"]
    assert "Arthur Quennell" in second["answer"]["text"]


def test_lines_of_one_conversation_are_its_turns_and_others_do_not_mix(bot: Chatbot) -> None:
    asked = [
        ("c1", "who was mayor in 1930?"),
        ("c2", "who took office after Arthur Quennell?"),
        ("c1", "and in 1955?"),
        ("c2", "who came after him?"),
    ]
    out = run(bot, *({"id": number, "ask": ask, "conversation": c} for number, (c, ask) in enumerate(asked)))
    texts = [line["answer"]["text"] for line in out]
    for text, name in zip(texts, ["Llewellyn-Cole", "Dálaigh", "Quennell", "Sørensen"], strict=True):
        assert name in text


@pytest.mark.parametrize("identity", ["1", 7, None, ["a"], {"n": 1}, 2.5, 2**70], ids=repr)
def test_the_id_comes_back_as_it_was(bot: Chatbot, identity: object) -> None:
    (line,) = run(bot, {"id": identity, "ask": "who was mayor in 1930"})
    assert line["id"] == identity


def test_a_question_without_id_is_answered(bot: Chatbot) -> None:
    (line,) = run(bot, {"ask": "who was mayor in 1930"})
    assert line["id"] is None
    assert line["answer"]["kind"] == "fact"


MALFORMED: dict[str, tuple[bytes, object, str]] = {
    "not JSON": (b"who was mayor?", None, "not valid JSON"),
    "cut off": (b'{"id": "1", "ask": "who', None, "not valid JSON"),
    "empty line": (b"\n", None, "not valid JSON"),
    "not an object": (b'["who"]', None, "expected an object"),
    "null": (b"null", None, "expected an object"),
    "ask missing": (b'{"id": "1"}', "1", "`ask` is missing"),
    "ask empty": (b'{"id": "1", "ask": "  "}', "1", "`ask` must be"),
    "ask a number": (b'{"id": "1", "ask": 5}', "1", "`ask` must be"),
    "ask null": (b'{"id": "1", "ask": null}', "1", "`ask` must be"),
    "conversation a list": (b'{"id": "1", "ask": "who?", "conversation": []}', "1", "`conversation` must be"),
    "conversation true": (b'{"id": "1", "ask": "who?", "conversation": true}', "1", "`conversation` must be"),
    "not UTF-8": (b'{"id": "1", "ask": "\xff"}', None, "not valid UTF-8"),
    "half a surrogate pair": (b'{"id": "1", "ask": "\\ud800"}', None, "not valid JSON"),
    "nested too deep": (b"[" * 100_000, None, "not valid JSON"),
}


@pytest.mark.parametrize(("line", "identity", "problem"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_line_is_named_in_its_place_and_the_run_goes_on(
    bot: Chatbot, line: bytes, identity: object, problem: str
) -> None:
    good = {"id": "good", "ask": "who was mayor in 1930"}
    before, bad, after = run(bot, good, line, good)
    assert bad["id"] == identity
    assert problem in bad["error"]
    assert "answer" not in bad
    assert before["answer"]["text"] == after["answer"]["text"]


def test_a_byte_order_mark_at_the_start_is_no_fault(bot: Chatbot) -> None:
    (line,) = run(bot, b'\xef\xbb\xbf{"id": "1", "ask": "who was mayor in 1930"}')
    assert "answer" in line


@given(lines=st.lists(st.binary(max_size=20).filter(lambda line: b"\n" not in line), max_size=5))
def test_every_line_in_gives_one_line_out(bot: Chatbot, lines: list[bytes]) -> None:
    assert len(run(bot, *lines)) == len(lines)
