"""`/save`, `/resume`, `/undo`, `/copy` and `/export`."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from chatbot import Answer, Chatbot, Citation, Conversation
from chatbot.settings import Settings
from chatbot.terminal import keeping
from chatbot.terminal.blocks import Copied, Prose, Table
from chatbot.terminal.controls import clean
from chatbot.terminal.exporting import written
from chatbot.terminal.sitting import Sitting

TOWN = Path(__file__).parents[2] / "domains" / "elmsford" / "docs"
NOW = datetime(2026, 11, 25, 9, 5, 7)
MAYOR, NEXT, LAST = "who was mayor of Elmsford in 1930?", "and in 1955?", "who was the first mayor?"

Talk = Callable[..., Sitting]


@pytest.fixture
def talk(elmsford: Chatbot, tmp_path: Path) -> Talk:
    """Begins a talk at a time, minutes after the first one, and asks these questions."""

    def begun(*questions: str, minutes: int = 0, name: str = "elmsford", settings: Settings | None = None) -> Sitting:
        when = NOW + timedelta(minutes=minutes)
        kept_in = tmp_path / "state" / "conversations"
        sitting = Sitting(elmsford, [TOWN], corpus_name=name, clock=lambda: when, kept_in=kept_in, settings=settings)
        for question in questions:
            sitting.respond(question)
        return sitting

    return begun


def said(blocks: object) -> str:
    """The prose of blocks, a line for each of its own."""
    assert isinstance(blocks, list | tuple)
    prose = [block for block in blocks if isinstance(block, Prose)]
    return "\n".join("".join(text for _, text in line.fragments) for block in prose for line in block.lines)


def table(blocks: object) -> Table:
    assert isinstance(blocks, list | tuple)
    return next(block for block in blocks if isinstance(block, Table))


def test_a_conversation_is_saved_under_a_name_and_resumed_in_another_talk(talk: Talk) -> None:
    first = talk(MAYOR, NEXT)
    assert said(first.respond("/save mayors")) == "Kept as “mayors”; /resume mayors goes on with it."
    later = talk(minutes=5)
    shown = said(later.respond("/resume mayors"))
    assert shown.splitlines()[0] == "Resumed “mayors” of 25 November 2026, 09:05: 2 turns."
    assert f"Last asked: {NEXT}" in shown
    assert "Arthur Quennell" in shown
    assert later.conversation == first.conversation
    later.respond("who came after him?")
    assert len(later.conversation.turns) == 3


def test_without_a_name_it_is_saved_under_the_time(talk: Talk) -> None:
    assert "“2026-11-25-090507”" in said(talk(MAYOR).respond("/save"))
    assert "“2026-11-25-090507-2”" in said(talk(NEXT).respond("/save"))


def test_saving_again_goes_to_the_same_file(talk: Talk) -> None:
    sitting = talk(MAYOR)
    sitting.respond("/save a")
    sitting.respond(NEXT)
    sitting.respond("/save")
    assert keeping.names(sitting.kept_in) == ["a"]
    assert len(keeping.load(sitting.kept_in / "a.json").conversation.turns) == 2


def test_another_conversation_is_never_overwritten(talk: Talk) -> None:
    talk(MAYOR).respond("/save a")
    assert "Another conversation is kept as “a”" in said(talk(NEXT).respond("/save a"))
    assert keeping.load(talk().kept_in / "a.json").first == MAYOR


@pytest.mark.parametrize("name", ["../a", "a/b", ".a", "-a", "a\x1b", "x" * 61, "a."])
def test_a_name_that_is_no_file_s_is_refused(talk: Talk, name: str) -> None:
    sitting = talk(MAYOR)
    assert "cannot be a name" in said(sitting.respond(f"/save {name}"))
    assert keeping.names(sitting.kept_in) == []


def test_a_talk_that_ends_is_kept_if_it_held_something_new(talk: Talk) -> None:
    assert keeping.keep(talk()) == ""
    assert keeping.keep(talk(MAYOR, settings=Settings(save=False))) == ""
    sitting = talk(MAYOR)
    assert keeping.keep(sitting) == "2026-11-25-090507"
    assert keeping.keep(sitting) == ""
    later = talk(minutes=5)
    later.respond("/resume")
    assert keeping.keep(later) == ""
    later.respond(NEXT)
    assert keeping.keep(later) == "2026-11-25-090507"
    assert keeping.names(later.kept_in) == ["2026-11-25-090507"]


def test_the_latest_is_resumed_and_what_was_begun_is_kept_first(talk: Talk) -> None:
    talk(MAYOR, minutes=1).respond("/save old")
    talk(NEXT, minutes=9).respond("/save new")
    sitting = talk(LAST, minutes=20)
    shown = said(sitting.respond("/resume"))
    assert "This conversation is kept as “2026-11-25-092507”." in shown
    assert "Resumed “new”" in shown
    assert sitting.kept_as == "new"


def test_the_list_tells_name_time_turns_and_first_question(talk: Talk) -> None:
    assert said(talk().respond("/resume list")) == "No conversation is kept."
    talk(MAYOR, NEXT).respond("/save a")
    talk(LAST, minutes=60).respond("/save b")
    found = table(talk().respond("/resume list"))
    assert found.rows == (
        ("b", "2026-11-25 10:05", "1", "elmsford", LAST),
        ("a", "2026-11-25 09:05", "2", "elmsford", MAYOR),
    )


def test_a_conversation_about_other_documents_is_resumed_with_a_warning(talk: Talk, department: Chatbot) -> None:
    talk(MAYOR, NEXT).respond("/save a")
    other = Sitting(department, kept_in=talk().kept_in)
    shown = said(other.respond("/resume a"))
    assert "It was about elmsford; open now is shipped, from which new answers come." in shown
    for question in ("and in 1960?", "how long did he serve?", "who came after him?", "what about her?"):
        other.respond(question)
    assert len(other.conversation.turns) == 6


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"{", b"\xff", b"[" * 100_000, b'{"schema": 2}', b'{"schema": 1, "name": "a"}'],
    ids=["empty", "no fields", "cut short", "no UTF-8", "deep", "other schema", "half"],
)
def test_a_damaged_file_is_told_and_the_others_stay(talk: Talk, content: bytes) -> None:
    talk(MAYOR).respond("/save good")
    sitting = talk()
    (sitting.kept_in / "bad.json").write_bytes(content)
    assert "bad.json is damaged or no kept conversation" in said(sitting.respond("/resume bad"))
    assert sitting.conversation == Conversation()
    listed = sitting.respond("/resume list")
    assert [row[0] for row in table(listed).rows] == ["good"]
    assert "bad.json" in said(listed)
    assert "Resumed “good”" in said(sitting.respond("/resume"))


def test_a_name_that_is_not_kept_gets_the_nearest(talk: Talk) -> None:
    talk(MAYOR).respond("/save mayors")
    assert "Did you mean mayors?" in said(talk().respond("/resume mayor"))
    assert "/resume list shows all" in said(talk().respond("/resume xyzzy"))


def test_only_so_many_automatic_ones_are_kept(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_AUTOMATIC", 3)
    talk(MAYOR).respond("/save named")
    for minutes in range(5):
        keeping.keep(talk(MAYOR, minutes=minutes))
    names = [f"2026-11-25-090{minute}07" for minute in (7, 8, 9)]
    assert keeping.names(talk().kept_in) == [*names, "named"]


def test_a_folder_that_cannot_be_written_is_told(elmsford: Chatbot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    sitting = Sitting(elmsford, [TOWN], kept_in=tmp_path / "file" / "kept")
    sitting.respond(MAYOR)
    assert "CHATBOT_STATE" in said(sitting.respond("/save"))


def test_undo_steps_back(talk: Talk) -> None:
    sitting = talk(MAYOR, NEXT, LAST)
    shown = said(sitting.respond("/undo"))
    assert shown.startswith(f"1 question taken back.\nLast asked: {NEXT}")
    sitting.respond("and in 1930?")
    assert "Llewellyn-Cole" in sitting.conversation.turns[-1].text
    assert said(sitting.respond("/undo 9")) == "3 questions taken back.\nThe conversation begins anew."
    assert said(sitting.respond("/undo")) == "There is nothing to undo."


@pytest.mark.parametrize("count", ["0", "-1", "two", "1.5", "²", "9" * 30])
def test_undo_and_copy_take_numbers_only(talk: Talk, count: str) -> None:
    sitting = talk(MAYOR)
    assert f"not “{count}”" in said(sitting.respond(f"/undo {count}"))
    assert f"not “{count}”" in said(sitting.respond(f"/copy {count}"))
    assert len(sitting.conversation.turns) == 1


def test_copy_takes_the_answer_and_its_sources(talk: Talk) -> None:
    sitting = talk(MAYOR, NEXT)
    copied, note = sitting.respond("/copy 2")
    assert isinstance(copied, Copied)
    text, *sources = copied.text.splitlines()
    assert text == sitting.conversation.turns[0].text
    quote = sitting.conversation.turns[0].citations[0].quote
    assert sources[0] == f"[1] Civic offices of Elmsford › Mayors (mayors.md): “{' '.join(quote.split())}”"
    assert f"Copied the answer to “{MAYOR}” with " in said([note])


@pytest.mark.parametrize("line", ["/save", "/copy", "/export md"])
def test_before_any_question_there_is_nothing_to_keep(talk: Talk, line: str) -> None:
    assert said(talk().respond(line)) == "Nothing has been asked yet."


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_markdown_holds_questions_answers_and_sources(talk: Talk, here: Path) -> None:
    sitting = talk(MAYOR, NEXT)
    assert said(sitting.respond("/export md")) == "Written to chatbot-2026-11-25.md: 2 questions."
    text = (here / "chatbot-2026-11-25.md").read_text(encoding="utf-8")
    assert text.startswith("# Questions about elmsford\n\n25 November 2026\n")
    assert f"\n## {MAYOR}\n" in text
    assert "\n1. Civic offices of Elmsford › Mayors (mayors.md): “" in text


def test_exports_never_overwrite(talk: Talk, here: Path) -> None:
    sitting = talk(MAYOR)
    for _ in range(2):
        sitting.respond("/export html")
    assert sorted(path.name for path in here.iterdir()) == ["chatbot-2026-11-25-2.html", "chatbot-2026-11-25.html"]
    (here / "mine.md").write_text("precious")
    assert "exists already" in said(sitting.respond("/export md mine.md"))
    assert (here / "mine.md").read_text() == "precious"


@pytest.mark.parametrize(
    ("line", "piece"),
    [
        ("/export", "md, json or html"),
        ("/export pdf", "not “pdf”"),
        ("/export md no/such/folder/x.md", "cannot be written"),
        ("/export md .", "is a folder"),
    ],
)
@pytest.mark.usefixtures("here")
def test_an_export_that_cannot_be_is_told(talk: Talk, line: str, piece: str) -> None:
    assert piece in said(talk(MAYOR).respond(line))


def test_exported_json_can_be_resumed(talk: Talk, here: Path) -> None:
    sitting = talk(MAYOR, NEXT)
    sitting.respond("/export json talk.json")
    fields = json.loads((here / "talk.json").read_text(encoding="utf-8"))
    assert (fields["schema"], fields["corpus"], len(fields["conversation"]["turns"])) == (1, "elmsford", 2)
    later = talk()
    assert "Resumed" in said(later.respond("/resume talk.json"))
    assert later.conversation == sitting.conversation


NASTY = '<script>alert(1)</script> & "x" \x1b[31m *bold* [a](b) _c_\n# head\n- list\n1. one'


def nasty() -> Answer:
    citation = Citation("c1", "a\x07.md", NASTY, (NASTY,), 0, 5, NASTY, ((0, 1),), "p. <3>")
    return Answer(question=NASTY, asked=NASTY, text=NASTY, kind="fact", citations=(citation,))


@pytest.mark.parametrize("form", ["md", "html", "json"])
def test_no_control_character_reaches_an_export(talk: Talk, here: Path, form: str) -> None:
    sitting = talk()
    sitting.conversation = Conversation((nasty(),))
    sitting.respond(f"/export {form} out.{form}")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", (here / f"out.{form}").read_text(encoding="utf-8"))


def test_a_web_page_shows_the_text_and_runs_nothing(talk: Talk, here: Path) -> None:
    sitting = talk()
    sitting.conversation = Conversation((nasty(),))
    sitting.respond("/export html out.html")
    page = LexborHTMLParser((here / "out.html").read_text(encoding="utf-8"))
    assert not page.css("script, img, link[href], a[href]")
    answer = page.css_first("p.answer")
    assert answer is not None
    assert answer.text() == NASTY.replace("\x1b", "\N{REPLACEMENT CHARACTER}")


def test_markdown_shows_the_text_as_it_is(talk: Talk, here: Path) -> None:
    sitting = talk()
    sitting.conversation = Conversation((nasty(),))
    sitting.respond("/export md out.md")
    page = LexborHTMLParser(MarkdownIt("commonmark").render((here / "out.md").read_text(encoding="utf-8")))
    assert not page.css("script, em, strong, a, ul")
    assert len(page.css("h2")) == len(page.css("ol")) == 1
    paragraphs = [paragraph.text() for paragraph in page.css("p")]
    assert any("*bold* [a](b) _c_" in text and "# head" in text and "- list" in text for text in paragraphs)


LINE = st.text(st.sampled_from("ab 1.)-+=*_`[]()<>&#|~!\\:;\"'/é\u202e")).map(lambda text: " ".join(text.split()))


@given(LINE.filter(bool))
def test_any_line_of_an_answer_is_shown_as_it_is(elmsford: Chatbot, line: str) -> None:
    sitting = Sitting(elmsford, [TOWN], clock=lambda: NOW)
    sitting.conversation = Conversation((Answer(question="q", text=line, kind="fact"),))
    page = LexborHTMLParser(MarkdownIt("commonmark").render(written(sitting, "md")))
    assert page.css("p")[-1].text() == clean(line)


def test_names_are_offered_the_latest_time_first(talk: Talk) -> None:
    from chatbot.terminal.commands import REGISTRY

    keeping.keep(talk(MAYOR))
    keeping.keep(talk(MAYOR, minutes=5))
    assert list(REGISTRY["/resume"].arguments(talk())) == ["list", "2026-11-25-091007", "2026-11-25-090507"]


def test_what_is_kept_is_the_whole_conversation(talk: Talk) -> None:
    sitting = talk(MAYOR, NEXT)
    kept = keeping.kept_of(sitting, "a")
    assert msgspec.json.decode(keeping.encoded(kept), type=keeping.Kept) == kept
