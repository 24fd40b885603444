"""Sentence templates: hassil's syntax, compiled to sequences of elements.

hassil (the template language of Home Assistant) gives the parser and the syntax: `(a|b)`, `[optional]`, `{slot}`,
`<concept>`. Its recogniser is not used: it matches whole sentences only, so a question it has no template for
scores nothing, while what is wanted here is how much of a question a template explains. Parsing happens when the
corpus is indexed; answering never imports hassil.
"""

from collections.abc import Iterator
from itertools import product

from chatbot.intents.model import SLOTS, Element, Template
from chatbot.language.lexicon import Lexicon
from chatbot.language.words import STOP_WORDS, stem, tokens

MOST_WAYS = 256
"""Ways through one sentence; more are a sign of a template that should be two."""


class TemplateError(ValueError):
    """A template that cannot be read; `problem` says what is wrong and what is allowed."""


def compile_sentence(sentence: str, number: int, lexicon: Lexicon) -> list[Template]:
    """Every way through a sentence template. Raises `TemplateError`."""
    from hassil import parse_sentence  # only while intents are being loaded
    from hassil.errors import HassilError
    from hassil.parser import ParseError

    _check_brackets(sentence)
    try:
        expression = parse_sentence(sentence).expression
    except (ParseError, HassilError, ValueError, IndexError) as error:
        raise TemplateError(f"cannot read the template {sentence!r}: {error}") from error
    ways: dict[tuple[Element, ...], None] = {}
    for way in _ways(expression, lexicon, optional=False):
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


def _ways(expression: object, lexicon: Lexicon, optional: bool) -> Iterator[list[Element]]:
    from hassil import Alternative, ListReference, Permutation, RuleReference, Sequence, TextChunk

    match expression:
        case TextChunk():
            yield _words(expression.text, lexicon, optional)
        case ListReference():
            yield [Element("s:" + _known(expression.list_name, sorted(SLOTS), "slot"), optional)]
        case RuleReference():
            names = sorted(lexicon.names)
            yield [Element("c:" + _known(expression.rule_name, names, "concept"), optional)]
        case Alternative() if expression.is_optional:
            yield from _optional(expression.items, lexicon)
        case Alternative():
            for item in expression.items:
                yield from _ways(item, lexicon, optional)
        case Permutation():
            for item in expression.items:
                yield from _ways(item, lexicon, optional)
        case Sequence():
            parts = [list(_ways(item, lexicon, optional)) for item in expression.items]
            for combination in product(*parts):
                yield [element for part in combination for element in part]


def _optional(items: list[object], lexicon: Lexicon) -> Iterator[list[Element]]:
    """One optional piece stays one way, marked optional: matching decides; longer ones are with or without."""
    alternatives = [way for item in items for way in _ways(item, lexicon, optional=True) if way]
    if all(len(way) == 1 for way in alternatives):
        if len(alternatives) == 1:
            yield alternatives[0]
            return
        yield []
        yield from alternatives
        return
    yield []
    for way in alternatives:
        yield [Element(element.key, False) for element in way]


def _words(text: str, lexicon: Lexicon, optional: bool) -> list[Element]:
    """Literal words; grammar words say nothing about which intent is meant and are left out."""
    return [
        Element("w:" + stem(token.folded), optional) for token in tokens(text) if token.folded not in STOP_WORDS
    ]


def _known(name: str, allowed: list[str], what: str) -> str:
    if name in allowed:
        return name
    from difflib import get_close_matches

    near = get_close_matches(name, allowed, 1)
    guess = f" Did you mean {near[0]!r}?" if near else ""
    raise TemplateError(f"unknown {what} {name!r}.{guess} Known: {', '.join(allowed)}.")


