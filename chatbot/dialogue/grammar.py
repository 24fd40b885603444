"""A question's parts of speech, coarsely: enough to tell its noun phrases from its verbs.

Closed classes are listed here; which words are verbs and which nouns ask for a complement ("symptoms of") was
counted in English text by `evaluation/train_grammar`.
"""

import re
from functools import cache
from pathlib import Path

import msgspec

from chatbot.language.words import STOP_WORDS

_WORD = re.compile(r"\d+(?:[/.,]\d+)+|[^\W_]+(?:(?:\.[^\W_])+\.?|[-'’][^\W_]+)*(?:['’](?!\w))?|[^\w\s]")
WH = frozenset("who whom whose what which when where why how".split())
DO = frozenset("do does did don't doesn't didn't".split())
BE = frozenset("is are was were am be been being isn't aren't wasn't weren't".split())
MODAL = frozenset("can could will would may might must shall should has have had cannot can't won't".split())
PREPOSITIONS = frozenset(
    """about above across after against along among around as at before behind below beside besides between beyond by
    despite down during except for from in inside into like near of off on onto out outside over per since than through
    throughout till to toward towards under until up upon versus vs via with within without""".split()
)
DETERMINERS = frozenset(
    "the a an this that these those my your his her its their our some any each every all both no another either".split()
)
PRONOUNS = frozenset(
    """i me we us you he him she her it they them himself herself itself themselves one ones someone anyone everyone
    something anything everything nothing""".split()
)
CONJUNCTIONS = frozenset("and or but nor".split())
_CLAUSE = frozenset("if because when while although whether that who which where so".split())
ADVERBS = frozenset(
    """also always already again currently ever even first just more most much many often once only rather really so
    sometimes soon still then there here too very well yet now today not never generally naturally originally together
    away back else ago alone""".split()
)
_COMMANDS = frozenset("tell describe compare contrast explain list name give show discuss".split())
_ADJECTIVE_END = re.compile(r"(?:able|ible|ful|ous|less|ish|ive|ary|ical)$")
DATA = Path(__file__).with_name("grammar.json")
_IRREGULAR = frozenset(
    "came went led began became made took gave got lost won met held kept saw wrote knew sent spent".split()
)


_SUPERLATIVE = re.compile(r"(?:[^aeiou]est|first|last|best|worst|only)$")
_PASSIVE = frozenset("be been being have has had".split())
_GRAMMAR = WH | PRONOUNS | DETERMINERS | BE | DO | MODAL


class Word(msgspec.Struct, frozen=True):
    text: str
    start: int
    end: int
    kind: str
    """One letter: w(h), d(o), b(e), m(odal), p(reposition), t (determiner), r (pronoun), c(onjunction), v(erb), a(dverb),
    n (noun, adjective, name), s(topping mark), k (command)."""

    @property
    def folded(self) -> str:
        return self.text.lower().replace("’", "'")


class Phrase(msgspec.Struct, frozen=True):
    """A noun phrase without its complement: `text[start:end]`, a leading determiner included."""

    text: str
    start: int
    end: int
    determiner: str = ""
    """Folded; "" where there is none."""

    @property
    def bare(self) -> str:
        """Without the determiner."""
        return self.text[len(self.determiner) :].strip() if self.determiner else self.text

    @property
    def head(self) -> str:
        return self.bare.split()[-1] if self.bare else ""

    @property
    def is_plural(self) -> bool:
        return is_plural(self.head) or bool(re.search(r"\sand\s|\s&\s", self.text))

    @property
    def is_name(self) -> bool:
        """Written like a name: its head has a capital."""
        return self.head[:1].isupper() or self.bare[:1].isupper()


class Lists(msgspec.Struct, frozen=True):
    """What was counted."""

    verbs: tuple[str, ...]
    """Base forms that are verbs in most of their uses."""
    either: tuple[str, ...]
    """Those that are verbs in some: "work", "change"."""
    adjectives: tuple[str, ...]
    complements: dict[str, tuple[str, ...]]
    """Preposition → the nouns that it most often follows: "of" → "symptoms"."""


