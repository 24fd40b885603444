"""Learn which words are verbs, which are adjectives and which nouns ask for a complement, by counting their neighbours.

    python -m chatbot.evaluation.train_grammar --passages P.jsonl.gz --questions Q.jsonl.gz

A word that stands after "to", "can" or "did" far more often than after "the" or "of" is a verb in its base form; one
often seen after "very" or "more" an adjective; a noun often followed by "of", "for", "in" or "between" lacks something
where none of them follows ("what are the symptoms?"). Writes `grammar.json`.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click
import msgspec

from chatbot.dialogue.wordforms import DATA, Lists, is_plural
from chatbot.evaluation.benchmarks import questions as questions_of
from chatbot.evaluation.benchmarks import records
from chatbot.language.words import STOP_WORDS

_BEFORE_VERBS = frozenset("to can could will would may might must should shall did does do not cannot".split())
_BEFORE_NOUNS = frozenset(
    "the a an his its their this that these those of in for with by from on at our your my no some any each every".split()
)
_BEFORE_ADJECTIVES = frozenset("very so too quite most less extremely equally highly".split())
_COMPLEMENTS = ("of", "for", "in", "between")
_TOKEN = re.compile(r"[^\W\d_]+|[^\s]")
_LEAST_SEEN = 4
_IS_VERB, _MAY_BE_VERB = 0.55, 0.2
"""Shares of the uses after words of both kinds."""
_IS_ADJECTIVE, _ASKS = 0.04, 0.15
"""Shares of all uses."""


class _Counts:
    def __init__(self, texts: Iterable[str]) -> None:
        self.seen: Counter[str] = Counter()
        self.after: dict[str, Counter[str]] = {"verb": Counter(), "noun": Counter(), "adjective": Counter()}
        self.before: dict[str, Counter[str]] = {word: Counter() for word in _COMPLEMENTS}
        for text in texts:
            words = _TOKEN.findall(text)
            for word, following in itertools.pairwise(words):
                self._count(word, following)

    def _count(self, word: str, following: str) -> None:
        if following.islower() and following.isalpha() and len(following) > 1:
            places = (("verb", _BEFORE_VERBS), ("noun", _BEFORE_NOUNS), ("adjective", _BEFORE_ADJECTIVES))
            for kind, members in places:
                self.after[kind][following] += word.lower() in members
        if word.islower() and len(word) > 2:
            self.seen[word] += 1
            if following in self.before:
                self.before[following][word] += 1

    def verbs(self, least: float, most: float) -> list[str]:
        """Words whose share of uses as a verb is above `least` and not above `most`."""
        verb, noun = self.after["verb"], self.after["noun"]
        shares = {w: n / (n + noun[w]) for w, n in verb.items() if n >= _LEAST_SEEN}
        return sorted(w for w, share in shares.items() if least < share <= most and _is_base(w))

    def adjectives(self) -> list[str]:
        found = {w: n / self.seen[w] for w, n in self.after["adjective"].items() if n >= _LEAST_SEEN and self.seen[w]}
        return sorted(w for w, share in found.items() if share > _IS_ADJECTIVE and _is_base(w))

    def complements(self, others: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Preposition → the nouns that have it most often."""
        taken = STOP_WORDS.union(others)
        found: dict[str, list[str]] = {word: [] for word in _COMPLEMENTS}
        for noun, count in sorted(self.seen.items()):
            if count < 4 * _LEAST_SEEN or noun in taken or noun.endswith(("ed", "ing", "ly")):
                continue
            counts = {word: self.before[word][noun] for word in _COMPLEMENTS}
            if sum(counts.values()) / count >= _ASKS and counts["of"] / count >= _ASKS / 5:
                found[max(counts, key=lambda word: counts[word])].append(noun)
        return {word: tuple(nouns) for word, nouns in found.items()}


def _is_base(word: str) -> bool:
    """Whether a word may be a base form: grammar, adverbs, plurals and participles are told by rules."""
    is_inflected = word.endswith(("ly", "ed", "ing")) or is_plural(word)
    return word not in STOP_WORDS and not is_inflected


@click.command()
@click.option("--passages", type=click.Path(exists=True, path_type=Path), multiple=True, required=True)
@click.option("--questions", type=click.Path(exists=True, path_type=Path), required=True)
def main(passages: tuple[Path, ...], questions: Path) -> None:
    texts = [record.text for _, _, record in records(passages)]
    counts = _Counts([*texts, *(asked.question for asked in questions_of(questions))])
    verbs = counts.verbs(_IS_VERB, 1.0)
    either = counts.verbs(_MAY_BE_VERB, _IS_VERB)
    adjectives = [word for word in counts.adjectives() if word not in {*verbs, *either}]
    lists = Lists(tuple(verbs), tuple(either), tuple(adjectives), counts.complements([*verbs, *adjectives]))
    DATA.write_bytes(msgspec.json.format(msgspec.json.encode(lists), indent=1) + b"\n")
    click.echo(f"{len(verbs)} verbs, {len(either)} that may be, {len(adjectives)} adjectives")


if __name__ == "__main__":
    main()
