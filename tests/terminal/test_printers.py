"""How blocks look, plain and painted: wrapped between words, in the colours of a theme, nothing a terminal would obey."""

import re
import unicodedata
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from chatbot.settings import Settings
from chatbot.terminal.answers import answered, decisive, quoted
from chatbot.terminal.blocks import Block, Chart, Line, Measured, Prose, Span, Table, Timeline, prose
from chatbot.terminal.painting import painted
from chatbot.terminal.plain import plain
from chatbot.values import Answer, Choice, Citation, Quoted, Value

SEQUENCES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^;\x1b]*;[^\x1b]*\x1b\\")
"""Colours and links, the only sequences that painting makes."""


@pytest.fixture(autouse=True)
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "COLORTERM", "COLORFGBG", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


def cited(quote: str, *section: str, document: str = "lights.md", title: str = "Lights", start: int = 0) -> Citation:
    return Citation("c1", document, title, section, start, start + len(quote), quote, ((0, 4),))


FACT = Answer(
    question="who kept the north light in 1911",
    text="Ines Vale, in office 1909–1920.",
    kind="fact",
    confidence=0.97,
    value=(Value("person", "Ines Vale"),),
    citations=(cited("Ines Vale | 1909 | 1920", "Keepers", start=40), cited("1911", "Keepers"), cited("x", "Log")),
    suggestions=("who came after Ines Vale?", "how long did Ines Vale serve?", "who served longest?"),
)
TERMS = Timeline(
    (
        Span("Ines Vale", 1909.4, 1920.2, "3 June 1909 – 1920"),
        Span("王小明", 1920.2, 1931, "1920 – 1931", is_marked=True),
        Span("Piet Sarrow", 1931.5, 1958.6, "1931 –", is_open=True),
    ),
    "Keepers",
)
SHARES = Chart((Measured("Vale Harbour", 27.9, "27.9 %", True), Measured("Carn", 3, "3 %")), "Shares")
KEEPERS = Table(
    ("Keeper", "From", "Lamps"), (("Ines Vale", "3 June 1909", "4"), ("王小明", "", "12")), "Keepers", frozenset({2})
)
SIGHTS: dict[str, Block] = {
    "terms": TERMS,
    "shares": SHARES,
    "table": KEEPERS,
    "prose": prose("one two three " * 9, "hint", "  "),
}


def bare(text: str) -> str:
    """What is to be read: no sequences, and no marks that keep a direction."""
    return SEQUENCES.sub("", text).replace("\N{LEFT-TO-RIGHT MARK}", "")


def test_a_fact_shows_its_text_its_places_and_two_questions_to_ask_next() -> None:
    assert plain(answered(FACT, asks_next=True)) == (
        "Ines Vale, in office 1909–1920.\n"
        "  [1-2] Lights › Keepers\n"
        "  [3] Lights › Log\n"
        "  Ask next: who came after Ines Vale?\n"
        "            how long did Ines Vale serve?\n"
    )


def test_quoted_sources_name_document_and_section() -> None:
    assert plain(quoted(FACT)).splitlines()[1:4] == [
        "  [1] lights.md › Keepers: “Ines Vale | 1909 | 1920”",
        "  [2] lights.md › Keepers: “1911”",
        "  [3] lights.md › Log: “x”",
    ]


def test_the_choices_of_a_clarification_are_numbered() -> None:
    choices = (Choice("Ines Vale", "when was Ines Vale born"), Choice("Ada Vale", "when was Ada Vale born"))
    answer = Answer("when was Vale born", "Do you mean Ines Vale or Ada Vale?", "clarification", choices=choices)
    assert plain(answered(answer)).splitlines()[1:] == ["  1  Ines Vale", "  2  Ada Vale"]


def test_an_abstention_says_where_to_look() -> None:
    answer = Answer("q", "The documents do not say.", "unknown", suggestions=("See: Keepers",))
    assert plain(answered(answer)) == "The documents do not say.\n  Perhaps of use:\n  - See: Keepers\n"


