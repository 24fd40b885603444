"""Lists and key-value blocks to relations: records "Name (1943-2010), role", plain lists, properties."""

import re
from collections.abc import Sequence

import msgspec

from chatbot.documents.model import Text
from chatbot.knowledge.extraction.cells import cell_of, date_of, header_of, term_of, type_of
from chatbot.knowledge.extraction.kinds import is_name, is_person_name
from chatbot.knowledge.extraction.roles import is_place_header
from chatbot.knowledge.extraction.tables import Tabular
from chatbot.knowledge.relation import Cell, Column, Row
from chatbot.language.countries import demonym_country
from chatbot.language.dates import Term
from chatbot.language.lexicon import OFFICE, Lexicon

_NAME = r"(?P<name>[^(),:;–—]{2,80}?)"
_RECORD = re.compile(rf"{_NAME}\s*\((?P<dates>[^()]*\d[^()]*)\)\s*[,:;–—-]?\s*(?P<description>.*)", re.S)
_DESCRIBED = re.compile(rf"{_NAME}\s*(?:,|:|;|\s[–—-])\s+(?P<description>\S.*)", re.S)
#: "Lindenau Glass (melting and casting)".
_REMARKED = re.compile(rf"{_NAME}\s*\((?P<description>[^()]{{3,}})\)\.?")
_BORN = re.compile(r"(?:born|b\.|née|\*)\s*(?:in\s+|on\s+)?(?P<date>.+)", re.I)
_DIED = re.compile(r"(?:died|d\.|†)\s*(?:in\s+|on\s+)?(?P<date>.+)", re.I)
_PLACE = re.compile(r"(?P<date>.*?\d)(?:,\s*|\s+in\s+)(?P<place>[^\W\d_].*)")
#: Sections that list other pages or works, not facts about the subject.
REFERENCES = frozenset(
    (
        "see also",
        "references",
        "external links",
        "further reading",
        "notes",
        "sources",
        "bibliography",
        "footnotes",
        "citations",
    )
)
_MOST_WORDS = 12


def read_pairs(pairs: Sequence[tuple[Text, Text]], lexicon: Lexicon) -> Tabular:
    """Properties of one subject: one row, a column a key, every cell typed by itself."""
    columns, cells = [], []
    for key, value in _with_titles(pairs, lexicon):
        header = header_of((key if isinstance(key, str) else key.text).strip(" :"))
        kind = type_of(value.text)
        if kind == "person" and is_place_header(header.name, lexicon):
            kind = "text"
        cell = cell_of(value, kind, own=True)
        if len(cell.parts) == 2 and cell.type == "text" and not _is_plural(header.name) and " and " not in value.text:
            cell = msgspec.structs.replace(cell, parts=())  # "Port Sable, Norland" is one place
        columns.append(Column(header.name, cell.type or "text", "", header.unit))
        cells.append(cell)
    return Tabular(tuple(columns), (tuple(cells),))


def _with_titles(pairs: Sequence[tuple[Text, Text]], lexicon: Lexicon) -> list[tuple[Text | str, Text]]:
    """The pairs, "Leader: Director of Music, Ana Roe" parted into the leader's name and title.

    A title that says no more than that somebody leads ("Head") gives way to the one beside the name.
    """
    found: list[tuple[Text | str, Text]] = []
    titles: list[Text] = []
    for key, value in pairs:
        parted = _titled(value) if "leader" in lexicon.properties_of(key.text) else None
        if parted is not None and {"lead", OFFICE} & lexicon.meanings(parted[1].text):
            found.append((key, parted[0]))
            titles.append(parted[1])
        else:
            found.append((key, value))
    if len(titles) != 1:
        return found
    own = [n for n, (key, _) in enumerate(pairs) if "leader_title" in lexicon.properties_of(key.text)]
    if not own:
        return [*found, ("Leader title", titles[0])]
    header, title = found[own[0]]
    if len(title.text.split()) == 1 and "lead" in lexicon.meanings(title.text):
        found[own[0]] = (header, titles[0])
    return found


