"""A follow-up said again so that it stands by itself, by the grammar of the questions before: no names need be known.

In turn: pronouns ("how does it work?"), what is named by its kind ("the city", "the oldest one"), what is left out
("what are the symptoms?"), and what takes the place of something ("how about goulash?").
"""

from collections.abc import Sequence

from chatbot.dialogue.antecedents import ABOUT, Antecedents, Said
from chatbot.dialogue.centering import Mention
from chatbot.dialogue.grammar import Word, words_of
from chatbot.dialogue.kinds import with_kinds
from chatbot.dialogue.omission import with_topic
from chatbot.dialogue.phrases import is_bound, phrases_of
from chatbot.dialogue.substitution import substituted

_OWN = {"its": "thing", "it's": "thing", "their": "several", "his": "person", "her": "person"}
_STANDS_FOR = {
    "it": "thing", "they": "several", "them": "several", "these": "several", "those": "several",
    "he": "person", "him": "person", "she": "person", "hers": "person", "this": "thing", "that": "thing", "theirs": "several",
}  # fmt: skip


_FOUND_BY = {"thing": Antecedents.thing, "several": Antecedents.several, "person": Antecedents.person}


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
    return put if put != text else with_topic(text, antecedents, is_careful)


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
        mention = _FOUND_BY[kind](Antecedents(said, opening, text))
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
