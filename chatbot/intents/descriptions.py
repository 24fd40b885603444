"""Descriptions: what the prose about a row, or the names of a list, say of what the question asks."""

import re
from collections.abc import Sequence, Set

from chatbot.intents.grounding import Grounded
from chatbot.knowledge.execution import Result
from chatbot.knowledge.relation import Cell
from chatbot.language.numbers import find_quantities
from chatbot.language.words import STOP_WORDS, fold, tokens

#: What makes an office another one: an assistant secretary is no secretary.
_QUALIFIERS = frozenset("assistant associate deputy vice sub junior acting honorary former would-be".split())
_PREPOSITIONS = frozenset("of in to for at on with from by under".split())


def is_claimed(grounded: Grounded, rows: Sequence[int]) -> bool:
    """Whether one clause of a row's description says of it what the question does, in that order and with what the clause
    is about: of "tennis player, chief of staff to the governor" neither "chief player" nor "governor" is a part."""
    wanted = _asked_of(grounded)
    return not wanted or any(_says(words, wanted) for words in map(_words, _texts(grounded, rows)))


def tells_more(grounded: Grounded, result: Result) -> bool:
    """Whether a description that is the answer says more than the question did: "lawyer" tells no city."""
    wanted = _asked_of(grounded)
    if not wanted or result.columns != (grounded.view.roles["description"],):
        return True
    said = frozenset().union(*wanted) | STOP_WORDS
    asks_number = grounded.match.intent.file.asks == "number"
    fitting = [text for text in _texts(grounded, result.rows) if _has_all(text, wanted)]
    fitting = [text for text in fitting if not any(other != text and other in text for other in fitting)]
    return any(not said.issuperset(_words(text)) and (not asks_number or find_quantities(text)) for text in fitting)


def is_of_another(grounded: Grounded, rows: Sequence[int]) -> bool:
    """Whether the question says of what somebody is the spokesperson, the chief, and the description names another."""
    said = _body_named(grounded)
    wanted = _asked_of(grounded)
    if not said or not wanted:
        return False
    fitting = [text for text in _texts(grounded, rows) if _has_all(text, wanted)]
    spoken = frozenset().union(*wanted)
    return bool(fitting) and all(_names_another(text, spoken, said) for text in fitting)


def _body_named(grounded: Grounded) -> list[str]:
    """The names of the subject, where the question has one of them behind "of", "for" or "at"."""
    subjects = {subject.id: (subject.name, *subject.aliases) for subject in grounded.view.subjects}
    before = ""
    for unit in grounded.units:
        if before in ("of", "for", "at") and (
            own := [name for entity in unit.names for name in subjects.get(entity, ())]
        ):
            return own
        before = unit.folded if unit.folded != "the" else before
    return []


def _names_another(text: str, spoken: Set[str], said: Sequence[str]) -> bool:
    others = [token for token in tokens(text) if token.text[:1].isupper()]
    return any(t.folded not in spoken for t in others) and not any(fold(name) in fold(text) for name in said)


def members(cell: Cell, column: int, grounded: Grounded) -> tuple[Cell, ...]:
    """The members of a list that have every word asked for: of the subsidiaries the one that deals with training."""
    wanted = _wanted(grounded, column)
    return tuple(part for part in cell.parts if _has_all(part.text, wanted))


def has_members(grounded: Grounded, result: Result) -> bool:
    """Whether every list that is the answer has a member with every word asked for."""
    lists = [
        (cell, column)
        for row in result.rows
        for column in result.columns
        if column >= 0 and (cell := grounded.view.cell(row, column)) is not None and cell.parts
    ]
    return all(members(cell, column, grounded) for cell, column in lists)


def _says(words: Sequence[str], wanted: Sequence[frozenset[str]]) -> bool:
    places = [next((n for n, word in enumerate(words) if word in forms), -1) for forms in wanted]
    head = next((n for n, word in enumerate(words) if n and word in _PREPOSITIONS), len(words)) - 1
    is_qualified = any(word in _QUALIFIERS and n not in places for n, word in enumerate(words[:head]))
    return -1 not in places and places == sorted(places) and head in places and not is_qualified


def _has_all(text: str, wanted: Sequence[frozenset[str]]) -> bool:
    words = {*_words(text)}
    return all(forms & words for forms in wanted)


def _asked_of(grounded: Grounded) -> list[frozenset[str]]:
    return _wanted(grounded, grounded.view.roles["description"])


def _wanted(grounded: Grounded, column: int) -> list[frozenset[str]]:
    """The words that the question has of a column of prose, each with its other forms."""
    return [frozenset(forms) for at, operator, forms in grounded.filters if at == column and operator == "contains"]


def _texts(grounded: Grounded, rows: Sequence[int]) -> list[str]:
    """The descriptions' clauses: all between commas, and what "and" parts that into."""
    cells = [grounded.view.cell(row, grounded.view.roles["description"]) for row in rows]
    wholes = [part.strip() for cell in cells if cell is not None for part in re.split("[,;]", cell.text)]
    return [part for whole in wholes for part in dict.fromkeys((whole, *re.split(r"\s+and\s+", whole)))]


def _words(text: str) -> list[str]:
    return [token.folded for token in tokens(text)]
