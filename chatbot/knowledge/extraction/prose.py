"""Facts in prose: enumerations "United States (27.89%), China (15.21%)", and dated figures."""

import itertools
import re
from collections.abc import Iterator, Sequence

import msgspec

from chatbot.documents.model import Text
from chatbot.language.datetext import DateMention, find_dates
from chatbot.language.lexicon import Lexicon
from chatbot.language.numbers import Quantity, find_quantities
from chatbot.language.words import STOP_WORDS, fold, tokens

Span = tuple[int, int]

# Sentences end at a full stop before a capital; not after initials or a short abbreviation.
_STOP = re.compile(r"(?<=[.!?])[\"”')\]]*\s+(?=[\"“(\[]?[A-ZÀ-Þ0-9])")
_NO_STOP = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|Prof|Gen|Col|No|vs|approx|ca|c|e\.g|i\.e|etc|Jr|Sr|Inc|Ltd|Co)|[A-Z]\.[A-Z])\.$"
)
_NAME = r"(?:the\s+)?[^\W\d_][^(),;:]{0,60}?"
_MEMBER = re.compile(
    rf"(?:^|[,;:]\s+|\band\s+|\bof\s+|\bwere\s+|\bare\s+|\bby\s+|\bfrom\s+|\bwas\s+|\bis\s+|\bincluding\s+|\bto\s+)(?:and\s+)?(?P<name>{_NAME})\s*\((?P<amount>[^()]{{1,30}})\)"
)
_LEAD_IN = re.compile(r"\b(?:by|from|were|are|was|is|includ(?:e|es|ed|ing)|being|namely)\s+")
_NOUN_STOP = frozenset(
    """is was were are be been being has had have led leading served serving serves serve deployed working work works worked oversaw
    who that which for to at by on with under from and or during since as of than after before when while where did does do in
    it its they them this these those there came come comes went go rose fell stood total totalled totaled amounted amounting
    attended visited lived live living employed took take made make per each among across within into against between""".split()
)


def sentences(text: str) -> list[Span]:
    """Spans of the sentences of a paragraph, by punctuation alone."""
    spans, start = [], 0
    for match in _STOP.finditer(text):
        if not _NO_STOP.search(text[start : match.start()].rstrip("\"”')]")):
            spans.append((start, match.start()))
            start = match.end()
    spans.append((start, len(text)))
    return [(a, b) for a, b in spans if b > a]


class Enumeration(msgspec.Struct, frozen=True):
    """Members of one sentence, each a name and an amount, as spans of the paragraph."""

    sentence: Span
    members: tuple[tuple[Span, Span], ...]
    head: str
    """What the sentence calls the members: "providers"; empty where it does not say."""


def enumerations(text: Text) -> Iterator[Enumeration]:
    """Sentences that list at least two names with an amount in brackets each."""
    for start, end in sentences(text.text):
        sentence = text.text[start:end]
        if sentence.count("(") < 2:
            continue
        members = []
        for match in _MEMBER.finditer(sentence):
            amount = match["amount"]
            quantities = find_quantities(amount)
            if len(quantities) == 1 and quantities[0].start == 0:
                a, b = match.span("name")
                a = max([a, *(a + cut.end() for cut in _LEAD_IN.finditer(match["name"]))])
                a += 4 if sentence[a : a + 4].lower() == "the " else 0
                quantity = quantities[0]
                left = start + match.start("amount")
                members.append(((start + a, start + b), (left, left + quantity.end)))
        if len(members) > 1:
            yield Enumeration((start, end), tuple(members), _head(sentence[: members[0][0][0] - start]))


_HEAD = re.compile(
    r"\b(?:top|largest|biggest|main|leading|chief|principal|following|these|\d+)\s+(?:\w+\s+){0,2}?(?P<noun>[a-z]+s)\b(?=\s*(?:of|to|in|for|were|are|:|,))",
    re.I,
)


def _head(lead_in: str) -> str:
    """The plural noun that the lead-in counts: "The top 5 providers of ..." → providers; empty where it counts none."""
    match = _HEAD.search(lead_in)
    return match["noun"] if match else ""


