"""What the owner of the terminal does for a command."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.terminal.blocks import Opened
from chatbot.terminal.typing.wishes import LARGEST, clipboard_code, open_file


@given(st.text())
def test_the_clipboard_gets_the_very_text_and_the_terminal_no_other_sequence(text: str) -> None:
    code = clipboard_code(text)
    payload = code.removeprefix("\x1b]52;c;").removesuffix("\a")
    assert payload.isascii()
    assert "\x1b" not in payload
    assert base64.b64decode(payload) == text.encode("utf-8", "replace")


def test_what_terminals_would_not_take_is_told() -> None:
    assert clipboard_code("a" * LARGEST)
    with pytest.raises(ValueError, match="more than terminals take"):
        clipboard_code("é" * LARGEST)


@pytest.mark.parametrize("variable", ["VISUAL", "EDITOR"])
def test_the_editor_gets_path_and_line(variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "told"
    editor = tmp_path / "my editor"
    editor.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{told}"\n')
    editor.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv(variable, f"'{editor}' -n")
    assert open_file(Opened(tmp_path / "a file.md", 7)) == ""
    assert told.read_text().splitlines() == ["-n", "+7", str(tmp_path / "a file.md")]


@pytest.mark.parametrize("command", ["no-such-editor", "'unclosed", " "])
def test_an_editor_that_cannot_be_started_is_told_with_the_place(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", command)
    told = open_file(Opened(tmp_path / "file.md", 7))
    assert told.startswith(f"{tmp_path / 'file.md'}:7 (the editor")


def test_without_editor_and_pager_the_place_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert open_file(Opened(tmp_path / "file.md", 7)) == f"{tmp_path / 'file.md'}:7"
