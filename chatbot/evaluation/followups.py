"""How well follow-ups are completed, on conversations whose turns were rewritten by hand (TREC CAsT 2019).

J. Dalton, C. Xiong, J. Callan 2020. Each turn sees the turns before as they were completed here, never a rewrite.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean

import msgspec

from chatbot.dialogue.antecedents import content_of, said_before
from chatbot.dialogue.rephrasing import rephrased
from chatbot.errors import ChatbotError
from chatbot.evaluation.benchmarks import lines_of
from chatbot.evaluation.measures import token_f1
from chatbot.values import Answer


class Turn(msgspec.Struct, frozen=True):
    """One turn of the file; `rewrite` may be missing where only predictions are wanted."""

    id: str
    topic: int | str
    turn: int
    utterance: str
    rewrite: str | None = None


class Followups(msgspec.Struct, frozen=True):
    """Token F1 with the rewrite and the share of turns that have all its content words, raw and completed, from 0 to 1."""

    turns: int
    raw_f1: float
    f1: float
    raw_content: float
    content: float

    def lines(self) -> list[str]:
        if not self.turns:
            return ["No turn has a rewrite to measure against."]
        return [
            f"turns                     {self.turns}",
            f"token F1                  {self.f1:.3f}   raw {self.raw_f1:.3f}   gap closed {_closed(self.raw_f1, self.f1):.0%}",
            f"all content words         {self.content:.3f}   raw {self.raw_content:.3f}   gap closed {_closed(self.raw_content, self.content):.0%}",
        ]  # fmt: skip


def run(path: Path) -> tuple[Followups, dict[str, str]]:
    """The measures, and id → completed question."""
    turns = turns_of(path)
    predictions = completed(turns)
    judged = [(t.utterance, predictions[t.id], t.rewrite) for t in turns if t.rewrite is not None]
    if not judged:
        return Followups(0, 0.0, 0.0, 0.0, 0.0), predictions
    return Followups(
        len(judged),
        mean(token_f1(raw, [rewrite]) for raw, _, rewrite in judged),
        mean(token_f1(done, [rewrite]) for _, done, rewrite in judged),
        mean(_has_content(raw, rewrite) for raw, _, rewrite in judged),
        mean(_has_content(done, rewrite) for _, done, rewrite in judged),
    ), predictions


def turns_of(path: Path) -> list[Turn]:
    """The turns of a file, those of one topic in order. Raises `ChatbotError` where it holds none, or naming the line."""
    found = [turn for _, turn in lines_of(path, Turn)]
    if not found:
        raise ChatbotError(f"{path} holds no turns.")
    return sorted(found, key=lambda turn: turn.turn)


def completed(turns: Iterable[Turn]) -> dict[str, str]:
    """Id → the question completed from the turns of its topic before it, in order."""
    conversations: dict[int | str, list[Answer]] = {}
    found: dict[str, str] = {}
    for turn in turns:
        before = conversations.setdefault(turn.topic, [])
        found[turn.id] = _complete(turn.utterance.strip(), before)
        before.append(Answer(found[turn.id], "", "unknown", asked=turn.utterance))
    return found


def _complete(text: str, before: Sequence[Answer]) -> str:
    opening = said_before(before[:1])
    return rephrased(text, said_before(before), opening[0] if opening else None)


def _has_content(text: str, rewrite: str) -> bool:
    return content_of(rewrite) <= content_of(text)


def _closed(raw: float, done: float) -> float:
    return (done - raw) / (1 - raw) if raw < 1 else 0.0
