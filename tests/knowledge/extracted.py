"""What is extracted from a few documents, given as the text of their files."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec
import yaml

from chatbot.documents.loading import load
from chatbot.knowledge.extraction.extract import extract
from chatbot.knowledge.relation import Cell, Entity, Knowledge, Relation
from chatbot.language.lexicon import Lexicon, LexiconFile

LEXICON_PATH = Path(__file__).parents[2] / "intents" / "lexicon.yaml"


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with the program."""
    return Lexicon([msgspec.convert(yaml.safe_load(LEXICON_PATH.read_text(encoding="utf-8")), LexiconFile)])


def knowledge_of(folder: Path, files: Mapping[str, str]) -> Knowledge:
    """Write the files and extract everything. Every cell found is checked to stand where it says."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    loaded = load([folder])
    assert loaded.skipped == ()
    sources = {document.path: document.source for document in loaded.documents}
    knowledge = extract(loaded.documents, lexicon())
    for relation in knowledge.relations:
        for row in relation.rows:
            assert len(row) == len(relation.columns)
            for cell in row:
                if cell is not None:
                    assert 0 <= cell.start < cell.end <= len(sources[relation.document])
    return knowledge


def relations_of(folder: Path, name: str, text: str, kind: str) -> list[Relation]:
    """The relations of one kind in one file."""
    return [relation for relation in knowledge_of(folder, {name: text}).relations if relation.kind == kind]


def relation_of(folder: Path, name: str, text: str, kind: str = "table") -> Relation:
    """The only relation of the kind in one file."""
    (relation,) = relations_of(folder, name, text, kind)
    return relation


def roles_of(relation: Relation) -> dict[str, str]:
    """Header → role, of the columns that have one."""
    return {column.header: column.role for column in relation.columns if column.role}


def types_of(relation: Relation) -> dict[str, str]:
    return {column.header: column.type for column in relation.columns}


def values_of(relation: Relation, header: str) -> list[str | float | None]:
    """The canonical values of a column, None for blanks."""
    (place,) = [i for i, column in enumerate(relation.columns) if column.header == header]
    return [None if (cell := row[place]) is None else cell.value for row in relation.rows]


def cell_of(relation: Relation, header: str, row: int = 0) -> Cell:
    (place,) = [i for i, column in enumerate(relation.columns) if column.header == header]
    cell = relation.rows[row][place]
    assert cell is not None
    return cell


def entity_of(knowledge: Knowledge, name: str) -> Entity:
    """The entity that has this name or alias."""
    (entity,) = [entity for entity in knowledge.entities if name in (entity.name, *entity.aliases)]
    return entity
