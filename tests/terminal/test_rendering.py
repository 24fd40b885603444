"""How answers look: wrapped between words, sources numbered and short, nothing a terminal would obey."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.terminal import rendering
from chatbot.values import Answer, Citation, Quoted, Slot, Value


def cited(quote: str, *section: str, document: str = "lights.md", title: str = "Lights", start: int = 0) -> Citation:
    return Citation("c1", document, title, section, start, start + len(quote), quote, ((0, 4),))


FACT = Answer(
    question="who kept the north light in 1911",
    text="Ines Vale, in office 1909–1920.",
    kind="fact",
    confidence=0.9712,
    citations=(
        cited("Ines Vale | 1909 | 1920", "Keepers", start=40),
        cited("1911", "Keepers"),
        cited("x", "Log"),
    ),
    intent="office/holder_at",
    plan="keepers whose term overlaps 1911",
    suggestions=("who came after Ines Vale?",),
    slots=(Slot("date", "1911", 28, 32, "1911"),),
    why=("1 row fits",),
    elapsed_ms=1.25,
)
UNKNOWN = Answer(
    question="q", text="The documents do not say.", kind="unknown", suggestions=("who kept the north light?",)
)


def test_a_fact_shows_its_text_and_one_line_for_each_source() -> None:
    assert rendering.render(FACT) == (
        "Ines Vale, in office 1909–1920.\n"
        "  [1] lights.md › Keepers: “Ines Vale | 1909 | 1920”\n"
        "  [2] lights.md › Keepers: “1911”\n"
        "  [3] lights.md › Log: “x”\n"
    )


def test_brief_sources_join_what_stands_in_one_place() -> None:
    assert rendering.plain(rendering.brief(FACT)) == (
        "Ines Vale, in office 1909–1920.\n  [1-2] Lights › Keepers\n  [3] Lights › Log\n"
    )


def test_sources_in_full_name_document_offsets_and_what_is_backed() -> None:
    shown = rendering.plain(rendering.sources(FACT))
    assert "[1] Lights › Keepers (lights.md, characters 40–63)\n    “Ines Vale | 1909 | 1920”\n" in shown
    assert "backs “Ines”" in shown


@pytest.mark.parametrize(
    "piece",
    [
        "office/holder_at",
        "date “1911”",
        "keepers whose term overlaps 1911",
        "0.97",
        "1.2 ms",
        "1 row fits",
        FACT.question,
    ],
)
def test_explanation_tells(piece: str) -> None:
    assert piece in rendering.plain(rendering.explanation(FACT))


@pytest.mark.parametrize(
    ("kind", "heading"),
    [("unknown", "Perhaps of use:"), ("clarification", "Did you mean:")],
    ids=["unknown", "unclear"],
)
def test_suggestions_follow_where_nothing_was_answered(kind: str, heading: str) -> None:
    answer = Answer("q", "text", kind, suggestions=("who kept the north light?",))  # type: ignore[arg-type]
    assert rendering.render(answer) == f"text\n  {heading}\n  - who kept the north light?\n"


def test_a_fact_is_shown_without_suggestions() -> None:
    assert "who came after" not in rendering.render(FACT)


def test_many_sources_are_cut_and_counted() -> None:
    answer = Answer("q", "text", "fact", citations=tuple(cited("x", f"Part {number}") for number in range(9)))
    assert rendering.render(answer).splitlines()[-1] == "  … and 4 more"
    assert rendering.plain(rendering.brief(answer)).splitlines()[-1] == "  … and 4 more"


def test_a_long_quote_is_cut_between_words_and_folded_to_one_line() -> None:
    answer = Answer("q", "text", "passage", citations=(cited("one\ntwo three " * 30),))
    line = rendering.render(answer, width=60).splitlines()[1]
    assert len(line) <= 60
    assert line.endswith((" three…”", " two…”", " one…”"))


def test_lines_of_a_list_stay_lines() -> None:
    assert rendering.render(Answer("q", "- one\n- two", "fact"), width=20) == "- one\n- two\n"


@pytest.mark.parametrize("code", ["\x1b[31mred", "\x07bell", "\x9b2J", "back\x08"])
def test_control_characters_of_documents_never_reach_the_terminal(code: str) -> None:
    answer = Answer("q", f"see {code}", "passage", citations=(cited(f"see {code}", f"Part {code}"),))
    for shown in (
        rendering.render(answer),
        *(text for _, text in rendering.sources(answer) + rendering.brief(answer)),
    ):
        assert not any(ord(character) < 32 and character != "\n" for character in shown)
        assert not any(127 <= ord(character) < 160 for character in shown)


@given(words=st.lists(st.text("abcé-", min_size=1, max_size=15), max_size=40), width=st.integers(20, 100))
def test_wrapping_keeps_every_word_whole_and_every_line_within_the_width(words: list[str], width: int) -> None:
    shown = rendering.render(Answer("q", " ".join(words), "passage"), width)
    assert shown.split() == words
    assert all(len(line) <= width for line in shown.splitlines())


def test_a_word_wider_than_the_terminal_stays_whole() -> None:
    address = "https://example.org/" + "a" * 50
    assert address in rendering.render(Answer("q", f"see {address} there", "passage"), 30).splitlines()


def read_from(text: str, value: str, start: int) -> Answer:
    """An answer that quotes `text`, the value standing at `start`."""
    citation = Citation("c1", "log.md", "Log", (), 0, len(text), text, ((0, len(text)),))
    values = (Value("text", value, quoted=Quoted("c1", start, start + len(value))),)
    return Answer(question="q", text=text, kind="passage", value=values, citations=(citation,))


@pytest.mark.parametrize("width", [None, 12, 30], ids=["unwrapped", "narrow", "wide"])
def test_what_was_read_is_emphasised_where_it_stands(width: int | None) -> None:
    text = "The old lamp burned; the old lamp was mended by Ines Vale."
    answer = read_from(text, "old lamp", text.rindex("old lamp"))
    fragments = rendering.brief(answer, width)
    marked = "".join(text for style, text in fragments if style == rendering.EMPHASIS)
    before = rendering.plain(fragments).partition("mended")[0]
    assert marked.split() == ["old", "lamp"]
    assert [style for style, _ in fragments].index(rendering.EMPHASIS) > 0
    assert before.split()[-3:] == ["old", "lamp", "was"]
    assert answer.highlights == ((text.rindex("old lamp"), text.rindex("old lamp") + 8),)


@given(st.text(max_size=60), st.integers(0, 59), st.integers(1, 20), st.one_of(st.none(), st.integers(5, 40)))
def test_emphasis_changes_no_character(text: str, start: int, length: int, width: int | None) -> None:
    value = text[start : start + length]
    answer = read_from(text, value, start) if value else Answer(question="q", text=text, kind="passage")
    shown = rendering.plain(rendering.brief(answer, width))
    assert shown.startswith(rendering.plain(rendering.brief(Answer(question="q", text=text, kind="passage"), width)))


@given(st.text(alphabet="ab ", min_size=1, max_size=30), st.data())
def test_a_highlight_is_the_very_occurrence_quoted(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert read_from(text, text[start:end], start).highlights == ((start, end),)
