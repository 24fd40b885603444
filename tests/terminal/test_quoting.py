"""Links to sources: to the file, and to the line where the terminal takes one."""

import pytest
from conftest import BotOf

from chatbot.terminal.quoting import address, line_of

KITTY = {"TERM": "xterm-kitty"}


@pytest.mark.parametrize(
    ("environment", "has_line"),
    [({"TERM": "xterm-256color"}, False), (KITTY, True), ({"TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"}, True)],
    ids=["any", "kitty", "kitty inside tmux"],
)
def test_a_source_links_to_its_file_and_where_that_works_to_its_line(
    bot_of: BotOf, environment: dict[str, str], has_line: bool
) -> None:
    bot = bot_of("elmsford")
    citation = bot.ask("who was mayor in 1930?").citations[0]
    link = address(bot, citation.document, citation.start, environment)
    file, _, line = link.partition("#")
    assert file == bot.file(citation.document).resolve().as_uri()
    assert line == (str(line_of(bot, citation.document, citation.start)) if has_line else "")
    if has_line:
        text = bot.file(citation.document).read_text(encoding="utf-8").splitlines()
        assert citation.quote.splitlines()[0] in text[int(line) - 1]


def test_a_document_that_is_not_open_has_no_link(bot_of: BotOf) -> None:
    assert address(bot_of("elmsford"), "gone.md", 0, KITTY) == ""