def _titled(value: Text) -> tuple[Text, Text] | None:
    """The person and the title of "Title, Name", "Name, Title" or "Name (Title)"."""
    match = re.fullmatch(r"(?P<first>[^,()]+?)\s*(?:,\s+(?P<second>[^,()]+)|\((?P<inside>[^()]+)\))\s*", value.text)
    if match is None:
        return None
    second = "second" if match["second"] else "inside"
    first_is_person, second_is_person = is_person_name(match["first"]), is_person_name(match[second])
    if first_is_person == second_is_person:
        return None
    parts = value.slice(*match.span("first")), value.slice(*match.span(second))
    return parts if first_is_person else (parts[1], parts[0])


def _is_plural(header: str) -> bool:
    bare = header.rstrip(" :")
    return bare.endswith(("s", "(s)")) and not bare.endswith("ss")


def read_list(items: Sequence[Text], depths: Sequence[int] = ()) -> Tabular | None:
    """Records of the list's items, or a one-column relation of short names; None for a list of prose."""
    if depths:
        items = [item for item, depth in zip(items, depths, strict=True) if depth == 0]
    if len(items) < 2:
        return None
    dated = [match for item in items if (match := _record(item.text))]
    if len(dated) >= 0.6 * len(items):
        return _records(items)
    described = [m for item in items if (m := _with_description(item.text)) and is_name(m["name"])]
    if len(described) == len(items) and all(len(m["name"].split()) <= 6 for m in described):
        return _described(items)
    if all(len(item.text.split()) <= _MOST_WORDS and is_name(item.text) for item in items):
        return _names(items)
    return None


def _record(text: str) -> re.Match[str] | None:
    match = _RECORD.fullmatch(text)
    if match is None or not match["name"][:1].isupper() or not _lifetime(match["dates"], 0)[0]:
        return None
    return match


def _with_description(text: str) -> re.Match[str] | None:
    return _DESCRIBED.fullmatch(text) or _REMARKED.fullmatch(text)


Span = tuple[int, int]


def _lifetime(dates: str, offset: int) -> tuple[dict[str, tuple[str, Span]], bool]:
    """What the brackets after a name say, with spans: birth and death, or birthplace; whether they say so in words."""
    found: dict[str, tuple[str, Span]] = {}
    explicit = False
    for part in re.finditer(r"[^;]+", dates):
        text, start = (
            part.group().strip(),
            offset + part.start() + len(part.group()) - len(part.group().lstrip()),
        )
        for role, pattern in (("birth", _BORN), ("death", _DIED)):
            match = pattern.fullmatch(text)
            if match:
                explicit = True
                found |= _dated(role, match["date"], start + match.start("date"))
                break
        else:
            found |= _life_span(text, start)
    return found, explicit


def _dated(role: str, text: str, start: int) -> dict[str, tuple[str, Span]]:
    edtf = date_of(text)
    if edtf is not None:
        return {role: (edtf, (start, start + len(text)))}
    place = _PLACE.fullmatch(text)
    if place and (edtf := date_of(place["date"])):
        at = start + place.start("place")
        return {
            role: (edtf, (start, start + place.end("date"))),
            f"{role}place": (place["place"], (at, at + len(place["place"]))),
        }
    return {}


def _life_span(text: str, start: int) -> dict[str, tuple[str, Span]]:
    edtf = term_of(text)
    if edtf is None:
        return {}
    ends = re.split(r"\s*[–—-]\s*|\s+to\s+", text, maxsplit=1)
    term = Term.parse(edtf)
    found = {"birth": (term.start.edtf, (start, start + len(ends[0])))}
    if not term.is_open and len(ends) == 2:
        found["death"] = (term.end.edtf, (start + len(text) - len(ends[1]), start + len(text)))
    return found


def _records(items: Sequence[Text]) -> Tabular:
    kind = "person" if sum(is_person_name(_record_name(item)) for item in items) >= 0.5 * len(items) else "text"
    columns = (
        Column("Name", kind, "key"),  # type: ignore[arg-type]
        Column("Born", "date", "birth"),
        Column("Died", "date", "death"),
        Column("Place of birth", "text"),
        Column("Place of death", "text"),
        Column("Country", "country", "country"),
        Column("Description", "text", "description"),
    )
    rows = []
    for item in items:
        match = _record(item.text)
        rows.append(_record_row(item, match, kind) if match else _plain_row(item, kind, len(columns)))
    used = [i for i in range(len(columns)) if any(row[i] for row in rows)]
    return Tabular(tuple(columns[i] for i in used), tuple(tuple(row[i] for i in used) for row in rows))


