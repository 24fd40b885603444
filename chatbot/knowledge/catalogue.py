"""Catalogue: knowledge indexed for questions. What names, headers and words lead to which relations."""

import re
from collections.abc import Callable, Iterable
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from chatbot.knowledge.execution import View
from chatbot.knowledge.relation import Entity, Knowledge, Relation, Role
from chatbot.knowledge.shortlist import FEW, Shortlist
from chatbot.language.countries import is_country
from chatbot.language.lexicon import FILLER, OFFICE, Lexicon, phrase_of
from chatbot.language.names import NameIndex
from chatbot.language.numbers import unit_of
from chatbot.language.words import STOP_WORDS, fold, root, stem, tokens

#: Words of headings and captions that say only that something is listed.
_LIST_WORDS = frozenset(
    "list lists table following chronological those have held hold overview complete full show shows data csv".split()
)
_OF_HOLDERS = re.compile(
    r"\b(?:list|table|following|chronological|held|holders|served as|heads|in order)\b|:\s*$", re.I
)
#: Roles of columns that name, number or date the rows: asked for in ways of their own, not as properties.
NO_PROPERTIES: tuple[Role, ...] = ("key", "holder", "as_of", "order", "start", "end", "term")
#: Concepts too wide to say that two words of prose mean the same: a poet is no engraver.
_VAGUE = frozenset((FILLER, OFFICE, "lead", "serve", "royal", "creator", "leader", "office_word"))
_QUALIFIERS = frozenset("deputy vice assistant associate junior honorary sub deputies".split())
_NAME_WORDS = frozenset(
    "name names holder holders person who incumbent officeholder portrait term from start reign tenure years".split()
)
_TITLE = re.compile(r"^(?:sir|dame|dr|mr|mrs|ms|prof|professor|lord|lady|saint|st|rev|father|fr)\.? +", re.I)


