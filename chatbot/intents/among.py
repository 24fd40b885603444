"""Choosing among names: "which of A, B and C were built after 1920", "which of A, B and C is the heaviest"."""

import re
from collections.abc import Callable, Sequence

from msgspec import structs

from chatbot.intents.several import EachAnswerer
from chatbot.knowledge.catalogue import Catalogue
from chatbot.knowledge.relation import Cell, Relation
from chatbot.language.words import STOP_WORDS, fold, stem, tokens
from chatbot.values import Candidate, Citation, Conversation, Question, Value

_WHICH_OF = re.compile(r"^\W*(?:which|who|what)\b(?:\s+ones?)?(?P<rest>.*?)\s+of\s+", re.I)
_NOT = re.compile(r"\b(?:not|aren['’]t|isn['’]t|weren['’]t|wasn['’]t|no)\b\s*", re.I)
_SUPERLATIVE = re.compile(r"\b(?:the\s+)?(?P<word>most|least|fewest|best|worst|[a-z]{2,}est)\b", re.I)
_MORE = {"most": "more", "least": "less", "fewest": "fewer", "best": "better", "worst": "worse"}
_SETTLED, _SURE = 0.9, 0.95
_MOST = 12
"""Names among which is chosen."""

Kinds = Callable[[str], Sequence[str]]
"""The nouns for what an entity is, by its id, in the plural."""


