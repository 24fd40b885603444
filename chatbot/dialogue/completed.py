"""What a question was completed to."""

import msgspec

from chatbot.values import Choice


class Completed(msgspec.Struct, frozen=True):
    """The question to answer; or, where it fits several, the question with each that it may mean."""

    text: str
    choices: tuple[Choice, ...] = ()
