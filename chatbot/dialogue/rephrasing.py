"""A follow-up said again so that it stands by itself, by the grammar of the questions before: no names need be known.

In turn: pronouns ("how does it work?"), what is named by its kind ("the city", "the oldest one"), what is left out
("what are the symptoms?"), and what takes the place of something ("how about goulash?").
"""

import re
from collections.abc import Sequence

from chatbot.dialogue.antecedents import ABOUT, SELECTING_WORDS, Antecedents, Said
from chatbot.dialogue.centering import Mention, is_description
from chatbot.dialogue.grammar import Word, words_of
from chatbot.dialogue.kinds import UNNAMED, with_kinds
from chatbot.dialogue.phrases import Phrase, is_bound, phrases_of
from chatbot.dialogue.substitution import substituted
from chatbot.dialogue.wordforms import complements

_OWN = {"its": "thing", "it's": "thing", "their": "several", "his": "person", "her": "person"}
_STANDS_FOR = {
    "it": "thing", "they": "several", "them": "several", "these": "several", "those": "several",
    "he": "person", "him": "person", "she": "person", "hers": "person", "this": "thing", "that": "thing", "theirs": "several",
}  # fmt: skip
_ASKS_OF = re.compile(
    r"^\W*(?:tell\s+(?:me\s+)?(?:more\s+)?about|describe|what(?:'s|\s+is|\s+are|\s+was|\s+were)|who(?:'s|\s+is|\s+are|\s+was|\s+were))\s+",
    re.I,
)
_THERE_ARE = re.compile(r"^\W*(?:is|are|was|were)\s+there\b", re.I)


def rephrased(text: str, said: Sequence[Said], opening: Said | None, *, is_careful: bool = False) -> str:
    """The question by itself; as it was where nothing in it leans on those before (`said`, the latest first).

    A careful one says more only where a word asks for it: "the symptoms", not "are there any festivals?".

    >>> from chatbot.dialogue.centering import centres_of
    >>> before = [Said(text, centres_of(text)) for text in ["What is lung cancer?"]]
    >>> rephrased("Is it treatable?", before, before[0])
    'Is lung cancer treatable?'
    >>> rephrased("What are the symptoms?", before, before[0])
    'What are the symptoms of lung cancer?'
    """
    if not said:
        return text
    antecedents = Antecedents(said, opening, text)
    about = ABOUT.match(text)
    put = _with_pronouns(text, said, opening)
    if about is not None and put == text:
        return substituted(about["rest"], said[0].text) or with_kinds(text, antecedents, is_careful)
    put = with_kinds(put, antecedents, is_careful)
    return put if put != text else _with_topic(text, antecedents, is_careful)


def _with_pronouns(text: str, said: Sequence[Said], opening: Said | None) -> str:
    """Each kind of pronoun replaced where it stands first, unless the question itself has named what it means."""
    done: set[str] = set()
    words, shift = words_of(text), 0
    for n, word in enumerate(words):
        kind = _kind_of(words, n)
        if kind is None or kind in done or (kind != "person" and _is_named_before(words, n, text)):
            continue
        if word.folded in _OWN and is_bound(text, word.start + shift):
            continue
        mention = getattr(Antecedents(said, opening, text), kind)()
        if mention is None:
            continue
        done.add(kind)
        new = _inserted(mention, word.folded, words[n + 1 :])
        text = text[: word.start + shift] + new + text[word.end + shift :]
        shift += len(new) - (word.end - word.start)
    return text


def _kind_of(words: Sequence[Word], n: int) -> str | None:
    """Which antecedent a word asks for; None where it is no pronoun: "that" of a clause, "this year"."""
    folded = words[n].folded
    if folded in _OWN:
        return _OWN[folded]
    following = words[n + 1].kind if n + 1 < len(words) else "s"
    if folded in ("this", "that", "these", "those"):
        return _STANDS_FOR[folded] if following in "sbdmvp" and (n == 0 or words[n - 1].kind != "n") else None
    if folded == "her" and following in "tn":
        return "person"
    return _STANDS_FOR.get(folded)


def _is_named_before(words: Sequence[Word], n: int, text: str) -> bool:
    """Whether a clause before the pronoun names a thing: "if a dog barks, is it ill?"."""
    borders = [
        k
        for k in range(1, n)
        if words[k].text == "," or (words[k].kind == "c" and (k + 1 == n or words[k + 1].kind in "wdbmr"))
    ]
    if not borders:
        return False
    return any(phrase.end <= words[borders[-1]].start for phrase in phrases_of(list(words[: borders[-1]]), text))


def _inserted(mention: Mention, pronoun: str, following: Sequence[Word]) -> str:
    own = pronoun in ("its", "their", "his") or (
        pronoun in ("her", "it's") and bool(following) and following[0].kind == "n"
    )
    if own:
        return mention.text + ("'" if mention.text.endswith("s") else "'s")
    return f"{mention.text} is" if pronoun == "it's" else mention.text


