"""Every key that the help names, pressed at a real terminal."""

import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from terminalscreen import PROMPT, TerminalScreen

ASKED = "who led DPO in 2005?"
ANSWER = "Jean-Marie Guéhenno"
ENTER, TAB, ESCAPE, ALT_ENTER = "\r", "\t", "\x1b", "\x1b\r"
UP, DOWN, RIGHT, F1 = "\x1b[A", "\x1b[B", "\x1b[C", "\x1bOP"
CTRL_A, CTRL_C, CTRL_D, CTRL_E, CTRL_F, CTRL_L, CTRL_R = "\x01", "\x03", "\x04", "\x05", "\x06", "\x0c", "\x12"
CTRL_UNDERSCORE, CTRL_X_CTRL_E = "\x1f", "\x18\x05"

Open = Callable[..., TerminalScreen]


@pytest.fixture
def opened(indexed: Path, tmp_path: Path) -> Iterator[Open]:
    """Opens terminals of one person, whose editor adds a word."""
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nfor file in "$@"; do :; done\nprintf "and edited" >> "$file"\n')
    editor.chmod(0o755)
    shown: list[TerminalScreen] = []

    def open_(*arguments: str, columns: int = 80, lines: int = 24, **variables: str) -> TerminalScreen:
        environment = {"CHATBOT_CACHE": str(indexed), "EDITOR": str(editor)} | variables
        state = tmp_path / "state"
        shown.append(TerminalScreen(*arguments, environment=environment, columns=columns, lines=lines, state=state))
        return shown[-1].ready()

    yield open_
    for each in shown:
        each.close()


def gathered(shown: TerminalScreen) -> TerminalScreen:
    """Wait until the menu knows the documents, which the bar tells by counting passages."""
    return shown.until("passages")


def typed(text: str) -> Callable[[TerminalScreen], bool]:
    return lambda shown: shown.typed == f"{PROMPT}{text}".rstrip()


MENUS = {
    "a surname": ("when did gueh", "Jean-Marie Guéhenno"),
    "a name in the middle": ("how long did jean-marie gu", "Jean-Marie Guéhenno"),
    "initials": ("who is hl", "Hervé Ladsous"),
    "a slip": ("when did guehn", "Jean-Marie Guéhenno"),
    "letters left out": ("when did ghno", "Jean-Marie Guéhenno"),
    "a topic": ("show the largest con", "Largest contributors"),
    "a property": ("what is the headq", "headquarters"),
    "a question": ("who led", "Who led DPO in"),
    "a command": ("/sou", "/sources"),
    "what may follow a command": ("/help /so", "/sources"),
}


@pytest.fixture(scope="module")
def typing(indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TerminalScreen]:
    state = tmp_path_factory.mktemp("state")
    shown = TerminalScreen(environment={"CHATBOT_CACHE": str(indexed)}, state=state).ready()
    yield gathered(shown)
    shown.close()


@pytest.mark.parametrize("case", MENUS)
def test_a_menu_opens_while_typing(typing: TerminalScreen, case: str) -> None:
    keys, offered = MENUS[case]
    typing.cleared().send(keys)
    typing.until(lambda shown: any(offered in line for line in shown.screen.display[1:-1]))


def test_tab_takes_what_is_offered_and_enter_only_what_was_typed(typing: TerminalScreen) -> None:
    typing.cleared().send("when did gueh")
    typing.until(lambda shown: ANSWER in shown.screen.display[1])
    typing.send(TAB)
    typing.until(typed("when did Jean-Marie Guéhenno"))
    typing.cleared().send("/sou")
    typing.until(lambda shown: "/sources" in shown.screen.display[1])
    typing.send(ENTER)
    typing.until("No command /sou. Did you mean /sources?")


def test_down_walks_through_the_menu(typing: TerminalScreen) -> None:
    typing.cleared().send("/qui")
    typing.until(lambda shown: "/quit" in shown.screen.display[1])
    typing.send(DOWN)
    typing.until(typed("/quit"))


def test_escape_closes_the_menu_and_keeps_the_line(typing: TerminalScreen) -> None:
    typing.cleared().send("when did gueh")
    typing.until(lambda shown: ANSWER in shown.screen.display[1])
    typing.send(ESCAPE)
    typing.until(lambda shown: ANSWER not in shown.text)
    assert typing.typed == "you> when did gueh"


