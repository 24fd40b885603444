"""Laws of every reader, held against generated documents and against noise."""

import json
from collections.abc import Callable, Iterator
from html import escape, unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.documents import anytext, delimited, export, html, jsonlines, markdown, mediawiki, plain
from chatbot.documents.model import Block, KeyValues, ListBlock, Paragraph, Table, Text
from chatbot.documents.outline import Draft

WORD = st.text(st.characters(categories=("L", "Nd", "Mn", "So")), min_size=1, max_size=7)
SPACE = st.sampled_from([" ", "\u00a0", "  ", "\u2009"])
PHRASE = st.builds(
    lambda first, rest: first + "".join(space + word for space, word in rest),
    WORD,
    st.lists(st.tuples(SPACE, WORD), max_size=5),
)
PHRASES = st.lists(PHRASE, min_size=1, max_size=4)
#: A document as (kind, phrases): a heading and the paragraph below it, a list, or a table of three columns.
PART = st.one_of(
    st.tuples(st.just("section"), PHRASES),
    st.tuples(st.just("list"), PHRASES),
    st.tuples(st.just("table"), st.lists(PHRASE, min_size=6, max_size=6)),
)
PARTS = st.lists(PART, min_size=1, max_size=5)
Parts = list[tuple[str, list[str]]]


def as_markdown(parts: Parts) -> str:
    def part(kind: str, phrases: list[str]) -> str:
        match kind:
            case "section":
                links = "\n".join(f"[{phrase}](u)" for phrase in phrases)
                return f"## {phrases[0]}\n\nSo **{phrases[0]}** and {links}"
            case "list":
                return "\n".join(f"- so {phrase}" for phrase in phrases)
        header, row = " | ".join(phrases[:3]), " | ".join(phrases[3:])
        return f"| h {header} |\n|---|---|---|\n| {row} |"

    return "\n\n".join(part(*each) for each in parts) + "\n"


def as_html(parts: Parts) -> str:
    def part(kind: str, phrases: list[str]) -> str:
        shown = [escape(phrase).replace("\u00a0", "&nbsp;").replace("é", "&eacute;") for phrase in phrases]
        match kind:
            case "section":
                return f"<h2>{shown[0]}</h2><p>" + "<br>".join(f"so <b>{each}</b>" for each in shown)
            case "list":
                return "<ul>" + "".join(f"<li>{each}" for each in shown) + "</ul>"
        header = "".join(f"<th>{each}</th>" for each in shown[:3])
        return f"<table><tr>{header}</tr><tr>" + "".join(f"<td>{each}</td>" for each in shown[3:]) + "</table>"

    return "<title>T</title>" + "\n".join(part(*each) for each in parts)


def as_wiki(parts: Parts) -> str:
    def part(kind: str, phrases: list[str]) -> str:
        match kind:
            case "section":
                links = "\n".join(f"'''{phrase}''' [[x|{phrase}]]<ref>note</ref>" for phrase in phrases)
                return f"== {phrases[0]} ==\nSo {links}"
            case "list":
                return "\n".join(f"* {phrase}" for phrase in phrases)
        return "{|\n! " + " !! ".join(phrases[:3]) + "\n|-\n| " + " || ".join(phrases[3:]) + "\n|}"

    return "\n\n".join(part(*each) for each in parts) + "\n"


def as_csv(parts: Parts) -> str:
    cells = [phrase for _, phrases in parts for phrase in phrases]
    rows = [[*cells[start : start + 3], "", ""][:3] for start in range(0, len(cells), 3)]
    return "A,B,C\n" + "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)


def as_jsonl(parts: Parts) -> str:
    return json.dumps({"title": "T", "text": as_plain(parts)}) + "\n"


def as_plain(parts: Parts) -> str:
    return "So it begins.\n\n" + "\n\n".join("\n".join(f"so {each}" for each in phrases) for _, phrases in parts)


def read_records(source: str) -> Draft:
    (record,) = jsonlines.read(source)
    assert record.draft is not None
    return record.draft


FORMATS = [
    pytest.param(as_markdown, markdown.read, str, id="markdown"),
    pytest.param(as_html, html.read, unescape, id="html"),
    pytest.param(as_wiki, mediawiki.read, str, id="mediawiki"),
    pytest.param(as_csv, delimited.read, str, id="csv"),
    pytest.param(as_jsonl, read_records, lambda raw: json.loads(f'"{raw}"'), id="jsonl"),
    pytest.param(as_plain, plain.read, str, id="plain"),
    pytest.param(as_plain, export.read, str, id="export"),
]


