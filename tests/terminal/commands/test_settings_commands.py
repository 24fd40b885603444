"""`/theme` and `/settings`."""

from pathlib import Path

import pytest

from chatbot import Chatbot
from chatbot.settings import load
from chatbot.terminal.blocks import Prose, Restyled, Table
from chatbot.terminal.commands import REGISTRY
from chatbot.terminal.sitting import Sitting


@pytest.fixture
def sitting(elmsford: Chatbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    monkeypatch.setenv("CHATBOT_CONFIG", str(tmp_path / "settings.toml"))
    return Sitting(elmsford)


def said(sitting: Sitting, line: str) -> str:
    prose = [block for block in sitting.respond(line) if isinstance(block, Prose)]
    return "\n".join("".join(text for _, text in line.fragments) for block in prose for line in block.lines)


@pytest.mark.parametrize("line", ["/theme light", "/settings theme light"])
def test_the_theme_changes_for_this_talk(sitting: Sitting, line: str) -> None:
    assert Restyled() in sitting.respond(line)
    assert sitting.settings.theme == "light"
    assert load().settings.theme == "auto"


@pytest.mark.parametrize(
    ("line", "attribute", "value"),
    [
        ("/settings keys vi", "keys", "vi"),
        ("/settings mouse on", "mouse", True),
        ("/settings pager no", "pager", False),
    ],
)
def test_settings_are_changed_and_saved_on_request(
    sitting: Sitting, line: str, attribute: str, value: object, tmp_path: Path
) -> None:
    sitting.respond(line)
    assert getattr(sitting.settings, attribute) == value
    assert not (tmp_path / "settings.toml").exists()
    assert "Saved to" in said(sitting, "/settings save")
    assert getattr(load().settings, attribute) == value
    assert said(sitting, "/settings save") == "No setting was changed in this talk."


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("/theme blue", ["“blue”", "“plain”"]),
        ("/theme", ["The theme is auto", "auto, dark, light, plain"]),
        ("/settings kyes vi", ["“kyes”", "Did you mean keys?"]),
        ("/settings kyes", ["“kyes”", "Did you mean keys?"]),
        ("/settings mouse maybe", ["“maybe”", "on or off"]),
        ("/settings mouse", ["mouse is off", "on, off"]),
        ("/settings corpora x", ["chatbot use"]),
    ],
)
def test_each_answer_says_what_is_allowed(sitting: Sitting, line: str, pieces: list[str]) -> None:
    before = sitting.settings
    assert all(piece in said(sitting, line) for piece in pieces)
    assert sitting.settings == before


def test_settings_that_wait_for_the_next_start_say_so(sitting: Sitting) -> None:
    assert "from the next start on" in said(sitting, "/settings history off")


def test_the_list_marks_what_was_changed(sitting: Sitting) -> None:
    sitting.respond("/theme dark")
    (table,) = [block for block in sitting.respond("/settings") if isinstance(block, Table)]
    assert table.rows[:2] == (
        ("theme", "dark", "changed", "auto, dark, light, plain"),
        ("keys", "emacs", "", "emacs, vi"),
    )


def test_a_file_at_fault_is_not_overwritten(sitting: Sitting, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("theme =")
    sitting.respond("/theme dark")
    assert "settings.toml:1:" in said(sitting, "/settings save")
    assert (tmp_path / "settings.toml").read_text() == "theme ="


def test_a_variable_that_overrules_is_told_of(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATBOT_THEME", "light")
    sitting.respond("/theme dark")
    assert "CHATBOT_THEME overrules it" in said(sitting, "/settings save")


def test_names_and_values_are_offered(sitting: Sitting) -> None:
    assert {"save", "theme", "theme dark", "mouse on"} <= set(REGISTRY["/settings"].arguments(sitting))
    assert list(REGISTRY["/theme"].arguments(sitting)) == ["auto", "dark", "light", "plain"]
