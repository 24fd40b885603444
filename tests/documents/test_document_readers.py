"""What each reader makes of small documents: one YAML file of cases a format, each case its own test."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from chatbot.documents.loading import load
from chatbot.documents.model import Block, Document, KeyValues, ListBlock, Paragraph, Table, Text

CASES = Path(__file__).parent / "cases"
SUFFIXES = {
    "markdown": ".md",
    "html": ".html",
    "mediawiki": ".wiki",
    "encyclopedia_export": ".txt",
    "plain": ".txt",
    "jsonlines": ".jsonl",
}


def cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            case.setdefault("suffix", SUFFIXES.get(path.stem))
            found.append(pytest.param(case, id=f"{path.stem}: {case['id']}"))
    return found


def document_of(case: dict[str, Any], folder: Path) -> Document:
    path = folder / (case.get("name", "case") + case["suffix"])
    path.write_bytes(case["source"].encode())
    (document,) = load([path]).documents
    return document


def as_data(block: Block) -> dict[str, Any]:
    """A block as the cases write it; what is empty is left out."""

    def rows(found: tuple[tuple[Text | None, ...], ...]) -> list[list[str | None]]:
        return [[cell and cell.text for cell in row] for row in found]

    match block:
        case Paragraph():
            data: dict[str, Any] = {"paragraph": block.text.text}
        case ListBlock():
            data = {"list": [item.text for item in block.items], "depths": list(block.depths)}
        case KeyValues():
            data = {"pairs": [[key.text, value.text] for key, value in block.pairs]}
            data["origin"] = "" if block.origin == "body" else block.origin
        case Table():
            data = {"header": rows(block.header), "rows": rows(block.rows)}
            data["caption"] = block.caption and block.caption.text
    data["section"] = list(block.section)
    return {key: value for key, value in data.items() if value}


def texts_of(block: Block) -> list[Text]:
    match block:
        case Paragraph():
            return [block.text]
        case ListBlock():
            return list(block.items)
        case KeyValues():
            return [text for pair in block.pairs for text in pair]
        case Table():
            cells = [cell for row in (*block.header, *block.rows) for cell in row if cell]
            return [*cells, block.caption] if block.caption else cells


def has_in_order(written: str, word: str) -> bool:
    characters = iter(written)
    return all(character in characters for character in word)


@pytest.mark.parametrize("case", cases())
def test_blocks_are_as_the_case_says(case: dict[str, Any], tmp_path: Path) -> None:
    document = document_of(case, tmp_path)
    assert [as_data(block) for block in document.blocks] == case["blocks"]
    assert document.title == case["title"]
    assert (document.subject, document.as_of) == (case.get("subject", ""), case.get("as_of", ""))


@pytest.mark.parametrize("case", cases())
def test_every_word_stands_in_the_source_where_its_map_says(case: dict[str, Any], tmp_path: Path) -> None:
    document = document_of(case, tmp_path)
    assert document.source == case["source"]
    titles = [document.title_text] if document.title_text else []
    for text in (*titles, *(text for block in document.blocks for text in texts_of(block))):
        for word in re.finditer(r"[^\W_]+", text.text):
            start, end = text.source_span(*word.span())
            written = document.source[start:end]
            if case["suffix"] == ".jsonl":
                written = json.loads(f'"{written}"')
            # Markup may stand inside a word, and a one-digit month is shown with a zero.
            shown = word.group().lstrip("0") or "0"
            assert has_in_order(unescape(written), shown), (word.group(), written)


def test_every_case_has_an_id_of_its_own() -> None:
    ids = [case.id for case in cases()]
    assert len(ids) == len(set(ids))
