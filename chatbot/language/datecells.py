"""Table cells that hold a date or a term and nothing else."""

import re

from chatbot.language.dategrammar import DatePhrase, date_phrases
from chatbot.language.datemeaning import related
from chatbot.language.dates import OPEN, Interval, Term
from chatbot.language.datetokens import Tokens
from chatbot.language.datewords import NOW

_FOOTNOTE = re.compile(r"\[[^\]]*\]|[*†‡§¶¹²³⁰⁴-⁹]+")
_REMARK = re.compile(r"\((?![^()]*\d{4})[^()]*\)")
_CLOCK = re.compile(
    r"(?<=\d)(?:T|,? +(?:at +)?)\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?Z| ?[+-]\d\d:?\d\d| ?UTC| ?[ap]m)?$",
    re.I,
)
_OPEN_END = re.compile(r"\s*[-–—]+$")
_OPEN_START = re.compile(r"^[-–—]+\s*")


def parse_cell_date(text: str) -> str | None:
    """EDTF of the one date that is the whole of a table cell; ".." for an incumbent's "present"; else None.

    >>> parse_cell_date("3 Sept. 1999[2]"), parse_cell_date("Incumbent"), parse_cell_date("–")
    ('1999-09-03', '..', None)
    """
    cleaned = _cleaned(text)
    if cleaned.lower() in NOW:
        return OPEN
    phrase = _whole_cell(cleaned)
    if phrase is None:
        return None
    point, relation = phrase.point, phrase.relation
    if point.sides is not None or relation not in ("in", "around"):
        return None
    interval = related(point.edtf, relation)
    return None if interval is None else interval.edtf


def parse_cell_term(text: str) -> str | None:
    """EDTF "start/end" of the term that is the whole of a table cell; None for anything else, one date too.

    >>> [parse_cell_term(c) for c in ("1993–96", "2017–", "May–July 2003", "until 1990", "2003")]
    ['1993/1996', '2017/..', '2003-05/2003-07', '../1990', None]
    """
    cleaned = _cleaned(text)
    for mark, term in ((_OPEN_END, "{}/.."), (_OPEN_START, "../{}")):
        bare = mark.sub("", cleaned)
        if bare != cleaned:
            side = parse_cell_date(bare)
            return None if side is None or side == OPEN or "/" in side else term.format(side)
    phrase = _whole_cell(cleaned)
    if phrase is None:
        return None
    point, relation = phrase.point, phrase.relation
    if point.sides is not None and relation in ("in", "between", "since"):
        start, end = (Interval.parse(side) for side in point.sides)
        return Term(start, end).edtf
    if point.sides is None and relation in ("since", "until"):
        interval = related(point.edtf, relation)
        return None if interval is None else interval.edtf
    return None


def _cleaned(text: str) -> str:
    """A cell without footnote marks, remarks in brackets and the time of day."""
    folded = " ".join(_REMARK.sub(" ", _FOOTNOTE.sub(" ", text)).split())
    return _CLOCK.sub("", folded).rstrip(" ,;.")


def _whole_cell(text: str) -> DatePhrase | None:
    """The date of a cell that holds nothing else."""
    if len(text) > 80:
        return None
    tokens = Tokens(text, None, in_cell=True)
    found = date_phrases(tokens)
    if len(found) != 1 or found[0].first != 0 or found[0].point.end != tokens.count:
        return None
    return found[0]
