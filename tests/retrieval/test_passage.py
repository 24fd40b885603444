import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.documents.model import Block, Document, KeyValues, ListBlock, Paragraph, Table, Text
from chatbot.documents.textmap import text_at
from chatbot.retrieval.passage import LONGEST, Passage, passages, prose_of
from chatbot.retrieval.sentences import Splitter, splitter_for

SECTION = ("History", "Fires")


@pytest.fixture(scope="module")
def split() -> Splitter:
    return splitter_for([])


class Page:
    """A source under construction; `add` returns the clean text of what was written."""

    def __init__(self) -> None:
        self.source = ""

    def add(self, written: str, end: str = "\n") -> Text:
        start = len(self.source)
        self.source += written + end
        text = text_at(self.source, start, start + len(written))
        assert text is not None
        return text

    def document(self, *blocks: Block) -> Document:
        return Document("harbour.md", "Brenn Harbour", self.source, blocks)


def cells(page: Page, *written: str) -> tuple[Text | None, ...]:
    return tuple(page.add(cell, " | ") if cell else None for cell in written)


def texts(found: list[Passage]) -> list[list[str]]:
    return [[sentence.text for sentence in passage.sentences] for passage in found]


def test_a_paragraph_is_a_passage_of_its_sentences(split: Splitter) -> None:
    page = Page()
    document = page.document(Paragraph(SECTION, page.add("The pier burnt.\nIt was  rebuilt.")))
    (found,) = passages(document, split)
    assert texts([found]) == [["The pier burnt.", "It was rebuilt."]]
    assert [page.source[s.start : s.end] for s in found.sentences] == ["The pier burnt.", "It was  rebuilt."]
    assert (found.document, found.title, found.section) == ("harbour.md", "Brenn Harbour", SECTION)


def test_terms_hold_title_headings_and_text(split: Splitter) -> None:
    page = Page()
    (found,) = passages(page.document(Paragraph(SECTION, page.add("Crates were lost."))), split)
    assert found.terms == ("brenn", "harbor", "histori", "fire", "crate", "lose")


def test_long_paragraphs_part_between_sentences(split: Splitter) -> None:
    page = Page()
    sentence = "The ferry sailed " + "on and on " * 15 + "to Brenn."
    found = passages(page.document(Paragraph((), page.add(" ".join([sentence] * 12)))), split)
    assert [len(passage.sentences) for passage in found] == [5, 5, 2]
    assert all(len(passage.text.split()) <= LONGEST["prose"] for passage in found)


def test_short_items_share_a_passage_and_long_ones_stand_alone(split: Splitter) -> None:
    page = Page()
    items = [page.add(item) for item in ("Oak pier", "Stone pier", "Long pier " + "made of larch " * 20)]
    found = passages(page.document(ListBlock((), tuple(items))), split)
    assert [len(passage.sentences) for passage in found] == [2, 1]


def test_an_item_is_one_sentence_unless_it_is_long(split: Splitter) -> None:
    page = Page()
    short = page.add("Oak pier. Built first.")
    long = page.add("Stone pier. " + "It was made of granite from Orm. " * 10)
    found = passages(page.document(ListBlock((), (short, long))), split)
    assert [len(passage.sentences) for passage in found] == [9, 3]


def test_an_introduction_goes_with_its_list(split: Splitter) -> None:
    page = Page()
    lead, item = page.add("The harbour has these piers:"), page.add("Oak pier")
    document = page.document(Paragraph((), lead), ListBlock((), (item,)))
    assert texts(passages(document, split)) == [["The harbour has these piers:", "Oak pier"]]


def test_a_colon_before_no_list_changes_nothing(split: Splitter) -> None:
    page = Page()
    blocks = [Paragraph((), page.add(line)) for line in ("He said:", "Sail at noon.", "Then:")]
    assert texts(passages(page.document(*blocks), split)) == [["He said:"], ["Sail at noon."], ["Then:"]]


def test_a_row_is_a_sentence_found_by_its_headers(split: Splitter) -> None:
    page = Page()
    header = cells(page, "Keeper", "From")
    rows = (cells(page, "Ana Roe", "1901"), cells(page, "", ""), cells(page, "", "1920"))
    (found,) = passages(page.document(Table((), (header,), rows)), split)
    assert texts([found]) == [["Ana Roe; 1901", "1920"]]
    assert page.source[found.sentences[0].start : found.sentences[0].end] == "Ana Roe | 1901"
    assert "keeper" in found.terms
    assert found.kind == "table"


def test_a_cell_spanned_over_columns_is_said_once(split: Splitter) -> None:
    page = Page()
    (wide,) = cells(page, "Vacant")
    (found,) = passages(page.document(Table((), (), ((wide, wide),))), split)
    assert texts([found]) == [["Vacant"]]


def test_front_matter_is_left_out_and_properties_stay(split: Splitter) -> None:
    page = Page()
    meta = (page.add("author", ": "), page.add("J. Roe"))
    body = (page.add("Depth", ": "), page.add("9 m"))
    document = page.document(KeyValues((), (meta,), "metadata"), KeyValues((), (body,)))
    assert texts(passages(document, split)) == [["Depth: 9 m"]]


def test_a_document_without_blocks_has_no_passages(split: Splitter) -> None:
    assert passages(Page().document(), split) == []


def test_passages_survive_the_cache(split: Splitter) -> None:
    page = Page()
    found = passages(page.document(Paragraph(SECTION, page.add("Crates were lost."))), split)
    assert msgspec.json.decode(msgspec.json.encode(found), type=list[Passage]) == found


def test_a_splitter_learns_from_paragraphs_and_items() -> None:
    page = Page()
    document = page.document(Paragraph((), page.add("One.")), ListBlock((), (page.add("Two"),)))
    assert list(prose_of(document)) == ["One.", "Two"]


words = st.lists(st.sampled_from(["Pier", "Mr.", "the", "1901,", "sank.", "\n", "It", "of:"]), min_size=1, max_size=60)
written = words.map(" ".join).filter(lambda text: text.strip())


@given(st.lists(st.tuples(st.sampled_from(["paragraph", "list", "table", "pairs"]), written), max_size=6))
def test_sentences_are_in_order_disjoint_and_stand_in_the_source(blocks: list[tuple[str, str]]) -> None:
    page, made = Page(), []
    for kind, text in blocks:
        if kind == "paragraph":
            made.append(Paragraph((), page.add(text)))
        elif kind == "list":
            made.append(ListBlock((), (page.add(text), page.add("last item"))))
        elif kind == "table":
            made.append(Table((), (), (cells(page, text, "", "cell"),)))
        else:
            made.append(KeyValues((), ((page.add("key", ": "), page.add(text)),)))
    found = [s for p in passages(page.document(*made), splitter_for([])) for s in p.sentences]
    edges = [edge for sentence in found for edge in (sentence.start, sentence.end)]
    assert edges == sorted(edges)
    for sentence in found:
        assert _bare(sentence.text) == _bare(page.source[sentence.start : sentence.end])


def _bare(text: str) -> str:
    """Without white space and the marks that stand between cells, keys and values."""
    return re.sub(r"[\s|;:]", "", text)