@cache
def _lists() -> Lists:
    return msgspec.json.decode(DATA.read_bytes(), type=Lists)


@cache
def verbs() -> frozenset[str]:
    return frozenset(_lists().verbs) | _IRREGULAR


@cache
def _either() -> frozenset[str]:
    return frozenset(_lists().either)


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(_lists().adjectives)


@cache
def complements() -> dict[str, str]:
    """Nouns that ask for a complement → the preposition it most often has."""
    return {noun: preposition for preposition, nouns in _lists().complements.items() for noun in nouns}


def words_of(text: str) -> list[Word]:
    """The words of a question, each with its kind.

    >>> "".join(word.kind for word in words_of("How does it work?")), [w.kind for w in words_of("What are red dwarfs?")]
    ('wdrvs', ['w', 'b', 'n', 'n', 's'])
    """
    found: list[Word] = []
    for match in _WORD.finditer(text):
        folded = match.group().lower().replace("’", "'")
        found.append(Word(match.group(), match.start(), match.end(), _kind(folded, match.group(), found)))
    return _with_predicates(_with_infinitives(found))


_BEFORE_INFINITIVES = frozenset("way ways time how able used want need trying easy easier easiest place".split())


def _with_infinitives(words: list[Word]) -> list[Word]:
    """ "Ways to COOK them": what stands between "to" and a pronoun or article is a verb."""
    for n in range(1, len(words) - 1):
        is_wish = n > 1 and words[n - 2].folded in _BEFORE_INFINITIVES
        if words[n - 1].folded == "to" and words[n].kind == "n" and (words[n + 1].kind in "tr" or is_wish):
            words[n] = msgspec.structs.replace(words[n], kind="v")
    return words


def _kind(folded: str, text: str, before: list[Word]) -> str:
    if not text[0].isalnum():
        return "s"
    if folded in ("have", "do") and any(word.kind in "dm" for word in before):
        return "v"
    previous = before[-1].kind if before else ""
    is_after_article = bool(before) and before[-1].kind == "t"
    if not before and folded in _COMMANDS:
        return "k"
    is_acronym = len(text) > 1 and text.isupper()
    if text[0].isupper() and before and (is_acronym or (previous != "s" and folded not in _GRAMMAR - MODAL)):
        return "n"
    for kind, members in (("w", WH), ("d", DO), ("b", BE), ("m", MODAL)):
        if folded.removesuffix("'s") in members:
            return kind
    if folded in DETERMINERS:
        return "t"
    for kind, members in (("p", PREPOSITIONS), ("r", PRONOUNS), ("c", CONJUNCTIONS), ("a", ADVERBS)):
        if folded in members:
            return kind
    if folded in _CLAUSE:
        return "c"
    if folded.endswith("ly") and len(folded) > 4:
        return "a"
    follows_to = bool(before) and before[-1].folded == "to"
    if (follows_to or (not is_after_article and previous not in "pn")) and folded in verbs():
        return "v"
    if len(before) == 1 and before[0].folded == "how" and folded.isalpha():
        return "a"  # "how reliable is it"
    if before and is_superlative(before[-1].folded) and _is_participle(folded):
        return "v"  # "the first invented"
    if before and before[-1].folded in _PASSIVE and _is_participle(folded):
        return "v"
    return "n"


def _with_predicates(words: list[Word]) -> list[Word]:
    """Nouns that stand where the question's verb or predicate must be are none: "how does X WORK", "is X TREATABLE"."""
    kinds = [word.kind for word in words]
    auxiliary = next((n for n, kind in enumerate(kinds) if kind in "dbm"), None)
    if auxiliary is None:
        _mark_third_person(words, kinds)
    else:
        _mark_after(words, kinds, auxiliary)
    return [msgspec.structs.replace(word, kind=kind) for word, kind in zip(words, kinds, strict=True)]


