"""Invented passages in any number, with questions about them, whose words are as rare as those of a real corpus.

Words are drawn as often as a sample of English has them, which follows the law of G. K. Zipf (1949). Everything comes
from a seed, so that two runs measure the same corpus.
"""

import gzip
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product, repeat
from pathlib import Path

import msgspec

from chatbot.errors import ChatbotError
from chatbot.evaluation.watching import UNWATCHED, Watch
from chatbot.language.spelling import english_words

SEED = 1949
_DRAWN_FROM = 1 << 20
"""Entries of the table that words are drawn from; a word that English has once in a million has one."""
_WORD = re.compile(r"[^\W\d_]+|\d+")
_SYLLABLES = (
    ("Bal", "Cor", "Dun", "El", "Far", "Gal", "Har", "Is", "Jor", "Kel", "Lan", "Mor", "Nor", "Or", "Pel", "Quin"),
    ("a", "be", "da", "di", "en", "go", "he", "la", "li", "mo", "na", "ra", "ri", "so", "ta", "ve"),
    ("beck", "bury", "dale", "feld", "ford", "gard", "ham", "holm", "ley", "mere", "rick", "stad", "ton", "wick"),
)
_PLACES = tuple(map("".join, product(*_SYLLABLES)))
_FORENAMES = "Ada Boris Clara Dmitri Elsa Felix Greta Hugo Ines Jonas Karin Leon Mina Nils Olga Piet Rosa Tomas".split()
_SURNAMES = tuple(map("".join, product(_SYLLABLES[0], ("ber", "den", "lin", "man", "ner", "sen", "ski", "son", "vik"))))
_WORKS = "bridge canal chapel library mill museum school station theatre tower".split()
_DEEDS = "built designed opened restored sold".split()
_YEARS = (1500, 2020)
_SENTENCES = (3, 6)
_WORDS = (14, 31)


class Invented(msgspec.Struct, frozen=True):
    """One passage; its first members are a line of JSON Lines."""

    title: str
    text: str


class InventedQuestion(msgspec.Struct, frozen=True):
    question: str
    answer: str
    """Found in the passage of this number, from 0."""
    passage: int


def counted(paths: Sequence[Path]) -> Counter[str]:
    """How often passages, `{"title", "text"}` a line and gzipped or not, have each word.

    Raises ChatbotError where a file cannot be read.
    """
    counts: Counter[str] = Counter()
    decoder = msgspec.json.Decoder(Invented)
    for path in paths:
        try:
            with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
                for line in file:
                    counts.update(_WORD.findall(decoder.decode(line).text.lower()))
        except (OSError, EOFError, msgspec.MsgspecError) as error:
            raise ChatbotError(f"{path} cannot be read as passages: {error}.") from error
    return counts


class Inventor:
    """Makes up passages from words by their counts; without any, from English as spelling knows it."""

    def __init__(self, counts: Mapping[str, int] | None = None) -> None:
        counts = counts or english_words()
        total = sum(counts.values())
        self._table = [
            word for word, count in counts.items() for word in repeat(word, max(1, round(count * _DRAWN_FROM / total)))
        ]

    def passages(self, count: int) -> Iterator[tuple[Invented, InventedQuestion]]:
        """`count` passages, each with the question that its own fact answers."""
        chance = random.Random(SEED)
        for number in range(count):
            yield self._passage(chance, number)

    def _passage(self, chance: random.Random, number: int) -> tuple[Invented, InventedQuestion]:
        draw = chance.random
        place, work = _PLACES[int(draw() * len(_PLACES))], _WORKS[int(draw() * len(_WORKS))]
        second = _PLACES[int(draw() * len(_PLACES))]
        deed = _DEEDS[int(draw() * len(_DEEDS))]
        person = f"{_FORENAMES[int(draw() * len(_FORENAMES))]} {_SURNAMES[int(draw() * len(_SURNAMES))]}"
        year = _YEARS[0] + int(draw() * (_YEARS[1] - _YEARS[0]))
        lengths = [
            _WORDS[0] + int(draw() * (_WORDS[1] - _WORDS[0]))
            for _ in range(_SENTENCES[0] + int(draw() * (_SENTENCES[1] - _SENTENCES[0] + 1)))
        ]
        words = chance.choices(self._table, k=sum(lengths))
        sentences = []
        at = 0
        for length in lengths:
            sentence = " ".join(words[at : at + length])
            sentences.append(f"{sentence[0].upper()}{sentence[1:]}.")
            at += length
        fact = f"The {work} of {place} {second} was {deed} by {person} in {year}."
        sentences[int(draw() * len(sentences))] = fact
        asked = InventedQuestion(f"Who {deed} the {work} of {place} {second}?", person, number)
        return Invented(f"{place} {second}", " ".join(sentences)), asked


def write(
    path: Path, inventor: Inventor, count: int, questions: int, watch: Watch = UNWATCHED
) -> list[InventedQuestion]:
    """Write `count` passages as JSON Lines; the questions about `questions` of them, evenly spread."""
    step = max(1, count // max(1, questions))
    asked: list[InventedQuestion] = []
    encoder = msgspec.json.Encoder()
    with path.open("wb") as file:
        for number, (passage, question) in enumerate(watch.each(inventor.passages(count), count)):
            file.write(encoder.encode(passage))
            file.write(b"\n")
            if number % step == 0 and len(asked) < questions:
                asked.append(question)
    return asked