@pytest.mark.parametrize("line", ["w", "who is the", "what was"], ids=["one letter", "everyday words", "was"])
def test_no_menu_where_little_is_typed(typing: TerminalScreen, line: str) -> None:
    typing.cleared().send(line + "\x1b[D")  # one step left: the line is drawn, and whatever else there is
    typing.until(lambda shown: shown.screen.cursor.x == len(PROMPT + line) - 1 and line in shown.screen.display[0])
    typing.until(lambda shown: not any(row.strip() for row in shown.screen.display[1:-1]))


@pytest.mark.parametrize(
    ("text", "part"), [(ASKED, "DPO"), (ASKED, "2005"), ("/help", "/help")], ids=["name", "date", "command"]
)
def test_what_is_recognised_is_marked(typing: TerminalScreen, text: str, part: str) -> None:
    typing.cleared().send(text)
    start = len(PROMPT) + text.index(part)

    def colours(shown: TerminalScreen) -> set[str]:
        return {shown.screen.buffer[0][column].fg for column in range(start, start + len(part))}

    typing.until(lambda shown: text in shown.screen.display[0] and "default" not in colours(shown))
    if text != part:
        assert typing.screen.buffer[0][len(PROMPT)].fg == "default"


@pytest.mark.parametrize("key", [RIGHT, CTRL_E, CTRL_F], ids=["Right", "Ctrl-E", "Ctrl-F"])
def test_the_greyed_suggestion_from_history_is_taken(opened: Open, key: str) -> None:
    shown = opened().entered(ASKED).cleared()
    shown.send("who l")
    shown.until(lambda shown: shown.screen.display[0].rstrip() == PROMPT + ASKED)
    assert shown.screen.cursor.x == len(PROMPT) + 5
    shown.send(key)
    shown.until(lambda shown: shown.screen.cursor.x == len(PROMPT + ASKED))


def test_up_looks_back_at_lines_that_begin_alike(opened: Open) -> None:
    shown = opened().entered(ASKED, "/why").cleared()
    shown.send("who" + UP)
    shown.until(typed(ASKED))


def test_ctrl_r_searches_past_lines(opened: Open) -> None:
    shown = opened().entered(ASKED, "/why").cleared()
    shown.send(CTRL_R + "2005")
    shown.until("bck:" if "bck:" in shown.text else "2005")
    shown.send(ENTER)
    shown.until(lambda shown: ASKED in shown.text and "search" not in shown.text)


def test_lines_are_remembered_in_a_private_file_unless_that_is_off(opened: Open, tmp_path: Path) -> None:
    path = tmp_path / "state" / "history"
    opened(CHATBOT_HISTORY="off").entered(ASKED).send(CTRL_D)
    assert not path.exists()
    shown = opened().entered(ASKED)
    shown.send(CTRL_D)
    assert shown.ended() == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    shown = opened()
    shown.send(UP)
    shown.until(typed(ASKED))


def test_control_characters_in_the_history_do_no_harm(opened: Open, tmp_path: Path) -> None:
    opened().send(CTRL_D)
    (tmp_path / "state" / "history").write_bytes(b"\n# 2026\n+/wh\x1b]0;owned\x07\x1b[2Jy\n+\xff\n")
    shown = opened()
    shown.send(UP)
    shown.until("/wh")
    assert b"\x1b[2J" not in shown.received
    assert b"\x1b]0;" not in shown.received


def test_alt_enter_begins_a_new_line_and_enter_asks(opened: Open) -> None:
    shown = opened()
    shown.send("who led DPO" + ALT_ENTER + "in 2005?")
    shown.until("in 2005?").send(ENTER)
    shown.until(ANSWER)


def test_multiline_turns_enter_around(opened: Open) -> None:
    shown = opened(CHATBOT_MULTILINE="on")
    shown.send("who led DPO" + ENTER + "in 2005?")
    shown.until(lambda shown: "in 2005?" in shown.typed).send(ALT_ENTER)
    shown.until(ANSWER)


def test_undo_takes_back_what_was_typed(opened: Open) -> None:
    shown = opened()
    shown.send("who")
    shown.until(typed("who"))
    shown.send("\x15")
    shown.ready().send(CTRL_UNDERSCORE)
    shown.until(typed("who"))


def test_the_editor_edits_the_line(opened: Open) -> None:
    shown = opened()
    shown.send("who " + CTRL_X_CTRL_E)
    shown.until("you> who and edited").ready()


def test_vi_keys(opened: Open) -> None:
    shown = opened(CHATBOT_KEYS="vi").until("vi: insert")
    shown.send("who led")
    shown.until(typed("who led"))
    shown.send(ESCAPE)
    shown.until("vi: normal")
    shown.send("0dw")
    shown.until(typed("led"))
    shown.send("u")
    shown.until(typed("who led"))
    shown.send("v")
    shown.until("you> who ledand edited").ready()