#: Before the number of a whole: "10 of the 12 lines".
_PART = re.compile(r"\d[\w,.]*\s+of\s+(?:the|its|their|these|those|all)(?:\s+\w+)?\s+$", re.I)
_OF_WHOLE = re.compile(r"\s+of\s+(?:the|its|their|these|those|all)\s+(?:\d[\d,.]*\s+)?", re.I)


class Figure(msgspec.Struct, frozen=True):
    """A quantity of a sentence, what it counts and when it held, as spans of the paragraph."""

    sentence: Span
    """What is said of it: the sentence, or of the whole that a part is taken of no more than its own words."""
    quantity: Quantity
    """Its own offsets count from the start of the paragraph."""
    counted: Span
    when: Span
    edtf: str


def figures(text: Text, lexicon: Lexicon) -> Iterator[Figure]:
    """Every figure whose sentence, or else the sentence before, says when it held.

    A date that stands nearest to the number wins; figures without any date are not facts that can be asked by date,
    and are left to the passages.
    """
    when: list[DateMention] = []
    before: Figure | None = None
    for start, end in sentences(text.text):
        sentence = text.text[start:end]
        dates = find_dates(sentence, None)
        own = [msgspec.structs.replace(d, start=d.start + start, end=d.end + start) for d in dates]
        leans = bool(re.match(r"(?:It|They|These|This|Those|Serving|Of these|At that time|By then|Then)\b", sentence))
        near = own or (when if leans else [])
        last = before
        for quantity, moment in _moments(_quantities(sentence, start, own), near):
            counted, said = _counted(text.text, (start, end), quantity, lexicon), (start, end)
            if counted is None and leans and last is not None:  # "It stood at 2,140 in 2025"
                counted, said = last.counted, (last.sentence[0], end)
            if counted is not None and moment is not None:
                is_whole = _PART.search(text.text[start : quantity.start]) is not None
                # "ran 10 of the 12 lines": that they were run is said of the ten alone.
                said = (quantity.start, counted[1]) if is_whole else said
                before = Figure(said, quantity, counted, (moment.start, moment.end), moment.interval.edtf)
                yield before
        when = own or when


def dated_value(key: Text, value: Text) -> Figure | None:
    """The figure that a property with a date in brackets is: "2,140 (2025)"; its spans are those of the value."""
    match = re.fullmatch(r"(?P<amount>[^()]+?)\s*\((?:as of |in |at |on )?(?P<date>[^()]+)\)", value.text)
    quantities = find_quantities(match["amount"]) if match else []
    dates = find_dates(match["date"], None) if match else []
    is_whole = match is not None and len(quantities) == len(dates) == 1 and quantities[0].start == 0
    if match is None or not is_whole or dates[0].start > 0 or dates[0].end < len(match["date"]):
        return None
    start, end = match.span("date")
    return Figure((0, len(value.text)), quantities[0], (0, len(key.text)), (start, end), dates[0].interval.edtf)


def _moments(
    quantities: Sequence[Quantity], dates: Sequence[DateMention]
) -> Iterator[tuple[Quantity, DateMention | None]]:
    """Each quantity with its date: where they take turns ("86 in 1961 and 640 in 1975"), the one of its turn, else the
    nearest."""
    ordered = sorted(dates, key=lambda date: date.start)
    places = sorted([(q.start, "quantity") for q in quantities] + [(d.start, "date") for d in ordered])
    take_turns = len(quantities) == len(dates) > 1 and all(a[1] != b[1] for a, b in itertools.pairwise(places))
    for number, quantity in enumerate(quantities):
        yield quantity, ordered[number] if take_turns else _nearest(quantity, dates)


def _quantities(sentence: str, start: int, dates: Sequence[DateMention]) -> list[Quantity]:
    """The sentence's amounts that are no part of a date, of a name or of a bracketed list."""
    found = []
    for quantity in find_quantities(sentence):
        a, b = quantity.start + start, quantity.end + start
        inside_date = any(d.start <= a < d.end or d.start < b <= d.end for d in dates)
        if inside_date or quantity.type in ("percent", "duration") or _is_of_a_name(sentence, quantity):
            continue
        found.append(msgspec.structs.replace(quantity, start=a, end=b))
    return found


