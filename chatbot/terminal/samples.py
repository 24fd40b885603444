"""Questions that a corpus surely answers: made from its own relations, asked of the bot, and kept where it knew.

A question counts only if the answer is a fact with a citation and holds the very cell that the question was made from.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice, zip_longest
from pathlib import Path

import msgspec

from chatbot.bot import Chatbot
from chatbot.cache import Cache, key_of
from chatbot.knowledge.relation import Cell, Entity, Relation, Role, Row
from chatbot.language.dates import MONTHS, Interval
from chatbot.version import __version__

TRIED = 80
"""Questions asked while looking for a few samples, at about a millisecond each."""
ALIKE = 3
"""Questions about one relation with the same first words that are offered."""
LONGEST_NAME = 40
ROWS = 6
"""Rows of a relation that questions are made from, spread evenly."""


class Sample(msgspec.Struct, frozen=True):
    question: str
    answer: str
    """What the answer must hold."""
    shape: str
    relation: str


def samples(bot: Chatbot, most: int, cache: Path | None = None) -> tuple[str, ...]:
    """At most so many questions that work, of different shapes and about different things; kept in the folder `cache`."""
    kept = None if cache is None else Cache(cache)
    name = f"samples-{_key(bot, most)}"
    found = None if kept is None else kept.get(name, tuple[str, ...])
    if found is None:
        found = tuple(_varied(bot, most))
        if kept is not None:
            kept.put(name, found)
    return found


def sure_questions(bot: Chatbot, tried: int) -> list[str]:
    """The questions that work of the first `tried` that could be asked, without too many that begin alike."""
    found: list[str] = []
    beginnings: Counter[tuple[str, ...]] = Counter()
    for sample in islice(candidates(bot), tried):
        beginning = (sample.relation, *sample.question.split()[:2])
        if beginnings[beginning] < ALIKE and _works(bot, sample):
            beginnings[beginning] += 1
            found.append(sample.question)
    return found


def candidates(bot: Chatbot) -> Iterator[Sample]:
    """What might be asked, each relation and each shape in turn."""
    subjects = {entity.id: entity for entity in bot.knowledge.entities}
    shapes = []
    for relation in bot.knowledge.relations:
        subject = next(filter(None, (_called(subjects[i]) for i in relation.subjects if i in subjects)), "")
        shapes += [_samples_of(shape, relation, subject) for shape in _SHAPES]
    made: set[str] = set()
    for sample in chain.from_iterable(zip_longest(*shapes)):
        if sample is not None and sample.question not in made:
            made.add(sample.question)
            yield sample


def _samples_of(shape: "Shape", relation: Relation, subject: str) -> Iterator[Sample]:
    return (Sample(question, answer, shape.__name__, relation.id) for question, answer in shape(relation, subject))


def _varied(bot: Chatbot, most: int) -> list[str]:
    """Questions that repeat each other's shape and relation as little as can be, what is asked most often first."""
    left = [sample for sample in islice(candidates(bot), TRIED) if _works(bot, sample)]
    chosen: list[Sample] = []

    def repeated(sample: Sample) -> tuple[int, int, int]:
        shape = sum(sample.shape == other.shape for other in chosen)
        return shape, sum(sample.relation == other.relation for other in chosen), _ORDER[sample.shape]

    while left and len(chosen) < most:
        chosen.append(min(left, key=repeated))  # the first of equals: the one made first
        left.remove(chosen[-1])
    return [sample.question for sample in sorted(chosen, key=lambda sample: _ORDER[sample.shape])]


def _works(bot: Chatbot, sample: Sample) -> bool:
    answer = bot.ask(sample.question)
    return answer.kind == "fact" and bool(answer.citations) and _folded(sample.answer) in _folded(answer.text)


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def _key(bot: Chatbot, most: int) -> str:
    return key_of(
        [__version__.encode(), str(most).encode(), msgspec.json.encode(bot.knowledge), *map(str.encode, bot.intents)]
    )


Made = Iterable[tuple[str, str]]
"""Questions, and what their answers must hold."""


def holder_at(relation: Relation, subject: str) -> Made:
    """Who held an office in a year that belongs to one of them alone."""
    holder = _column(relation, "holder")
    if holder is None:
        return
    noun = _singular(relation.columns[holder].header)
    for row in _spread(relation.rows):
        year, cell = _year_within(relation, row), row[holder]
        if year is None or cell is None:
            continue
        if subject:
            yield f"Who led {subject} in {year}?", cell.text
        if noun not in ("name", "holder", "person", "incumbent"):
            yield f"Who was the {noun} in {year}?", cell.text
        yield f"Who was in charge in {year}?", cell.text


def length_of_term(relation: Relation, subject: str) -> Made:
    holder = _column(relation, "holder")
    if holder is not None and (_column(relation, "start") is not None or _column(relation, "term") is not None):
        for row in _spread(relation.rows):
            if cell := row[holder]:
                yield f"How long did {cell.text} serve?", cell.text


def greatest(relation: Relation, subject: str) -> Made:
    """Which row has the most of something; none where two have."""
    key = _column(relation, "key")
    if relation.kind not in ("table", "enumeration") or key is None:
        return
    for column, spec in enumerate(relation.columns):
        rows = [(row[column].value, row[key]) for row in relation.rows if row[column] and row[key]]  # type: ignore[union-attr]
        numbers = [(value, cell) for value, cell in rows if isinstance(value, float | int) and cell]
        if spec.type not in ("number", "money", "percent") or len(numbers) < 3 or spec.role == "order":
            continue
        top = max(value for value, _ in numbers)
        first = [cell for value, cell in numbers if value == top]
        if len(first) == 1:
            most = "most" if _is_plural(spec.header) else "largest"
            yield (
                f"Which {_singular(relation.columns[key].header)} has the {most} {_worded(spec.header)}?",
                first[0].text,
            )


