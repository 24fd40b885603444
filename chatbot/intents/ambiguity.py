"""Readings that nothing in a question tells apart: which of two offices, which of three budgets is meant."""

import re
from collections.abc import Callable, Sequence

from msgspec import structs

from chatbot.knowledge.relation import Relation
from chatbot.language.words import fold, stem, tokens
from chatbot.values import Candidate, Choice, Question

_MOST = 4
"""Options that one short question may have."""
_SURE = 0.55
"""A passage that is likelier to answer than this is shown instead."""
_ALIKE = 5
"""Letters that words of one family begin with: "presided", "Presidents"."""

#: "Heads since 1868" are heads.
_DETAIL = re.compile(r"\s+(?:of|in|since|from|until|before|after|by|\(|\d).*$", re.I)

Ask = Callable[[Question], Candidate | None]


def clarification(question: Question, relations: Sequence[Relation], ask: Ask) -> Candidate | None:
    """Which relation is meant, the best reading's first.

    None where the question says it, where their names do not tell them apart, or where naming one does not settle it.
    """
    if any(relation.kind in ("aliases", "properties") for relation in relations):
        return None  # spellings of one name are no choice
    labels = _labels(relations)
    if not 1 < len(labels) <= _MOST or _is_said(labels[0], question.text):
        return None
    choices = []
    short = [_DETAIL.sub("", label) for label in labels]
    for label, name in zip(labels, short if len(set(short)) == len(labels) else labels, strict=True):
        asked = f"{question.text.rstrip(' ?.!')}, {name}?"
        found = ask(structs.replace(question, text=asked))
        if found is None or found.kind != "fact":
            return None
        choices.append((Choice(label, asked), tuple(value.text for value in found.value), found.confidence))
    if len({value for _, value, _ in choices}) < len(choices) or min(sure for _, _, sure in choices) < 0.9:
        return None
    text = f"Do you mean {', '.join(labels[:-1])} or {labels[-1]}?"
    return Candidate(
        "clarification", text, _SURE, suggestions=tuple(labels), choices=tuple(each for each, _, _ in choices)
    )


def _labels(relations: Sequence[Relation]) -> list[str]:
    """A short name for each: its section, else its title; none where two would have the same."""
    names = [(each.section[-1] if each.section else each.title) for each in relations]
    return names if len({fold(name) for name in names}) == len(names) else []


def _is_said(label: str, text: str) -> bool:
    """Whether a question has all the words that tell a relation from others."""
    said = {stem(token.folded) for token in tokens(text)}
    beginnings = {word[:_ALIKE] for word in said if len(word) >= _ALIKE}
    wanted = [stem(token.folded) for token in tokens(label) if token.folded not in _GENERAL]
    return all(word in said or word[:_ALIKE] in beginnings for word in wanted)


_GENERAL = frozenset("list of the and in for table all former current".split())
