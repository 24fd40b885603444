"""Many questions at once: JSON lines in, one JSON line out for each, in the same order."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from chatbot.bot import Chatbot
from chatbot.errors import ChatbotError
from chatbot.values import Conversation


class _Asked(msgspec.Struct, frozen=True):
    question: str
    conversation: str | int | None


def replies(lines: Iterable[bytes], bot: Chatbot, today: date | None = None) -> Iterator[bytes]:
    """One line of JSON, line end included, for each line of `{"id": …, "ask": …, "conversation": …}`.

    Lines that share a `conversation` are its turns. A line that cannot be answered yields
    `{"id": …, "error": …}` in its place, and the next ones go on.
    """
    conversations: dict[str | int, Conversation] = {}
    for number, line in enumerate(lines):
        identity: Any = None
        try:
            fields = _fields(line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line)
            identity = fields.get("id")
            reply = {
                "id": identity,
                "answer": msgspec.Raw(_answer(_asked(fields), bot, today, conversations)),
            }
        except (ChatbotError, ValueError) as error:
            reply = {"id": identity, "error": str(error)}
        except Exception as error:  # a fault of ours in one question must not cost the others their answers
            reply = {"id": identity, "error": f"internal error: {type(error).__name__}: {error}"}
        yield msgspec.json.encode(reply) + b"\n"


def _fields(line: bytes) -> dict[str, Any]:
    try:
        fields: object = msgspec.json.decode(line)
    except UnicodeDecodeError as error:
        raise ValueError("not valid UTF-8") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(f"not valid JSON: {error}") from error
    if not isinstance(fields, dict):
        raise ValueError('expected an object such as {"id": "1", "ask": "…"}')
    return fields


def _asked(fields: dict[str, Any]) -> _Asked:
    question, conversation = fields.get("ask"), fields.get("conversation")
    if "ask" not in fields:
        raise ValueError("`ask` is missing")
    if not isinstance(question, str) or not question.strip():
        raise ValueError("`ask` must be a string that is not empty")
    if conversation is not None and (not isinstance(conversation, str | int) or isinstance(conversation, bool)):
        raise ValueError("`conversation` must be a string or a whole number")
    return _Asked(question, conversation)


def _answer(asked: _Asked, bot: Chatbot, today: date | None, conversations: dict[str | int, Conversation]) -> bytes:
    if asked.conversation is None:
        return bot.ask(asked.question, today=today).to_json().encode()
    conversation = conversations.get(asked.conversation, Conversation())
    answer = bot.ask(asked.question, conversation, today=today)
    conversations[asked.conversation] = conversation.after(answer)
    return answer.to_json().encode()