def texts_of(draft: Draft) -> Iterator[Text]:
    if draft.title is not None:
        yield draft.title
    for block in draft.blocks:
        yield from texts_in(block)


def texts_in(block: Block) -> Iterator[Text]:
    match block:
        case Paragraph():
            yield block.text
        case ListBlock():
            yield from block.items
        case KeyValues():
            yield from (text for pair in block.pairs for text in pair)
        case Table():
            yield from (cell for row in (*block.header, *block.rows) for cell in row if cell)
            if block.caption is not None:
                yield block.caption


def words_with_places(text: Text) -> Iterator[tuple[str, int, int]]:
    start = 0
    for word in text.text.split(" "):
        yield word, start, start + len(word)
        start += len(word) + 1


@pytest.mark.parametrize(("write", "read", "unescaped"), FORMATS)
@settings(max_examples=30)
@given(parts=PARTS)
def test_every_word_is_what_the_source_has_in_its_place(
    write: Callable[[Parts], str], read: Callable[[str], Draft], unescaped: Callable[[str], str], parts: Parts
) -> None:
    source = write(parts)
    for text in texts_of(read(source)):
        assert 0 <= text.start < text.end <= len(source)
        for word, start, end in words_with_places(text):
            first, after = text.source_span(start, end)
            assert unescaped(source[first:after]) == word


@pytest.mark.parametrize(("write", "read", "unescaped"), FORMATS)
@settings(max_examples=30)
@given(parts=PARTS)
def test_no_word_is_lost(
    write: Callable[[Parts], str], read: Callable[[str], Draft], unescaped: Callable[[str], str], parts: Parts
) -> None:
    draft = read(write(parts))
    found = {word for text in texts_of(draft) for word in text.text.split()}
    found |= {word for block in draft.blocks for heading in block.section for word in heading.split()}
    assert {word for _, phrases in parts for phrase in phrases for word in phrase.split()} <= found


@settings(max_examples=30)
@given(parts=PARTS)
def test_plain_text_stands_in_the_source_exactly(parts: Parts) -> None:
    source = as_plain(parts)
    for text in texts_of(plain.read(source)):
        start, end = text.source_span(0, len(text.text))
        assert source[start:end].split() == text.text.split(" ")


MARKS = r"""
= == # - * ; : | || |- {| |} ! !! {{ }} [[ ]] ''' '' " \ > ` ``` ~~ --- === 1. [1] [^1] [r]: /u
<table> <tr> <td> <th> </table> <td/rowspan=0> <ul> <li> </ul> <dl> <dt> <dd> <h1> </h1> <p> <br>
<script> </script> <!-- --> <title> <b> </b> <a/href=' &amp; &eacute &#0; &#xD800; <ref> </ref>
{"text": "title": } , ; \u00e9 \ud83d null
"""
NOISE = st.lists(
    st.one_of(
        st.sampled_from(MARKS.split()),
        st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\t", " ", "\0", "\u00a0", "\u2028", "\ufeff", "    "]),
        WORD,
    ),
    max_size=30,
).map("".join)


def read_all_records(source: str) -> Iterator[Draft]:
    return (record.draft for record in jsonlines.read(source) if record.draft)


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(lambda source: [markdown.read(source)], id="markdown"),
        pytest.param(lambda source: [html.read(source)], id="html"),
        pytest.param(lambda source: [mediawiki.read(source)], id="mediawiki"),
        pytest.param(lambda source: [delimited.read(source)], id="csv"),
        pytest.param(lambda source: [plain.read(source)], id="plain"),
        pytest.param(lambda source: [export.read(source)], id="export"),
        pytest.param(lambda source: [anytext.read(source)], id="any text"),
        pytest.param(read_all_records, id="jsonl"),
    ],
)
@settings(max_examples=60)
@given(source=NOISE)
def test_noise_never_fails_a_reader_and_never_leaves_the_source(
    read: Callable[[str], list[Draft]], source: str
) -> None:
    for draft in read(source):
        for text in texts_of(draft):
            assert text.text == " ".join(text.text.split()) != ""
            assert 0 <= text.start < text.end <= len(source)
            for word, start, end in words_with_places(text):
                first, after = text.source_span(start, end)
                assert word
                assert 0 <= first < after <= len(source)
