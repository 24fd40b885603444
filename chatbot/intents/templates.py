"""Sentence templates: hassil's syntax, compiled to sequences of elements.

hassil (the template language of Home Assistant) gives the parser and the syntax: `(a|b)`, `[optional]`, `{slot}`,
`<concept>`. Its recogniser is not used: it matches whole sentences only, so a question it has no template for
scores nothing, while what is wanted here is how much of a question a template explains. Parsing happens when the
corpus is indexed; answering never imports hassil.
"""

from collections.abc import Iterable, Iterator
from itertools import product

from chatbot.intents.model import SLOTS, Element, Template
from chatbot.language.lexicon import Lexicon
from chatbot.language.words import STOP_WORDS, stem, tokens

MOST_WAYS = 256
"""Ways through one sentence; more are a sign of a template that should be two."""


class TemplateError(ValueError):
    """A template that cannot be read; `problem` says what is wrong and what is allowed."""


def compile_sentence(sentence: str, number: int, lexicon: Lexicon, every_word: bool = False) -> list[Template]:
    """Every way through a sentence template. Raises `TemplateError`.

    Grammar words say nothing about which fact is asked for, so they count only with `every_word`: small talk is
    often made of nothing else.
    """
    from hassil import parse_sentence  # only while intents are being loaded
    from hassil.errors import HassilError
    from hassil.parser import ParseError

    _check_brackets(sentence)
    try:
        expression = parse_sentence(sentence).expression
    except (ParseError, HassilError, ValueError, IndexError) as error:
        raise TemplateError(f"cannot read the template {sentence!r}: {error}") from error
    ways: dict[tuple[Element, ...], None] = {}
    for way in _Ways(lexicon, every_word).through(expression, optional=False):
        ways.setdefault(tuple(way))
        if len(ways) > MOST_WAYS:
            raise TemplateError(f"more than {MOST_WAYS} ways through {sentence!r}; write it as two sentences")
    return [Template(number, elements) for elements in ways if elements]


def _check_brackets(sentence: str) -> None:
    pairs, open_ = {")": "(", "]": "[", "}": "{", ">": "<"}, []
    for position, character in enumerate(sentence, 1):
        if character in pairs.values():
            open_.append((character, position))
        elif character in pairs and (not open_ or open_.pop()[0] != pairs[character]):
            raise TemplateError(f"{character!r} at character {position} of {sentence!r} closes nothing")
    if open_:
        character, position = open_[-1]
        raise TemplateError(f"{character!r} at character {position} of {sentence!r} is never closed")


class _Ways:
    """The ways through an expression, each a list of elements."""

    def __init__(self, lexicon: Lexicon, every_word: bool) -> None:
        self.lexicon, self.every_word = lexicon, every_word

    def through(self, expression: object, optional: bool) -> Iterator[list[Element]]:
        from hassil import Alternative, ListReference, Permutation, RuleReference, Sequence, TextChunk

        match expression:
            case TextChunk():
                yield self._words(expression.text, optional)
            case ListReference():
                yield [Element("s:" + _known(expression.list_name, sorted(SLOTS), "slot"), optional)]
            case RuleReference():
                names = sorted(self.lexicon.names)
                yield [Element("c:" + _known(expression.rule_name, names, "concept"), optional)]
            case Alternative() if expression.is_optional:
                yield from self._optional(expression.items)
            case Alternative() | Permutation():
                for item in expression.items:
                    yield from self.through(item, optional)
            case Sequence():
                parts = [list(self.through(item, optional)) for item in expression.items]
                for combination in product(*parts):
                    yield [element for part in combination for element in part]

    def _optional(self, items: Iterable[object]) -> Iterator[list[Element]]:
        """One optional piece stays one way, marked optional: matching decides; longer ones are with or without."""
        alternatives = [way for item in items for way in self.through(item, optional=True) if way]
        if len(alternatives) == 1 and len(alternatives[0]) == 1:
            yield alternatives[0]
            return
        yield []
        for way in alternatives:
            yield way if len(way) == 1 else [Element(element.key, False) for element in way]

    def _words(self, text: str, optional: bool) -> list[Element]:
        return [
            Element("w:" + stem(token.folded), optional)
            for token in tokens(text)
            if self.every_word or token.folded not in STOP_WORDS
        ]


def _known(name: str, allowed: list[str], what: str) -> str:
    if name in allowed:
        return name
    from difflib import get_close_matches

    near = get_close_matches(name, allowed, 1)
    guess = f" Did you mean {near[0]!r}?" if near else ""
    raise TemplateError(f"unknown {what} {name!r}.{guess} Known: {', '.join(allowed)}.")
