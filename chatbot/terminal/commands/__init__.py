"""The commands of the REPL, by subject; importing this registers all of them."""

from chatbot.terminal.commands import answers, corpora, facts, keeping, settings, talk
from chatbot.terminal.commands.registry import REGISTRY, Command, obey

__all__ = ["REGISTRY", "Command", "answers", "corpora", "facts", "keeping", "obey", "settings", "talk"]
