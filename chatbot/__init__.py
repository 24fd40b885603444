"""A conversational question-answering bot over your own documents: exact, cited, honest, offline.

>>> from chatbot import Chatbot, Conversation
>>> bot = Chatbot.open()
>>> answer = bot.ask("who led DPO in 2005")
"""

from typing import TYPE_CHECKING

from chatbot.errors import ChatbotError, CorpusError, IntentError, IntentErrors
from chatbot.values import Answer, Candidate, Citation, Conversation, Question, Value
from chatbot.version import __version__

if TYPE_CHECKING:
    from chatbot.bot import Chatbot

__all__ = [
    "Answer",
    "Candidate",
    "Chatbot",
    "ChatbotError",
    "Citation",
    "Conversation",
    "CorpusError",
    "IntentError",
    "IntentErrors",
    "Question",
    "Value",
    "__version__",
]


def __getattr__(name: str) -> object:
    # The bot brings every room with it; a program that only reads values should not pay for that.
    if name == "Chatbot":
        from chatbot.bot import Chatbot

        return Chatbot
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
