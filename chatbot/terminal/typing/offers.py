"""What may be typed about a corpus: names, topics and questions that it answers, gathered behind the prompt."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from threading import Thread

from chatbot.bot import Chatbot
from chatbot.terminal.samples import sure_questions
from chatbot.terminal.typing.nearest import Nearest

LONGEST = 70
"""Characters of what is offered: a menu entry must fit a narrow screen nearly whole."""
QUESTIONS = 120
"""Questions that are tried for a menu, at about a millisecond each."""


class Offers:
    """Empty until `gather` is done; from then on never changed."""

    def __init__(self, bot: Chatbot) -> None:
        self.bot = bot
        self.names, self.questions = Nearest(()), Nearest(())
        self.passages: int | None = None
        """How many there are, once that is known without indexing them."""

    def begin(self, on_gathered: Callable[[], None]) -> None:
        """Gather in the background, so that the prompt need not wait; `on_gathered` is called there."""

        def gather() -> None:
            with suppress(Exception):  # a menu that lacks something must not break into the line being typed
                self.gather()
            on_gathered()

        Thread(target=gather, daemon=True).start()

    def gather(self) -> None:
        self.names = Nearest(filter(_is_typable, (*names(self.bot), *topics(self.bot))))
        self.questions = Nearest(filter(_is_typable, sure_questions(self.bot, QUESTIONS)))
        if self.bot.engine == "rank_bm25":  # what is on disk may first have to be indexed
            self.bot.prepare()
            self.passages = len(self.bot.passages)

    def answered(self, kind: str) -> None:
        """An answer of this kind was given: all but facts have loaded the passages, so that counting them is free."""
        if self.passages is None and kind in ("passage", "unknown"):
            self.passages = len(self.bot.passages)


def names(bot: Chatbot) -> Iterator[str]:
    for entity in bot.knowledge.entities:
        yield entity.name
        yield from entity.aliases


def topics(bot: Chatbot) -> Iterable[str]:
    """Titles and headings of what facts were found in, and the properties recorded there."""
    for relation in bot.knowledge.relations:
        yield relation.title
        yield from relation.section[-1:]
        if relation.kind in ("table", "properties"):
            yield from (column.header.rpartition(" / ")[2].lower() for column in relation.columns if not column.role)


def _is_typable(text: str) -> bool:
    return len(text) <= LONGEST and text.isprintable()