def _mark_third_person(words: list[Word], kinds: list[str]) -> None:
    """ "What CAUSES X", "which team CAME first": the first likely verb after the asking word and its noun."""
    for n in range(1, len(words)):
        word = words[n].folded
        is_verb = _base(word) in verbs() or word.endswith("ed")
        if kinds[n] in "nv" and kinds[0] == "w" and is_verb and kinds[n - 1] not in "tp":
            kinds[n] = "v"
            return


def _mark_after(words: list[Word], kinds: list[str], auxiliary: int) -> None:
    """After an auxiliary and its subject, the verb or adjective that it goes with."""
    subject = next((n for n in range(auxiliary + 1, len(kinds)) if kinds[n] in "nr"), len(kinds))
    if any(kind == "v" for kind in kinds[subject + 1 : _clause_end(kinds, subject)]) and kinds[auxiliary] in "dm":
        return
    is_action = kinds[auxiliary] in "dm"
    for tells in (_is_sure_verb, _may_be_verb) if is_action else (_is_predicate,):
        for n in range(subject + 1, _clause_end(kinds, subject)):
            is_open = kinds[n] == "n" and not words[n].text[0].isupper() and kinds[n - 1] not in "tp"
            if is_open and tells(words, kinds, n):
                kinds[n] = "v"
                return


def _clause_end(kinds: list[str], subject: int) -> int:
    """The first place after the subject where no predicate can begin any more."""
    return next((n for n in range(subject + 1, len(kinds)) if kinds[n] in "sbmdr"), len(kinds))


def _is_sure_verb(words: list[Word], kinds: list[str], n: int) -> bool:
    follows_name = words[n - 1].text[0].isupper() and kinds[n - 1] == "n"
    is_past = any(word.folded in _PASSIVE for word in words[:n]) and _is_participle(words[n].folded)
    return words[n].folded in verbs() or is_past or (follows_name and words[n].folded in _either())


def _may_be_verb(words: list[Word], kinds: list[str], n: int) -> bool:
    return words[n].folded in _either() or _is_last(kinds, n)


def _is_predicate(words: list[Word], kinds: list[str], n: int) -> bool:
    """A participle or adjective that is said of the subject; "what is X" asks with none, but for "known for"."""
    word, following = words[n].folded, words[n + 1].folded if n + 1 < len(words) else ""
    if kinds[0] == "w" and words[0].folded in ("what", "who", "what's", "who's") and kinds[1] == "b":
        return following in ("for", "by", "as", "with") and (_is_participle(word) or _describes(word))
    follows_name = words[n - 1].text[0].isupper() or words[n - 1].text[0].isdigit()
    if _is_participle(word) and (not word.endswith("ing") or (follows_name and is_gerund(word))):
        return True
    is_compared = word.endswith("er") and following in ("than", "to", "and", "?", "")
    return (_describes(word) or is_compared) and _is_last(kinds, n) and kinds[n - 1] == "n"


def _is_participle(word: str) -> bool:
    is_past = len(word) > 3 and word.endswith("ed") and not word.endswith("eed")
    return word in _PARTICIPLES or is_past or (len(word) > 4 and word.endswith("ing"))


_NO_SUPERLATIVES = frozenset(
    "test west rest guest forest interest request conquest protest harvest chest nest priest contest quest".split()
)


def is_superlative(word: str) -> bool:
    """
    >>> is_superlative("largest"), is_superlative("test")
    (True, False)
    """
    return word.lower() not in _NO_SUPERLATIVES and bool(_SUPERLATIVE.search(word.lower()))


def is_said_of(word: str) -> bool:
    """Whether a word that stands alone describes rather than names: a participle, an adjective."""
    return _is_participle(word) or _describes(word) or word in verbs()


_DESCRIBING = frozenset("same other unique free safe legal long best worst".split())


def _describes(word: str) -> bool:
    return word in _adjectives() or word in _DESCRIBING or bool(_ADJECTIVE_END.search(word))


