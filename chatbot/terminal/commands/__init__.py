"""The commands of the REPL, by subject; importing this registers all of them."""

from chatbot.terminal.commands import answers, corpora, keeping, settings, talk
from chatbot.terminal.commands.registry import REGISTRY, Command, obey

__all__ = ["REGISTRY", "Command", "answers", "corpora", "keeping", "obey", "settings", "talk"]
