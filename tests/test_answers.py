"""The promises that every answer keeps, held to all the development questions.

Not whether an answer is right, but whether it may be trusted: each citation is the very characters of the
file, and every name, date and number of the text stands in a cited quote or was computed by the plan from
cited cells.
"""

import html
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from conftest import CORPORA, ROOT, BotOf

from chatbot import Answer, Chatbot, Citation, Conversation, Value
from chatbot.language.countries import country, demonym_country
from chatbot.language.datecells import parse_cell_date
from chatbot.language.dates import Interval
from chatbot.language.datetext import find_dates
from chatbot.language.numbers import SMALL_NUMBERS, Quantity, find_quantities, parse_quantity
from chatbot.language.words import fold, tokens

FILES = {
    "shipped": [
        *sorted((ROOT / "tests" / "questions").glob("dpo_dev*.yaml")),
        ROOT.parent / "shared" / "questions" / "dpo.yaml",
    ],
    **{name: [docs.with_name("questions.yaml")] for name, docs in CORPORA.items() if name != "shipped"},
}


class Asked(msgspec.Struct, frozen=True):
    """A conversation of a question file: the turns as written there."""

    corpus: str
    turns: tuple[dict[str, Any], ...]


def asked() -> Iterator[Any]:
    for corpus, files in FILES.items():
        for number, path in enumerate(files):
            if not path.exists():
                yield pytest.param(None, id=f"{corpus}-{number}", marks=pytest.mark.skip(f"no {path.name}"))
                continue
            for group in yaml.safe_load(path.read_text(encoding="utf-8")):
                for item in group["items"]:
                    turns = tuple(item.get("turns", [item]))
                    name = " - ".join(turn["ask"] for turn in turns)
                    yield pytest.param(Asked(corpus, turns), id=f"{corpus}: {name}"[:120])


# -- what a quote holds

#: Phrases of a plan that make a number of the text a computed one.
COMPUTED = re.compile(r"\bcount |\b(?:sum|average|min|max) of |length of (?:term|life)|\bposition\b|; less; ")

#: What separates the cells of a row in the formats that documents are written in.
_CELL = re.compile(r"\s*(?:\|\|?|,|;|\t|\n|</?t[dhr]\b[^>]*>|<br ?/?>|–|—)\s*")


def words_of(text: str) -> set[str]:
    """The folded words of a text, compounds and their parts alike."""
    found = {token.folded for token in tokens(html.unescape(text))}
    return found | {part for word in found for part in re.split(r"[-'&]", word)}


def dates_of(text: str) -> set[str]:
    """EDTF of every date of a text, both sides of a period each for itself."""
    text = html.unescape(text)
    found = {mention.interval.edtf for mention in find_dates(text, None)}
    found |= {edtf for cell in _CELL.split(text) if (edtf := parse_cell_date(cell)) is not None}
    return {side for edtf in found for side in edtf.split("/") if side != ".."}


def numbers_of(text: str) -> set[float]:
    text = html.unescape(text)
    found = {quantity.number for quantity in find_quantities(text)}
    found |= {float(SMALL_NUMBERS[token.folded]) for token in tokens(text) if token.folded in SMALL_NUMBERS}
    found |= {quantity.number for token in tokens(text) if (quantity := parse_quantity(token.text)) is not None}
    return found | {quantity.number for cell in _CELL.split(text) for quantity in find_quantities(cell)}


def quoted_at(answer: Answer, start: int, end: int) -> list[str]:
    """The quotes of the citations that say they back `text[start:end]`."""
    return [
        citation.quote for citation in answer.citations if any(a <= start and end <= b for a, b in citation.supports)
    ]


# -- the promises: each yields what breaks it


def broken_citations(answer: Answer, folder: Path) -> Iterator[str]:
    ids = [citation.id for citation in answer.citations]
    if len(set(ids)) != len(ids):
        yield f"two citations of one id: {ids}"
    for citation in answer.citations:
        yield from broken_citation(citation, answer, folder)


