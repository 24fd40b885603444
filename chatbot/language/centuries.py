"""Decades and centuries in text: the 1990s, the nineties, the 19th and 20th centuries."""

from chatbot.language.datetokens import Point, Tokens, joined
from chatbot.language.datewords import APOSTROPHES, DASHES, DECADES, ORDINAL_ENDS, PART_STARTS, SEPARATORS
from chatbot.language.numbers import ORDINALS, SMALL_NUMBERS, parse_ordinal
from chatbot.language.years import era

_POSSESSIVES = frozenset("his her their my your our its s".split())


def decade(tokens: Tokens, i: int) -> Point | None:
    """1990s, 1990's, the 1990 s; the 90s."""
    end = i + 1 + (tokens.words[i + 1] in APOSTROPHES)
    has_article = i > 0 and tokens.words[i - 1] in ("the", *PART_STARTS)
    if tokens.words[end] != "s" or not (tokens.is_joined(i, end - i + 1) or has_article):
        return None
    year = tokens.number(i, 100, 2990, 3, 4)
    if year is not None:
        return Point(end + 1, f"{year // 10:03}X") if year % 10 == 0 else None
    short = tokens.number(i, 20, 90, 2)
    if short is None or short % 10 or (i and tokens.words[i - 1] in _POSSESSIVES):
        return None
    return Point(end + 1, f"19{short // 10}X")


def decade_word(tokens: Tokens, i: int) -> Point | None:
    """The nineties; not "in her nineties"."""
    if i and tokens.words[i - 1] in _POSSESSIVES:
        return None
    return Point(i + 1, f"19{DECADES[tokens.words[i]] // 10}X")


def decade_of_century(tokens: Tokens, i: int) -> Point | None:
    """The nineteen nineties."""
    j = i + 1 + (tokens.words[i + 1] in DASHES)
    hundreds, tens = SMALL_NUMBERS[tokens.words[i]], DECADES.get(tokens.words[j])
    return None if tens is None or not 11 <= hundreds <= 20 else Point(j + 1, f"{hundreds}{tens // 10}X")


def noughties(tokens: Tokens, i: int) -> Point | None:
    return Point(i + 1, "200X")


def century(tokens: Tokens, i: int) -> Point | None:
    """19th century, twenty-first century, 19th and 20th centuries."""
    ordinal = _ordinal(tokens, i)
    if ordinal is None or not 1 <= ordinal[1] <= 30:
        return None
    j, edtf = ordinal[0], f"{ordinal[1] - 1:02}XX"
    noun = j + (tokens.words[j] in DASHES)
    if tokens.words[noun] in ("century", "centuries"):
        ended = era(tokens, noun + 1, ordinal[1])
        return None if ended is None else Point(ended[0], edtf)
    if tokens.words[j] == "and" or tokens.words[j] in SEPARATORS:
        last = _ordinal(tokens, j + 1 + (tokens.words[j + 1] == "the"))
        if last is not None and tokens.words[last[0]] in ("century", "centuries") and last[1] <= 30:
            ended = era(tokens, last[0] + 1, last[1])
            return None if ended is None else joined(edtf, f"{last[1] - 1:02}XX", ended[0])
    return None


def _ordinal(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """The token after 19th, nineteenth or twenty-first, and its number."""
    word = tokens.words[i]
    if word.isdecimal():
        is_ordinal = tokens.words[i + 1] in ORDINAL_ENDS and len(word) < 4
        return (i + 2, int(word)) if is_ordinal else None
    if word in SMALL_NUMBERS:
        j = i + 1 + (tokens.words[i + 1] in DASHES)
        number = parse_ordinal(f"{word}-{tokens.words[j]}")
        return None if number is None else (j + 1, number)
    number = ORDINALS.get(word)
    return None if number is None else (i + 1, number)
