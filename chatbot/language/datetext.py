"""Dates in questions and in prose, each as the days that it means."""

import re
from datetime import date

import msgspec

from chatbot.language.dategrammar import date_phrases
from chatbot.language.datemeaning import DateRelation, related
from chatbot.language.dates import Interval
from chatbot.language.datetokens import Tokens

#: What every text with a date in it has, so that the grammar need not be tried on others.
_PREFILTER = re.compile(
    r"\d|\bcentur|\bmillenn|\b(?:yester|tomorrow|noughties|thousand|twenty)|teen|ties\b|\bago\b|"
    r"\b(?:last|past|this|next|previous) "
)


class DateMention(msgspec.Struct, frozen=True):
    """A date or period that `text[start:end]` speaks of, with the words that introduce it."""

    start: int
    end: int
    interval: Interval
    """The days meant, the relation worked in: "after 2000" is "2001/.."."""
    relation: DateRelation = "in"


def find_dates(text: str, today: date | None) -> list[DateMention]:
    """Every date and period in `text`, in order, none overlapping. Without `today`, "last year" is no date.

    >>> [(m.interval.edtf, m.relation) for m in find_dates("after 2000 or in mid-1994?", date(2026, 1, 1))]
    [('2001/..', 'after'), ('1994-05/1994-08', 'in')]
    """
    if _PREFILTER.search(text.lower()) is None:
        return []
    tokens = Tokens(text, today)
    found: list[DateMention] = []
    for phrase in date_phrases(tokens):
        interval = related(phrase.point.edtf, phrase.relation)
        if interval is not None:
            start, end = tokens.starts[phrase.first], tokens.ends[phrase.point.end - 1]
            found.append(DateMention(start, end, interval, phrase.relation))
    return found