def broken_citation(citation: Citation, answer: Answer, folder: Path) -> Iterator[str]:
    path = folder / citation.document
    if not path.is_file():  # a record of a JSON Lines file adds its line
        path = folder / citation.document.rpartition("#")[0]
    source = path.read_bytes().decode("utf-8-sig")
    if source[citation.start : citation.end] != citation.quote or not citation.quote:
        yield f"{citation.id} is not what {citation.document} has at {citation.start}:{citation.end}"
    if not citation.supports:
        yield f"{citation.id} backs nothing"
    for start, end in citation.supports:
        if not 0 <= start < end <= len(answer.text):
            yield f"{citation.id} backs {start}:{end} of a text of {len(answer.text)}"


def unbacked_dates(answer: Answer) -> Iterator[str]:
    for mention in find_dates(answer.text, None):
        sides = {side for side in mention.interval.edtf.split("/") if side != ".."}
        quotes = quoted_sides(answer, mention.start, mention.end)
        if not sides <= {edtf for quote in quotes for edtf in dates_of(quote)}:
            yield f"the date {answer.text[mention.start : mention.end]!r}"


def quoted_sides(answer: Answer, start: int, end: int) -> list[str]:
    """The quotes behind the two ends of a period, which may stand in different cells."""
    inside = [
        citation.quote for citation in answer.citations if any(a < end and start < b for a, b in citation.supports)
    ]
    return inside or quoted_at(answer, start, end)


def unbacked_numbers(answer: Answer, own: set[str]) -> Iterator[str]:
    """Numbers that no quote has; "Three Rivers champions" is a header, and no number."""
    dates = [(mention.start, mention.end) for mention in find_dates(answer.text, None)]
    is_computed = COMPUTED.search(answer.plan or "") is not None
    for quantity in find_quantities(answer.text):
        in_date = any(start < quantity.end and quantity.start < end for start, end in dates)
        word = fold(answer.text[quantity.start : quantity.end])
        is_own = word.isalpha() and word in own
        if in_date or is_own or is_backed(quantity, answer) or (is_computed and answer.citations):
            continue
        if is_of_header(answer.text[quantity.start : quantity.end], answer):
            continue
        yield f"the number {answer.text[quantity.start : quantity.end]!r}"


def is_of_header(word: str, answer: Answer) -> bool:
    """Whether a number in words belongs to a header or its unit: "Three Rivers champions", "£ million"."""
    headers = [answer.plan or "", *(value.unit or "" for value in answer.value)]
    return word.isalpha() and any(fold(word) in fold(header) for header in headers)


def is_backed(quantity: Quantity, answer: Answer) -> bool:
    """Whether a quote has the number; its unit may stand in the header of the column instead."""
    digits = answer.text[quantity.start : quantity.end].split()[0]
    quotes = quoted_at(answer, quantity.start, quantity.start + len(digits))
    return any({quantity.number, *numbers_of(digits)} & numbers_of(quote) for quote in quotes)


def unbacked_names(answer: Answer, own: set[str]) -> Iterator[str]:
    """Capitalised words, each looked for in the quotes that back it.

    Words of the wording and of the headers are not names; of dates, `unbacked_dates` takes care.
    """
    dates = [(mention.start, mention.end) for mention in find_dates(answer.text, None)]
    for token in tokens(answer.text):
        in_date = any(start <= token.start < end for start, end in dates)
        if not token.is_capitalised or token.folded in own or in_date:
            continue
        quotes = quoted_at(answer, token.start, token.end)
        if not any(token.folded in words_of(quote) or is_country_of(token.folded, quote) for quote in quotes):
            yield f"the name {token.text!r}"


def is_country_of(word: str, quote: str) -> bool:
    """Whether the word belongs to the name of a country that the quote gives by a code, "FRA", or as "French"."""
    names = [country(cell) for cell in (*_CELL.split(quote), *re.findall(r"\b[A-Z]{2,3}\b", quote))]
    names += [demonym_country(token.text) for token in tokens(quote)]
    return any(name is not None and word in words_of(name) for name in names)


