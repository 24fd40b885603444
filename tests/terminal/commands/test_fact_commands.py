"""`/timeline`, `/table`, `/topics`, `/browse` and `/search`."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import CORPORA
from hypothesis import given
from hypothesis import strategies as st

from chatbot import Chatbot
from chatbot.knowledge.relation import Cell, Column, Relation
from chatbot.terminal.blocks import Block, Chart, Prose, Table, Timeline
from chatbot.terminal.commands import REGISTRY
from chatbot.terminal.lookup import looked_up
from chatbot.terminal.samples import sure_questions
from chatbot.terminal.sitting import Sitting
from chatbot.terminal.tabulating import BARS, ROWS, chart, table
from chatbot.terminal.terms import timelines

BotOf = Callable[[str], Chatbot]
STYLES = {"", "answer", "emphasis", "source", "hint", "heading", "number", "error"}
COMMANDS = ("/timeline", "/table", "/topics", "/browse", "/search", "/search year")
TODAY = date(2026, 11, 25)
MAYOR = "who was mayor of Elmsford in 1930?"


@pytest.fixture
def sitting(elmsford: Chatbot) -> Sitting:
    return Sitting(elmsford, today=TODAY)


@pytest.fixture
def lights(bot_of: BotOf) -> Sitting:
    return Sitting(bot_of("lighthouses"), today=TODAY)


def said(blocks: Sequence[Block]) -> str:
    prose = [block for block in blocks if isinstance(block, Prose)]
    return "\n".join("".join(text for _, text in line.fragments) for block in prose for line in block.lines)


def timeline(blocks: Sequence[Block]) -> Timeline:
    return next(block for block in blocks if isinstance(block, Timeline))


def marked(shown: Timeline | Chart) -> list[str]:
    bars = shown.spans if isinstance(shown, Timeline) else shown.bars
    return [bar.label for bar in bars if bar.is_marked]


def assert_sound(blocks: Sequence[Block]) -> None:
    """What any printer may rely on."""
    assert blocks
    for block in blocks:
        match block:
            case Prose(lines):
                for line in lines:
                    assert {style for style, _ in line.fragments} <= STYLES
                    assert not any("\n" in text for _, text in line.fragments)
            case Table(header, rows):
                assert rows
                assert {len(row) for row in rows} == {len(header)}
            case Timeline(spans):
                assert spans
                assert all(span.start <= span.end and span.label and span.text for span in spans)
            case Chart(bars):
                assert len(bars) > 1
    assert said(blocks).strip() or any(not isinstance(block, Prose) for block in blocks)


@pytest.mark.parametrize("corpus", CORPORA)
def test_every_command_shows_something_sound_on_any_documents(bot_of: BotOf, corpus: str) -> None:
    sitting = Sitting(bot_of(corpus), today=TODAY)
    for line in COMMANDS:
        assert_sound(sitting.respond(line))
    for name in ("/timeline", "/table", "/browse"):
        for argument in list(REGISTRY[name].arguments(sitting))[:25]:
            assert_sound(sitting.respond(f"{name} {argument}"))
    for question in sure_questions(sitting.bot, 12):
        sitting.respond(question)
        for line in ("/sources", "/sources 1", "/open 1", "/why", "/timeline", "/table"):
            assert_sound(sitting.respond(line))


def test_a_timeline_shows_every_term_and_marks_whom_the_answer_named(sitting: Sitting) -> None:
    sitting.respond("who was the town clerk in 1950?")
    shown = timeline(sitting.respond("/timeline"))
    assert shown.caption == "Town clerks (mayors.md, as of 30 June 2024)"
    assert [(span.label, span.text) for span in shown.spans] == [
        ("Barnaby Frith", "1889 – 1921"),
        ("Constance Frith", "1921 – 1947"),
        ("Ludovic Marsh", "1947 – 1974"),
        ("Noor Haddad", "1974 – 2003"),
        ("Emrys Vaughan-Price", "since 2003"),
    ]
    assert marked(shown) == ["Ludovic Marsh"]
    assert (shown.spans[0].start, shown.spans[0].end) == (1889.0, 1922.0)


def test_an_open_term_runs_to_the_date_of_the_document(sitting: Sitting) -> None:
    *others, last = timeline(sitting.respond("/timeline clerks")).spans
    assert last.is_open
    assert last.end == pytest.approx(2024 + 182 / 366)  # the end of 30 June
    assert not any(span.is_open for span in others)


@pytest.mark.parametrize(
    ("named", "captions"),
    [
        ("Mayors", ["Mayors"]),
        ("mayor", ["Mayors"]),
        ("MAYROS", ["Mayors"]),
        ("llewellyn-cole", ["Mayors"]),
        ("Emrys Vaughan-Price", ["Town clerks"]),
        ("oyelaran", ["Notable people"]),
        ("mayors.md", ["Mayors", "Town clerks"]),
        ("Elmsford", ["Notable people", "Mayors", "Town clerks"]),
    ],
)
def test_a_timeline_is_found_by_office_person_document_and_subject(
    sitting: Sitting, named: str, captions: list[str]
) -> None:
    shown = [block for block in sitting.respond(f"/timeline {named}") if isinstance(block, Timeline)]
    assert [block.caption.partition(" (")[0] for block in shown] == captions


def test_a_person_named_is_marked_and_several_of_a_name_are_offered(sitting: Sitting) -> None:
    assert marked(timeline(sitting.respond("/timeline Josiah Pell"))) == ["Josiah Pell", "Josiah Pell"]
    assert said(sitting.respond("/timeline Pell")).startswith("“Pell” may be: ")


def test_a_name_begun_means_what_has_it_rather_than_what_adds_to_it() -> None:
    known = [("Keepers of the north light", "table"), ("Keepers of the north light: other names", "aliases")]
    assert looked_up("keepers of the north", [known]) == ([known[0]], [])
    assert looked_up("keepers of the north light: other names", [known]) == ([known[1]], [])


def test_where_a_table_lists_several_offices_each_has_its_timeline(lights: Sitting) -> None:
    every = [block.caption for block in lights.respond("/timeline") if isinstance(block, Timeline)]
    assert every == [f"{name}: Keepers (keepers.csv)" for name in ("Skarv Point", "Cape Lorn", "Bell Reef")]
    lights.respond("who kept Cape Lorn in 1920?")
    (shown,) = lights.respond("/timeline")
    assert isinstance(shown, Timeline)
    assert (shown.caption, marked(shown)) == ("Cape Lorn: Keepers (keepers.csv)", ["Mercy Crane"])
    assert marked(timeline(lights.respond("/timeline bell reef"))) == []


def test_lives_are_drawn_too(sitting: Sitting) -> None:
    spans = {span.label: span for span in timeline(sitting.respond("/timeline notable people")).spans}
    assert spans["Clement Pell"].text == "1866 – 1931"
    assert (spans["Wilhelmina Frith"].text, spans["Wilhelmina Frith"].is_open) == ("born 1934", True)


@pytest.mark.parametrize(
    ("line", "piece"),
    [
        ("/timeline zzzz", "Nothing here is called “zzzz”. There are: Notable people; Mayors; Town clerks."),
        ("/table zzzz", "Nothing here is called “zzzz”. There are: Population; "),
        ("/browse zzzz", "Nothing here is called “zzzz”. There are: Elmsford; Civic offices of Elmsford."),
        ("/browse 99", "Nothing here is called “99”. There are: Elmsford; Civic offices of Elmsford."),
        ("/timeline", "/timeline takes a name: Notable people; Mayors; Town clerks."),
        ("/table", "Nothing has been asked yet. /table takes a name: Population; "),
        ("/search", "/search takes words to look for"),
        ("/search zzzz", "No passage has any of these words: zzzz."),
    ],
)
def test_what_is_not_there_is_said_with_what_is(sitting: Sitting, line: str, piece: str) -> None:
    assert said(sitting.respond(line)).startswith(piece)


def test_an_answer_without_terms_or_table_says_so(sitting: Sitting) -> None:
    sitting.respond("why were the trams withdrawn?")
    assert said(sitting.respond("/timeline")).startswith("The last answer rests on no terms of office. ")
    assert said(sitting.respond("/table")).startswith("The last answer rests on no table. ")


def test_documents_without_facts_say_so(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("# Otters\n\nThe otter swims at night.\n", encoding="utf-8")
    sitting = Sitting(Chatbot.open(tmp_path, cache=tmp_path / "cache"))
    assert said(sitting.respond("/timeline")) == "These documents hold no terms of office and no lives to draw."
    assert said(sitting.respond("/table")) == "These documents hold no tables, lists or figures."
    assert said(sitting.respond("/topics")).splitlines()[:2] == ["Otters (note.md)", ""]
    assert said(sitting.respond("/browse 1")).endswith("The otter swims at night.")


def test_a_table_has_the_headers_of_the_source_and_a_chart_of_what_was_asked(lights: Sitting) -> None:
    lights.respond("which lighthouse has the greatest range?")
    shown, drawn = lights.respond("/table")
    assert isinstance(shown, Table)
    assert isinstance(drawn, Chart)
    assert shown.header == ("Name", "Country", "Built", "Height (m)", "Range (nmi)", "Status")
    assert shown.numeric == {3, 4}
    assert [shown.rows[number][0] for number in shown.marked] == ["Bell Reef"]
    assert (drawn.caption, marked(drawn)) == ("Range (nmi)", ["Bell Reef"])
    assert "Old Mercy" not in [bar.label for bar in drawn.bars]  # whose range is not known


@pytest.mark.parametrize(
    ("named", "caption", "measure"),
    [
        ("population", "Population (elmsford.md)", "Inhabitants"),
        ("households", "Population (elmsford.md)", "Households"),
        ("town clerk", "Town clerks (mayors.md, as of 30 June 2024)", ""),
        ("motto", "Elmsford (elmsford.md)", ""),
        ("figures", "Elmsford: figures (elmsford.md)", ""),
    ],
)
def test_a_table_is_found_by_heading_and_header(sitting: Sitting, named: str, caption: str, measure: str) -> None:
    shown, *drawn = sitting.respond(f"/table {named}")
    assert isinstance(shown, Table)
    assert shown.caption == caption
    assert [block.caption for block in drawn if isinstance(block, Chart)] == ([measure] if measure else [])


def test_properties_stand_upright(sitting: Sitting) -> None:
    shown = sitting.respond("/table motto")[0]
    assert isinstance(shown, Table)
    assert ("Motto", "Steady in the current") in shown.rows


def numbers(values: Sequence[float | None]) -> Relation:
    """A table of as many rows, blank where there is no value."""
    rows = tuple(
        (Cell(f"row {at}", 0, 1, f"row {at}"), None if value is None else Cell(f"{value:g}", 0, 1, value))
        for at, value in enumerate(values)
    )
    columns = (Column("Bridge", "text", "key"), Column("Span", "number", "measure", "m"))
    return Relation("bridges.md#1", "table", "bridges.md", "Bridges", (), columns, rows)


@given(st.lists(st.none() | st.integers(0, 10_000).map(float), min_size=1, max_size=300))
def test_a_long_table_is_cut_and_its_chart_keeps_the_greatest(values: list[float | None]) -> None:
    relation = numbers(values)
    shown, drawn = table(relation, range(len(values))), chart(relation, "", ())
    assert len(shown.rows) == min(len(values), ROWS)
    assert all(number < len(shown.rows) for number in shown.marked)
    known = [value for value in values if value is not None]
    if drawn is not None:
        assert sorted((bar.value for bar in drawn.bars), reverse=True) == sorted(known, reverse=True)[:BARS]


def test_numbers_below_zero_make_no_chart() -> None:
    assert chart(numbers([1.0, -1.0, 2.0]), "", ()) is None


def office(terms: Sequence[tuple[str, str]]) -> Relation:
    rows = tuple(
        (Cell(f"Holder {at}", 0, 1, f"Holder {at}"), Cell(start, 0, 1, start), Cell(end, 0, 1, end))
        for at, (start, end) in enumerate(terms)
    )
    columns = (Column("Reeve", "person", "holder"), Column("From", "date", "start"), Column("To", "date", "end"))
    return Relation("reeves.md#1", "table", "reeves.md", "Reeves", (), columns, rows)


years = st.integers(1000, 2025)
dates = st.one_of(
    years.map(str), st.builds("{}-{:02}".format, years, st.integers(1, 12)), st.dates(date(1000, 1, 1), TODAY).map(str)
)


@given(st.lists(st.tuples(dates, dates | st.just("..")).filter(lambda term: term[0] <= term[1] or term[1] == "..")))
def test_bars_are_in_order_and_hold_every_day_of_their_term(terms: list[tuple[str, str]]) -> None:
    spans = [span for shown in timelines(office(terms), TODAY, ()) for span in shown.spans]
    assert sorted(span.label for span in spans) == sorted(f"Holder {at}" for at in range(len(terms)))
    assert all(before.start <= after.start for before, after in pairwise(spans))
    for span in spans:
        start, end = terms[int(span.label.removeprefix("Holder "))]
        assert int(start[:4]) <= span.start < span.end
        assert span.is_open == (end == "..")
        assert span.end <= (TODAY.year + 1 if span.is_open else int(end[:4]) + 1)


def test_topics_counts_sections_and_rows_and_tells_the_time_covered(sitting: Sitting) -> None:
    lines = said(sitting.respond("/topics")).splitlines()
    assert lines[0] == "Elmsford (elmsford.md)"
    assert lines[1] == "3 sections: History; Population; Notable people"
    assert "Population  5 rows, 1801–2001" in lines
    assert "Town clerks  5 rows, 1889–2024" in lines


def test_browsing_lists_the_documents_by_number(sitting: Sitting) -> None:
    lines = said(sitting.respond("/browse")).splitlines()
    assert lines[:2] == [" 1  Elmsford (elmsford.md)", "3 sections: History; Population; Notable people"]


@pytest.mark.parametrize(
    "named", ["2", "Civic offices of Elmsford", "mayors.md", "civic off", "civic ofices of elmsford"]
)
def test_a_document_is_read_by_number_title_or_file(sitting: Sitting, named: str) -> None:
    blocks = sitting.respond(f"/browse {named}")
    assert said(blocks).startswith("Civic offices of Elmsford\n")
    tables = [block for block in blocks if isinstance(block, Table)]
    assert [block.header[0] for block in tables] == ["No.", "Town clerk"]
    assert {"Mayors", "Town clerks"} <= set(said(blocks).splitlines())


def test_a_section_is_read_alone(sitting: Sitting) -> None:
    shown = said(sitting.respond("/browse history"))
    assert shown.startswith("Elmsford\n\nHistory\n\nA charter of 1247")
    assert "Notable people" not in shown


def test_a_heading_of_several_documents_is_no_guess(tmp_path: Path) -> None:
    for name in ("Ash", "Elm"):
        text = f"# {name}\n\n## Uses\n\nBoats of {name} are made.\n"
        (tmp_path / f"{name.lower()}.md").write_text(text, encoding="utf-8")
    sitting = Sitting(Chatbot.open(tmp_path, cache=tmp_path / "cache"))
    shown = said(sitting.respond("/browse uses"))
    assert all(piece in shown for piece in ("Ash › Uses", "Elm › Uses", "ash.md; elm.md"))


def test_a_search_shows_where_and_marks_the_words_by_their_stem(sitting: Sitting) -> None:
    shown = sitting.respond("/search floods of the Tarrow")
    lines = [line for block in shown if isinstance(block, Prose) for line in block.lines]
    place, text = lines[:2]
    assert "".join(piece for _, piece in place.fragments) == "[1] Elmsford › History (elmsford.md:27)"
    assert {piece for style, piece in text.fragments if style == "emphasis"} == {"flood", "Tarrow"}
    assert place.link.endswith("/elmsford.md")
    assert len(lines) <= 10
    assert all(len("".join(piece for _, piece in line.fragments)) < 260 for line in lines[1::2])


def test_a_large_corpus_is_listed_by_file_and_read_record_by_record(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    records = (json.dumps({"title": f"Story {n}", "text": f"Mill {n} grinds flour."}) for n in range(2500))
    (tmp_path / "docs" / "news.jsonl").write_text("\n".join(records), encoding="utf-8")
    abbots = (
        "# Abbey\n\n## Abbots\n\n| Abbot | From | To |\n|---|---|---|\n| Al | 1900 | 1910 |\n| Bo | 1910 | 1920 |\n"
    )
    (tmp_path / "docs" / "abbey.md").write_text(abbots, encoding="utf-8")
    sitting = Sitting(Chatbot.open(tmp_path / "docs", cache=tmp_path / "cache"))
    assert sitting.bot.engine == "tantivy"
    assert list(REGISTRY["/browse"].arguments(sitting)) == ["Abbey", "abbey.md", "Abbots"]
    assert said(sitting.respond("/browse")).splitlines()[:3] == [
        " 1  Abbey (abbey.md)",
        "1 section: Abbots",
        " 2  news.jsonl",
    ]
    assert said(sitting.respond("/browse 2")).startswith("news.jsonl holds 2,500 documents: /browse news.jsonl#1 ")
    assert said(sitting.respond("/browse news.jsonl#2500")) == "Story 2499\n\nMill 2499 grinds flour."
    assert said(sitting.respond("/browse news.jsonl#2501")) == "news.jsonl holds no document in line 2501."
    assert said(sitting.respond("/browse abbots")).startswith("Abbey\n\nAbbots")
    assert said(sitting.respond("/search mill 77")).startswith("[1] Story 77 (news.jsonl#78)")
    for line in COMMANDS:
        assert_sound(sitting.respond(line))


def test_arguments_are_offered(sitting: Sitting) -> None:
    assert list(REGISTRY["/timeline"].arguments(sitting)) == ["Notable people", "Mayors", "Town clerks"]
    assert "Population" in REGISTRY["/table"].arguments(sitting)
    assert {"Elmsford", "mayors.md", "History"} <= set(REGISTRY["/browse"].arguments(sitting))


NAMES = [("Mayors", 1), ("Town clerks", 2), ("Elmsford", 1), ("Elmsford", 2), ("Agnes Thorburn", 1)]


@pytest.mark.parametrize(
    ("wanted", "found", "near"),
    [
        ("mayors", [1], []),
        ("clerk", [2], []),
        ("thorburn", [1], []),
        ("elmsford", [1, 2], []),
        ("town clerls", [2], []),
        ("nothing", [], []),
        ("", [], []),
    ],
)
def test_names_are_looked_up(wanted: str, found: list[int], near: list[str]) -> None:
    pairs, offered = looked_up(wanted, [NAMES])
    assert [thing for _, thing in pairs] == found
    assert offered == near
