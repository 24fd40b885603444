"""General English for reading: words that say little, and families of words that say the same."""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

import msgspec

from chatbot.language.lexicon import forms, phrase_of
from chatbot.retrieval.analysis import one_spelling

#: Words whose absence changes little: a paraphrase drops them.
LIGHT = frozenset(
    """use uses used using make makes made making get gets got getting go goes went gone give gives gave
    given take takes took taken call calls called name names named known kind kinds sort sorts
    type types thing things happen happens happened occur occurs occurred exist exists existed
    include includes included including involve involves involved way ways want wants wanted need
    needs needed become becomes became come comes came coming say says said tell tells told many
    much part parts person people

    means manner respect effort efforts piece side sense exactly actually really still already yet
    even supposed able certain several various different respectively approximately roughly nearly about
    responsible charged tasked task tasks concerned regard regarding according relation terms
    following play plays played like likely away there belong belongs belonged put
    """.split()
)
NEGATIONS = frozenset("not no never nor neither without except cannot n't nobody nothing none".split())
#: Kinds of things: what "which body ..." asks for answers with a name, whether or not it is called a body.
KINDS = frozenset(
    """agency area article association authority ban bank body book building campaign city committee company
    conference continent country council county department district document effort entity event festival figure
    firm group initiative institution island journal kingdom language law leader magazine man mission nation
    newspaper office official operation organisation organization paper party place plan policy program programme
    project publication reform region report river scheme school society state street text town treaty unit
    university village war woman work
    agencies areas articles associations authorities bodies books buildings campaigns cities companies
    continents countries departments districts documents efforts events groups initiatives institutions islands
    laws leaders men missions nations newspapers offices officials operations organisations organizations papers
    parties places plans policies programs programmes projects publications reforms regions reports rivers schemes
    schools societies states streets texts towns treaties units universities villages wars women works""".split()
)
#: Nouns for what something is for; "the aim of X" is told by any sentence that gives X an end.
PURPOSES = frozenset(
    "aim aims purpose purposes goal goals objective objectives intention intentions point".split()
)


class Mention(msgspec.Struct, frozen=True):
    """A word or phrase of a family: its words `start:end`, and the families that it may belong to."""

    start: int
    end: int
    families: frozenset[int]


class Families:
    """Groups of words and phrases that a question and a text may use for one another.

    Each line is one family, its members parted by commas. Regular inflections belong to it too.

    >>> families = Families(["boat, ship", "set up, found, founded"])
    >>> [(m.start, m.end) for m in families.mentions("they set up ships".split())]
    [(1, 3), (3, 4)]
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._by_first: dict[str, dict[tuple[str, ...], set[int]]] = {}
        for number, line in enumerate(lines):
            for member in line.split(","):
                for form in _all_forms(phrase_of(member)):
                    spelt = tuple(map(_spelt, form))
                    self._by_first.setdefault(spelt[0], {}).setdefault(spelt, set()).add(number)

    def mentions(self, words: Sequence[str]) -> list[Mention]:
        """The longest members at each place of the folded words, none inside another."""
        spelt, found, at = list(map(_spelt, words)), [], 0
        while at < len(spelt):
            known = self._by_first.get(spelt[at], {})
            phrase = max((p for p in known if tuple(spelt[at : at + len(p)]) == p), key=len, default=())
            if phrase:
                found.append(Mention(at, at + len(phrase), frozenset(known[phrase])))
            at += len(phrase) or 1
        return found


@cache
def families() -> Families:
    """The families that come with the program, read when first needed."""
    text = files("chatbot.reading").joinpath("families.txt").read_text(encoding="utf-8")
    return Families(line for line in text.splitlines() if line and not line.startswith("#"))


def _all_forms(phrase: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Regular inflections, those included that double the last letter: "planned"."""
    if not phrase:
        return set()
    found = forms(phrase)
    word, rest = phrase[0], phrase[1:]
    if _doubles(word):
        found |= {(word + word[-1] + ending, *rest) for ending in ("ed", "ing")}
    return found


def _doubles(word: str) -> bool:
    vowels = [letter in "aeiou" for letter in word]
    is_short = sum(vowels) == 1 and 3 <= len(word) <= 5
    return is_short and word[-1] not in "wxyaeiou" and vowels[-2] and (False, True) in pairwise(vowels)


def _spelt(word: str) -> str:
    return one_spelling(word.replace("-", "") if word.startswith("re-") else word)
