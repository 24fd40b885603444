"""What was found in documents, in numbers."""

import msgspec

from chatbot.bot import Chatbot


class Counts(msgspec.Struct, frozen=True):
    documents: int
    relations: int
    passages: int
    skipped: int
    """Files left out."""

    @classmethod
    def of(cls, bot: Chatbot) -> "Counts":
        """Loads the passages."""
        passages = len(bot.passages)
        return cls(bot.documents, len(bot.knowledge.relations), passages, len(bot.skipped))

    def worded(self) -> str:
        found = [counted(self.documents, "document"), counted(self.relations, "relation")]
        found.append(counted(self.passages, "passage"))
        return ", ".join([*found, f"{counted(self.skipped, 'file')} left out"] if self.skipped else found)


def counted(count: int, noun: str) -> str:
    """
    >>> counted(1, "document"), counted(2000, "document")
    ('1 document', '2,000 documents')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
