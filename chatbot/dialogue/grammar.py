"""A question's parts of speech, coarsely: enough to tell its noun phrases from its verbs. Closed classes are listed here."""

import re

import msgspec

from chatbot.dialogue.wordforms import base, describes, either, is_gerund, is_participle, is_superlative, verbs

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
    if before and is_superlative(before[-1].folded) and is_participle(folded):
        return "v"  # "the first invented"
    if before and before[-1].folded in _PASSIVE and is_participle(folded):
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
        is_verb = base(word) in verbs() or word.endswith("ed")
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
    is_past = any(word.folded in _PASSIVE for word in words[:n]) and is_participle(words[n].folded)
    return words[n].folded in verbs() or is_past or (follows_name and words[n].folded in either())


def _may_be_verb(words: list[Word], kinds: list[str], n: int) -> bool:
    return words[n].folded in either() or _is_last(kinds, n)


def _is_predicate(words: list[Word], kinds: list[str], n: int) -> bool:
    """A participle or adjective that is said of the subject; "what is X" asks with none, but for "known for"."""
    word, following = words[n].folded, words[n + 1].folded if n + 1 < len(words) else ""
    if kinds[0] == "w" and words[0].folded in ("what", "who", "what's", "who's") and kinds[1] == "b":
        return following in ("for", "by", "as", "with") and (is_participle(word) or describes(word))
    follows_name = words[n - 1].text[0].isupper() or words[n - 1].text[0].isdigit()
    if is_participle(word) and (not word.endswith("ing") or (follows_name and is_gerund(word))):
        return True
    is_compared = word.endswith("er") and following in ("than", "to", "and", "?", "")
    return (describes(word) or is_compared) and _is_last(kinds, n) and kinds[n - 1] == "n"


def _is_last(kinds: list[str], n: int) -> bool:
    """Whether no further noun follows before a preposition or the end."""
    return n + 1 >= len(kinds) or kinds[n + 1] != "n"
