"""The line being typed: a prompt_toolkit session with the menu, suggestions, marks, keys and bar of these settings."""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.filters import to_filter
from prompt_toolkit.key_binding.vi_state import InputMode
from prompt_toolkit.styles import Style

from chatbot.terminal.typing.bar import bar
from chatbot.terminal.typing.completing import LineCompleter
from chatbot.terminal.typing.keys import bindings
from chatbot.terminal.typing.marks import MarkingLexer
from chatbot.terminal.typing.offers import Offers
from chatbot.terminal.typing.remembering import history

if TYPE_CHECKING:
    from chatbot.terminal.sitting import Sitting

PROMPT = "you> "
MENU = 6
"""Rows below the line that are kept free for the menu."""
ESCAPE = 0.05
"""Seconds after which Escape is a key of its own and no longer the beginning of another's code."""
_STYLE = Style.from_dict(
    {
        # Colours by name are the terminal's own, which suit its background whether light or dark.
        "prompt": "bold ansicyan",
        "mark.name": "ansicyan",
        "mark.date": "ansimagenta",
        "mark.command": "bold ansigreen",
        "bottom-toolbar": "noreverse ansibrightblack",
        "auto-suggestion": "ansibrightblack",
        "completion-menu": "noinherit",
        "completion-menu.completion": "noinherit",
        "completion-menu.completion.current": "noinherit reverse",
        "completion-menu.meta.completion": "noinherit ansibrightblack",
        "completion-menu.meta.completion.current": "noinherit reverse",
        "scrollbar.background": "noinherit",
        "scrollbar.button": "noinherit",
    }
)


class TypedLine:
    """Reads lines of a sitting. Made anew when settings or documents change."""

    def __init__(self, sitting: "Sitting", past: Path | None, show_help: Callable[[], None]) -> None:
        self._sitting, self._offers = sitting, Offers(sitting.bot)
        settings = sitting.settings
        if settings.editor:  # prompt_toolkit and the commands both open what this names
            os.environ["VISUAL"] = settings.editor
        self._session: PromptSession[str] = PromptSession(
            [("class:prompt", PROMPT)],
            multiline=settings.multiline,
            editing_mode=EditingMode.VI if settings.keys == "vi" else EditingMode.EMACS,
            lexer=MarkingLexer(sitting.bot.names, sitting.today or date.today()),
            completer=LineCompleter(sitting, self._offers),
            reserve_space_for_menu=MENU,
            auto_suggest=AutoSuggestFromHistory(),
            history=history(past if settings.history else None),
            style=_STYLE,
            key_bindings=bindings(settings, show_help),
            enable_open_in_editor=True,
            mouse_support=settings.mouse,
            bottom_toolbar=self._bar,
            prompt_continuation=lambda width, number, is_soft: "… ".rjust(width),
        )
        # Set on the buffer alone: as an option of the session it would keep the menu shut.
        self._session.default_buffer.enable_history_search = to_filter(True)
        self._session.app.ttimeoutlen = ESCAPE
        self._is_begun = False

    def read(self) -> str:
        """The line typed. Raises `KeyboardInterrupt` on Ctrl-C and `EOFError` on Ctrl-D."""
        if self._sitting.last is not None:
            self._offers.answered(self._sitting.last.kind)
        return self._session.prompt(pre_run=self._begin)

    def _begin(self) -> None:
        if not self._is_begun:
            self._is_begun = True
            self._offers.begin(self._redraw)

    def _redraw(self) -> None:
        """Called from another thread; between two prompts there is no line to draw anew."""
        with suppress(RuntimeError):
            self._session.app.invalidate()

    def _bar(self) -> str:
        app = self._session.app
        is_vi = self._sitting.settings.keys == "vi"
        mode = ("vi: insert" if app.vi_state.input_mode == InputMode.INSERT else "vi: normal") if is_vi else ""
        width = app.output.get_size().columns
        return bar(self._sitting.corpus_name, self._offers.passages, self._sitting.last, mode, width)
