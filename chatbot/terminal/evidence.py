"""Evidence: the relations that an answer was computed from, with the rows it used and those it spoke of."""

from collections.abc import Collection, Iterable

import msgspec

from chatbot.knowledge.catalogue import value_forms
from chatbot.knowledge.relation import Relation, Row
from chatbot.terminal.topics import row_names
from chatbot.values import Answer, Citation


class Evidence(msgspec.Struct, frozen=True):
    relation: Relation
    rows: frozenset[int]
    """The rows that are cited."""


def evidence(answer: Answer, relations: Iterable[Relation]) -> list[Evidence]:
    """The relations whose cells an answer cites, what is cited most first."""
    documents = {citation.document for citation in answer.citations}
    found = []
    for relation in relations:
        if relation.document not in documents:
            continue
        cited = [citation for citation in answer.citations if citation.document == relation.document]
        rows = {number: _overlapping(row, cited) for number, row in enumerate(relation.rows)}
        count = len({each.id for citations in rows.values() for each in citations})
        if count:
            used = frozenset(number for number, citations in rows.items() if citations)
            found.append((count, Evidence(relation, used)))
    # Python's sort leaves equals in the order of the documents.
    return [each for _, each in sorted(found, key=lambda pair: -pair[0])]


def spoken_of(relation: Relation, names: Collection[str]) -> frozenset[int]:
    """The rows that one of these names means."""
    forms = {form for name in names for form in value_forms(name)}
    return frozenset(number for number, name in row_names(relation) if not forms.isdisjoint(value_forms(name)))


def names_in(answer: Answer) -> tuple[str, ...]:
    """What an answer names as its value and speaks of."""
    return (*(value.text for value in answer.value), *answer.entities)


def _overlapping(row: Row, citations: Iterable[Citation]) -> list[Citation]:
    cells = [cell for cell in row if cell is not None]
    return [each for each in citations if any(cell.start < each.end and each.start < cell.end for cell in cells)]