def test_many_sources_are_cut_and_counted() -> None:
    answer = Answer("q", "text", "fact", citations=tuple(cited("x", f"Part {number}") for number in range(9)))
    for shown in (answered(answer), quoted(answer)):
        assert plain(shown).splitlines()[-1] == "  … and 4 more"


def test_a_long_quote_is_cut_between_words_and_folded_to_one_line() -> None:
    answer = Answer("q", "text", "passage", citations=(cited("one\ntwo three " * 30),))
    line = plain(quoted(answer, width=60), 60).splitlines()[1]
    assert len(line) <= 60
    assert line.endswith((" three…”", " two…”", " one…”"))


def test_lines_of_a_list_stay_lines() -> None:
    assert plain(answered(Answer("q", "- one\n- two", "fact")), 20) == "- one\n- two\n"


def test_a_word_wider_than_the_terminal_stays_whole() -> None:
    address = "https://example.org/" + "a" * 50
    assert address in plain(answered(Answer("q", f"see {address} there", "passage")), 30).splitlines()


@given(words=st.lists(st.text("abcé-王م", min_size=1, max_size=8), max_size=40), width=st.integers(20, 160))
def test_wrapping_keeps_every_word_whole_and_every_line_within_the_width(words: list[str], width: int) -> None:
    shown = answered(Answer("q", " ".join(words), "passage"))
    for text in (plain(shown, width), bare(painted(shown, width, Settings()))):
        assert text.split() == words
        assert all(wcswidth(line) <= width for line in text.splitlines())


@pytest.mark.parametrize("width", [20, 40, 59, 60, 80, 160])
@pytest.mark.parametrize("block", SIGHTS.values(), ids=SIGHTS)
def test_no_sight_is_wider_than_the_screen(block: Block, width: int) -> None:
    for text in (plain([block], width), bare(painted([block], width, Settings()))):
        assert max(wcswidth(line) for line in text.splitlines()) <= width


@pytest.mark.parametrize("width", [20, 40, 80, 160])
def test_every_cell_label_and_figure_is_shown_at_every_width(width: int) -> None:
    wanted = {"Ines", "Vale", "王小明", "1909", "1931", "27.9", "Carn", "12", "Lamps", "Sarrow"}
    for text in (plain(SIGHTS.values(), width), bare(painted(list(SIGHTS.values()), width, Settings()))):  # type: ignore[arg-type]
        assert wanted <= set(re.findall(r"[\w.]+", text))


def test_plain_tables_and_timelines_read_in_order_without_frames() -> None:
    assert plain([KEEPERS, TERMS]) == (
        "Keepers\n  Ines Vale: From 3 June 1909; Lamps 4\n  王小明: Lamps 12\n"
        "Keepers\n  Ines Vale: 3 June 1909 – 1920\n  王小明: 1920 – 1931\n  Piet Sarrow: 1931 –\n"
    )


def test_longer_terms_have_longer_bars() -> None:
    lines = bare(painted([TERMS], 100, Settings())).splitlines()[1:4]
    assert len(lines[2].split("▏")[0]) >= len(lines[0]) - 20
    assert lines[0].count("█") < lines[2].count("█")


DECISIVE = re.compile(r"\x1b\[1m(.*?)\x1b\[0m")


@pytest.mark.parametrize("theme", ["auto", "dark", "light"])
def test_the_decisive_words_are_bold_and_the_source_is_a_link(theme: str) -> None:
    shown = painted(answered(FACT, lambda citation: f"file:///lights/{citation.document}"), 80, Settings(theme=theme))  # type: ignore[arg-type]
    assert DECISIVE.findall(shown) == ["Ines Vale"]
    assert "file:///lights/lights.md\x1b\\" in shown


