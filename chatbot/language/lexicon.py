"""The shared lexicon: which words mean the same to templates, headers, questions and passages.

A lexicon file is YAML with nine optional parts: `fillers` (a list), `questions` and `concepts` (name → words), `classes`
(name → words that may stand in one place of a template, though they do not mean the same),
`properties` (name → words, what they ask for, and their superlatives and comparatives), `offices` (a list),
`same_office` (lists of nouns for one office, which are offices too), `shorthand` (what people write to save time →
the word meant), and `synonyms` (lists of words and phrases that passages may use for one another).
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from chatbot.language.words import tokens

FILLER = "filler"
OFFICE = "office_noun"


class Property(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something documents record of a thing, with the forms that ask for it."""

    words: tuple[str, ...]
    asks: str = ""
    """What its values are: "date", "place", "number", or "" for anything."""
    max: tuple[str, ...] = ()
    """Superlatives that ask for the greatest value: tallest."""
    min: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    """Comparatives that ask for the greater value: taller."""
    less: tuple[str, ...] = ()


class LexiconFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One lexicon file as written."""

    fillers: tuple[str, ...] = ()
    questions: Mapping[str, tuple[str, ...]] = {}
    concepts: Mapping[str, tuple[str, ...]] = {}
    classes: Mapping[str, tuple[str, ...]] = {}
    properties: Mapping[str, Property] = {}
    offices: tuple[str, ...] = ()
    same_office: tuple[tuple[str, ...], ...] = ()
    shorthand: Mapping[str, str] = {}
    synonyms: tuple[tuple[str, ...], ...] = ()


Phrase = tuple[str, ...]
#: What a phrase means: one or more steps, each a set of concept names. "tallest" is two steps, most and height.
Meaning = tuple[frozenset[str], ...]


class Lexicon:
    """Phrases and what they mean, looked up by their first word.

    >>> lexicon = Lexicon([LexiconFile(concepts={"lead": ("in charge of", "led")})])
    >>> lexicon.longest(["in", "charge", "of", "ships"], 0)
    (3, (frozenset({'lead'}),))
    """

    def __init__(self, files: Iterable[LexiconFile]) -> None:
        self.names: set[str] = {FILLER, OFFICE}
        self.questions: set[str] = set()
        self.properties: dict[str, Property] = {}
        self.same_office: dict[str, frozenset[str]] = {}
        """Noun of an office → every noun for that office."""
        self.shorthand: dict[str, str] = {}
        self._synonyms: dict[Phrase, set[str]] = {}
        self._classes: dict[str, set[str]] = {}
        self._meanings: dict[Phrase, list[set[str]]] = {}
        for file in files:
            self._add_file(file)
        self.fillers = frozenset(" ".join(p) for p, steps in self._meanings.items() if FILLER in steps[0])
        self._by_first: dict[str, list[tuple[Phrase, Meaning]]] = {}
        for phrase, steps in self._meanings.items():
            meaning = tuple(frozenset(step) for step in steps)
            self._by_first.setdefault(phrase[0], []).append((phrase, meaning))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def _add_file(self, file: LexiconFile) -> None:
        self.shorthand.update(file.shorthand)
        for word in file.fillers:
            self._add(word, [FILLER], inflect=False)
        for name, words in (*file.questions.items(), *file.concepts.items()):
            self.names.add(name)
            for word in words:
                self._add(word, [name], inflect=name in file.concepts)
        self.questions.update(file.questions)
        for name, words in file.classes.items():
            self.names.add(name)
            for word in words:
                for form in forms(phrase_of(word)):
                    self._classes.setdefault(" ".join(form), set()).add(name)
        for name, entry in file.properties.items():
            self.names.add(name)
            self.properties[name] = entry
            for word in entry.words:
                self._add(word, [name])
            for direction, words in _directions(entry):
                for word in words:
                    self._add(word, [direction, name], inflect=False)
        for nouns in file.same_office:
            for noun in nouns:
                self.same_office[noun] = self.same_office.get(noun, frozenset()) | frozenset(nouns)
        for group in file.synonyms:
            for word in group:
                for form in forms(phrase_of(word)):
                    self._synonyms.setdefault(form, set()).update(other for other in group if other != word)
        for word in (*file.offices, *self.same_office):
            self._add(word, [OFFICE])

    def _add(self, words: str, steps: Sequence[str], inflect: bool = True) -> None:
        """Adds to what the phrase means; of two-step readings and one-step readings the longer stays apart."""
        phrase = phrase_of(words)
        if phrase[:1] == ("the",) and len(phrase) > 1:
            phrase = phrase[1:]  # the article is a unit of its own, and never parts "most recent"
        if not phrase:
            return
        for form in forms(phrase) if inflect else (phrase,):
            known = self._meanings.setdefault(form, [set() for _ in steps])
            if len(known) < len(steps):
                known.extend(set() for _ in range(len(steps) - len(known)))
            for step, name in zip(known, steps, strict=False):
                step.add(name)

    def longest(self, words: Sequence[str], start: int) -> tuple[int, Meaning]:
        """Length and meaning of the longest phrase that stands at `start`; (0, ()) where none does."""
        for phrase, meaning in self._by_first.get(words[start], ()):
            if tuple(words[start : start + len(phrase)]) == phrase:
                return len(phrase), meaning
        return 0, ()

    def meanings(self, text: str) -> frozenset[str]:
        """Every concept that any phrase of `text` may mean, phrases overlapping freely."""
        words = phrase_of(text)
        found: set[str] = set()
        for start in range(len(words)):
            for phrase, meaning in self._by_first.get(words[start], ()):
                if words[start : start + len(phrase)] == phrase:
                    found.update(*meaning)
        return frozenset(found)

    def properties_of(self, text: str) -> set[str]:
        """The properties that a header names; its superlatives name none ("Highest score" is no height)."""
        words = phrase_of(text)
        found: set[str] = set()
        for start in range(len(words)):
            for phrase, meaning in self._by_first.get(words[start], ()):
                if len(meaning) == 1 and words[start : start + len(phrase)] == phrase:
                    found.update(name for name in meaning[0] if name in self.properties)
        return found

    def synonyms(self, words: Sequence[str]) -> list[tuple[int, int, tuple[str, ...]]]:
        """Each phrase of folded `words` that has synonyms, as a range of words with the synonyms, sorted."""
        if not self._synonyms:
            return []
        longest = max(map(len, self._synonyms))
        spans = [(start, end) for start in range(len(words)) for end in range(start + 1, start + longest + 1)]
        found = ((start, end, self._synonyms.get(tuple(words[start:end]))) for start, end in spans if end <= len(words))
        return [(start, end, tuple(sorted(others))) for start, end, others in found if others]

    def classes_of(self, folded: str) -> Iterable[str]:
        """The classes that a folded word or phrase belongs to, as a whole."""
        return self._classes.get(folded, ())

    def words(self) -> set[str]:
        """Every single word of every phrase: the vocabulary that spelling is corrected against."""
        phrases = (*self._meanings, *self._synonyms)
        return {word for phrase in phrases for word in phrase} | {w for p in self._classes for w in p.split()}


def _directions(entry: Property) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("most", entry.max), ("least", entry.min), ("more", entry.more), ("less", entry.less))


def phrase_of(text: str) -> Phrase:
    """The folded words of a text."""
    if text.isascii() and text.replace(" ", "").isalpha():  # as nearly every phrase of a lexicon is
        return tuple(text.lower().split())
    return tuple(token.folded for token in tokens(text))


def forms(phrase: Phrase) -> set[Phrase]:
    """The phrase and its regular inflections: of the first word of several, of the word itself otherwise.

    >>> sorted(f[0] for f in forms(("steer",)))
    ['steer', 'steered', 'steering', 'steers']
    """
    word, rest = phrase[0], phrase[1:]
    found = {phrase}
    if len(word) < 3 or not word.isalpha():
        return found
    endings = _inflections(word) if not rest else (word + "s", word + "ing")
    found.update((form, *rest) for form in endings)
    return found


def _inflections(word: str) -> tuple[str, ...]:
    if word.endswith("ss"):
        return (word + "es", word + "ed", word + "ing")
    if word.endswith(("s", "ing")) or (word.endswith("ed") and not word.endswith("eed")):
        return (word,)
    if word.endswith("e"):
        return (word + "s", word + "d", word[:-1] + "ing")
    if word.endswith("y") and word[-2] not in "aeiou":
        return (word[:-1] + "ies", word[:-1] + "ied", word + "ing")
    if word.endswith(("ch", "sh", "x", "z")):
        return (word + "es", word + "ed", word + "ing")
    return (word + "s", word + "ed", word + "ing")
