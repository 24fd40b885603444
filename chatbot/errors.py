"""Every exception the project raises on purpose.

    ChatbotError                 bad input: a file, an intent, an index
    ├── CorpusError              a folder or file that cannot be used at all
    ├── SettingsError            settings that cannot be used: what, where, and what is allowed
    ├── IntentError              one fault in an intent or lexicon file, with its place
    └── IntentErrors             every fault of one load, together

A caller's mistake in Python raises the standard `ValueError` or `TypeError`.
Each class knows the exit code the command line gives it.
"""

from collections.abc import Sequence


class ChatbotError(Exception):
    """Root of the tree; its text is one clear message for the user."""

    exit_code = 1


class CorpusError(ChatbotError):
    """The documents named cannot be used: missing, or none of them readable."""

    exit_code = 2


class SettingsError(ChatbotError):
    """Settings that cannot be used: of a file, a variable or a flag; every fault of one load together."""

    exit_code = 2


class IntentError(ChatbotError):
    """One fault in an intent file: where it is and what to try."""

    exit_code = 2

    def __init__(self, path: str, line: int, column: int, problem: str) -> None:
        super().__init__(f"{path}:{line}:{column}: {problem}")
        self.path, self.line, self.column, self.problem = path, line, column, problem


class IntentErrors(ChatbotError):
    """All the faults found in one load, reported together."""

    exit_code = 2

    def __init__(self, errors: Sequence[IntentError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = tuple(errors)