def _with_topic(text: str, antecedents: Antecedents, is_careful: bool) -> str:
    """What is left out put in: of what the symptoms are, where the festivals are."""
    phrases = [phrase for phrase in phrases_of(words_of(text), text) if not is_description(phrase, text)]
    topic = antecedents.topic()
    if topic is None or not phrases or _CHOOSES.search(text) or antecedents.shares_words(text):
        return text
    if is_careful and phrases[0].head.lower() not in complements():
        return text
    partner = _COMPARES.search(text)
    if partner is not None:
        return _at_end(text, "to" if partner[1].lower() == "compare" else "from", topic)
    asking, opened = phrases[0], antecedents.opened()
    is_relational = asking.head.lower() in complements()
    if opened is not None and not is_relational and _is_there(asking, text, phrases):
        return _at_end(text, "in", opened)
    if _lacks_complement(asking, text, len(phrases)):
        return _appended(text, asking, complements().get(asking.head.lower(), "of"), topic)
    if complements().get(asking.head.lower()) == "in" and _has_agent(asking, text):
        return _at_end(text, "in", topic)
    if _stands_alone(text, phrases):
        return text
    return _at_end(text, "in" if topic == opened else _preposition(topic), topic)


_CHOOSES = re.compile(r"\b(?:ones?|others?|second|third|both|then|before|after|next)\b", re.I)
_COMPARES = re.compile(r"\b(compare|differ|different)\W*$", re.I)
#: "What improves ABSORPTION": the object of a verb that asks.
_IS_OBJECT = re.compile(r"^\W*(?:what|who|which)\s+[a-z]+s\s+$", re.I)
_HOW_MANY = re.compile(r"\bhow\s+(?:many|much)\s*$", re.I)


def _is_there(asking: Phrase, text: str, phrases: Sequence[Phrase]) -> bool:
    """Whether a question asks about something in the place that the conversation is about."""
    if _lacks_complement(asking, text, len(phrases)) or not _stands_alone(text, phrases):
        return True
    return asking.is_name and asking.determiner == "the" and not _OF_ITS_OWN.search(text)


_OF_ITS_OWN = re.compile(r"\b(?:in|at|of|why)\b", re.I)


def _lacks_complement(phrase: Phrase, text: str, count: int) -> bool:
    """Whether a noun that asks for one ("symptoms"), or a choice among things ("typical dishes"), stands without."""
    words = phrase.bare.lower().split()
    if phrase.start and re.search(_IS_OBJECT, text[: phrase.start]):
        return False
    asks = phrase.head.lower() in complements() or bool(SELECTING_WORDS.intersection(words[:-1]))
    if phrase.is_name or not asks or phrase.determiner in ("my", "your") or phrase.head.lower() in UNNAMED:
        return False
    rest = text[phrase.end :].strip(" ?.!")
    follows = rest.lower().split()
    if phrase.determiner in ("a", "an") and (follows or phrase.head.lower() not in ("example", "instance")):
        return False
    if re.search(r"\b(?:what|which)\s*$", text[: phrase.start], re.I):
        is_predicated = follows[:1] in (["are"], ["is"], ["were"], ["was"])
        names_others = bool({"a", "an", "the"}.intersection(follows)) or any(word.istitle() for word in rest.split())
        return phrase.head.lower() in complements() and is_predicated and not names_others
    if _HOW_MANY.search(text[: phrase.start]) and count > 1:
        return False
    return (
        not follows
        or follows[0] in ("in", "on", "at", "and")
        or (count == 1 and follows[0] not in ("of", "for", "between", "with", "from", "to"))
    )


def _has_agent(phrase: Phrase, text: str) -> bool:
    """ "The role of melatonin", which is a role in something."""
    return bool(re.match(r"\s+of\b(?!.*\bin\b)", text[phrase.end :], re.I))


def _stands_alone(text: str, phrases: Sequence[Phrase]) -> bool:
    """Whether a question brings a subject of its own."""
    if _THERE_ARE.match(text):
        return False
    if re.match(r"\s+(?:of|for)\b", text[phrases[0].end :]):
        return True
    if _ASKS_OF.match(text):
        return phrases[0].determiner != "the" or phrases[0].is_name
    if any(phrase.is_name for phrase in phrases) or len(phrases) > 1 or re.search(r"\b(?:you|i)\b", text, re.I):
        return True
    return phrases[0].determiner != "the"


def _appended(text: str, phrase: Phrase, preposition: str, topic: Mention) -> str:
    """The topic right after the noun that asks for it."""
    rest = text[phrase.end :]
    is_said = re.match(rf"\s+{preposition}\b", rest, re.I)
    word = "for" if is_said or (preposition == "between" and not topic.is_plural) else preposition
    return f"{text[: phrase.end]} {word} {topic.text}{rest}"


def _preposition(topic: Mention) -> str:
    return "in" if topic.preposition in ("in", "at", "on", "around") else "for"


def _at_end(text: str, preposition: str, topic: Mention) -> str:
    stripped = text.rstrip(" ?.!")
    return f"{stripped} {preposition} {topic.text}{text[len(stripped) :].strip()}"
