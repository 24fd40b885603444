"""Topics: the relations of a corpus by what a person calls them, and the time that they cover."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from chatbot.bot import Chatbot
from chatbot.knowledge.execution import View
from chatbot.knowledge.relation import Relation
from chatbot.language.dates import Interval, show
from chatbot.terminal.lookup import Named, looked_up

OFFERED = 200
"""Names that Tab offers at most."""
_LONGEST = 60
"""Characters of a title or caption that serves as a name."""
_KINDS = {"figures": "figures", "aliases": "other names"}


def topic(relation: Relation) -> str:
    """What a relation is called: by the heading above it, else by its document, and what it is where that says too little.

    A heading of several relations is the name of all of them.
    """
    heading = relation.section[-1] if relation.section else relation.title
    name = heading if len(heading) <= _LONGEST else _words_of(relation.document).capitalize()
    kind = _KINDS.get(relation.kind)
    return f"{name}: {kind}" if kind else name


def topics(relations: Iterable[Relation]) -> list[str]:
    """The names of relations, each once; those of tables and lists come first."""
    ordered = sorted(relations, key=lambda relation: (relation.kind in _KINDS, relation.kind == "properties"))
    return list(dict.fromkeys(map(topic, ordered)))


def found(bot: Chatbot, wanted: str, relations: Sequence[Relation]) -> tuple[list[Named[Relation]], list[str]]:
    """Those of the relations that are named so, with the name; where none is, the names that come near.

    The name may be a topic's, a document's, that of what it is about, or that of a row.
    """
    entities = {entity.id: entity for entity in bot.knowledge.entities}

    def about(relation: Relation) -> Iterator[str]:
        yield from (relation.title, relation.document, _words_of(relation.document))
        for entity in (entities[subject] for subject in relation.subjects if subject in entities):
            yield from (entity.name, *entity.aliases)

    def inside(relation: Relation) -> Iterator[str]:
        yield from (name for _, name in row_names(relation))
        yield from (column.header.rpartition(" / ")[2] for column in relation.columns if relation.kind not in _KINDS)

    def tier(names: Callable[[Relation], Iterable[str]]) -> Iterator[Named[Relation]]:
        return ((name, relation) for relation in relations for name in names(relation))

    return looked_up(wanted, [tier(names) for names in (_own_names, about, inside)])


def row_names(relation: Relation) -> Iterator[tuple[int, str]]:
    """The number of each row with what names it: key, holder or name, and the office where a table lists several."""
    roles = ("key", "holder", "name", "office")
    columns = [at for at, column in enumerate(relation.columns) if column.role in roles]
    if (parting := View(relation).partition) is not None and parting not in columns:
        columns.append(parting)
    for number, row in enumerate(relation.rows):
        for at in columns:
            if (cell := row[at]) is not None:
                yield number, cell.text


def period(relation: Relation) -> str:
    """The years from the first date to the last; an open end holds to the date that the source vouches for."""
    vouched = as_of(relation)
    found = list(_intervals(relation)) or [vouched] * (relation.kind in ("table", "enumeration"))
    years = [day.year for each in found for day in (each.earliest, each.latest) if day is not None]
    is_open = any(each.latest is None for each in found)
    if is_open and vouched.latest is not None:
        years.append(vouched.latest.year)
    if not years:
        return ""
    first, last = min(years), max(years)
    if is_open and vouched.latest is None:
        return f"since {first}"
    return str(first) if first == last else f"{first}–{last}"


def as_of(relation: Relation) -> Interval:
    """The date that the source vouches for; open on both sides where it names none."""
    return _interval(relation.as_of) or Interval("..", None, None)


def place(relation: Relation) -> str:
    """What a relation is called, the document it stands in, and of when that is."""
    day = _interval(relation.as_of)
    when = "" if day is None else f", as of {show(day.edtf)}"
    return f"{topic(relation)} ({relation.document}{when})"


def _own_names(relation: Relation) -> Iterator[str]:
    yield topic(relation)
    yield from relation.section[-1:]
    if len(relation.caption) <= _LONGEST:
        yield relation.caption.rstrip(".:")
    for column in relation.columns:
        if column.role == "holder" and relation.kind == "table":
            yield column.header.rpartition(" / ")[2]


def _words_of(document: str) -> str:
    return re.sub(r"[_-]+", " ", PurePosixPath(document).stem)


def _intervals(relation: Relation) -> Iterator[Interval]:
    view = View(relation)
    for at, column in enumerate(relation.columns):
        if column.type in ("date", "interval"):
            dates = (view.date_of(row, at) for row in range(len(relation.rows)))
            yield from (each for each in dates if each is not None)


def _interval(edtf: str) -> Interval | None:
    try:
        return Interval.parse(edtf)
    except ValueError:
        return None