def value_of(relation: Relation, subject: str) -> Made:
    """One cell of a row with a name, or of what a block of properties is about."""
    key = _column(relation, "key")
    if relation.kind not in ("table", "properties"):
        return
    for row in _spread(relation.rows):
        cell = None if key is None else row[key]
        name = subject if relation.kind == "properties" else "" if cell is None else cell.text
        if not name[:1].isupper() or len(name) > LONGEST_NAME:
            continue
        for value, spec in zip(row, relation.columns, strict=True):
            if value is None or spec.role not in ("", "measure") or len(value.text) > LONGEST_NAME or value.parts:
                continue
            header, kind = _worded(spec.header), value.type or spec.type
            if header.endswith("ed") and kind == "date":
                yield f"When was {name} {header}?", value.text
            elif kind != "date" and not _NAMING.search(header) and not _is_plural(header):
                yield f"What is the {header} of {name}?", value.text


def when_founded(relation: Relation, subject: str) -> Made:
    for column, spec in enumerate(relation.columns if relation.kind == "properties" else ()):
        cell = relation.rows[0][column] if relation.rows else None
        if (
            cell is not None
            and subject
            and (year := _year(cell))
            and re.match("found|form|establ|creat", spec.header, re.I)
        ):
            yield f"When was {subject} founded?", str(year)


def when_born(relation: Relation, subject: str) -> Made:
    key, birth = _column(relation, "key"), _column(relation, "birth")
    if key is not None and birth is not None:
        for row in _spread(relation.rows):
            born, cell = row[birth], row[key]
            if born is not None and cell is not None and (year := _year(born)):
                yield f"When was {cell.text} born?", str(year)


def how_many(relation: Relation, subject: str) -> Made:
    """A dated figure found in prose."""
    what, when, measure = (_column(relation, role) for role in ("counted", "as_of", "measure"))
    if relation.kind != "figures" or what is None or when is None or measure is None:
        return
    for row in _spread(relation.rows):
        counted, dated, quantity = row[what], row[when], row[measure]
        moment = "" if dated is None else re.sub(r"^(?:as of|in|on|by|for|at) ", "", dated.text, flags=re.I)
        is_moment = _MOMENT.fullmatch(moment)
        if counted and quantity and is_moment and _is_plural(counted.text) and len(counted.text) < LONGEST_NAME:
            yield f"How many {counted.text} were there in {moment}?", quantity.text


def stands_for(relation: Relation, subject: str) -> Made:
    name, alias = _column(relation, "name"), _column(relation, "alias")
    if relation.kind == "aliases" and name is not None and alias is not None:
        for row in relation.rows:
            full, short = row[name], row[alias]
            if full and short and short.text.isupper():
                yield f"What does {short.text} stand for?", full.text


_MOMENT = re.compile(rf"(?:(?:{'|'.join(MONTHS)}) )?\d{{4}}")
Shape = Callable[[Relation, str], Made]
_SHAPES: tuple[Shape, ...] = (
    *(holder_at, greatest, length_of_term, when_founded, how_many, when_born, value_of, stands_for),
)
_ORDER = {shape.__name__: number for number, shape in enumerate(_SHAPES)}
_NAMING = re.compile(r"name|abbrev|acronym|short form|^[A-Z]{2,5}$|formed|status|type")
"""Properties that repeat the name, or that nobody asks for by their header."""


def _column(relation: Relation, role: Role) -> int | None:
    return next((at for at, column in enumerate(relation.columns) if column.role == role), None)


def _spread(rows: Sequence[Row]) -> Sequence[Row]:
    """Rows from the middle outwards, evenly spread: the ends of a list are the least telling."""
    step = max(len(rows) // ROWS, 1)
    at = [(len(rows) // 2 + number * step) % len(rows) for number in range(ROWS)] if rows else []
    return [rows[number] for number in dict.fromkeys(at)]


def _year_within(relation: Relation, row: Row) -> int | None:
    """A year wholly inside a term."""
    start, end, term = (_column(relation, role) for role in ("start", "end", "term"))
    first = start if start is not None else term
    last = end if start is not None else term
    if first is None or last is None or (began := row[first]) is None or (ended := row[last]) is None:
        return None
    early, late = _interval(began), _interval(ended)
    if early is None or late is None or early.earliest is None or late.latest is None:
        return None
    middle = (early.earliest.year + late.latest.year) // 2
    return middle if early.earliest.year < middle < late.latest.year else None


def _year(cell: Cell) -> int | None:
    found = _interval(cell)
    return found.earliest.year if found is not None and found.earliest is not None else None


def _interval(cell: Cell) -> Interval | None:
    try:
        return Interval.parse(str(cell.value))
    except ValueError:
        return None


def _called(entity: Entity) -> str:
    """The name people say: an abbreviation, else the name unless it is long."""
    short = [alias for alias in entity.aliases if alias.isupper() and 1 < len(alias) < 8]
    is_short = len(entity.name.split()) <= 3 and entity.type != "office"
    return short[0] if short else entity.name if is_short else ""


def _is_plural(noun: str) -> bool:
    last = noun.split()[-1].lower() if noun.split() else ""
    return last in ("people", "personnel", "staff") or (last.endswith("s") and not last.endswith(("ss", "us", "is")))


def _worded(header: str) -> str:
    """
    >>> _worded("Term / Launch mass (kg)"), _worded("GDP")
    ('launch mass', 'GDP')
    """
    last = re.sub(r"\s*\(.*?\)", "", header.rpartition(" / ")[2]).strip()
    return last if last[1:2].isupper() else last.lower()


def _singular(header: str) -> str:
    from chatbot.knowledge.catalogue import singular_of

    return singular_of(_worded(header))
