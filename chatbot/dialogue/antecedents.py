"""What the words of a follow-up stand for, told by the form of the questions before alone, whatever they are about.

`References` knows the corpus and answers first; where names are unknown to it, this finds the noun phrase meant.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache

import msgspec

from chatbot.dialogue.centering import Centres, Mention, centres_of
from chatbot.dialogue.grammar import PREPOSITIONS, WH, words_of
from chatbot.dialogue.phrases import phrases_of
from chatbot.dialogue.wordforms import complements, is_superlative, plural
from chatbot.language.words import STOP_WORDS, stem, tokens
from chatbot.values import Answer

_FEW = 2
"""Phrases of a question that is about a place in it; of more the place is only a circumstance."""
_FURTHEST = 5
"""Turns that a pronoun may reach back over."""


class Said(msgspec.Struct, frozen=True):
    """A question before: completed, and what it is about."""

    text: str
    centres: Centres
    persons: frozenset[str] = frozenset()
    """Whom "he" or "she" stood for in it."""
    it: str = ""
    """What "it" stood for, where it has that word: it goes on to stand for the same."""


def said_before(turns: Sequence[Answer]) -> list[Said]:
    """The questions of a conversation, the latest first."""
    return [Said(turn.question, _centres(turn), _persons(turn), _it(turn)) for turn in reversed(turns[-_FURTHEST:])]


def _it(turn: Answer) -> str:
    put = _put(turn.asked, turn.question) if _NEUTRAL.search(turn.asked) else ()
    return put[-1] if put and not _SEVERAL.search(turn.asked) else ""


def _persons(turn: Answer) -> frozenset[str]:
    is_of_person = _PERSONAL.search(turn.asked)
    return frozenset(_put(turn.asked, turn.question)[:1] if is_of_person else ())


def _centres(turn: Answer) -> Centres:
    """What a turn is about; what its pronouns stood for comes first."""
    asked = turn.asked or turn.question
    about = ABOUT.match(asked)
    if about is not None:
        rest = about["rest"] if about["rest"] in turn.question else ""
        is_circumstance = rest.split()[:1] != [] and rest.split()[0].lower() in PREPOSITIONS
        return centres_of(turn.question, () if is_circumstance else [p.text for p in phrases_of(words_of(rest), rest)])
    leans = _PRONOUN.search(asked) or _DEFINITE.match(asked)
    return centres_of(turn.question, _put(asked, turn.question) if leans else ())


def _put(asked: str, question: str) -> tuple[str, ...]:
    """What was put into the question where it was completed: "lung cancer" for "its"."""
    old, new = _WORDS.findall(asked), _WORDS.findall(question)
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    runs = (" ".join(new[start:end]) for kind, _, _, start, end in blocks if kind in ("insert", "replace"))
    # A question that was put as a whole ("who came before her?" for "and before?") names nothing by itself.
    return tuple(found for run in runs if (found := _TRIMMED.sub("", run)) and found.split()[0].lower() not in WH)


_PRONOUN = re.compile(r"\b(?:it|its|it['’]s|they|them|their|he|him|his|she|her|this|that|these|those|ones?)\b", re.I)
_WORDS = re.compile(r"[^\s?!.,]+(?:[.,][^\s?!.,]+)*\.?(?=\s\w)|[^\s?!.,]+")
#: "How about X?"
ABOUT = re.compile(r"^\W*(?:and\s+|or\s+|but\s+)?(?:what|how)\s+about\s+(?P<rest>.+?)\W*$", re.I)
_DEFINITE = re.compile(r"^\W*(?:what|who|how|why|tell|are|describe)\b.{0,25}\b(?:the|there)\b", re.I)
_NEUTRAL = re.compile(r"\b(?:it|its)\b", re.I)
_SEVERAL = re.compile(r"\b(?:they|them|their|these|those)\b", re.I)
_PERSONAL = re.compile(r"\b(?:he|him|his|she|her)\b", re.I)
_TRIMMED = re.compile(r"^(?:of|in|for|from|to)\s+|(?<=s)['’]$|['’]s$|\s+is$", re.I)


class Antecedents:
    """Finds what is meant among the questions before; `said` has the latest first, `opening` is the first of all."""

    def __init__(self, said: Sequence[Said], opening: Said | None, asking: str) -> None:
        self._said, self._opening, self._asking = said, opening, asking.lower()

    def thing(self) -> Mention | None:
        """What "it" means."""
        last = self._said[:1]
        if last and last[0].it and last[0].it.lower() not in self._asking:
            return Mention(last[0].it, is_plural=False, is_name=last[0].it[:1].isupper())
        if last and not last[0].centres.is_settled:
            subject = self._first(lambda m: self._is_thing(m) and not (m.preposition or m.is_asked), furthest=1)
            return subject or self._settled(self._is_central) or self.topic()
        return self._first(self._is_thing, furthest=2) or self.topic()

    def _is_central(self, mention: Mention) -> bool:
        """A thing that more is said of than what is asked of it, as "the history" only is."""
        return self._is_thing(mention) and mention.head.lower() not in complements()

    def _is_thing(self, mention: Mention) -> bool:
        return not mention.is_plural and not any(mention.text in said.persons for said in self._said)

    def several(self) -> Mention | None:
        """What "they" means; of "a virtual machine" virtual machines."""
        if self._is_comparing() and (pair := self.pair()) is not None:
            return pair
        told = self._first(lambda m: m.is_plural and not m.is_asked, furthest=3)
        found = told or self._first(lambda m: m.is_plural, furthest=2)
        if found is not None:
            return found
        one = self._first(lambda m: True)
        if one is None or one.text.split()[0].lower() not in ("a", "an"):
            return one
        bare = one.text.split(" ", 1)[1]
        return Mention(plural(bare), True)

    def person(self) -> Mention | None:
        """Whom "he" or "she" means."""
        return self._first(lambda m: m.is_name and not m.is_plural and m.text.split()[0].lower() != "the")

    def pair(self) -> Mention | None:
        """The two that were compared last, or those that the last two questions are about."""
        for said in self._said[:2]:
            if said.centres.compared:
                return _both(said.centres.compared)
        found = [m for said in self._said[:3] for m in said.centres.mentions[:1]]
        if found and " and " in found[0].text:
            return found[0]
        names = list(dict.fromkeys(m.text for m in found))[:2]
        return _both([next(m for m in found if m.text == name) for name in names[::-1]]) if len(names) > 1 else None

    def topic(self) -> Mention | None:
        """What the last question was about."""
        return self._settled(lambda m: True) or self._first(lambda m: True, furthest=2)

    def kind(self) -> str:
        """The noun that "the oldest" leaves out: the one that the last superlative had, else what is spoken of."""
        for mention in self._mentions(2):
            words = mention.text.split()
            if len(words) > 1 and any(is_superlative(word) for word in words[:-1]):
                return mention.kind
        topic = self.topic()
        return "" if topic is None or topic.head.endswith("ing") else topic.kind

    def opened(self) -> Mention | None:
        """The place that the conversation began with."""
        mentions = self._opening.centres.mentions if self._opening else ()
        if len(mentions) > _FEW:
            return None
        return next((m for m in mentions if m.is_name and m.preposition in ("in", "at", "around")), None)

    def of_kind(self, noun: str) -> Mention | None:
        """The mention that "the noun" takes up: one of that kind, said in more words."""
        wanted = stem(noun.lower())
        return self._first(
            lambda m: stem(m.head.lower()) == wanted and len(m.text.split()) > 1 + m.text.lower().startswith("the ")
        )

    def in_full(self, name: str) -> Mention | None:
        """The longer name that a single word of it stands for: "the College"."""
        return self._first(lambda m: m.is_name and len(m.text.split()) > 1 and name in (m.text.split()[0], m.head))

    def shares_words(self, text: str) -> bool:
        """Whether a question names by itself what those before are about."""
        own = content_of(text) - _selecting()
        centres = [said.centres for said in self._said[:2]] + ([self._opening.centres] if self._opening else [])
        return any(own & _telling(mention) for each in centres for mention in each.mentions[:1])

    def _is_comparing(self) -> bool:
        return bool(re.search(r"\b(?:in common|differ\w*|similar\w*|compare[ds]?|between|relat\w+)\b", self._asking))

    def _settled(self, fits: Callable[[Mention], bool]) -> Mention | None:
        """The first that fits of the last question that was about something."""
        settled = next((said for said in self._said if said.centres.is_settled), None)
        mentions = settled.centres.mentions if settled is not None else ()
        return next((m for m in mentions if fits(m) and m.text.lower() not in self._asking), None)

    def _first(self, fits: Callable[[Mention], bool], furthest: int = _FURTHEST) -> Mention | None:
        return next((m for m in self._mentions(furthest) if fits(m) and m.text.lower() not in self._asking), None)

    def _mentions(self, furthest: int) -> Iterator[Mention]:
        for said in self._said[:furthest]:
            yield from said.centres.mentions
        if furthest == _FURTHEST and self._opening is not None:
            yield from self._opening.centres.mentions


SELECTING_WORDS = frozenset(
    """important typical popular common main key famous good best other similar possible major modern traditional
    different natural significant basic biggest largest""".split()
)


@cache
def _selecting() -> frozenset[str]:
    return frozenset(map(stem, SELECTING_WORDS))


def content_of(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning."""
    return frozenset(stem(token.folded) for token in tokens(text) if token.folded not in STOP_WORDS)


def _telling(mention: Mention) -> frozenset[str]:
    """The words that tell a mention from others of its kind; of a single word that word."""
    words = content_of(mention.text)
    return words - content_of(mention.head) or words


def _both(mentions: Iterable[Mention]) -> Mention:
    return Mention(" and ".join(mention.text for mention in mentions), True)