class Described(View):
    """A view together with the words that lead to it."""

    def __init__(self, relation: Relation, subjects: Iterable[Entity], lexicon: Lexicon) -> None:
        super().__init__(relation)
        self.lexicon = lexicon
        self.subjects = tuple(subjects)
        self._known_labels: dict[str, bool] = {}

    @cached_property
    def labels(self) -> frozenset[str]:
        """Stems of the words that say what the relation is about: subject, headings, caption, file name, row header."""
        relation = self.relation
        texts = [relation.title, *relation.section, relation.caption, _file_words(relation.document)]
        texts += [name for entity in self.subjects for name in (entity.name, *entity.aliases, *entity.kinds)]
        texts += [relation.columns[i].header for i in self.key_columns]
        return frozenset(_content_stems(texts)) - {"name"}

    @cached_property
    def heading_words(self) -> frozenset[str]:
        """Folded words of the headings nearest to the rows: what the rows are called, what office is listed."""
        return frozenset(token.folded for text in self._heading_texts for token in tokens(text))

    @cached_property
    def _heading_texts(self) -> tuple[str, ...]:
        relation = self.relation
        texts = [relation.section[-1] if relation.section else relation.title]
        is_title = len(relation.caption.split()) <= 8
        texts += [relation.caption] if is_title or _OF_HOLDERS.search(relation.caption) else []
        texts += [_file_words(relation.document)] if not relation.section else []
        return (*texts, *(relation.columns[i].header for i in self.key_columns))

    @cached_property
    def heading_properties(self) -> frozenset[str]:
        """The properties that the headings speak of."""
        return frozenset(self.lexicon.properties_of(" ".join(self.heading_words)))

    @cached_property
    def key_columns(self) -> tuple[int, ...]:
        """Columns whose cells name the row."""
        roles = ("key", "holder", "name")
        return tuple(i for i, column in enumerate(self.relation.columns) if column.role in roles)

    @cached_property
    def offices(self) -> frozenset[str]:
        """Nouns for the holders (mayor, conductor), their plurals and the verbs made from them."""
        if "holder" not in self.roles:
            return frozenset()
        words = {singular_of(w) for w in self.heading_words}
        nouns = {w for w in words if OFFICE in self.lexicon.meanings(w)}
        nouns |= {w for w in self.heading_words if is_agent(w)}
        header = phrase_of(self.relation.columns[self.roles["holder"]].header.rpartition(" / ")[2])
        if header and header[-1] not in _NAME_WORDS:
            # "Town clerk" heads a column of people: both the phrase and its noun ask for the office.
            nouns |= {" ".join(header), header[-1]}
        headings = [" ".join(map(singular_of, phrase_of(text))) for text in self._heading_texts]
        nouns |= {noun for noun in self.lexicon.same_office if " " in noun and any(noun in text for text in headings)}
        nouns |= {other for noun in nouns for other in self.lexicon.same_office.get(noun, ())}
        return frozenset(form for noun in nouns for form in _office_forms(noun))

    @cached_property
    def is_leadership(self) -> bool:
        """Whether "led" and "in charge" may be said of the holders: not of players, whose column says what they were."""
        header = phrase_of(self.relation.columns[self.roles["holder"]].header) if "holder" in self.roles else ()
        is_generic = any(word in _NAME_WORDS for word in header)
        named = (
            [w for w in self.heading_words if is_agent(singular_of(w))] if is_generic or not header else list(header)
        )
        meanings = [self.lexicon.meanings(singular_of(word)) for word in named]
        return not named or any({OFFICE, "lead"} & meaning for meaning in meanings)

    @cached_property
    def is_royal(self) -> bool:
        return any("royal" in self.lexicon.meanings(word) for word in self.offices)

    @cached_property
    def qualifiers(self) -> frozenset[str]:
        """Words that make the office listed another one: a deputy director is no director."""
        column = self.roles.get("holder")
        words = (
            {token.folded for token in tokens(self.relation.columns[column].header)} if column is not None else set()
        )
        return frozenset((words | self.heading_words) & _QUALIFIERS)

    @cached_property
    def own_kinds(self) -> frozenset[str]:
        """Stems of the nouns that the documents use for what the rows are."""
        relation = self.relation
        if relation.kind in ("figures", "aliases", "properties"):
            return frozenset()
        naming = [
            *self.key_columns,
            *(i for i, column in enumerate(relation.columns) if column.role == "as_of"),
        ]
        found = _content_stems(relation.columns[i].header for i in naming) - {"name", "no", "number"}
        if relation.kind != "enumeration":
            found |= _head_stems(relation.section[-1] if relation.section else relation.title)
            found |= _head_stems(_file_words(relation.document)) if not relation.section else set()
            found |= _head_stems(relation.caption.partition(":")[0])
        else:
            found |= _PARTS
        types = {relation.columns[i].type for i in self.key_columns}
        found |= {stem(word) for kind, words in _TYPE_WORDS.items() if kind in types for word in words}
        if self._names_countries:
            found |= {stem(word) for word in _TYPE_WORDS["country"]}
        others = [c for i, c in enumerate(relation.columns) if i not in naming and i not in self.second_keys]
        # "Most runs" heads a table of players, which has a column of runs.
        return frozenset(found - {stem(word) for column in others for word in phrase_of(column.header)[-1:]})

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Stems of the nouns for what the rows are, and of others that people use for the same."""
        also = _also_called()
        return self.own_kinds.union(*(also.get(s, ()) for s in self.own_kinds))

    @cached_property
    def second_keys(self) -> tuple[int, ...]:
        """Columns that name each row as well as its key does: the grounds, under a heading of grounds, beside their clubs."""
        relation = self.relation
        if relation.kind != "table" or "key" not in self.roles:
            return ()
        headed = _head_stems(relation.section[-1] if relation.section else relation.title)
        headed |= _head_stems(_file_words(relation.document)) if not relation.section else set()
        found = []
        for i, column in enumerate(relation.columns):
            values = [str(cell.value) for row in relation.rows if (cell := row[i]) is not None]
            is_named = set(_content_stems([column.header])) & headed
            is_distinct = len(values) >= 0.8 * len(relation.rows) and len(set(values)) == len(values)
            if column.role == "" and column.type in ("text", "person") and is_named and is_distinct:
                found.append(i)
        return tuple(found)

    @cached_property
    def _names_countries(self) -> bool:
        """Whether most rows are named after countries, though their column is one of text."""
        cells = [row[i] for row in self.relation.rows for i in self.key_columns]
        names = [cell.text for cell in cells if cell is not None]
        return bool(names) and sum(is_country(name) for name in names) > 0.5 * len(names)

    @cached_property
    def column_keys(self) -> tuple[frozenset[str], ...]:
        """For each column the keys that ask for it: its header phrase, its last word, property words in it."""
        found = []
        for column in self.relation.columns:
            keys = header_keys(column.header, self.lexicon)
            is_time = bool({column.unit, unit_of(column.unit)} & _TIMES) and "length" in keys
            found.append(frozenset(keys | {"duration"} if is_time else keys))  # films are as long as they last
        return tuple(found)

    @cached_property
    def values(self) -> dict[str, list[tuple[int, int]]]:
        """Folded value of a cell or of a part of it → the places where it stands."""
        index: dict[str, list[tuple[int, int]]] = {}
        for row, cells in enumerate(self.relation.rows):
            for column, cell in enumerate(cells):
                if cell is None or not isinstance(cell.value, str):
                    continue
                for part in (cell, *cell.parts):
                    for form in value_forms(str(part.value)):
                        places = index.setdefault(form, [])
                        if (row, column) not in places:
                            places.append((row, column))
        return index

    @cached_property
    def _prose(self) -> dict[int, list[tuple[str, str, frozenset[str]]]]:
        """For columns of prose: each different word, the root of its stem and its meanings."""
        found = {}
        for role in ("counted", "description"):
            if role in self.roles:
                column = self.roles[role]
                cells = [row[column] for row in self.relation.rows]
                words = {token.folded for cell in cells if cell is not None for token in tokens(cell.text)}
                found[column] = [(w, root(stem(w)), self.lexicon.meanings(w)) for w in sorted(words - STOP_WORDS)]
        return found

    @cached_property
    def heads(self) -> frozenset[str]:
        """Of dated figures: the last words of what they count, which say what it is."""
        cells = (self.role_cell(row, "counted") for row in range(len(self.relation.rows)))
        return frozenset(phrase_of(cell.text)[-1] for cell in cells if cell is not None and phrase_of(cell.text))

    def forms_in(self, column: int, stems: Iterable[str], meanings: frozenset[str]) -> tuple[str, ...]:
        """The words of a prose column that have one of these stems or name the same property or concept."""
        wanted = {root(s) for s in stems if s not in STOP_WORDS}
        concepts = meanings - self.lexicon.questions - _VAGUE
        return tuple(
            word
            for word, its_root, its_meanings in self._prose.get(column, ())
            if its_root in wanted or not concepts.isdisjoint(its_meanings)
        )

    def is_label(self, stem_: str) -> bool:
        """Whether a stem, or a longer or shorter relative of it ("departmental"), is one of the labels."""
        if stem_ not in self._known_labels:
            relatives = len(stem_) > 5 and any(
                len(s) > 5 and (s.startswith(stem_) or stem_.startswith(s)) for s in self.labels
            )
            self._known_labels[stem_] = stem_ in self.labels or relatives
        return self._known_labels[stem_]

    def words_of(self, column: int, wanted: Callable[[str], bool]) -> tuple[str, ...]:
        """The words of a prose column that are wanted."""
        return tuple(word for word, *_ in self._prose.get(column, ()) if wanted(word))

    def places(self, names: Iterable[str]) -> list[tuple[int, int]]:
        """Cells that hold any of these names as their whole value or as a part."""
        found: list[tuple[int, int]] = []
        for name in names:
            for form in (*value_forms(name), *value_forms(singular_of(name))):
                found += [place for place in self.values.get(form, ()) if place not in found]
        return found


@cache
def _also_called() -> dict[str, frozenset[str]]:
    """Stems of nouns for kinds of things → those of the nouns that may be said instead."""
    found: dict[str, frozenset[str]] = {}
    text = files("chatbot.knowledge").joinpath("kinds.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            first, one_way, others = line.partition(": ")
            said = {stem(word) for word in (others or line).split(", ")}
            for kind in [stem(first)] if one_way else said:
                found[kind] = found.get(kind, frozenset()) | said
    return found


def singular_of(word: str) -> str:
    """The singular of a regular plural, inside hyphens too: "under-secretaries-general"."""
    parts = word.split("-")
    if len(parts) > 1:
        return "-".join(singular_of(part) for part in parts)
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


@lru_cache(maxsize=16384)
def value_forms(text: str) -> frozenset[str]:
    """A value as it may be named: folded, without the article, without a title."""
    folded = fold(text).strip()
    forms = {folded, _TITLE.sub("", folded)}
    forms |= {form[4:] for form in forms if form.startswith("the ")}
    return frozenset(form for form in forms if form)


def header_keys(header: str, lexicon: Lexicon) -> set[str]:
    last = header.rpartition(" / ")[2]
    phrase = header_phrase(last)
    if not phrase:
        return set()
    keys = {"h:" + " ".join(phrase), *("h:" + noun for noun in header_nouns(phrase))}
    return keys | lexicon.properties_of(last)


def header_phrase(header: str) -> tuple[str, ...]:
    """The words of a header that name its column: "Volume" of "Volume 2025"."""
    words = tuple(word for word in phrase_of(header) if word not in STOP_WORDS)
    return tuple(word for word in words if not (len(word) == 4 and word.isdigit())) or words


def header_nouns(phrase: tuple[str, ...]) -> tuple[str, ...]:
    """The last word of a header, and the noun before it where that is a participle: "Tickets sold".

    >>> header_nouns(("tickets", "sold")), header_nouns(("main", "span"))
    (('sold', 'tickets'), ('span',))
    """
    is_participle = len(phrase) > 1 and (phrase[-1].endswith("ed") or phrase[-1] in _PARTICIPLES)
    return (phrase[-1], phrase[-2]) if is_participle else phrase[-1:]


class Catalogue:
    """Knowledge with everything a question is looked up in."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon) -> None:
        self.knowledge, self.lexicon = knowledge, lexicon
        self.entities = {entity.id: entity for entity in knowledge.entities}
        self.relations = {relation.id: relation for relation in knowledge.relations}
        self.views: dict[str, Described] = {}
        for relation in knowledge.relations:
            subjects = [self.entities[i] for i in relation.subjects if i in self.entities]
            self.views[relation.id] = Described(relation, subjects, lexicon)

    @cached_property
    def names(self) -> NameIndex:
        return NameIndex((e.id, e.type, self.names_of(e.id)) for e in self.knowledge.entities)

    def prepare(self) -> None:
        """Work everything out at once, so that every word there is to stem has been met."""
        _ = self.names, self.headers, self.holders, self.persons, self.offices, self.kinds, self.title_stems
        for view in self.views.values():
            _ = view.labels, view.column_keys, view.qualifiers
            view.forms_in(-1, (), frozenset())

    def likely(self, texts: Callable[[], Iterable[str]]) -> frozenset[str] | None:
        """Ids of the relations that share most with these texts; None where there are so few that all are likely."""
        return self._shortlist.best(texts()) if len(self.views) > FEW else None

    @cached_property
    def _shortlist(self) -> Shortlist:
        names = {r.id: [n for subject in r.subjects for n in self.names_of(subject)] for r in self.relations.values()}
        return Shortlist(self.relations.values(), names)

    def names_of(self, entity: str) -> tuple[str, ...]:
        known = self.entities.get(entity)
        return (entity,) if known is None else (known.name, *known.aliases)

    def words_of(self, folded: str, entities: Iterable[str]) -> list[str]:
        """The words of a phrase and of every other name of what it names: "usg" is an under-secretary-general."""
        names = (name for entity in entities for name in self.names_of(entity))
        words = [*folded.split(), *(word for name in names for word in phrase_of(name))]
        return [*words, *map(singular_of, words)]

    def entity_of(self, text: str) -> Entity | None:
        """The entity that a text names in full."""
        return next((self._by_form[form] for form in (fold(text), *value_forms(text)) if form in self._by_form), None)

    @cached_property
    def _by_form(self) -> dict[str, Entity]:
        found: dict[str, Entity] = {}
        for entity in self.knowledge.entities:
            for name in (entity.name, *entity.aliases):
                for form in value_forms(name):
                    found.setdefault(form, entity)
        return found

    @cached_property
    def holders(self) -> frozenset[str]:
        """Entities that stand in a holder column."""
        return self._standing_in("holder")

    @cached_property
    def persons(self) -> frozenset[str]:
        return frozenset(entity.id for entity in self.knowledge.entities if entity.type == "person") | self.holders

    def _standing_in(self, role: str) -> frozenset[str]:
        forms: set[str] = set()
        for view in self.views.values():
            for column, spec in enumerate(view.relation.columns):
                if spec.role == role:
                    cells = (row[column] for row in view.relation.rows)
                    forms.update(f for c in cells if c is not None for f in value_forms(str(c.value)))
        return frozenset(
            e.id
            for e in self.knowledge.entities
            if any(f in forms for n in (e.name, *e.aliases) for f in value_forms(n))
        )

    @cached_property
    def headers(self) -> dict[tuple[str, ...], frozenset[str]]:
        """Header phrases (folded words, grammar left out and kept) → keys of the columns they ask for."""
        found: dict[tuple[str, ...], set[str]] = {}
        for view in self.views.values():
            if view.relation.kind in ("figures", "aliases"):
                continue
            for column in view.relation.columns:
                if column.role in NO_PROPERTIES:
                    continue  # what names or dates the rows is asked for in its own ways
                last = column.header.rpartition(" / ")[2]
                words = phrase_of(last)
                content = header_phrase(last)
                if content and content not in (("name",), ("names",)):
                    for phrase in {words, content, *((noun,) for noun in header_nouns(content))}:
                        for form in _plural_forms(phrase):
                            found.setdefault(form, set()).add("h:" + " ".join(phrase if phrase != words else content))
        return {phrase: frozenset(keys) for phrase, keys in found.items()}

    @cached_property
    def offices(self) -> frozenset[str]:
        return frozenset(word for view in self.views.values() for word in view.offices)

    @cached_property
    def title_stems(self) -> frozenset[str]:
        """Stems of the last words of the documents' titles: "atlas" of "Notes to the atlas"."""
        titles = (tokens(title) for title in self.knowledge.titles.values())
        return frozenset(stem(words[-1].folded) for words in titles if words)

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(word for view in self.views.values() for word in view.kinds)