def _is_of_a_name(sentence: str, quantity: Quantity) -> bool:
    """ "Resolution 1325", "Peace Operations 2010", "24-year": the number names or describes something."""
    before = re.search(r"(\w+)\s+$", sentence[: quantity.start])
    if before is not None and before.group(1).lower() in ("top", "first", "last"):
        return True
    named = before is not None and before.group(1)[:1].isupper() and before.start() > 0
    return (named and quantity.type == "number") or sentence[quantity.end : quantity.end + 1] == "-"


def _nearest(quantity: Quantity, dates: Sequence[DateMention]) -> DateMention | None:
    def distance(mention: DateMention) -> int:
        return max(mention.start - quantity.end, quantity.start - mention.end, 0)

    return min(dates, key=distance, default=None)


def _counted(text: str, sentence: Span, quantity: Quantity, lexicon: Lexicon) -> Span | None:
    """What the number is of: the noun phrase behind a count, the one before a sum of money or a measure."""
    if quantity.type == "number" and not quantity.unit:
        scaled = any(character.isalpha() for character in text[quantity.start : quantity.end])
        measured = _measured(text, sentence[0], quantity.start, lexicon) if scaled else None
        if measured is not None:
            return measured  # "running costs of 18.4 million florins"
        whole = _OF_WHOLE.match(text, quantity.end, sentence[1])
        if whole is not None:
            return _noun_after(text, whole.end(), sentence[1])
        return _noun_after(text, quantity.end, sentence[1]) or _noun_before(text, sentence[0], quantity.start, lexicon)
    return _noun_before(text, sentence[0], quantity.start, lexicon)


def _noun_after(text: str, start: int, end: int) -> Span | None:
    """The words up to the first verb, preposition or mark: "different missions" of "16 different missions in"."""
    first = last = None
    for token in tokens(text[start:end]):
        gap = text[start + (last or 0) : start + token.start]
        joined_by = token.folded == "and" and last is not None
        if (token.folded in _NOUN_STOP and not joined_by) or re.search(r"[,;:.()]", gap) or token.folded[0].isdigit():
            break
        if first is None:
            if token.start > 2:
                return None
            first = token.start
        if not joined_by:
            last = token.end
    if first is None or last is None:
        return None
    return start + first, start + last


_VERB_BEFORE = re.compile(
    r"""\s+(?:(?:has|have|had)\s+)?(?:of|is|was|were|are|at|to|amounted|amounts|amounting|stood|stands|came|reached|totalled|totaled|
        rose|fell|grew|increased|decreased|shrank|climbed|dropped|averaged|exceeded|measured|set|put|cost|costs|spent|raised|
        received|had|has|recorded|counted|numbered|been)\b.*$""",
    re.X | re.S,
)


def _noun_before(text: str, start: int, end: int, lexicon: Lexicon) -> Span | None:
    """The property that the words before the number name: "annual budget", "total approved annual expenses"."""
    before = text[start:end]
    measured = _measured(text, start, end, lexicon)
    if measured is not None:
        return measured
    match = _VERB_BEFORE.search(before)
    subject = before[: match.start()] if match else ""
    words = [token for token in tokens(subject) if token.folded not in STOP_WORDS and not token.folded[0].isdigit()]
    if not words:
        return None
    return _with_adjectives(text, start, start + words[-1].start, start + words[-1].end)


def _measured(text: str, start: int, end: int, lexicon: Lexicon) -> Span | None:
    """The last word that names a numeric property of the lexicon, with its adjectives."""
    numeric = {name for name, entry in lexicon.properties.items() if entry.asks == "number"}
    words = [token for token in tokens(text[start:end]) if numeric & lexicon.meanings(token.folded)]
    return _with_adjectives(text, start, start + words[-1].start, start + words[-1].end) if words else None


def _with_adjectives(text: str, sentence: int, start: int, end: int) -> Span:
    """The noun with the content words right before it."""
    for token in reversed(tokens(text[sentence:start])):
        between = text[sentence + token.end : start]
        if between.strip() or fold(token.text) in STOP_WORDS | _NOUN_STOP or token.folded in ("a", "an", "the"):
            break
        start = sentence + token.start
    return start, end
