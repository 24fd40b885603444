"""Commands that show what the documents hold."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from chatbot.errors import ChatbotError
from chatbot.knowledge.relation import Relation
from chatbot.language.words import STOP_WORDS, stem, tokens
from chatbot.retrieval.passage import Passage
from chatbot.terminal import reading, tabulating, terms, topics
from chatbot.terminal.blocks import Block, Line, Prose, note
from chatbot.terminal.commands.registry import command
from chatbot.terminal.counts import counted
from chatbot.terminal.evidence import Evidence, evidence, names_in, spoken_of
from chatbot.terminal.lookup import unfound
from chatbot.terminal.quoting import address, line_of, located

if TYPE_CHECKING:
    from chatbot.terminal.sitting import Sitting

_SHOWN = 4
"""Relations of one name that are shown; of more only the names."""
_LISTED, _NAMED = 50, 6
"""Documents that are listed, and sections and topics named of each."""
_PASSAGES, _LENGTH = 5, 240
"""Passages that a search shows, and characters of each."""
_EMPTY = Line((("", ""),))


def _timelines(sitting: "Sitting") -> Iterable[str]:
    return topics.topics(_timed(sitting))[: topics.OFFERED]


@command("/timeline", "[name]", _timelines)
def timeline(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """Terms of office as bars, of the last answer or a name.

    The name may be that of an office, a person, a document or what it is about.
    """
    known = _timed(sitting)
    if not known:
        return [note("These documents hold no terms of office and no lives to draw.")]
    chosen = _named(sitting, rest, known) if rest else _last_timed(sitting, known)
    if isinstance(chosen, str):
        return [note(chosen)]
    shown: list[Block] = []
    for each in chosen:
        shown += terms.timelines(each.relation, _today(sitting), each.rows)
        if left := terms.undated(each.relation):
            shown.append(note(f"{counted(left, 'row')} without a name or a date left out."))
    return shown


def _tables(sitting: "Sitting") -> Iterable[str]:
    return topics.topics(sitting.bot.knowledge.relations)[: topics.OFFERED]


@command("/table", "[name]", _tables)
def table(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """The table behind the last answer, or the one you name."""
    known = sitting.bot.knowledge.relations
    if not known:
        return [note("These documents hold no tables, lists or figures.")]
    names = topics.topics(known)
    if rest:
        chosen = _named(sitting, rest, known)
        if isinstance(chosen, str):
            return [note(chosen)]
    elif not (chosen := _evidence(sitting, known)[:1]):
        said = "Nothing has been asked yet." if sitting.last is None else "The last answer rests on no table."
        return [note(f"{said} /table takes a name: {_few(names)}.")]
    shown: list[Block] = []
    plan = (sitting.last.plan or "") if sitting.last is not None else ""
    for each in chosen:
        # Where every row is marked none stands out.
        marked = each.rows if len(each.rows) < len(each.relation.rows) else frozenset()
        shown.append(tabulating.table(each.relation, marked))
        if (chart := tabulating.chart(each.relation, f"{plan}; {rest}", marked)) is not None:
            shown.append(chart)
    return shown


@command("/topics")
def topics_(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """What the documents hold: sections, tables, periods."""
    bot, sections = sitting.bot, reading.sections(sitting.bot)
    lines: list[Line] = []
    for document in islice(sections, _LISTED):
        lines += [*([_EMPTY] if lines else []), _titled(sitting, document)]
        if sections[document]:
            lines.append(_sections(sections[document]))
        lines += [_topic(each) for each in bot.knowledge.relations if each.document == document]
    said = note("/browse reads a document or section; /table and /timeline show the topics counted in rows.")
    return [Prose((*lines, *_left_out(len(sections), "document"), _EMPTY)), said]


def _offered(sitting: "Sitting") -> Iterable[str]:
    """Titles, files and headings; of a large corpus, which a key press must not index, what facts were found in."""
    titles = sitting.bot.knowledge.titles
    if sitting.bot.engine == "rank_bm25":
        headings = [section[-1] for of_document in reading.sections(sitting.bot).values() for section in of_document]
    else:
        headings = [each.section[-1] for each in sitting.bot.knowledge.relations if each.section]
    return islice(dict.fromkeys((*titles.values(), *titles, *headings)), topics.OFFERED)


@command("/browse", "[document|section|number]", _offered)
def browse(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """List the documents, or read one or a section of it."""
    if not rest:
        return [_contents(sitting)]
    found, near = reading.places(sitting.bot, rest)
    if not found:
        return [note(unfound(rest, near, [_title(sitting, each) for each in reading.sections(sitting.bot)]))]
    if len(found) > 1:
        lines = [f"{_title(sitting, each.document)} › {' › '.join(each.section)}" for each in found]
        paths = dict.fromkeys(each.document for each in found)
        return [
            note(f"“{rest}” heads several sections:"),
            note("\n".join(lines)),
            note(f"Name a document: {_few(paths)}."),
        ]
    place = found[0]
    if records := reading.records(sitting.bot).get(place.document):
        said = f"{place.document} holds {counted(records, 'document')}: /browse {place.document}#1 reads the first"
        return [note(f"{said}, /search looks in all of them.")]
    try:
        return reading.text(sitting.bot.document(place.document), place.section)
    except ChatbotError as error:
        return [note(str(error))]


@command("/search", "words")
def search(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """The passages that fit these words best."""
    if not rest:
        return [note("/search takes words to look for: /search peace agreement.")]
    found = sitting.bot.search(rest, _PASSAGES)
    if not found:
        return [note(f"No passage has any of these words: {rest}.")]
    sitting.found = tuple(each.passage for each in found)
    wanted = frozenset(stem(word.folded) for word in tokens(rest) if word.folded not in STOP_WORDS)
    try:
        return [Prose(tuple(_passage(sitting, at, each, wanted))) for at, each in enumerate(sitting.found, 1)]
    except ChatbotError as error:
        return [note(str(error))]


def _timed(sitting: "Sitting") -> list[Relation]:
    return [relation for relation in sitting.bot.knowledge.relations if terms.has_terms(relation)]


def _today(sitting: "Sitting") -> date:
    return sitting.today or sitting.clock().date()


def _evidence(sitting: "Sitting", known: Iterable[Relation]) -> list[Evidence]:
    """What the last answer rests on. A sentence that was quoted need not speak of the figures and names read from it."""
    if sitting.last is None:
        return []
    is_quoted = sitting.last.kind == "passage"
    return evidence(sitting.last, (each for each in known if not is_quoted or each.kind not in ("aliases", "figures")))


def _last_timed(sitting: "Sitting", known: Sequence[Relation]) -> "Sequence[Evidence] | str":
    """The terms that the last answer is about, else the only ones; or what to say where there is a choice."""
    names = () if sitting.last is None else names_in(sitting.last)
    if cited := _evidence(sitting, known)[:1]:
        relation = cited[0].relation
        return [Evidence(relation, spoken_of(relation, names) or cited[0].rows)]
    offices = [relation for relation in known if terms.is_of_office(relation)]
    # Of a person named in passing the office counts more than the life.
    for relation in (*offices, *known):
        if rows := spoken_of(relation, names):
            return [Evidence(relation, rows)]
    if len(offices or known) == 1 and sitting.last is None:
        return [Evidence((offices or known)[0], frozenset())]
    said = "" if sitting.last is None else "The last answer rests on no terms of office. "
    return f"{said}/timeline takes a name: {_few(topics.topics(known))}."


def _named(sitting: "Sitting", name: str, known: Sequence[Relation]) -> "Sequence[Evidence] | str":
    """The relations of a name, those rows used that it means or the last answer rests on; or what to say for none."""
    found, near = topics.found(sitting.bot, name, known)
    if not found:
        return unfound(name, near, topics.topics(known))
    if len(found) > _SHOWN:
        return f"“{name}” has several: {_few(topics.topics(relation for _, relation in found), len(found))}."
    used = {each.relation.id: each.rows for each in _evidence(sitting, known)}
    return [
        Evidence(relation, spoken_of(relation, (called,)) or used.get(relation.id, frozenset()))
        for called, relation in found
    ]


def _few(names: Iterable[str], most: int = _NAMED) -> str:
    every = list(names)
    return "; ".join((*every[:most], *([f"and {len(every) - most:,} more"] if len(every) > most else [])))


def _left_out(count: int, noun: str) -> Iterator[Line]:
    if count > _LISTED:
        yield _EMPTY
        yield Line((("hint", f"… and {counted(count - _LISTED, f'more {noun}')}"),))


def _title(sitting: "Sitting", document: str) -> str:
    return " ".join(sitting.bot.knowledge.titles.get(document, document).split())


def _titled(sitting: "Sitting", document: str, number: str = "") -> Line:
    title = _title(sitting, document)
    path = [("hint", f" ({document})")] if title != document else []
    return Line((*([("number", number)] if number else []), ("heading", title), *path), "", " " * (len(number) or 2))


def _sections(sections: Sequence[tuple[str, ...]], indent: str = "  ") -> Line:
    said = f"{counted(len(sections), 'section')}: "
    return Line((("hint", said), ("", _few(section[-1] for section in sections))), indent, f"{indent}  ")


def _topic(relation: Relation) -> Line:
    covered = topics.period(relation)
    is_upright = relation.kind == "properties"
    size = counted(len(relation.columns), "line") if is_upright else counted(len(relation.rows), "row")
    size = f"{size}, {covered}" if covered else size
    return Line((("", f"{topics.topic(relation).removeprefix(f'{relation.title}: ')}  "), ("hint", size)), "  ", "    ")


def _contents(sitting: "Sitting") -> Prose:
    sections = reading.sections(sitting.bot)
    lines: list[Line] = []
    for number, document in enumerate(islice(sections, _LISTED), 1):
        lines.append(_titled(sitting, document, f"{number:>2}  "))
        if sections[document]:
            lines.append(_sections(sections[document], "    "))
    lines += _left_out(len(sections), "document")
    return Prose(
        (*lines, _EMPTY, Line((("hint", "/browse 1 reads the first; a title, file or heading will do as well."),)))
    )


def _passage(sitting: "Sitting", number: int, passage: Passage, wanted: frozenset[str]) -> Iterator[Line]:
    where = " › ".join(" ".join(name.split()) for name in (passage.title, *passage.section))
    line = line_of(sitting.bot, passage.document, passage.sentences[0].start)
    link = address(sitting.bot, passage.document, passage.sentences[0].start)
    yield Line(
        (("number", f"[{number}] "), ("source", f"{where} ({located(sitting.bot, passage.document, line)})")),
        "",
        "    ",
        link,
    )
    yield Line(tuple(_emphasised(_extract(passage, wanted), wanted)), "    ", "    ")


def _extract(passage: Passage, wanted: frozenset[str]) -> str:
    """A few lines of a passage, from the sentence on that has most of the words."""
    texts = [" ".join(sentence.text.split()) for sentence in passage.sentences]
    counts = [len(wanted & {stem(word.folded) for word in tokens(text)}) for text in texts]
    first = counts.index(max(counts))
    between = " " if passage.kind == "prose" else " · "
    if len(between.join(texts)) <= _LENGTH:
        first = 0
    text = between.join(texts[first:])
    opening = "… " if first else ""
    if len(text) <= _LENGTH:
        return f"{opening}{text}"
    return f"{opening}{text[:_LENGTH].rpartition(' ')[0] or text[:_LENGTH]} …"


def _emphasised(text: str, wanted: frozenset[str]) -> Iterator[tuple[str, str]]:
    end = 0
    for word in tokens(text):
        if stem(word.folded) in wanted:
            yield from (
                (style, part) for style, part in (("", text[end : word.start]), ("emphasis", word.text)) if part
            )
            end = word.end
    if text[end:]:
        yield "", text[end:]