#: What people call the rows by what names them.
_TYPE_WORDS = {
    "country": ("country", "nation", "state"),
}
_PARTICIPLES = frozenset(
    "shown sold run made paid built won lost held given known written drawn taken kept lent bought sung flown driven born".split()
)
#: Units of time.
_TIMES = frozenset(("s", "min", "h", "days"))
#: Stems of what the members of an enumeration may be called.
_PARTS = frozenset(("sourc", "item", "categori"))
_OF_LIST = re.compile(r"^(?:the )?(?:full |complete |chronological )?(?:list|table|overview|index) of (?:the )?", re.I)
_PREPOSITION = re.compile(r"\b(?:of|in|at|for|by|since|from|to|on|with|who|that|which|and their|over|under|,|\()", re.I)


def _head_stems(heading: str) -> set[str]:
    """The noun a heading is about: "Notable personnel" personnel, "List of heads since 1992" heads; both sides of "and"."""
    phrase = _PREPOSITION.split(_OF_LIST.sub("", heading), maxsplit=1)[0]
    parts = [tokens(part) for part in phrase.split(" and ")]
    nouns = [part[-1].text for part in parts if part]
    nouns += [
        t.text for part in parts for t in part if t.folded.endswith("s") and not t.folded.endswith(("ss", "us", "is"))
    ]
    return _content_stems(nouns)


