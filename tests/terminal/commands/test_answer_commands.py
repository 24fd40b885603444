"""`/sources`, `/open` and `/why`."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest
from officefiles import write_xlsx

from chatbot import Chatbot
from chatbot.terminal.blocks import Block, Opened, Prose
from chatbot.terminal.commands import REGISTRY
from chatbot.terminal.sitting import Sitting
from chatbot.values import Conversation

TOWN = Path(__file__).parents[2] / "domains" / "elmsford" / "docs"
MAYOR = "who was mayor of Elmsford in 1930?"
ALL_MAYORS = "how many mayors have there been?"
NOBODY = "who was the mayor of Ravenholt in 1930?"


@pytest.fixture
def sitting(elmsford: Chatbot) -> Sitting:
    return Sitting(elmsford, [TOWN])


def said(blocks: Sequence[Block]) -> str:
    prose = [block for block in blocks if isinstance(block, Prose)]
    return "\n".join("".join(text for _, text in line.fragments) for block in prose for line in block.lines)


@pytest.mark.parametrize("command", ["/sources", "/sources 1", "/open", "/open 1", "/why"])
def test_before_any_question_there_is_nothing_to_look_back_at(sitting: Sitting, command: str) -> None:
    assert said(sitting.respond(command)) == "Nothing has been asked yet."


@pytest.mark.parametrize("command", ["/sources", "/sources 1", "/open 1"])
def test_an_answer_without_sources_says_so(sitting: Sitting, command: str) -> None:
    sitting.respond(NOBODY)
    assert said(sitting.respond(command)) == "The last answer rests on no document."


def test_sources_show_the_very_characters_of_the_document(sitting: Sitting) -> None:
    sitting.respond(MAYOR)
    shown = said(sitting.respond("/sources")).splitlines()
    text = (TOWN / "mayors.md").read_text(encoding="utf-8")
    assert shown[0] == "[1] Civic offices of Elmsford › Mayors (mayors.md)"
    line, start, end = map(int, shown[1].replace("line", "").replace("characters", "").replace("–", ",").split(","))
    assert shown[2] == f"“{text[start:end]}”"
    assert text.splitlines()[line - 1].find(text[start:end]) >= 0
    assert "“Rhys Llewellyn-Cole”" in shown[3]


def test_every_source_is_numbered_and_one_is_shown_with_the_lines_around_it(sitting: Sitting) -> None:
    sitting.respond(ALL_MAYORS)
    assert sitting.last is not None
    count = len(sitting.last.citations)
    shown = said(sitting.respond("/sources"))
    assert [f"[{number}] " in shown for number in range(1, count + 2)] == [True] * count + [False]
    second = said(sitting.respond("/sources 2")).splitlines()
    lines = (TOWN / "mayors.md").read_text(encoding="utf-8").splitlines()
    number = int(second[1].removeprefix("line ").partition(",")[0])
    around = [line.replace("“", "").replace("”", "") for line in second[2:-1]]
    assert around == lines[number - 3 : number + 2]
    assert second[0].startswith("[2] ")


@pytest.mark.parametrize("given", ["0", "99", "-1", "two", "1 2", "²", "9" * 30])
@pytest.mark.parametrize("command", ["/sources", "/open"])
def test_another_number_gets_the_range(sitting: Sitting, command: str, given: str) -> None:
    sitting.respond(ALL_MAYORS)
    assert sitting.last is not None
    shown = said(sitting.respond(f"{command} {given}"))
    most = len(sitting.last.citations)
    assert shown == f"There are {most} sources: {command} takes a number from 1 to {most}, not “{given}”."


def test_a_source_is_opened_at_its_line(sitting: Sitting) -> None:
    sitting.respond(MAYOR)
    opened, told = sitting.respond("/open 1")
    assert isinstance(opened, Opened)
    assert opened.path == TOWN / "mayors.md"
    assert "Llewellyn-Cole" in opened.path.read_text(encoding="utf-8").splitlines()[opened.line - 1]
    assert said([told]) == f"{opened.path}:{opened.line}"


def test_without_a_number_the_only_source_is_opened(sitting: Sitting) -> None:
    sitting.respond(MAYOR)
    assert sitting.respond("/open") == sitting.respond("/open 1")


def test_after_a_search_the_passages_found_are_opened_until_something_is_asked(sitting: Sitting) -> None:
    sitting.respond(MAYOR)
    sitting.respond("/search flood Tarrow rowing club")
    found = sitting.respond("/open 1")[0]
    assert isinstance(found, Opened)
    assert "flood" in found.path.read_text(encoding="utf-8").splitlines()[found.line - 1]
    assert list(REGISTRY["/open"].arguments(sitting)) == [str(n) for n in range(1, len(sitting.found) + 1)]
    sitting.respond(MAYOR)
    mayor = sitting.respond("/open 1")[0]
    assert isinstance(mayor, Opened)
    assert mayor.path.name == "mayors.md"


def test_a_record_is_opened_at_its_line(bot_of: Callable[[str], Chatbot]) -> None:
    sitting = Sitting(bot_of("hospital"))
    sitting.respond("/search burst pipe flooded the archive")
    opened = sitting.respond("/open 1")[0]
    assert isinstance(opened, Opened)
    assert (opened.path.name, opened.line) == ("news.jsonl", 3)


def test_a_cell_of_a_workbook_is_named_and_left_to_its_program(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "quarry.xlsx")
    sitting = Sitting(Chatbot.open(path, cache=tmp_path / "cache"), [path])
    sitting.respond("who managed the quarry in 1980?")
    assert "(quarry.xlsx, 'Quarry managers'!A3:C3)" in said(sitting.respond("/sources 1"))
    shown = sitting.respond("/open 1")
    assert said(shown) == f"{path}, 'Quarry managers'!A3:C3: the program it was made with opens it."
    assert len(shown) == 1


def test_sources_of_a_document_that_changed_or_is_not_open_are_still_told(
    tmp_path: Path, sitting: Sitting, department: Chatbot
) -> None:
    sitting.respond(MAYOR)
    elsewhere = Sitting(department)
    elsewhere.conversation = sitting.conversation
    assert "mayors.md is not among the documents that are open" in said(elsewhere.respond("/sources"))
    assert "mayors.md is not among the documents that are open" in said(elsewhere.respond("/open 1"))
    town = Path(shutil.copytree(TOWN, tmp_path / "town"))
    text = (town / "mayors.md").read_text(encoding="utf-8")
    (town / "mayors.md").write_text(f"# Changed\n\n{text}", encoding="utf-8")
    changed = Sitting(Chatbot.open(town, cache=tmp_path / "cache"), [town])
    changed.conversation = sitting.conversation
    shown = said(changed.respond("/sources 1"))
    assert "the document has changed since" in shown
    assert "Rhys Llewellyn-Cole" in shown


@pytest.mark.parametrize(
    "piece",
    [
        "asked       who was mayor",
        "kind        fact",
        "office/holder_at",
        "date “in 1930” = 1930",
        "0.98, sure",
        "elapsed     ",
    ],
)
def test_why_tells(sitting: Sitting, piece: str) -> None:
    sitting.respond(MAYOR)
    assert piece in said(sitting.respond("/why"))


def test_why_shows_what_a_follow_up_was_understood_as(sitting: Sitting) -> None:
    sitting.respond(MAYOR)
    assert "understood" not in said(sitting.respond("/why"))
    sitting.respond("and in 1955?")
    shown = said(sitting.respond("/why")).splitlines()
    assert shown[0] == "asked       and in 1955?"
    assert shown[1].startswith("understood  who was mayor of Elmsford in 1955")


@pytest.mark.parametrize(
    ("confidence", "kind", "word"),
    [
        (0.95, "fact", "sure"),
        (0.8, "passage", "likely"),
        (0.55, "passage", "unsure"),
        (0.3, "unknown", "too unsure to be shown"),
        (0.0, "unknown", "nothing near was found"),
    ],
)
def test_why_words_how_sure_an_answer_is(sitting: Sitting, confidence: float, kind: str, word: str) -> None:
    sitting.respond(MAYOR)
    assert sitting.last is not None
    answer = msgspec.structs.replace(sitting.last, confidence=confidence, kind=kind)
    sitting.conversation = Conversation((answer,))
    assert f"confidence  {confidence:.2f}, {word}" in said(sitting.respond("/why")).splitlines()
