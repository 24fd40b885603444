"""Splitting paragraphs into sentences with Punkt (T. Kiss and J. Strunk 2006), trained on the corpus itself.

Most full stops follow a plain word that no learnt fact makes doubtful; Punkt's own rules are asked about the others.
Only the building of an index splits sentences: importing nltk costs more than answering does.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import msgspec

from chatbot.language.spelling import english_words

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

Span = tuple[int, int]
#: Gives the spans of the sentences of a text: in order, disjoint, without the white space between.
Splitter = Callable[[str], list[Span]]

LEARNT_FROM = 1_500_000
"""Characters of the texts that are learnt from: more of the same corpus teaches hardly more abbreviations."""

#: Abbreviations that a name or number follows: never the end of a sentence.
_BEFORE_NAMES = frozenset(
    """mr mrs ms messrs dr prof st ste sr fr rev revd hon gen lt col maj capt cmdr sgt adm brig gov sen rep
    pres amb mt ft no nos vol pp ch sec fig eq approx ca vs cf e.g i.e viz op ed eds""".split()
)
#: Abbreviations that may end a sentence as well as stand in it: Punkt weighs what follows.
_ANYWHERE = frozenset(
    """jr inc ltd co corp bros etc al dept est u.n u.s u.k u.s.a e.u d.c a.m p.m b.c a.d ph.d
    jan feb mar apr jun jul aug sep sept oct nov dec""".split()
)

# What Punkt calls the punctuation that no word holds, closing quotation marks among it.
_NO_WORD = r"""[)";}\]*:@'({\[‘’“”«»?!]"""
_CANDIDATE = re.compile(rf"[.?!](?={_NO_WORD}| +[^ ])")
_CLOSING = re.compile(r"""["')\]}‘’“”«»]+?(?: +|(?=--)|$)""")
_ODD_SPACE = re.compile(r"[^\S ]")
_PLAIN_WORD = re.compile(r"\w+(?:-\w+)*")
_NUMBER = re.compile(r"[\d-]+")
_REMEMBERED = 16384


class Learnt(msgspec.Struct, frozen=True):
    """What Punkt has learnt of a corpus; encodes to JSON, so that later runs split as the first did."""

    abbreviations: frozenset[str]
    collocations: frozenset[tuple[str, str]]
    """Words around a full stop that ends no sentence."""
    starters: frozenset[str]
    """Words that often begin a sentence."""
    cases: dict[str, int]
    """Where in sentences a word was seen capitalised and where not, as nltk encodes it."""


def learnt_from(texts: Iterable[str]) -> Learnt:
    """What these texts (any number, even none) teach; only the first `LEARNT_FROM` characters are read."""
    from nltk.tokenize.punkt import PunktTrainer

    trainer = PunktTrainer()
    for text in _first(texts, LEARNT_FROM):
        trainer.train(text, finalize=False)
    trainer.finalize_training()
    parameters = trainer.get_params()
    # In a small corpus any short word seen only at the end of sentences passes for an abbreviation.
    learnt = {word for word in parameters.abbrev_types if word not in english_words()}
    return Learnt(
        frozenset(learnt | _BEFORE_NAMES | _ANYWHERE),
        frozenset(parameters.collocations),
        frozenset(parameters.sent_starters),
        dict(parameters.ortho_context),
    )


def _first(texts: Iterable[str], count: int) -> Iterator[str]:
    for text in texts:
        if count <= 0:
            return
        yield text
        count -= len(text)


def splitter_for(texts: Iterable[str]) -> Splitter:
    """A splitter that has learnt the abbreviations of these texts (any number, even none)."""
    return splitter_of(learnt_from(texts))