def _record_name(item: Text) -> str:
    match = _record(item.text)
    return match["name"].strip() if match else item.text


def _record_row(item: Text, match: re.Match[str], kind: str) -> Row:
    life, _ = _lifetime(match["dates"], match.start("dates"))

    def cell(role: str) -> Cell | None:
        if role not in life:
            return None
        value, (start, end) = life[role]
        text = item.slice(start, end)
        return Cell(text.text, text.start, text.end, value)

    return (
        _name_cell(item, match.span("name"), kind),
        cell("birth"),
        cell("death"),
        cell("birthplace"),
        cell("deathplace"),
        _nationality(item, match.span("description")),
        _description(item, match.span("description")),
    )


def _plain_row(item: Text, kind: str, width: int) -> Row:
    match = _DESCRIBED.fullmatch(item.text)
    if match is None:
        return (_name_cell(item, (0, len(item.text)), kind), *[None] * (width - 1))
    name = _name_cell(item, match.span("name"), kind)
    return (name, *[None] * (width - 2), _description(item, match.span("description")))


def _name_cell(item: Text, span: Span, kind: str) -> Cell:
    text = item.slice(*span)
    return Cell(
        text.text,
        text.start,
        text.end,
        text.text,
        None if kind == "person" or not is_person_name(text.text) else "person",
    )


def _description(item: Text, span: Span) -> Cell | None:
    text = item.slice(*span)
    return Cell(text.text, text.start, text.end, text.text) if text.text else None


_FORCES = re.compile(
    r"\b(?:in|of|with|from)\s+the\s+(?:Royal\s+)?(?P<demonym>[A-Z][a-z]+)\s+(?:Royal\s+)?(?:Armed\s+|Defen[cs]e\s+|Air\s+|Police\s+)?"
    r"(?:Forces?|Army|Navy|Marines|Police|Guards?)\b"
)


def _nationality(item: Text, span: Span) -> Cell | None:
    """The country or countries that a description begins with: "Tunisian diplomat", "Swedish-Israeli officer"; or
    whose forces its first words say that somebody served in: "General in the Canadian Forces"."""
    description = item.text[slice(*span)]
    found: list[Cell] = []
    end = 0
    for word in re.finditer(r"[^\W\d_]+", description):
        nation = demonym_country(word.group()) if word.group()[:1].isupper() else None
        is_joined = description[end : word.start()] in ("-", "–", " and ", "/")
        if nation is not None and (not found or is_joined):
            found.append(_country(item, span[0] + word.start(), span[0] + word.end(), nation))
            end = word.end()
        elif found or word.group()[:1].islower():
            break
    if len(found) > 1:
        return Cell(
            " and ".join(cell.text for cell in found), found[0].start, found[-1].end, found[0].value, parts=tuple(found)
        )
    forces = None if found else _FORCES.search(description.split(",")[0])
    nation = demonym_country(forces["demonym"]) if forces else None
    if forces is not None and nation is not None:
        found.append(_country(item, span[0] + forces.start("demonym"), span[0] + forces.end("demonym"), nation))
    return found[0] if found else None


def _country(item: Text, start: int, end: int, nation: str) -> Cell:
    text = item.slice(start, end)
    return Cell(nation, text.start, text.end, nation)


def _described(items: Sequence[Text]) -> Tabular:
    kind = (
        "person"
        if sum(is_person_name(re.split(r"[,(:;]", i.text)[0].strip()) for i in items) >= 0.5 * len(items)
        else "text"
    )
    rows = []
    for item in items:
        match = _with_description(item.text)
        assert match is not None  # read_list has seen to it
        rows.append((_name_cell(item, match.span("name"), kind), _description(item, match.span("description"))))
    return Tabular((Column("Name", kind, "key"), Column("Description", "text", "description")), tuple(rows))  # type: ignore[arg-type]


def _names(items: Sequence[Text]) -> Tabular:
    kind = "person" if sum(is_person_name(item.text) for item in items) >= 0.6 * len(items) else "text"
    rows = tuple((_name_cell(item, (0, len(item.text)), kind),) for item in items)
    return Tabular((Column("Name", kind, "key"),), rows)  # type: ignore[arg-type]
