"""Sitting: one person's talk with the bot on plain values; the loops around it only read and print."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from chatbot.bot import Chatbot, shipped
from chatbot.errors import ChatbotError
from chatbot.places import state_folder
from chatbot.retrieval.passage import Passage
from chatbot.settings import Settings
from chatbot.terminal.answers import answered
from chatbot.terminal.blocks import Block, note, prose
from chatbot.terminal.changes import seen
from chatbot.terminal.commands import obey
from chatbot.terminal.quoting import address
from chatbot.values import Answer, Conversation

Opener = Callable[[Sequence[Path]], Chatbot]
"""Opens a bot on documents; without any, on those shipped. Raises `ChatbotError`."""


class Sitting:
    """The conversation so far, the documents it is about, and the settings in force. Commands change it, printers read it."""

    def __init__(
        self,
        bot: Chatbot,
        corpus: Sequence[Path] = (),
        *,
        corpus_name: str = "shipped",
        opener: Opener | None = None,
        settings: Settings | None = None,
        today: date | None = None,
        as_json: bool = False,
        clock: Callable[[], datetime] = datetime.now,
        kept_in: Path | None = None,
    ) -> None:
        """`kept_in` is the folder of kept conversations, by default the user's."""
        self.bot, self.corpus, self.today, self.as_json = bot, tuple(corpus), today, as_json
        self.opener: Opener = opener or (lambda paths: Chatbot.open(list(paths) or None, today=today))
        self.settings = settings or Settings()
        self.corpus_name, self.clock, self.kept_in = corpus_name, clock, kept_in or state_folder() / "conversations"
        self.conversation = Conversation()
        self.asks_next = False
        """Whether answers end with questions to ask next: where somebody reads them as they come."""
        self.kept_as = ""
        """The name under which the conversation is kept; empty before it ever was."""
        self.kept = self.conversation
        """The conversation as it was kept last."""
        self.changed: dict[str, object] = {}
        """Settings changed in this talk and not saved."""
        self.found: tuple[Passage, ...] = ()
        """What was searched for since the last question; `/open` counts it."""
        self.files = seen(self.corpus or [shipped("corpus")])
        """The files of the corpus as they were when it was opened."""

    @property
    def last(self) -> Answer | None:
        return self.conversation.turns[-1] if self.conversation.turns else None

    def respond(self, line: str) -> Sequence[Block]:
        """What one line gets; an empty line nothing."""
        line = line.strip()
        if not line:
            return []
        if line.startswith("/"):
            return obey(self, line)
        try:
            answer = self.bot.ask(line, self.conversation, today=self.today)
        except ChatbotError as error:
            return [note(str(error))]
        except Exception as error:  # a fault of ours must not end the talk
            return [note(f"This question could not be answered ({type(error).__name__}: {error}).")]
        self.conversation = self.conversation.after(answer)
        self.found = ()
        if self.as_json:
            return [prose(answer.to_json())]
        return answered(answer, lambda cited: address(self.bot, cited.document, cited.start), asks_next=self.asks_next)
