"""Checking a corpus and its intents: every problem, every intent's own tests, and sentences that no test reaches."""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec

from chatbot.bot import Chatbot, shipped
from chatbot.errors import ChatbotError
from chatbot.intents.loading import Placer
from chatbot.intents.model import Expected, Intent
from chatbot.values import Answer, Conversation

SHIPPED = "shipped"
"""Name by which tests mean the corpus that came with the program."""


class Report(msgspec.Struct, frozen=True):
    """What a check found, a line a finding, a summary last."""

    lines: tuple[str, ...]
    failed: bool


def check(corpus: Sequence[Path], intents: Sequence[Path], today: date) -> Report:
    """Load everything and run the tests of every intent whose corpus is loaded."""
    try:
        bot = Chatbot.open(list(corpus) or None, list(intents) or None, today=today)
    except ChatbotError as error:
        return Report(tuple(str(error).splitlines()), failed=True)
    names = {_name_of(path) for path in corpus} if corpus else {SHIPPED}
    placer = Placer([shipped("intents"), *intents])
    checking = _Checking(bot, names, placer, today)
    findings = [f"warning: left out {skipped.problem}" for skipped in bot.skipped]
    for intent in bot.intents.values():
        findings += checking.problems(intent)
    failed = checking.failed > 0
    summary = (
        f"{len(bot.intents)} intents, {checking.passed + checking.failed} tests: {checking.passed} passed, "
        f"{checking.failed} failed, {checking.skipped} skipped (their corpus is not loaded)"
    )
    return Report((*findings, summary), failed)


def tested(corpus: Sequence[Path], intents: Sequence[Path], today: date) -> Iterator[tuple[Answer, bool]]:
    """The answer to every test of an intent whose corpus is loaded, and whether it is as expected.

    Raises `ChatbotError` where documents or intents cannot be loaded.
    """
    bot = Chatbot.open(list(corpus) or None, list(intents) or None, today=today)
    names = {_name_of(path) for path in corpus} if corpus else {SHIPPED}
    checking = _Checking(bot, names, Placer([shipped("intents"), *intents]), today)
    for intent in bot.intents.values():
        for test in intent.file.tests:
            if test.corpus in names:
                answer = checking.ask(test)
                yield answer, not fault_of(test, answer)


def _name_of(path: Path) -> str:
    """What tests call a corpus: its folder's name, or that of the folder around one called docs."""
    path = path.resolve()
    return path.parent.name if path.name in ("docs", "corpus", "documents") else path.stem


class _Checking:
    def __init__(self, bot: Chatbot, corpora: set[str], placer: Placer, today: date) -> None:
        self.bot, self.corpora, self.placer, self.today = bot, corpora, placer, today
        self.passed = self.failed = self.skipped = 0

    def problems(self, intent: Intent) -> Iterator[str]:
        """Failed tests, and sentences that none of the tests run reaches (where all of them could be run)."""
        reached: set[int] = set()
        is_whole = True
        for number, test in enumerate(intent.file.tests):
            if test.corpus not in self.corpora:
                self.skipped += 1
                is_whole = False
                continue
            answer = self.ask(test)
            fault = fault_of(test, answer)
            if fault:
                self.failed += 1
                yield f"{self.placer.place(intent.name, ('tests', number))}: {test.ask!r} {fault}"
            else:
                self.passed += 1
            if answer.intent == intent.name and answer.sentence is not None:
                reached.add(answer.sentence)
        for number, sentence in enumerate(intent.file.sentences):
            if is_whole and number not in reached:
                place = self.placer.place(intent.name, ("sentences", number))
                yield f"{place}: warning: no test reaches the sentence {sentence!r}"

    def ask(self, test: Expected) -> Answer:
        conversation = Conversation()
        for question in test.after:
            conversation = conversation.after(self.bot.ask(question, conversation, self.today))
        return self.bot.ask(test.ask, conversation, self.today)


def fault_of(test: Expected, answer: Answer) -> str:
    """What is wrong with an answer, or "" when it is as expected. Case and accents fold."""
    if test.kind is not None and answer.kind != test.kind:
        return f"is answered as {answer.kind}, not as {test.kind}: {answer.text!r}"
    if test.kind is None and answer.kind not in ("fact", "small_talk"):
        return f"is not answered as a fact: {answer.text!r}"
    if test.value is not None:
        given = [value.text for value in answer.value]
        if sorted(map(_folded, given)) != sorted(map(_folded, test.value)):
            return f"has the value {given}, not {list(test.value)}"
    missing = [text for text in test.has if _folded(text) not in _folded(answer.text)]
    return f"lacks {missing} in its text: {answer.text!r}" if missing else ""


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