def is_gerund(word: str) -> bool:
    """Whether a word is the "-ing" of a verb: "consuming", not "hiking" or "evening", whose verbs were not counted."""
    stem = word.removesuffix("ing")
    return word.endswith("ing") and word.islower() and (stem in verbs() or f"{stem}e" in verbs())


_PARTICIPLES = frozenset(
    """born built bought brought chosen done drawn driven eaten fallen felt found fought given gone grown held hidden
    kept known laid led left lost made meant met paid put read run said seen sent set shown sold spent spoken taken caught
    taught told thought understood won worn written""".split()
)


def _is_last(kinds: list[str], n: int) -> bool:
    """Whether no further noun follows before a preposition or the end."""
    return n + 1 >= len(kinds) or kinds[n + 1] != "n"


def _base(word: str) -> str:
    for end, put in (("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(end) and word.removesuffix(end) + put in verbs():
            return word.removesuffix(end) + put
    return word


def is_plural(word: str) -> bool:
    """Whether a noun is written in the plural.

    >>> is_plural("sharks"), is_plural("analysis"), is_plural("people")
    (True, False, True)
    """
    word = word.lower()
    if word in ("people", "men", "women", "children", "species", "fish", "mice"):
        return True
    return len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def singular(word: str) -> str:
    """A noun in the singular.

    >>> singular("galaxies"), singular("sharks"), singular("boxes"), singular("people")
    ('galaxy', 'shark', 'box', 'people')
    """
    if not is_plural(word) or not word.lower().endswith("s") or word.lower() == "species":
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if re.search(r"(?:ss|x|ch|sh)es$", word) else word[:-1]


def plural(noun: str) -> str:
    """A noun, or a phrase that ends in it, in the plural.

    >>> plural("galaxy"), plural("virtual machine"), plural("box")
    ('galaxies', 'virtual machines', 'boxes')
    """
    if is_plural(noun.split()[-1]):
        return noun
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(?:s|x|ch|sh)$", noun) else "s")


def phrases_of(words: list[Word], text: str) -> list[Phrase]:
    """The noun phrases of a question in order.

    >>> text = "What is the role of positivism in it?"
    >>> [phrase.text for phrase in phrases_of(words_of(text), text)]
    ['the role', 'positivism']
    """
    found: list[Phrase] = []
    n = 0
    while n < len(words):
        if words[n].kind not in "tn":
            n += 1
            continue
        first = n
        has_determiner = words[n].kind == "t"
        n += has_determiner
        start = n
        while n < len(words) and _continues(words, start, n):
            n += 1
        if n > start:
            determiner = words[first].folded if has_determiner else ""
            found += _owned(text, words[first].start, words[n - 1].end, determiner)
    return found


_OWNER = re.compile(r"^(.+?(?:['’]s|s['’]))\s+\S")


def _owned(text: str, start: int, end: int, determiner: str) -> list[Phrase]:
    """The phrase, and of "lung cancer's symptoms" the owner as well."""
    owner = _OWNER.match(text[start:end])
    whole = Phrase(text[start:end], start, end, determiner)
    if owner is None:
        return [whole]
    cut = start + len(re.sub(r"['’]s?$", "", owner[1]))
    return [whole, Phrase(text[start:cut], start, cut, determiner)]


def _continues(words: list[Word], start: int, n: int) -> bool:
    kind = words[n].kind
    if kind == "n":
        return True
    is_inside = n + 1 < len(words) and words[n + 1].kind == "n"
    if kind == "s" and words[n].text in ",'’" + '"':
        return False
    if kind == "c" and words[n].folded == "and" and n > start and is_inside:
        return n + 2 >= len(words) or words[n + 2].kind != "v"
    if kind in "av" and n == start and is_inside:  # "most common types", "binge drinking"
        return words[n].folded not in ("there", "here", "not") and kind == "a"
    return False


def is_content(word: str) -> bool:
    return word not in STOP_WORDS and word[:1].isalnum()