def splitter_of(learnt: Learnt) -> Splitter:
    """The splitter that decides by what was learnt."""
    punkt = cache(lambda: _punkt(learnt))
    ends_sentence = _decision(learnt, punkt)

    def split(text: str) -> list[Span]:
        if _ODD_SPACE.search(text):
            # Punkt treats line ends apart; a reader's clean text has none.
            spans = list(punkt().span_tokenize(text))
        else:
            spans = _closed(text, _parted(text, ends_sentence))
        return _mended(text, [(start, end) for start, end in spans if text[start:end].strip()])

    return split


def _parted(text: str, ends_sentence: Callable[[str, str, str], bool]) -> list[Span]:
    """Spans between the full stops, question and exclamation marks that end a sentence."""
    spans = []
    begin = 0
    marks = [match.start() for match in _CANDIDATE.finditer(text)]
    for place, mark in enumerate(marks):
        if place + 1 < len(marks) and text.find(" ", mark, marks[place + 1]) < 0:
            continue  # only the last mark of "Why?!)" counts
        after = mark + 1
        while text[after] == " ":
            after += 1
        if text[mark] == ".":
            word = text[text.rfind(" ", 0, mark) + 1 : mark]
            stop = text.find(" ", after) if after > mark + 1 else after + 1
            following = text[mark + 1 : stop if stop >= 0 else len(text)]
            if not ends_sentence(word, following, text[after]):
                continue
        spans.append((begin, mark + 1))
        begin = after
    spans.append((begin, len(text.rstrip())))
    return spans


def _decision(learnt: Learnt, punkt: Callable[[], "PunktSentenceTokenizer"]) -> Callable[[str, str, str], bool]:
    """Whether a full stop ends a sentence, by the word before it, what follows up to the next space, and its start."""
    doubtful = learnt.abbreviations | {first for first, _ in learnt.collocations}

    @lru_cache(_REMEMBERED)
    def by_punkt(word: str, following: str) -> bool:
        return bool(punkt().text_contains_sentbreak(f"{word}.{following}"))

    def ends_sentence(word: str, following: str, first: str) -> bool:
        if not _PLAIN_WORD.fullmatch(word) or (len(word) == 1 and not word.isdigit()):
            return by_punkt(word, following)
        folded = word.lower()
        if folded in doubtful or ("-" in folded and folded.rpartition("-")[2] in doubtful):
            return by_punkt(word, following)
        if _NUMBER.fullmatch(folded):
            return (first.isupper() and "##number##" not in doubtful) or by_punkt(word, following)
        return True

    return ends_sentence


def _punkt(learnt: Learnt) -> "PunktSentenceTokenizer":
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = set(learnt.abbreviations)
    parameters.collocations = set(learnt.collocations)
    parameters.sent_starters = set(learnt.starters)
    parameters.ortho_context.update(learnt.cases)
    return PunktSentenceTokenizer(parameters)


def _closed(text: str, spans: list[Span]) -> list[Span]:
    """Give closing quotation marks and brackets to the sentence that they close."""
    found = []
    moved = 0
    for place, (start, end) in enumerate(spans):
        begin = start + moved
        moved = 0
        if place + 1 < len(spans):
            closing = _CLOSING.match(text, *spans[place + 1])
            if closing is not None:
                found.append((begin, closing.start() + len(closing.group().rstrip())))
                moved = len(closing.group())
                continue
        if begin < end:
            found.append((begin, end))
    return found


def _mended(text: str, spans: Iterable[Span]) -> list[Span]:
    """Join what was parted after an abbreviation, after an initial, or before a small letter."""
    found: list[Span] = []
    for start, end in spans:
        if found and _goes_on(text, *found[-1], text[start]):
            start = found.pop()[0]
        found.append((start, end))
    return found


def _goes_on(text: str, start: int, end: int, following: str) -> bool:
    """Whether the sentence `text[start:end]` goes on with a character that follows."""
    if following.islower():
        return True
    if text[end - 1] != ".":
        return False
    word = text[max(text.rfind(" ", start, end) + 1, start) : end].lstrip("(\"'“‘[").removesuffix(".")
    return (len(word) == 1 and word.isupper()) or word.lower() in _BEFORE_NAMES
