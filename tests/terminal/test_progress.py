"""Progress: a bar that fits, with rate and time left, or nothing at all; and a word when it is stopped."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr

import pytest

from chatbot.terminal.progress import indexing, measuring


class Screen(io.StringIO):
    """What is written to a terminal."""

    def isatty(self) -> bool:
        return True

    @property
    def bars(self) -> list[str]:
        text = re.sub(r"\x1b\[\??\d*[a-zA-Z]", "", self.getvalue())
        return [line.rstrip() for line in re.split(r"[\r\n]+", text) if line.strip()]


@contextmanager
def terminal(monkeypatch: pytest.MonkeyPatch, width: int = 80) -> Iterator[Screen]:
    """Stderr is a terminal so wide."""
    monkeypatch.setenv("COLUMNS", str(width))
    with redirect_stderr(Screen()) as screen:
        yield screen


@pytest.mark.parametrize("width", [30, 40, 80, 160])
def test_a_bar_never_wraps(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(monkeypatch, width) as screen, indexing() as tell:
        for number in range(1, 101):
            tell(number, number, number / 100)
    assert screen.bars
    assert max(map(len, screen.bars)) <= width
    assert "100%" in screen.bars[-1]
    assert ("passages/s" in screen.bars[-1]) == (width >= 80)


def test_questions_follow_indexing_on_a_bar_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(monkeypatch) as screen, measuring("Asking", "questions") as (indexed, done):
        indexed(5, 50, 0.5)
        indexed(10, 100, 1.0)
        for number in range(1, 5):
            done(number, 4)
    labels = [bar.split()[0] for bar in screen.bars]
    assert labels == sorted(labels, reverse=True)
    assert set(labels) == {"Indexing", "Asking"}
    assert "4 of 4 questions" in screen.bars[-1]


def test_work_that_is_done_already_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(monkeypatch) as screen, indexing():
        pass
    assert screen.getvalue() == ""


def test_where_there_is_no_terminal_short_work_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with measuring("Asking", "questions") as (indexed, done):
        indexed(5, 50, 0.5)
        done(1, 4)
    assert capsys.readouterr().err == ""


def interrupted_after(told: Callable[..., None], *numbers: float) -> None:
    told(*numbers)
    raise KeyboardInterrupt


def test_stopped_indexing_leaves_the_index(monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(monkeypatch) as screen, pytest.raises(KeyboardInterrupt), indexing() as tell:
        interrupted_after(tell, 1, 1, 0.1)
    assert screen.bars[-1] == "Stopped. The index is as it was."


def test_a_stopped_measurement_wrote_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(monkeypatch) as screen, pytest.raises(KeyboardInterrupt), measuring("Asking", "x") as (_, done):
        interrupted_after(done, 1, 10)
    assert screen.bars[-1] == "Stopped. Nothing was written."
