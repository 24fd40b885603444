"""Everything the documents state in tables, lists, key-value blocks and dated sentences, as Knowledge."""

from collections.abc import Iterator, Sequence

import msgspec

from chatbot.documents.model import Block, Document, KeyValues, ListBlock, Paragraph, Table, Text
from chatbot.knowledge.extraction.aliases import Alias
from chatbot.knowledge.extraction.cells import cell_of
from chatbot.knowledge.extraction.entities import Naming, entities_of
from chatbot.knowledge.extraction.lists import REFERENCES, read_list, read_pairs
from chatbot.knowledge.extraction.prose import Enumeration, Figure, dated_value, enumerations, figures
from chatbot.knowledge.extraction.tables import Tabular, read_table
from chatbot.knowledge.relation import Cell, Column, Knowledge, Relation, RelationKind, Row
from chatbot.language.datecells import parse_cell_date
from chatbot.language.datetext import find_dates
from chatbot.language.lexicon import Lexicon

LONGEST_LEAD_IN = 60
"""Words of a paragraph that may still introduce the table or list below it."""


def extract(documents: Sequence[Document], lexicon: Lexicon) -> Knowledge:
    """Every relation and entity of the documents, in reading order."""
    naming = Naming(documents, lexicon)
    relations: list[Relation] = []
    for document in documents:
        relations += _Extraction(document, lexicon, naming).relations()
    return Knowledge(
        tuple(relations),
        entities_of(relations, naming, lexicon),
        {document.path: document.title for document in documents},
    )


class _Extraction:
    """The relations of one document."""

    def __init__(self, document: Document, lexicon: Lexicon, naming: Naming) -> None:
        self.document, self.lexicon, self.naming = document, lexicon, naming
        self.count = 0

    def relations(self) -> Iterator[Relation]:
        before: Block | None = None
        for block in self.document.blocks:
            if not _is_reference(block):
                yield from self._of(block, before)
            before = block
        yield from self._figures()
        yield from self._aliases()

    def _of(self, block: Block, before: Block | None) -> Iterator[Relation]:
        lead_in = _lead_in(block, before)
        match block:
            case Table(section, _, _, caption):
                found = read_table(block, self.lexicon)
                if found is not None:
                    yield self._relation("table", section, found, caption or lead_in)
            case KeyValues(section, pairs, "body"):
                yield self._relation("properties", section, read_pairs(pairs, self.lexicon), None)
            case ListBlock(section, items, depths):
                found = read_list(items, depths)
                if found is not None:
                    yield self._relation("records", section, found, lead_in)
            case Paragraph(section, text):
                for enumeration in enumerations(text):
                    sentence = text.slice(*enumeration.sentence)
                    yield self._relation("enumeration", section, _members(text, enumeration), sentence)

    def _relation(self, kind: RelationKind, section: tuple[str, ...], found: Tabular, caption: Text | None) -> Relation:
        self.count += 1
        return Relation(
            f"{self.document.path}#{self.count}",
            kind,
            self.document.path,
            self.document.title,
            section,
            found.columns,
            found.rows,
            self.naming.subjects_of(self.document, section),
            caption.text if caption else "",
            (caption.start, caption.end) if caption else None,
            self._as_of(caption, any_date=kind == "enumeration"),
        )

    def _as_of(self, caption: Text | None, any_date: bool) -> str:
        """When the facts held: said in their caption ("as of 2020"), else in the document's front matter."""
        for mention in find_dates(caption.text, None) if caption else []:
            said = caption.text[mention.start : mention.end].lower() if caption else ""
            is_last = caption is not None and not caption.text[mention.end :].strip(" .:)")  # "Shares, 2020–2021:"
            is_said = any_date or is_last or said.startswith(("as of", "as at", "for "))
            if mention.interval.latest is not None and is_said:
                return mention.interval.edtf
        return parse_cell_date(self.document.as_of) or "" if self.document.as_of else ""

    def _figures(self) -> Iterator[Relation]:
        """One relation for all the dated figures of a document."""
        rows = []
        for block in self.document.blocks:
            if isinstance(block, Paragraph):
                rows += [_figure_row(block.text, figure) for figure in figures(block.text, self.lexicon)]
            if isinstance(block, KeyValues) and block.origin == "body":
                dated = ((key, value, dated_value(key, value)) for key, value in block.pairs)
                rows += [_dated_row(key, value, figure) for key, value, figure in dated if figure is not None]
        if rows:
            yield self._relation("figures", (), Tabular(_FIGURE_COLUMNS, tuple(rows)), None)

    def _aliases(self) -> Iterator[Relation]:
        rows = [_alias_row(text, alias, subject) for text, alias, subject in self.naming.declared(self.document)]
        used = [n for n in range(len(_ALIAS_COLUMNS)) if any(row[n] is not None for row in rows)]
        if rows:
            columns = tuple(_ALIAS_COLUMNS[n] for n in used)
            yield self._relation(
                "aliases", (), Tabular(columns, tuple(tuple(row[n] for n in used) for row in rows)), None
            )