def test_links_can_be_switched_off() -> None:
    shown = painted(answered(FACT, lambda _: "file:///lights.md"), 80, Settings(links=False))
    assert "\x1b]8" not in shown


@pytest.mark.parametrize(
    ("name", "value", "coloured"),
    [("NO_COLOR", "1", False), ("TERM", "dumb", False), ("TERM", "xterm", True), ("TERM", "xterm-256color", True)],
)
def test_the_colours_are_those_the_terminal_has(
    name: str, value: str, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    shown = painted([prose("see", "number")], 80, Settings(theme="dark"))
    assert bool(re.search(r"\x1b\[(?:3|9)\d", shown)) is coloured


@pytest.mark.parametrize(("background", "code"), [("15;0", "36m"), ("0;15", "34m")], ids=["dark", "light"])
def test_the_theme_follows_the_background_that_a_terminal_tells(
    background: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORFGBG", background)
    assert code in painted([prose("see", "number")], 80, Settings())


def read_from(text: str, value: str, start: int) -> Answer:
    """An answer that quotes `text`, the value standing at `start`."""
    citation = Citation("c1", "log.md", "Log", (), 0, len(text), text, ((0, len(text)),))
    values = (Value("text", value, quoted=Quoted("c1", start, start + len(value))),)
    return Answer(question="q", text=text, kind="passage", value=values, citations=(citation,))


@pytest.mark.parametrize("width", [12, 30, 80])
def test_what_was_read_is_bold_where_it_stands(width: int) -> None:
    text = "The old lamp burned; the old lamp was mended by Ines Vale."
    shown = painted(answered(read_from(text, "old lamp", text.rindex("old lamp"))), width, Settings(theme="dark"))
    assert " ".join(DECISIVE.findall(shown)).split() == ["old", "lamp"]
    assert bare(shown[: shown.index("\x1b[1m")]).split()[-1] == "the"


@given(st.text(max_size=60), st.integers(0, 59), st.integers(1, 20), st.one_of(st.none(), st.integers(5, 40)))
def test_emphasis_changes_no_character(text: str, start: int, length: int, width: int | None) -> None:
    value = text[start : start + length]
    answer = read_from(text, value, start) if value else Answer(question="q", text=text, kind="passage")
    without = Answer(question="q", text=text, kind="passage")
    assert plain(answered(answer), width).startswith(plain(answered(without), width))


@given(st.text(alphabet="ab ", min_size=1, max_size=30), st.data())
def test_a_highlight_is_the_very_occurrence_quoted(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert decisive(read_from(text, text[start:end], start)) == ((start, end),)


@given(st.text(st.characters(), max_size=80), st.integers(20, 120))
def test_nothing_of_a_text_is_obeyed_by_a_terminal(text: str, width: int) -> None:
    answer = Answer(
        "q", text, "passage", citations=(cited(text, text, document=text, title=text),), suggestions=(text,)
    )
    blocks: list[Block] = [
        *answered(answer),
        *quoted(answer),
        Table((text, "b"), ((text, text),), text),
        Timeline((Span(text, 1900, 1910, text),), text),
        Chart((Measured(text, 1, text),), text),
        Prose((Line((("hint", text),), "  "),)),
    ]
    for shown in (plain(blocks, width), plain(blocks), bare(painted(blocks, width, Settings()))):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)


WORDS = st.text("abcé日本e\u0301م", min_size=1, max_size=9)
CELLS = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.integers(1, 7))
    row = st.tuples(*[CELLS] * columns)
    return Table(draw(row), tuple(draw(st.lists(row, min_size=1, max_size=4))), draw(CELLS), frozenset({columns - 1}))


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    starts = draw(st.lists(st.floats(1, 2100), min_size=1, max_size=4))
    spans = (Span(draw(CELLS), at, at + draw(st.floats(0, 90)), draw(CELLS), is_marked=at > 1000) for at in starts)
    return Timeline(tuple(spans), draw(CELLS))


def texts_of(block: Table | Timeline) -> list[str]:
    if isinstance(block, Timeline):
        return [block.caption, *(text for span in block.spans for text in (span.label, span.text))]
    return [block.caption, *(cell for row in block.rows for cell in row)]


@settings(deadline=None)
@given(st.one_of(tables(), timelines()), st.integers(20, 160))
def test_whatever_they_hold_tables_and_timelines_show_all_of_it_within_the_screen(
    block: Table | Timeline, width: int
) -> None:
    shown = bare(painted([block], width, Settings()))
    assert not Counter("".join("".join(texts_of(block)).split())) - Counter(shown)
    assert all(wcswidth(line) <= width for line in shown.splitlines())


@settings(deadline=None)
@given(st.lists(st.sampled_from(["محمد علي", "יוסף", "Ann Roe"]), min_size=1, max_size=4), st.integers(20, 120))
def test_what_follows_a_name_written_from_right_to_left_is_not_turned_with_it(names: list[str], width: int) -> None:
    """Unicode turns figures behind such a name (UAX 9, rule W2 and N1) unless something of class L stands between."""
    blocks: list[Block] = [
        Timeline(tuple(Span(name, 1990, 1995, "1990 – 1995") for name in names)),
        Table(("Name", "Born"), tuple((name, "1990") for name in names)),
        Chart(tuple(Measured(name, 12, "12") for name in names)),
        *answered(Answer("q", "; ".join(f"{name} (from 1990 to 1995)" for name in names), "fact")),
    ]
    for line in SEQUENCES.sub("", painted(blocks, width, Settings())).splitlines():
        classes = [unicodedata.bidirectional(character) for character in line]
        strong = ["figure" if each == "EN" else each for each in classes if each in ("L", "R", "AL", "EN")]
        assert all(before not in ("R", "AL") or after != "figure" for before, after in pairwise(strong))


@pytest.mark.parametrize("width", [40, 60, 80, 160])
def test_each_year_of_the_axis_stands_where_terms_of_that_year_begin(width: int) -> None:
    spans = tuple(Span("Ann", year, year + 20, f"{year:.0f}") for year in (1900.0, 1920, 1940, 1960))
    *lines, axis = bare(painted([Timeline(spans)], width, Settings())).splitlines()
    bars = [re.search("[█▐▕]", line) for line in lines]
    begins = {str(1900 + 20 * number): bar.start() for number, bar in enumerate(filter(None, bars))}
    years = {found[1]: found.start() for found in re.finditer("╵([0-9]+)", axis)}
    assert years
    assert all(abs(begins[year] - at) <= 1 for year, at in years.items() if year in begins)


def test_marked_rows_stand_out_without_colour_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    shown = painted([Table(("Keeper",), (("Ines",), ("Piet",)), marked=frozenset({1}))], 80, Settings())
    assert "\x1b[1mPiet" in shown
    assert "\x1b[1mInes" not in shown


def test_a_name_keeps_its_letters_where_marks_of_direction_are_left_out() -> None:
    assert plain([prose("\u202eInes\u200f Vale\u202c")]) == "Ines Vale\n"


def test_an_answer_is_one_string() -> None:
    assert painted(answered(FACT), 80, Settings()).endswith("\n")


def test_a_long_list_has_a_line_for_each_item_where_somebody_reads_along() -> None:
    items = ["Ada (1901)", "Bo (1902)", "Cy (1903)", "Di (1904)"]
    values = tuple(Value("person", item.split()[0]) for item in items)
    answer = Answer("q", f"{'; '.join(items)}.", "fact", value=values)
    assert plain(answered(answer, asks_next=True)).splitlines() == [
        "  Ada (1901)",
        "  Bo (1902)",
        "  Cy (1903)",
        "  Di (1904).",
    ]
    assert plain(answered(answer)).splitlines() == [answer.text]