TYPED = {"date": "edtf", "duration": "days", "number": "number", "boolean": "boolean"}


def ill_typed_values(answer: Answer) -> Iterator[str]:
    for value in answer.value:
        if not value.text.strip():
            yield f"a {value.type} without text"
        given = {name for name in ("edtf", "days", "number", "boolean") if getattr(value, name) is not None}
        if given != {TYPED[value.type]} & set(TYPED.values()) if value.type in TYPED else given:
            yield f"{value.type} {value.text!r} comes with {sorted(given)}"
        if value.edtf is not None:
            Interval.parse(value.edtf)
    if len(set(answer.value)) != len(answer.value):
        yield f"a value twice: {[value.text for value in answer.value]}"


def unsaid_values(answer: Answer) -> Iterator[str]:
    """A value is what the text tells, and a computed one comes of a plan that computes."""
    said = words_of(answer.text)
    for value in answer.value:
        if value.type == "boolean":
            if not fold(answer.text).startswith(fold(value.text)):
                yield f"{value.text!r} is not how the text begins"
        elif value.edtf is not None:
            yield from () if is_said(value, answer) else (f"the date {value.text!r} is not in the text",)
        elif not words_of(value.text) <= said:
            yield f"the value {value.text!r} is not in the text"


def is_said(value: Value, answer: Answer) -> bool:
    sides = {side for side in (value.edtf or "").split("/") if side != ".."}
    return sides <= dates_of(answer.text) or words_of(value.text) <= words_of(answer.text)


def surplus_values(answer: Answer, expected: Sequence[str] | None) -> Iterator[str]:
    """An answer that gives all that was asked gives no more than that."""
    if expected is None:
        return
    given = [" ".join(sorted(words_of(value.text))) for value in answer.value]
    wanted = [words_of(text) for text in expected]
    if all(any(want <= set(text.split()) for text in given) for want in wanted) and len(given) > len(wanted):
        yield f"{len(given)} values where {len(wanted)} were asked for: {[v.text for v in answer.value]}"


def own_words(answer: Answer, bot: Chatbot) -> set[str]:
    """What a text says besides names and values: words of the intent's wording and of column headers."""
    wordings = bot.intents[answer.intent].file.wordings.values() if answer.intent else ()
    cited = {citation.document for citation in answer.citations}
    tables = [relation for relation in bot.knowledge.relations if relation.document in cited]
    headers = [column.header for relation in tables for column in relation.columns]
    return {"about"}.union(*map(words_of, (*(re.sub(r"\{\w+\}", " ", text) for text in wordings), *headers)))


def faults_of(answer: Answer, turn: dict[str, Any], bot: Chatbot, folder: Path) -> Iterator[str]:
    if not 0 <= answer.confidence <= 1:
        yield f"confidence {answer.confidence}"
    if not answer.text.strip():
        yield "no text"
    if answer.kind in ("unknown", "small_talk", "clarification"):
        if answer.value or answer.citations:
            yield f"{answer.kind} with values or citations"
        return
    if not answer.citations:
        yield f"a {answer.kind} that cites nothing"
    yield from broken_citations(answer, folder)
    yield from unbacked_dates(answer)
    yield from unbacked_numbers(answer, own_words(answer, bot))
    yield from unbacked_names(answer, own_words(answer, bot))
    yield from ill_typed_values(answer)
    yield from unsaid_values(answer)
    if answer.kind == "fact":
        yield from surplus_values(answer, turn.get("value"))


@pytest.mark.parametrize("conversation", list(asked()))
def test_an_answer_keeps_the_promises(conversation: Asked, bot_of: BotOf) -> None:
    bot, folder = bot_of(conversation.corpus), CORPORA[conversation.corpus]
    so_far = Conversation()
    for turn in conversation.turns:
        answer = bot.ask(turn["ask"], so_far)
        so_far = so_far.after(answer)
        faults = "; ".join(faults_of(answer, turn, bot, folder))
        assert not faults, f"{turn['ask']!r} is answered {answer.text!r} by {answer.plan or 'a passage'}: {faults}"
