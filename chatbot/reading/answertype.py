"""What a question asks for, in the few integers that the span model knows it by.

The interrogative and its kind, the noun that names the kind of answer ("what *city*", "how many *people*"), the word that
follows the interrogative and the first verb: the lexical answer type of Li and Roth (2002), found without a parser.
"""

from collections.abc import Sequence
from enum import IntEnum

from chatbot.reading.pieces import Shape, piece, spans_of_pieces


class Wh(IntEnum):
    """The kind of interrogative."""

    NONE = 0
    WHO = 1
    WHOSE = 2
    WHEN = 3
    WHERE = 4
    WHY = 5
    HOW_MANY = 6
    HOW_MUCH = 7
    HOW_ADJECTIVE = 8
    HOW = 9
    WHAT_NOUN = 10
    WHICH = 11
    WHAT_IS = 12
    WHAT_DID = 13
    WHAT_YEAR = 14
    WHO_IS = 15
    WHO_DID = 16
    WHAT_IS_DONE = 17


_BE = frozenset("is are was were be been being 's".split())
_AUXILIARIES = _BE | frozenset("do does did has have had can could will would shall should may might must".split())
_DO = frozenset("do does did".split())
_PREPOSITIONS = frozenset(
    """of in on at for by with from to as than that about into during between among which who where when under over
    after before through against and or but because if not his her their its""".split()
)
_SKIPPED = frozenset("the a an other another of some".split())
_EMPTY_HEADS = frozenset("name kind type sort form names types kinds term word part one number".split())
_TIMES = frozenset("year date day month century decade time years".split())
_SIMPLE = {
    "who": Wh.WHO, "whom": Wh.WHO_DID, "whose": Wh.WHOSE, "when": Wh.WHEN, "where": Wh.WHERE, "why": Wh.WHY,
    "what": Wh.WHAT_NOUN, "which": Wh.WHICH, "how": Wh.HOW,
}  # fmt: skip


class Asked:
    """A question analysed: its pieces' folded forms and terms, and what it asks for."""

    __slots__ = ("first", "head", "kind", "place", "shapes", "terms", "verb", "words")

    def __init__(self, question: str) -> None:
        pieces = [piece(written) for written, _, _ in spans_of_pieces(question)]
        self.words = [p.folded for p in pieces]
        self.terms = [p.term for p in pieces]
        self.shapes = [p.shape for p in pieces]
        self.place = _place(self.words)
        """Index of the interrogative among the words, -1 where there is none."""
        after = self.words[self.place + 1 :]
        kind = _SIMPLE[self.words[self.place]] if self.place >= 0 else Wh.NONE
        self.kind, self.head, self.first, self.verb = _analysis(kind, after)

    def term_of(self, word: str) -> str:
        """The term of one of the question's words, or the word itself."""
        return (piece(word).term or word) if word else ""


def _place(words: Sequence[str]) -> int:
    """Where the interrogative stands: what opens the question, else the last but relative pronouns' places."""
    places = [i for i, word in enumerate(words) if word in _SIMPLE]
    if not places:
        return -1
    if places[0] <= 1:
        return places[0]
    strong = [i for i in places if words[i] in ("what", "whom", "how", "why")]
    return strong[-1] if strong else places[-1]


def _analysis(kind: Wh, after: Sequence[str]) -> tuple[Wh, str, str, str]:
    """The kind made precise, the noun asked for, the next word, the first verb after the auxiliary."""
    first = after[0] if after else ""
    verb = _verb(after)
    if kind in (Wh.WHAT_NOUN, Wh.WHICH):
        if first in _DO:
            return Wh.WHAT_DID, "", first, verb
        if first in _BE:
            head = _head(after[1:], is_noun_phrase=True)
            return (Wh.WHAT_YEAR if head in _TIMES else Wh.WHAT_IS), head, first, verb
        if first in _AUXILIARIES:
            return Wh.WHAT_IS_DONE, "", first, verb
        head = _head(after)
        return (Wh.WHAT_YEAR if head in _TIMES else kind), head, first, verb
    if kind == Wh.HOW:
        return _how(after, verb)
    if kind == Wh.WHO:
        is_, did = first in _BE, first in _DO
        return (
            (Wh.WHO_IS if is_ else Wh.WHO_DID if did else Wh.WHO),
            (_head(after[1:], is_noun_phrase=True) if is_ else ""),
            first,
            verb,
        )
    if kind == Wh.WHOSE:
        return kind, _head(after), first, verb
    return kind, "", first, verb


def _how(after: Sequence[str], verb: str) -> tuple[Wh, str, str, str]:
    first = after[0] if after else ""
    if first == "many":
        return Wh.HOW_MANY, _head(after[1:]), first, verb
    if first == "much":
        return Wh.HOW_MUCH, _head(after[1:]), first, verb
    if not first or first in _AUXILIARIES:
        return Wh.HOW, "", first, verb
    return Wh.HOW_ADJECTIVE, first, first, verb


def _head(words: Sequence[str], is_noun_phrase: bool = False) -> str:
    """The last noun of the phrase that opens `words`, as far as words alone tell; "name of the city" gives "city"."""
    phrase: list[str] = []
    stopped_at = ""
    for word in words:
        if word in _SKIPPED and (not phrase or phrase[-1] in _EMPTY_HEADS):
            continue
        if word in _AUXILIARIES or word in _PREPOSITIONS or not word[:1].isalnum():
            stopped_at = word
            break
        phrase.append(word)
    if phrase and phrase[0] in _EMPTY_HEADS and len(phrase) > 1:
        phrase = phrase[1:]
    if not phrase:
        return ""
    ended = is_noun_phrase or (stopped_at in _AUXILIARIES or stopped_at == "of")
    return phrase[-1] if ended else phrase[0]


def _verb(after: Sequence[str]) -> str:
    """The last word of meaning after an auxiliary, or the first where there is no auxiliary: a guess at the verb."""
    for i, word in enumerate(after):
        if word in _AUXILIARIES:
            rest = [w for w in after[i + 1 :] if piece(w).shape == Shape.LOWER]
            ending = [w for w in rest if w.endswith(("ed", "ing"))]
            return (ending or rest[-1:] or [""])[0]
    rest = [w for w in after if piece(w).shape == Shape.LOWER]
    ending = [w for w in rest if w.endswith(("ed", "s"))]
    return (ending or rest or [""])[0]
