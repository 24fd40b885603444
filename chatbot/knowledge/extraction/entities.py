"""Entities: who and what the documents name, and which names mean the same."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from chatbot.documents.model import Block, Document, KeyValues, ListBlock, Paragraph, Table, Text
from chatbot.knowledge.extraction.aliases import (
    Alias,
    abbreviations_in,
    aliases_in,
    former_name,
    is_of_former_name,
    language_of,
    name_within,
)
from chatbot.knowledge.extraction.kinds import (
    bare_name,
    is_name,
    is_organization_name,
    is_person_name,
    split_names,
)
from chatbot.knowledge.relation import Cell, Entity, EntityType, Relation
from chatbot.language.countries import country, demonyms, initialisms, is_country, variants
from chatbot.language.lexicon import OFFICE, Lexicon
from chatbot.language.spelling import english_words
from chatbot.language.words import fold, tokens

Declared = tuple[Text, Alias, str]
"""A paragraph, an alias in it, and the subject meant where the alias names no long form."""

_MOST_NAME_WORDS = 10
_NAMED_BEFORE = re.compile(
    r"(?P<name>[A-ZÀ-Þ][\w'’&.\-]*(?:\s+(?:(?:of|the|and|for|in|on|de|la|le|du)\s+)*[A-ZÀ-Þ0-9][\w'’&.\-]*)*)"
    r"(?:\s*\([^()]*\)?|\s*,|\s+(?:which|that|was|were|is|are|had been|has been|,|\())*\s*$"
)
_OTHER_THING = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]his|[Oo]ne)\s+(?:[a-z][\w\-]*\s+){1,4}$")
_FULL_NAME = re.compile(r"\b(?:legal|full|official|registered|trading)\s+(?:name|title)\b", re.I)
_NOTE = re.compile(r"\s*(?:\(|,?\s(?:from\s+|until\s+)?\d{4}\b)")
_DEFINITION = re.compile(
    r"(?:The\s+)?(?P<name>[A-ZÀ-Þ][^(),.]*?)(?:\s*\([^()]*\))*,?\s+(?:is|was)\s+(?:a|an|the|one\s+of\s+the)\s+"
    r"(?P<kind>[^,.;()]+?)(?=\s+(?:of|on|in|at|by|near|for|from|to|that|which|who|where|with|and|based|located|founded|charged)\b|[,.;(])"
)
_LEGAL_FORM = re.compile(
    r"[\s,]+(?:ag|gmbh|ltd|limited|inc|incorporated|plc|llc|se|sa|nv|bv|co|corp|corporation|kg|oy|ab|as|spa|srl)\.?$",
    re.I,
)
_LINKS = "of|for|in|on|at|about|from|by"
#: What any organisation may be called when it is meant by "the ...".
_BODIES = (
    "organization organisation body institution agency company firm business club team side institute outfit dynasty family org entity"
).split()
_ALIAS_KEYS = {
    "abbreviation": "abbreviation",
    "former_name": "former name",
    "other_name": "other name",
    "nickname": "other name",
}


class Naming:
    """The names of a corpus: each document's subject, the aliases declared, and which belong together."""

    def __init__(self, documents: Sequence[Document], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._same = _Same()
        self._declared: dict[str, list[Declared]] = {}
        self._own = {document.path: _subject(document) for document in documents}
        for document in documents:
            self._declared[document.path] = list(self._aliases(document))
        for document in documents:
            self._settle(document)
        self._short_forms = {
            text.text[slice(*alias.long)]: text.text[slice(*alias.short)]
            for declared in self._declared.values()
            for text, alias, _ in declared
            if alias.long is not None and alias.kind == "abbreviation"
        }
        self._main = self._main_subject(documents)
        self._kinds = {self.canonical(name): kind for document in documents for name, kind in self._defined(document)}

    def declared(self, document: Document) -> list[Declared]:
        return self._declared[document.path]

    def canonical(self, name: str) -> str:
        return self._same.first(name)

    def groups(self) -> dict[str, list[str]]:
        """Canonical name → all names of the same thing, the canonical one first."""
        return self._same.groups()

    def subjects(self) -> set[str]:
        return {self.canonical(name) for name in self._own.values() if name} | ({self._main} if self._main else set())

    def subjects_of(self, document: Document, section: tuple[str, ...]) -> tuple[str, ...]:
        """Who a document's facts are about: its own subject, then the one that the whole corpus is about."""
        own = self._own[document.path]
        names = [self.canonical(own)] if own else []
        names += [heading for heading in section[-1:] if is_name(heading) and is_person_name(heading)]
        if self._main:
            names.append(self._main)
        return tuple(dict.fromkeys(names))

    def _main_subject(self, documents: Sequence[Document]) -> str:
        """The one thing that documents with properties or a declared subject speak of, if it is one."""
        counts: Counter[str] = Counter()
        for document in documents:
            has_properties = any(isinstance(b, KeyValues) and b.origin == "body" for b in document.blocks[:4])
            own = self._own[document.path]
            if own and (document.subject or has_properties or len(documents) == 1):
                counts[self.canonical(own)] += 1
        if not counts:
            return ""
        most = counts.most_common(2)
        return most[0][0] if len(most) == 1 or most[0][1] > 2 * most[1][1] else ""

    def _aliases(self, document: Document) -> Iterator[Declared]:
        subject = self._own[document.path]
        for block in document.blocks:
            if isinstance(block, KeyValues) and block.origin == "body":
                yield from self._keyed(block, subject)
        seen: set[tuple[str, str]] = set()
        for block in document.blocks:
            for whole in _texts_of(block):
                for alias in aliases_in(whole) if isinstance(block, Paragraph) else abbreviations_in(whole):
                    text = whole.text
                    meant = text[slice(*alias.long)] if alias.long else self._meant(text, alias, subject)
                    short = text[slice(*alias.short)]
                    if not meant or fold(meant) == fold(short):
                        continue
                    if not alias.language:  # texts in English do not go by it
                        self._same.join(meant, short)
                    if (alias.kind, fold(short)) not in seen:
                        seen.add((alias.kind, fold(short)))
                        yield whole, alias, self.canonical(meant)

    def _keyed(self, block: KeyValues, subject: str) -> Iterator[Declared]:
        """Aliases of the subject among its properties: Abbreviation, Former name, French name; Founded (as X)."""
        for key, value in block.pairs:
            if not subject or len(value.text.split()) > _MOST_NAME_WORDS:
                continue
            meanings, language = self._lexicon.meanings(key.text), language_of(key.text)
            kinds = [k for name, k in _ALIAS_KEYS.items() if name in meanings]
            kinds += ["former name"] if not kinds and is_of_former_name(key.text) else []
            if _FULL_NAME.search(key.text):
                self._same.join(subject, value.text[: len(_NOTE.split(value.text)[0])])
            elif "founded" in meanings and (span := name_within(value.text)) is not None:
                self._same.join(subject, value.text[slice(*span)])
                yield value, Alias(span, None, "former name"), subject
            elif language or kinds:
                kind = "foreign name" if language else kinds[0]
                for start, end in split_names(value.text) if kind == "other name" else [(0, len(value.text))]:
                    end = start + len(_NOTE.split(value.text[start:end])[0])  # of "Department of X (DX)" the name
                    if not language:
                        self._same.join(subject, value.text[start:end])
                    if kind == "former name":
                        yield value, former_name(value.text, (start, end)), subject
                    elif kind != "abbreviation":
                        yield value, Alias((start, end), None, kind, language), subject

    def _meant(self, text: str, alias: Alias, subject: str) -> str:
        """Whom "formerly known as" speaks of: the name right before it, else the document's subject."""
        before = re.split(r"[.;]\s", text[: alias.short[0]])[-1]
        opening = text.rfind("(", 0, alias.short[0])
        if alias.language and opening > 0 and ")" not in text[opening : alias.short[0]]:
            return self._named(text[:opening], subject)  # "Department of X (DX; French: ..."
        how = re.search(
            r"(?i)\b(?:was\s+|were\s+|is\s+)?(?:also\s+|previously|formerly|originally|earlier|initially|once|known|called|renamed|nicknamed|better|aka)",
            before,
        )
        if (
            how
            and how.group().lower().startswith(("known", "called", "nicknamed"))
            and _OTHER_THING.search(before[: how.start()])
        ):
            return ""  # "the beam engine known as Old Prudence" is not the brewery
        return self._named(before[: how.start()], subject) if how else subject

    def _named(self, before: str, subject: str) -> str:
        """The name that a stretch of text ends with, else the document's subject."""
        match = _NAMED_BEFORE.search(before)
        if match is None or match["name"] in ("It", "The", "This"):
            return subject
        name = match["name"].removeprefix("The ")
        return subject if self._same.are_one(name, subject) or fold(name) in fold(subject) else name

    def shortened(self, name: str) -> list[str]:
        """A name with a longer name inside it abbreviated: "UN Secretariat" for the United Nations Secretariat."""
        return [name.replace(long, short) for long, short in self._short_forms.items() if long in name and long != name]

    def kinds_of(self, name: str) -> tuple[str, ...]:
        """What the documents say a subject is, and what its type makes it."""
        said = (self._kinds[name],) if name in self._kinds else ()
        return said + (tuple(_BODIES) if is_organization_name(name) else ())

    def _defined(self, document: Document) -> Iterator[tuple[str, str]]:
        """The subject and what its first paragraphs say that it is: "Elmsford is a market town on the Tarrow"."""
        subject = self._own[document.path]
        paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
        for paragraph in paragraphs[:3]:
            match = _DEFINITION.match(paragraph.text.text)
            named = subject and match and (match["name"] == subject or self._same.are_one(match["name"], subject))
            if match and named:
                yield subject, match["kind"]
                return

    def _settle(self, document: Document) -> None:
        """What a title means by a name that it ends with.

        "Directors of the Calvo Observatory" is about that observatory; "United Nations Department of X" is
        another name of the Department of X.
        """
        title = document.subject or document.title
        folded, bare = fold(title), _without_legal_form(fold(title))
        known = {*self._same.names(), *(own for own in self._own.values() if own)}
        # Of many names few stand in a title, and these alone are worth a pattern.
        near = [name for name in known if fold(name) in folded or _without_legal_form(fold(name)) == bare]
        for name in sorted(near, key=lambda name: (-len(name), name)):
            if fold(name) == folded:
                continue
            if re.search(rf"\b(?:{_LINKS}) (?:the )?{re.escape(fold(name))}(?!\w)", fold(title)):
                self._own[document.path] = name
                return
            if _without_legal_form(fold(name)) == bare:
                self._same.join(title, name)
            if len(name.split()) > 2 and fold(title).endswith(" " + fold(name)):
                self._same.join(title, name)


@lru_cache(maxsize=65536)
def _without_legal_form(folded: str) -> str:
    return _LEGAL_FORM.sub("", folded)


def _texts_of(block: Block) -> Iterator[Text]:
    """Every text of a block that may name something."""
    match block:
        case Paragraph(_, text):
            yield text
        case ListBlock(_, items):
            yield from items
        case KeyValues(_, pairs):
            yield from (value for _, value in pairs)
        case Table(_, _, rows):
            yield from (cell for row in rows for cell in row if cell is not None)


def _subject(document: Document) -> str:
    """What a document is about: said in its front matter, or its own title; not a file's bare name."""
    if document.subject:
        return document.subject
    if document.title_text is None:
        named = [
            value.text
            for block in document.blocks[:2]
            if isinstance(block, KeyValues) and block.origin == "body"
            for key, value in block.pairs
            if fold(key.text).strip(" :") in ("name", "full name", "official name", "title")
        ]
        return named[0] if named else ""
    return document.title if len(document.title.split()) <= _MOST_NAME_WORDS else ""


class _Same:
    """Names that mean one thing, joined as sets (union-find); of two names joined the first stands for both."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def first(self, name: str) -> str:
        while self._parent.get(name, name) != name:
            name = self._parent[name]
        return name

    def join(self, name: str, other: str) -> None:
        for each in (name, other):
            self._parent.setdefault(each, each)
        a, b = self.first(name), self.first(other)
        if a != b:
            self._parent[b] = a

    def are_one(self, name: str, other: str) -> bool:
        return self.first(name) == self.first(other)

    def names(self) -> Iterable[str]:
        return self._parent

    def groups(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self._parent:
            first = self.first(name)
            members = found.setdefault(first, [first])
            if name not in members:
                members.append(name)
        return found


def entities_of(relations: Sequence[Relation], naming: Naming, lexicon: Lexicon) -> tuple[Entity, ...]:
    """The named things of all relations, each once, with their aliases."""
    types: dict[str, EntityType] = {}
    subjects = naming.subjects()
    for name in sorted(subjects):
        types[name] = _type_of(name)
    for relation in relations:
        for name, kind in _names_in(relation):
            if {"lead", OFFICE} & lexicon.meanings(name) and len(tokens(name)) == 1:
                continue  # "Head" under "Leader title" names nobody
            canonical = naming.canonical(name)
            if canonical not in types or types[canonical] == "thing":
                types[canonical] = kind if canonical == name else _type_of(canonical)
    groups = naming.groups()
    for name in groups:
        types.setdefault(name, _type_of(name))
    for name, kind in types.items():
        if kind == "place" and (nation := country(name)) is not None:
            others = (nation, *variants(nation), *demonyms(nation), *initialisms(nation))
            groups.setdefault(name, [name]).extend(other for other in others if other != name)
    for name in [name for name in types if name not in groups or len(groups[name]) < 2]:
        groups.setdefault(name, [name]).extend(naming.shortened(name))
    bodies = [name for name, kind in types.items() if kind == "organization"]
    for name, short in _first_words(sorted(bodies, key=lambda name: name not in subjects)).items():
        if short not in types:
            groups.setdefault(name, [name]).append(short)
    for names in groups.values():
        bare = [_LEGAL_FORM.sub("", name) for name in names if is_organization_name(name) or "&" in name]
        names.extend(name for name in dict.fromkeys(bare) if name not in names)
    for name, short in _without_owner(groups, types):
        groups[name].append(short)
    return tuple(
        Entity(
            name,
            name,
            kind,
            tuple(groups.get(name, [name])[1:]),
            naming.kinds_of(name) if name in subjects else (),
        )
        for name, kind in types.items()
        if _is_sayable(name)
    )


def _first_words(bodies: Iterable[str]) -> dict[str, str]:
    """Bodies with the first word of their names, where it is no word of English: "Pellworm"; the first body has it."""
    by_word: dict[str, str] = {}
    for name in bodies:
        word = name.removeprefix("The ").split()[0].rstrip(",")
        if len(name.split()) > 1 and len(word) > 3 and word.isalpha() and fold(word) not in english_words():
            by_word.setdefault(word, name)
    return {name: word for word, name in by_word.items()}


def _without_owner(groups: Mapping[str, list[str]], types: Mapping[str, EntityType]) -> list[tuple[str, str]]:
    """Bodies as they are called where it is plain whose they are: "the Improvement Board" of the Elmsford Improvement Board."""
    known = {fold(name) for names in groups.values() for name in names}
    found: dict[str, set[str]] = {}
    for canonical, names in groups.items():
        for name in names if types.get(canonical) == "organization" else ():
            words = name.split()
            for at in range(1, len(words) - 1):
                rest = " ".join(words[at:])
                is_owned = fold(" ".join(words[:at])) in known and words[at][:1].isupper()
                if is_owned and fold(rest) not in known and is_organization_name(rest):
                    found.setdefault(rest, set()).add(canonical)
    return [(names.pop(), rest) for rest, names in found.items() if len(names) == 1]


def _is_sayable(name: str) -> bool:
    return any(character.isalpha() for character in name) and len(tokens(name)) > 0


def _type_of(name: str) -> EntityType:
    if is_organization_name(name):
        return "organization"
    if is_country(name):
        return "place"
    return "person" if is_person_name(name) else "thing"


def _names_in(relation: Relation) -> Iterator[tuple[str, EntityType]]:
    if relation.kind == "figures":
        return
    for row in relation.rows:
        for column, cell in zip(relation.columns, row, strict=True):
            if cell is None or not isinstance(cell.value, str) or column.role in ("description", "counted", "as_of"):
                continue
            for part in cell.parts or (cell,):
                kind = part.type or cell.type or column.type
                entity = _entity_type(part, kind, column.role)
                if entity is not None:
                    yield bare_name(str(part.value)), entity


def _entity_type(cell: Cell, kind: str, role: str) -> EntityType | None:
    """What a cell names, or None where it is no name: a date, a number, a remark."""
    if kind not in ("text", "person", "country"):
        return None
    if kind == "country":
        return "place"
    words = len(cell.text.split())
    if kind == "person" or (role == "holder" and is_person_name(cell.text)):
        return "person"
    is_value = words <= 4 and cell.text[:1].isupper()
    if words > _MOST_NAME_WORDS or not (is_name(cell.text) or is_value or role in ("key", "holder", "name", "alias")):
        return None
    found = _type_of(cell.text)
    # A column of names that are not all people's holds things, whatever one of them looks like.
    return "thing" if found == "person" and role != "holder" else found
