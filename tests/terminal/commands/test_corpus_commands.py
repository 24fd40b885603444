"""`/corpus` and `/reload`: other documents while the talk goes on."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from chatbot import Chatbot, ChatbotError
from chatbot.settings import Settings
from chatbot.terminal.blocks import Prose, Restyled, Table
from chatbot.terminal.commands import REGISTRY
from chatbot.terminal.sitting import Sitting

TOWN = Path(__file__).parents[2] / "domains" / "elmsford" / "docs"
MAYOR = "who was mayor of Elmsford in 1930?"
BOATS = "# Boats of Elmsford\n\n| Boat | Built |\n|---|---|\n| Tern | 1931 |\n| Petrel | 1940 |\n"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TOWN, tmp_path / "town"))


@pytest.fixture
def boats(tmp_path: Path) -> Path:
    (tmp_path / "boats").mkdir()
    (tmp_path / "boats" / "boats.md").write_text(BOATS)
    return tmp_path / "boats"


@pytest.fixture
def sitting(town: Path, boats: Path, cache: Path) -> Sitting:
    def opened(paths: Sequence[Path]) -> Chatbot:
        return Chatbot.open(list(paths) or None, cache=cache)

    settings = Settings(corpora={"fleet": boats, "lost": boats.with_name("lost")})
    return Sitting(opened([town]), [town], corpus_name="town", opener=opened, settings=settings)


def said(sitting: Sitting, line: str) -> str:
    prose = [block for block in sitting.respond(line) if isinstance(block, Prose)]
    return "\n".join("".join(text for _, text in line.fragments) for block in prose for line in block.lines)


@pytest.mark.parametrize("named", ["fleet", "{boats}"], ids=["name", "path"])
def test_documents_are_added_and_dropped_by_name_or_path(sitting: Sitting, boats: Path, named: str) -> None:
    named = named.format(boats=boats)
    sitting.respond(MAYOR)
    shown = said(sitting, f"/corpus add {named}")
    assert shown.splitlines()[0].startswith("town and 1 more: 2 documents, ")
    assert "→ 3 documents, " in shown
    assert "  boats.md is new" in shown
    sitting.respond("when was the Petrel built?")
    assert sitting.last is not None
    assert "1940" in sitting.last.text
    assert len(sitting.conversation.turns) == 2
    assert "  boats.md is gone" in said(sitting, f"/corpus drop {named}")
    sitting.respond("who came after him?")
    assert len(sitting.conversation.turns) == 3
    assert (sitting.corpus_name, len(sitting.bot.knowledge.titles)) == ("town", 2)


def test_what_was_open_can_be_dropped_once_there_is_more(sitting: Sitting) -> None:
    sitting.respond(MAYOR)
    assert "is all that is open" in said(sitting, "/corpus drop town")
    sitting.respond("/corpus add fleet")
    sitting.respond("/corpus drop town")
    assert sitting.corpus_name == "fleet"
    for question in ("and in 1955?", "how long did he serve?", "when was the Tern built?"):
        sitting.respond(question)
    assert sitting.last is not None
    assert "1931" in sitting.last.text


def test_the_shipped_documents_have_a_name_too(cache: Path, boats: Path) -> None:
    sitting = Sitting(Chatbot.open(cache=cache), opener=lambda paths: Chatbot.open(list(paths) or None, cache=cache))
    said(sitting, f"/corpus add {boats}")
    assert sitting.corpus_name == "shipped and 1 more"
    said(sitting, "/corpus drop boats")
    assert (sitting.corpus_name, sitting.corpus) == ("shipped", ())


@pytest.mark.parametrize(
    ("line", "piece"),
    [
        ("/corpus add no/such", "no/such does not exist"),
        ("/corpus add lost", "which is gone"),
        ("/corpus add town", "town does not exist"),
        ("/corpus add {town}", "is open already"),
        ("/corpus add {empty}", "empty"),
        ("/corpus drop fleet", "fleet is not among what is open: town"),
        ("/corpus add", "take a path or a remembered name"),
        ("/corpus sell x", "take a path or a remembered name"),
    ],
)
def test_on_any_fault_the_old_documents_stay(
    sitting: Sitting, town: Path, tmp_path: Path, line: str, piece: str
) -> None:
    (tmp_path / "empty").mkdir()
    before = sitting.bot, sitting.corpus
    assert piece in said(sitting, line.format(town=town, empty=tmp_path / "empty"))
    assert (sitting.bot, sitting.corpus) == before
    sitting.respond(MAYOR)
    assert sitting.last is not None
    assert "Llewellyn-Cole" in sitting.last.text


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), ChatbotError("The disk is full.")], ids=["Ctrl-C", "error"])
def test_opening_that_is_broken_off_leaves_everything(sitting: Sitting, fault: BaseException) -> None:
    def failing(paths: Sequence[Path]) -> Chatbot:
        raise fault

    sitting.opener = failing
    before = sitting.bot
    for line in ("/corpus add fleet", "/reload"):
        assert said(sitting, line).endswith("The documents open are as they were.")
    assert sitting.bot is before


def test_the_list_shows_what_is_open_left_out_and_remembered(sitting: Sitting, town: Path, boats: Path) -> None:
    (town / "broken.md").write_bytes(b"\xff\xff\xff")
    sitting.respond("/reload")
    blocks = sitting.respond("/corpus list")
    tables = [block for block in blocks if isinstance(block, Table)]
    assert tables[0].rows == (("town", str(town)),)
    assert ("mayors.md", "Civic offices of Elmsford") in tables[1].rows
    assert tables[2].rows[0] == ("fleet", str(boats))
    assert "Left out: broken.md is not encoded in UTF-8" in said(sitting, "/corpus list")


def test_reload_says_what_changed(sitting: Sitting, town: Path) -> None:
    assert said(sitting, "/reload").endswith("no file changed")
    (town / "boats.md").write_text(BOATS)
    (town / "mayors.md").write_text((town / "mayors.md").read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    (town / "elmsford.md").unlink()
    shown = said(sitting, "/reload").splitlines()
    assert "→" in shown[0]
    assert shown[1:] == ["  boats.md is new", "  elmsford.md is gone", "  mayors.md changed"]
    sitting.respond("when was the Petrel built?")
    assert sitting.last is not None
    assert "1940" in sitting.last.text


def test_what_is_drawn_from_the_documents_is_to_be_drawn_anew(sitting: Sitting) -> None:
    assert Restyled() in sitting.respond("/corpus add fleet")


def test_names_are_offered(sitting: Sitting) -> None:
    offered = list(REGISTRY["/corpus"].arguments(sitting))
    assert {"list", "add fleet", "add shipped", "drop town"} <= set(offered)
