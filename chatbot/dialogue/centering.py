"""What a question is about: its noun phrases, the likeliest to be taken up by a pronoun first.

The order follows centering theory (B. Grosz, A. Joshi, S. Weinstein 1995): what a pronoun already stood for goes on being
the centre; then the subject before objects; of "the symptoms of anemia" the complement, which the noun only asks about.
"""

import re
from collections.abc import Sequence

import msgspec

from chatbot.dialogue.grammar import Word, words_of
from chatbot.dialogue.phrases import Phrase, phrases_of
from chatbot.dialogue.wordforms import complements, is_gerund, is_plural, is_said_of, singular

_LINKS = frozenset("of for in between about to on from with".split())
_EMPTY_HEADS = frozenset(
    """way ways thing things lot lots kind kinds sort sorts time times day days year years people person someone place
    age night evening difference differences similarities relationship example examples part parts reason reasons fact
    number amount general list idea order sign deal term terms word name""".split()
)
_COMPARES = re.compile(
    r"\b(?:differ\w*|compare\w*|similar\w*|same\s+as|versus|vs|in\s+common|related?|relationship|between|than)\b", re.I
)


class Mention(msgspec.Struct, frozen=True):
    """A noun phrase that later questions may mean; `text` is what is put for a pronoun."""

    text: str
    is_plural: bool
    is_name: bool = False
    preposition: str = ""
    """The one it stood after."""
    is_asked: bool = False
    """Asked for: "what VARIETY is best"."""

    @property
    def head(self) -> str:
        return self.text.split()[-1]

    @property
    def kind(self) -> str:
        """The noun in the singular that says what kind of thing it is: "shark" of "tiger sharks"."""
        return singular(self.head)


class Centres(msgspec.Struct, frozen=True):
    """The mentions of one question, the centre first; `compared` are two that it sets side by side."""

    mentions: tuple[Mention, ...] = ()
    compared: tuple[Mention, ...] = ()
    is_settled: bool = False
    """The question is about its centre: it defines it, names it or takes it up. Others may only touch on theirs."""


_DEFINES = re.compile(
    r"^\W*(?:(?:please\s+)?(?:tell|describe|explain)|(?:what|how)\s+about|(?:what|who)(?:['’]s|\s+is|\s+are|\s+was|\s+were))\b",
    re.I,
)


def centres_of(text: str, taken_up: Sequence[str] = ()) -> Centres:
    """The mentions of a question that stands by itself; `taken_up` are the phrases that its pronouns stood for.

    >>> [mention.text for mention in centres_of("What are the symptoms of lung cancer?").mentions]
    ['lung cancer', 'the symptoms']
    """
    words = words_of(text)
    phrases = _with_gerunds(phrases_of(words, text), text)
    found: list[tuple[int, Mention]] = []
    for n, phrase in enumerate(phrases):
        is_asked = bool(_ASIDE.search(text[: phrase.start]))
        shown = _shown(phrase, words)
        mention = Mention(shown, phrase.is_plural, phrase.is_name, _preposition(text, phrase, words), is_asked)
        found.append((_demotion(phrases, n, text), mention))
    found.sort(key=lambda pair: pair[0])
    before = tuple(Mention(each, _is_several(each), each[:1].isupper()) for each in taken_up)
    owned = tuple(f"{each}'" for each in taken_up)
    others = tuple(
        m for demotion, m in found if demotion < _NEVER and m.text not in taken_up and not m.text.startswith(owned)
    )
    mentions = before + others
    is_settled = bool(before or (mentions and (mentions[0].is_name or _DEFINES.match(text))))
    return Centres(mentions, _compared(text, phrases), is_settled)


_NEVER = 100
_ASIDE = re.compile(r"\b(?:how\s+many|how\s+much|what\s+kinds?\s+of|which|what|there)\s*$", re.I)


def _with_gerunds(phrases: Sequence[Phrase], text: str) -> list[Phrase]:
    """ "Learning" and "a second language" as one phrase."""
    found: list[Phrase] = []
    for phrase in phrases:
        last = found[-1] if found else None
        if (
            last is not None
            and last.text.endswith("ing")
            and " " not in last.text
            and phrase.determiner
            and phrase.start == last.end + 1
        ):
            found[-1] = Phrase(text[last.start : phrase.end], last.start, phrase.end)
        else:
            found.append(phrase)
    return found


def _demotion(phrases: Sequence[Phrase], n: int, text: str) -> int:
    """How far behind the centre a phrase stands; ties stay in the order of the question."""
    phrase = phrases[n]
    head, is_bare = phrase.head.lower(), " " not in phrase.bare and not phrase.is_name
    if (head in _EMPTY_HEADS and is_bare) or is_description(phrase, text):
        return _NEVER
    if head in _EMPTY_HEADS and not phrase.is_name:
        return 3
    is_complement = text[: phrase.start].lower().split()[-1:] == ["of"]
    if not (phrase.is_name or is_complement) and _complement_follows(phrases, n, text):
        return 2
    if phrase.determiner in ("my", "your", "no", "all") or phrase.head.isdigit():
        return 3
    if _ASIDE.search(text[: phrase.start]) and len(phrases) > 1:
        return 2
    is_asked_for = not (phrase.is_name or is_complement) and head in complements() and n + 1 < len(phrases)
    return 1 if is_asked_for else 0


def _is_several(text: str) -> bool:
    return is_plural(text.split()[-1]) or " and " in text


def is_description(phrase: Phrase, text: str) -> bool:
    """Whether a lone word describes: "famous", "done"; after a preposition "breathing" is a thing."""
    head, before = phrase.head.lower(), text[: phrase.start].lower().split()
    is_thing = head.endswith("ing") and bool(before) and before[-1] in _LINKS
    return phrase.text == head and is_said_of(head) and not is_thing


def _complement_follows(phrases: Sequence[Phrase], n: int, text: str) -> bool:
    """Whether "of", "in" … and a further phrase follow a noun that asks for them."""
    if n + 1 == len(phrases):
        return False
    between = text[phrases[n].end : phrases[n + 1].start].lower().split()
    is_asking = phrases[n].head.lower() in complements() or phrases[n].head.lower() in _EMPTY_HEADS
    return len(between) == 1 and between[0] in _LINKS and (is_asking or between[0] == "of")


def _preposition(text: str, phrase: Phrase, words: Sequence[Word]) -> str:
    before = [word for word in words if word.end <= phrase.start]
    return before[-1].folded if before and before[-1].kind == "p" else ""


def _shown(phrase: Phrase, words: Sequence[Word] = ()) -> str:
    """The phrase as it is said again: without "any", "some", "my"; a superlative keeps its article."""
    if phrase.determiner in ("the", "a", "an"):
        return phrase.text
    first, _, rest = phrase.bare.partition(" ")
    follows_verb = any(word.end + 1 == phrase.start and word.kind == "v" for word in words)
    is_object = rest and is_gerund(first) and (rest[0].isupper() or is_plural(phrase.head) or follows_verb)
    return rest if is_object else phrase.bare


def _compared(text: str, phrases: Sequence[Phrase]) -> tuple[Mention, ...]:
    if not _COMPARES.search(text) or len(phrases) < 2:
        return ()
    phrases = [p for p in phrases if not is_said_of(p.head.lower())]
    own = [p for p in phrases if p.head.lower() not in complements() and p.head.lower() not in _EMPTY_HEADS] or list(
        phrases
    )
    return tuple(Mention(_shown(p), p.is_plural, p.is_name) for p in own[:2]) if len(own) > 1 else ()
