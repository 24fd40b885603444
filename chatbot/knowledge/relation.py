"""Relation: the one shape of every fact found in documents, and Knowledge, all of them together."""

from typing import Literal

import msgspec

ColumnType = Literal["date", "interval", "number", "money", "percent", "duration", "country", "person", "text"]

Role = Literal[
    "",  # nothing known beyond the header
    "key",  # names the row: lighthouse, country, book, the subject of an infobox
    "holder",  # the person (or body) that held an office
    "start",  # when the term began
    "end",  # when the term ended; the cell of an incumbent is open
    "term",  # both in one cell
    "order",  # ordinal number in the list
    "office",  # which office was held, where one table lists several
    "country",
    "duration",  # length of term as the source states it
    "birth",
    "death",  # dates, of list records "Name (1943-2010), ..."
    "description",  # prose about the row's key
    "measure",  # a number that rows can be ranked by
    "counted",  # of dated figures: what the quantity counts, "peacekeeping missions"
    "as_of",  # of dated figures: when it held
    "name",
    "alias",
    "kind",  # of the aliases relation, as what follows
    "language",  # of a name
]

RelationKind = Literal["table", "properties", "records", "enumeration", "figures", "aliases"]

EntityType = Literal["person", "organization", "office", "place", "thing"]


class Column(msgspec.Struct, frozen=True):
    header: str
    """As the source has it; two header rows join as "Term of office / Took office"."""
    type: ColumnType
    role: Role = ""
    unit: str = ""
    """Of numbers when the header gives one: "Height (m)" has unit "m", header "Height"."""


class Cell(msgspec.Struct, frozen=True):
    """One fact and where it stands. `source[start:end]` is the cell as written.

    `value` is canonical by the column's type: date, interval: EDTF ("1992-03", "2000-10-01/2008-06-30", "2017-04-01/..",
    and for the end cell of an incumbent ".."); number, money, percent: a float, duration: days as a float;
    person, country, text: a folded-white-space string.
    """

    text: str
    """Clean text, for showing."""
    start: int
    end: int
    value: str | float
    type: ColumnType | None = None
    """Only where this cell's type differs from its column's (a properties relation is typed cell by cell)."""
    unit: str = ""
    """Of this number: "USD", "%", "people"; "USD" for $ and US$; scale words are already multiplied in."""
    about: bool = False
    """The source says "about", "roughly", "over": the number is not exact."""
    parts: tuple["Cell", ...] = ()
    """The members, where the cell is a list ("Office of Operations, Office of Military Affairs")."""


Row = tuple[Cell | None, ...]


class Relation(msgspec.Struct, frozen=True):
    id: str
    """Stable within a corpus: "path#3"."""
    kind: RelationKind
    document: str
    title: str
    section: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    """Blank cells are None: unknown, never assumed equal to the row above."""
    subjects: tuple[str, ...] = ()
    """Ids of the entities the relation is about: the department, and the office its list of heads fills."""
    caption: str = ""
    """Table caption, lead-in sentence, or the sentence of an enumeration or figure."""
    caption_span: tuple[int, int] | None = None
    """Where that stands in the source."""
    as_of: str = ""
    """EDTF of the date the source vouches for: caption, else front matter, else ""."""


class Entity(msgspec.Struct, frozen=True):
    id: str
    """The canonical name itself, unless two entities share it."""
    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    """Abbreviations, former names, short forms; as written, the canonical name not among them."""
    kinds: tuple[str, ...] = ()
    """What the documents say it is: "market town", "department"."""


class Knowledge(msgspec.Struct, frozen=True):
    """Everything the facts side of the bot knows of one corpus. Encodes to JSON for the cache."""

    relations: tuple[Relation, ...]
    entities: tuple[Entity, ...]
    titles: dict[str, str]
    """Document path → title."""