_FIGURE_COLUMNS = (
    Column("Quantity", "number", "measure"),
    Column("What", "text", "counted"),
    Column("When", "interval", "as_of"),
    Column("Sentence", "text", "description"),
)
_ALIAS_COLUMNS = (
    Column("Name", "text", "name"),
    Column("Also called", "text", "alias"),
    Column("Kind", "text", "kind"),
    Column("Language", "text", "language"),
    Column("Until", "date", "end"),
)


def _is_reference(block: Block) -> bool:
    return bool(block.section) and block.section[-1].strip(" :").lower() in REFERENCES


def _lead_in(block: Block, before: Block | None) -> Text | None:
    """The paragraph right above in the same section, if it is short enough to introduce the block."""
    if isinstance(before, Paragraph) and before.section == block.section and not isinstance(block, Paragraph):
        text = before.text
        if text.text.rstrip().endswith(":") or len(text.text.split()) <= LONGEST_LEAD_IN:
            return text
    return None


def _members(text: Text, found: Enumeration) -> Tabular:
    rows, units = [], []
    for name_span, amount_span in found.members:
        amount = text.slice(*amount_span)
        cell = cell_of(amount, "number")
        name = text.slice(*name_span)
        units.append(cell.unit)
        rows.append((Cell(name.text, name.start, name.end, name.text), cell))
    unit = units[0] if len(set(units)) == 1 else ""
    measure = Column("Share" if unit == "%" else "Amount", "percent" if unit == "%" else "number", "measure", unit)
    return Tabular((Column(found.head.capitalize() or "Name", "text", "key"), measure), tuple(rows))


def _figure_row(text: Text, figure: Figure) -> Row:
    quantity = figure.quantity
    amount = text.slice(quantity.start, quantity.end)
    counted, when, sentence = (text.slice(*span) for span in (figure.counted, figure.when, figure.sentence))
    return (
        Cell(
            amount.text,
            amount.start,
            amount.end,
            quantity.number,
            quantity.type,
            quantity.unit,
            quantity.about,
        ),
        Cell(counted.text, counted.start, counted.end, counted.text),
        Cell(when.text, when.start, when.end, figure.edtf),
        Cell(sentence.text, sentence.start, sentence.end, sentence.text),
    )


def _dated_row(key: Text, value: Text, figure: Figure) -> Row:
    """The row of a property with its date; what it counts is its key."""
    amount, _, when, sentence = _figure_row(value, msgspec.structs.replace(figure, counted=(0, 0)))
    said = None if sentence is None else msgspec.structs.replace(sentence, text=f"{key.text}: {value.text}")
    return amount, Cell(key.text, key.start, key.end, key.text), when, said


def _alias_row(text: Text, alias: Alias, subject: str) -> Row:
    short = text.slice(*alias.short)
    if alias.long is not None:
        long = text.slice(*alias.long)
        name = Cell(long.text, long.start, long.end, long.text)
    else:
        start, end = text.source_span(0, len(text.text))
        name = Cell(subject, start, end, subject)
    return (
        name,
        Cell(short.text, short.start, short.end, short.text),
        Cell(alias.kind, short.start, short.end, alias.kind),
        Cell(alias.language, short.start, short.end, alias.language) if alias.language else None,
        cell_of(text.slice(*alias.until), "date") if alias.until else None,
    )