def _plural_forms(phrase: tuple[str, ...]) -> set[tuple[str, ...]]:
    last = phrase[-1]
    other = last[:-1] if last.endswith("s") and len(last) > 3 else last + "s"
    return {phrase, (*phrase[:-1], other)}


def _file_words(path: str) -> str:
    stem_, _, _ = path.rpartition("/")[2].rpartition(".")
    return re.sub(r"[_\-]+", " ", stem_)


def _content_stems(texts: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for text in texts:
        for token in tokens(text):
            if token.folded not in STOP_WORDS and token.folded not in _LIST_WORDS:
                found.add(stem(token.folded))
    return found


_IRREGULAR = {
    "keep": "kept",
    "lead": "led",
    "hold": "held",
    "run": "ran",
    "teach": "taught",
    "write": "wrote",
    "build": "built",
    "fly": "flew",
    "drive": "drove",
    "sing": "sang",
}


def is_agent(word: str) -> bool:
    """Whether the form of a word says "one who does": directors, keepers, organist."""
    singular = word[:-1] if word.endswith("s") else word
    return len(singular) > 5 and singular.endswith(("or", "er", "ist", "master", "man", "woman")) and singular.isalpha()


def _office_forms(noun: str) -> set[str]:
    """mayors → mayor, mayors; conductor → conduct, conducted, conducts, conducting too."""
    singular = singular_of(noun)
    found = {singular, noun, singular + "s"}
    found |= {form for verb, form in _IRREGULAR.items() if singular == verb + "er"}
    for ending, verb_end in (("or", ""), ("er", ""), ("er", "e"), ("or", "e")):
        if singular.endswith(ending) and len(singular) > len(ending) + 3:
            verb = singular[: -len(ending)] + verb_end
            past = verb + ("d" if verb.endswith("e") else "ed")
            found |= {verb, verb + "s", past, verb.rstrip("e") + "ing"}
    if singular in ("chair", "captain", "coach", "chairman"):
        found |= {singular + "ed", singular + "ing"}
    return found