def test_ctrl_c_drops_the_line_and_ctrl_d_leaves(opened: Open) -> None:
    shown = opened()
    shown.send("/frobnicate")
    shown.until("/frobnicate").send(CTRL_C)
    shown.ready().send(CTRL_D)
    assert shown.ended() == 0
    assert "No command" not in shown.text


def test_ctrl_l_clears_the_screen(opened: Open) -> None:
    shown = opened()
    shown.send("who" + CTRL_L)
    shown.until(lambda shown: shown.screen.display[0].rstrip() == "you> who")


def test_f1_shows_help_and_keeps_the_line(opened: Open) -> None:
    shown = opened(lines=60)
    shown.send("who")
    shown.until(typed("who"))
    shown.send(F1)
    shown.until("Keys").until(typed("who"))


def test_the_mouse_is_heard_only_where_it_is_wanted(opened: Open) -> None:
    assert b"\x1b[?1000h" not in opened().received
    shown = opened(CHATBOT_MOUSE="on")
    assert b"\x1b[?1000h" in shown.received


def test_the_bar_tells_corpus_passages_subject_and_time(opened: Open) -> None:
    shown = gathered(opened())
    assert "shipped" in shown.screen.display[-1]
    shown.entered(ASKED)
    shown.until(lambda shown: ANSWER in shown.screen.display[-1] and " ms" in shown.screen.display[-1])


def test_a_long_answer_is_paged_and_the_talk_goes_on(opened: Open) -> None:
    shown = opened(lines=12, PAGER="less")
    shown.send("/help" + ENTER)
    shown.until(lambda shown: shown.screen.display[-1].startswith(":") and "Ask a question" in shown.text)
    shown.send("G")
    shown.until("Ctrl-D")
    shown.send("q")
    shown.ready()


def test_paging_can_be_switched_off(opened: Open) -> None:
    shown = opened(lines=12, CHATBOT_PAGER="off")
    shown.send("/help" + ENTER)
    shown.until("Ctrl-D").ready()


def test_plain_draws_nothing(opened: Open) -> None:
    shown = opened("--plain")
    shown.send(ASKED + ENTER)
    shown.until(ANSWER).ready()
    assert b"\x1b[3" not in shown.received
    assert b"\x1b[J" not in shown.received
    assert "passages" not in shown.text
    shown.send(CTRL_D)
    assert shown.ended() == 0


def test_no_color_draws_without_colour(opened: Open) -> None:
    shown = gathered(opened(NO_COLOR="1"))
    shown.send(ASKED)
    shown.until(ASKED)
    assert not any(f"\x1b[0;{colour}".encode() in shown.received for colour in range(30, 38))


def test_the_first_start_tells_what_is_known_and_the_next_is_short(opened: Open) -> None:
    shown = opened()
    assert "Try:" in shown.text
    assert "1948" in shown.text
    shown.send(CTRL_D)
    shown = opened()
    assert "Try:" not in shown.text
    assert shown.text.startswith("shipped: 6 documents\n")


def test_the_samples_of_the_greeting_are_answered(opened: Open) -> None:
    shown = opened(lines=80)
    _, _, tried = shown.text.partition("Try:\n")
    questions = [line.strip() for line in tried.splitlines() if line.startswith("  ")]
    assert len(questions) == 5
    shown.entered(*questions)
    assert shown.text.count("[1]") == 5


@pytest.mark.parametrize(("columns", "lines"), [(40, 20), (80, 24), (160, 50)], ids=str)
def test_any_size_of_screen_will_do(opened: Open, columns: int, lines: int) -> None:
    shown = opened(columns=columns, lines=lines)
    assert "Try:" in shown.text
    shown.send(ASKED + ENTER)
    shown.until("30 June 2008").ready()


def test_settings_changed_while_talking_hold_from_the_next_line_on(opened: Open) -> None:
    shown = opened().entered("/settings keys vi").until("vi: insert")
    shown.entered("/theme plain")
    before = len(shown.received)
    shown.send(ASKED + ENTER)
    shown.until(ANSWER).ready()
    assert b"\x1b" not in shown.received[before:].replace(b"\x1b[?2004", b"")


def test_a_window_that_is_narrowed_keeps_line_and_bar(opened: Open) -> None:
    shown = gathered(opened())
    shown.send("who led")
    shown.until(typed("who led"))
    shown.resize(columns=40, lines=20)
    shown.until(lambda shown: shown.typed == "you> who led" and "shipped" in shown.text)
