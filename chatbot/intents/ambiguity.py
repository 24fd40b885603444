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
_SETTLED = 0.9
"""Confidence from which naming a relation settles which is meant."""
_MAIN = 2
"""A list so many times as long as the others is the one that is meant."""
_ALIKE = 5
"""Letters that words of one family begin with: "presided", "Presidents"."""

#: "Heads since 1868" are heads.
_DETAIL = re.compile(r"\s+(?:of|in|since|from|until|before|after|by|\(|\d).*$", re.I)

Ask = Callable[[Question], Candidate | None]


def clarification(question: Question, relations: Sequence[Relation], ask: Ask) -> Candidate | None:
    """Which relation is meant, the best reading's first; the answer of the one whose name the question says.

    None where the best is meant anyway, where their names do not tell them apart, or where naming one does not settle it.
    """
    labels = _labels(relations)
    if not 1 < len(labels) <= _MOST or _is_said(labels[0], question.text) or _is_plain(relations):
        return None
    short = [_DETAIL.sub("", label) for label in labels]
    names = short if len(set(short)) == len(labels) else labels
    asked = [f"{question.text.rstrip(' ?.!')}, {name}?" for name in names]
    found = [ask(structs.replace(question, text=each)) for each in asked]
    answers = [each for each in found if each is not None and each.kind == "fact" and each.confidence >= _SETTLED]
    if len({tuple(value.text for value in each.value) for each in answers}) < len(labels):
        return None
    said = [n for n, label in enumerate(labels) if _is_said(label, question.text)]
    if len(said) == 1:
        return found[said[0]]
    text = f"Do you mean {', '.join(labels[:-1])} or {labels[-1]}?"
    choices = tuple(Choice(label, each) for label, each in zip(labels, asked, strict=True))
    return Candidate("clarification", text, _SURE, suggestions=tuple(labels), choices=choices)


def _is_plain(relations: Sequence[Relation]) -> bool:
    """Whether nobody would ask back: spellings of one name, parts of one list, a long list beside short ones."""
    first, *others = relations
    if any(relation.kind in ("aliases", "properties") for relation in relations):
        return True
    parents = {relation.section[:-1] for relation in relations}
    is_parted = len(parents) == 1 and parents != {()}
    return is_parted or len(first.rows) >= _MAIN * max(len(other.rows) for other in others)


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
