"""Keys beyond those of prompt_toolkit."""

from collections.abc import Callable

from prompt_toolkit.application import get_app, run_in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition, emacs_mode, has_completions, vi_navigation_mode
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from chatbot.settings import Settings


def bindings(settings: Settings, show_help: Callable[[], None]) -> KeyBindings:
    """The keys of these settings; `show_help` prints the help above the line being typed."""
    keys = KeyBindings()

    @keys.add("f1")
    def _(event: KeyPressEvent) -> None:
        run_in_terminal(show_help)

    @keys.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        if settings.multiline:
            event.current_buffer.validate_and_handle()
        else:
            event.current_buffer.insert_text("\n")

    # Alone, since Alt with a key comes as Escape before it; eager, so that the menu closes at once.
    @keys.add("escape", filter=emacs_mode & has_completions & Condition(_nothing_follows), eager=True)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.cancel_completion()

    @keys.add("up", filter=~vi_navigation_mode & Condition(_nothing_chosen))
    @keys.add("c-p", filter=~vi_navigation_mode & Condition(_nothing_chosen))
    def _(event: KeyPressEvent) -> None:
        """Up looks back at lines that begin alike, unless the menu is walked through."""
        event.current_buffer.cancel_completion()
        event.current_buffer.auto_up(count=event.arg)

    return keys


def _nothing_follows() -> bool:
    return not get_app().key_processor.input_queue


def _nothing_chosen() -> bool:
    state = _buffer().complete_state
    return state is None or state.complete_index is None


def _buffer() -> Buffer:
    return get_app().current_buffer