class AmongAnswerer:
    """The answerer of facts, which also knows how to choose among names that a question lists."""

    def __init__(self, each: EachAnswerer, catalogue: Catalogue) -> None:
        self._each, self._catalogue = each, catalogue

    def __call__(self, question: Question, conversation: Conversation) -> Candidate | None:
        asked = _WHICH_OF.match(question.text)
        joined = self._each.joined(question) if asked else ()
        if asked is None or not 2 < len(joined) <= _MOST:
            return self._each(question, conversation)
        names = [unit.names[0] for unit in joined]
        if asked.end() != joined[0].start:
            return self._each(question, conversation)
        rest = f"{asked['rest']} {question.text[joined[-1].end :]}".strip(" ?.!,")
        superlative = _SUPERLATIVE.search(rest)
        found = self._best(names, rest, superlative, question) if superlative else self._those(names, rest, question)
        return found or self._each(question, conversation)

    def _those(self, names: Sequence[str], rest: str, question: Question) -> Candidate | None:
        """Those of the names of which the rest holds; those of which it does not, where it is denied."""
        said = _NOT.sub("", rest)
        for start in self._starts(names[0]):
            found = self._fact(f"{start} {said}", question)
            if found is None:
                continue
            held = [name for name in names if any(fold(value.text) == fold(name) for value in found.value)]
            if held:
                chosen = held if said == rest else [name for name in names if name not in held]
                return self._listed(chosen, found, question)
        return self._by_rows(names, said, is_denied=said != rest)

    def _by_rows(self, names: Sequence[str], said: str, is_denied: bool) -> Candidate | None:
        """Those of the names in whose row all words stand that tell something: "in the Millrace Theatre", "are active"."""
        wanted = _telling(said)
        rows = {name: row for name in names if (row := self._row(name)) is not None}
        held = [name for name, (_, cells) in rows.items() if wanted <= _telling(" ".join(cell.text for cell in cells))]
        if not wanted or not held or len(rows) < len(names):
            return None
        chosen = [name for name in names if (name in held) is not is_denied]
        text, values, citations = "", list[Value](), list[Citation]()
        for number, name in enumerate(chosen):
            text += "" if number == 0 else " and " if number == len(chosen) - 1 else ", "
            span = (len(text), len(text) + len(name))
            text += name
            values.append(Value("person" if name in self._catalogue.persons else "text", name))
            relation, cells = rows[name]
            for cell in (cells[0], *(cell for cell in cells[1:] if wanted & _telling(cell.text))):
                quote = self._each.sources[relation.document][cell.start : cell.end]
                place = (relation.document, relation.title, relation.section, cell.start, cell.end)
                citations.append(Citation(f"c{len(citations) + 1}", *place, quote, (span,)))
        plan = f"those whose row {'lacks' if is_denied else 'has'} {', '.join(sorted(wanted))}"
        return Candidate(
            "fact",
            f"{text}." if text else "None of them.",
            _SURE,
            tuple(values),
            tuple(citations),
            plan=plan,
            entities=tuple(chosen),
        )

    def _row(self, name: str) -> tuple[Relation, list[Cell]] | None:
        """The first row of which a name is the key, its cell first."""
        for relation in self._catalogue.relations.values():
            for at, column in enumerate(relation.columns):
                for row in relation.rows if column.role in ("key", "holder") else ():
                    key = row[at]
                    if key is not None and key.text == name:
                        return relation, [key, *(cell for cell in row if cell is not None and cell is not key)]
        return None

    def _starts(self, name: str) -> Sequence[str]:
        entity = self._catalogue.entities.get(name)
        kinds = [f"which {_several(kind)}" for kind in (entity.kinds if entity is not None else ())]
        headers = [f"which {_several(header.lower())}" for header in self._headers(name)]
        return list(
            dict.fromkeys(
                ("who", *kinds, *headers, "which") if name in self._catalogue.persons else (*kinds, *headers, "which")
            )
        )

    def _headers(self, name: str) -> Sequence[str]:
        """What the columns are called in which a name stands as the key."""
        found = []
        for relation in self._catalogue.relations.values():
            for at, column in enumerate(relation.columns):
                cells = (row[at] for row in relation.rows) if column.role in ("key", "holder") else ()
                if any(cell is not None and cell.text == name for cell in cells):
                    found.append(column.header.rpartition(" / ")[2])
        return found

    def _best(
        self, names: Sequence[str], rest: str, superlative: re.Match[str], question: Question
    ) -> Candidate | None:
        """The first of the names by a superlative: each in turn is compared with the best so far."""
        word = superlative["word"].lower()
        more = _MORE.get(word) or f"{word[:-3]}er"
        asked = f"{rest[: superlative.start()]}{more}{rest[superlative.end() :]}"
        best, last = names[0], None
        for name in names[1:]:
            found = self._fact(f"which {asked}, {best} or {name}", question)
            if found is None or len(found.value) != 1:
                return None
            last, best = found, name if fold(found.value[0].text) == fold(name) else best
        # The last pair compared is not what was asked about.
        return structs.replace(last, slots=()) if last is not None else None

    def _fact(self, text: str, question: Question) -> Candidate | None:
        found = self._each(structs.replace(question, text=text), Conversation())
        is_sure = found is not None and found.kind == "fact" and found.confidence >= _SETTLED
        return found if is_sure else None

    def _listed(self, names: Sequence[str], found: Candidate, question: Question) -> Candidate:
        """The names, each cited where the answer that told them, or else a description, has it."""
        text, values, citations = "", list[Value](), list[Citation]()
        for number, name in enumerate(names):
            text += "" if number == 0 else " and " if number == len(names) - 1 else ", "
            span = (len(text), len(text) + len(name))
            text += name
            told = next((value for value in found.value if fold(value.text) == fold(name)), None)
            values.append(told or Value(found.value[0].type, name))
            for citation in self._backing(name, found, question):
                citations.append(structs.replace(citation, id=f"c{len(citations) + 1}", supports=(span,)))
        return structs.replace(
            found, text=f"{text}." if text else "None of them.", value=tuple(values), citations=tuple(citations), entities=tuple(names), suggestions=()
        )  # fmt: skip

    def _backing(self, name: str, found: Candidate, question: Question) -> Sequence[Citation]:
        own = [citation for citation in found.citations if fold(name) in fold(citation.quote)]
        if own:
            return own[:1]
        told = self._fact(f"tell me about {name}", question)
        return told.citations[:1] if told is not None else ()


def _telling(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning."""
    return frozenset(stem(token.folded) for token in tokens(text) if token.folded not in STOP_WORDS)


def _several(noun: str) -> str:
    return noun if noun.endswith("s") else f"{noun}s"
