"""Lines of plain members are read by a pattern, all others by a decoder: with the same result."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.documents import jsonlines
from chatbot.documents.model import Paragraph

CHARACTERS = st.characters(exclude_categories=("Cs",)) | st.sampled_from(
    '\\"/\n\r\t\u2028\u2029\x85\ufeff[1] \U0001f600'
)
TEXTS = st.text(CHARACTERS, max_size=40)
RECORDS = st.fixed_dictionaries(
    {"text": TEXTS},
    optional={"title": TEXTS, "subject": TEXTS, "date": TEXTS, "id": st.integers() | st.none() | st.floats(0, 9)},
)


def written(record: dict[str, object], ascii_only: bool, spaced: bool) -> str:
    return json.dumps(record, ensure_ascii=ascii_only, separators=(" , ", " : ") if spaced else (",", ":"))


@given(RECORDS, st.booleans(), st.booleans())
def test_pattern_and_decoder_agree(record: dict[str, object], ascii_only: bool, spaced: bool) -> None:
    line = written(record, ascii_only, spaced)
    nested = line[:-1] + ', "nested": []}'
    assert list(jsonlines.read(line + "\n")) == list(jsonlines.read(nested + "\n"))


@given(TEXTS, st.booleans())
def test_every_character_stands_where_it_was_written(text: str, ascii_only: bool) -> None:
    source = "\n" + written({"title": "T", "text": f"So it was, {text}."}, ascii_only, False)
    (record,) = jsonlines.read(source)
    assert record.draft is not None
    for block in record.draft.blocks:
        if isinstance(block, Paragraph):
            for position, character in enumerate(block.text.text):
                start, end = block.text.source_span(position, position + 1)
                read = json.loads(f'"{source[start:end]}"')
                assert read == character or (read.isspace() and character == " ")


WRONG = {
    "control character": '{"text": "a\tb"}',
    "no comma": '{"text": "a" "title": "b"}',
    "comma at the end": '{"text": "a",}',
    "something behind": '{"text": "a"} x',
    "number with a leading zero": '{"n": 01, "text": "a"}',
    "unfinished escape": '{"text": "a\\u12"}',
    "unknown escape": '{"text": "a\\x"}',
    "list": '["text"]',
}


@pytest.mark.parametrize("line", WRONG.values(), ids=WRONG)
def test_what_is_no_json_is_a_problem_of_its_line(line: str) -> None:
    before, wrong, after = jsonlines.read(f'{{"text": "One."}}\n{line}\n{{"text": "Two."}}')
    assert (before.line, wrong.line, after.line) == (1, 2, 3)
    assert before.draft
    assert after.draft
    assert not wrong.draft
    assert wrong.problem


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (r'{"text": "a\ud83d\ude00b"}', "a\U0001f600b"),
        (r'{"text": "a\ud83db"}', "a\ufffdb"),
        ('{"text": "first", "text": "last"}', "last"),
        ('{"n": NaN, "text": "a"}', "a"),
        ('{"n": {"text": "inner"}, "text": "outer"}', "outer"),
    ],
    ids=["pair of surrogates", "lone surrogate", "twice the same member", "no number", "nested member"],
)
def test_odd_lines_are_read(line: str, text: str) -> None:
    (record,) = jsonlines.read(line)
    assert record.draft is not None
    (block,) = record.draft.blocks
    assert isinstance(block, Paragraph)
    assert block.text.text == text
