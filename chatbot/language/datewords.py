"""The words that dates are written with, and what they say: "after", "early", "the nineties", "present"."""

from collections.abc import Mapping
from typing import Literal, TypeVar

from chatbot.language.datemeaning import DateRelation, Part
from chatbot.language.dates import MONTHS
from chatbot.language.numbers import SMALL_NUMBERS

Lead = DateRelation | Literal["from"]
_Meaning = TypeVar("_Meaning", bound=str)
_Phrases = dict[tuple[str, ...], _Meaning]


def _phrases(table: Mapping[_Meaning, str]) -> _Phrases[_Meaning]:
    """The words of each phrase, phrases being parted by bars, with what they mean."""
    return {tuple(phrase.split()): meaning for meaning, group in table.items() for phrase in group.split("|")}


_LEAD_TABLE: dict[Lead, str] = {
    "in": "in|on|at|during|of|for|as of|as at|as on|back in|back on|within|throughout|over|in the course of|"
    "over the course of|dated|sometime in|some time in|exactly in|all through|around the time of",
    "before": "before|prior to|earlier than|ahead of|preceding|pre -|pre",
    "after": "after|later than|following|past|post -|post|subsequent to",
    "since": "since|since at least|ever since|starting in|starting on|starting from|starting|beginning in|"
    "beginning on|beginning from|as from|on or after|in or after|from and including|no earlier than|"
    "not before",
    "until": "until|till|til|up to|up until|up till|through|thru|by|on or before|in or before|no later than|"
    "not later than|not after|right up to",
    "around": "around|about|circa|c .|ca .|c|ca|approximately|approx|approx .|roughly|near|"
    "in about|in around|in or around|in circa|in c .|~|some time around|sometime around",
    "between": "between|in between",
    "from": "from",
}
_PART_TABLE: dict[Part, str] = {
    "early": "early|early in|early -|early part of",
    "mid": "mid|mid -|middle of|middle part of|halfway through|half way through",
    "late": "late|late in|late -|late part of|later part of|latter part of",
    "start": "start of|beginning of|opening of|outset of|start -|beginning -",
    "end": "end of|close of|end -|year end|year - end|very end of",
    "h1": "first half of|1 st half of|h 1|h 1 of",
    "h2": "second half of|2 nd half of|latter half of|last half of|h 2|h 2 of",
    "q1": "first quarter of|1 st quarter of|q 1|q 1 of",
    "q2": "second quarter of|2 nd quarter of|q 2|q 2 of",
    "q3": "third quarter of|3 rd quarter of|q 3|q 3 of",
    "q4": "fourth quarter of|4 th quarter of|last quarter of|final quarter of|q 4|q 4 of",
    "first day": "first day of|very first day of|1 st day of|opening day of|first day in",
    "last day": "last day of|very last day of|final day of|closing day of|last day in",
}
LEADS, PARTS = _phrases(_LEAD_TABLE), _phrases(_PART_TABLE)
LONGEST_LEAD, LONGEST_PART = max(map(len, LEADS)), max(map(len, PARTS))
PART_STARTS = frozenset(phrase[0] for phrase in PARTS)

MONTH_NUMBERS = {form: number for number, name in enumerate(MONTHS, 1) for form in (name.lower(), name[:3].lower())}
MONTH_NUMBERS |= {"sept": 9, "june": 6, "july": 7}
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
DECADES = {f"{word[:-1]}ies": value for word, value in SMALL_NUMBERS.items() if value >= 20}
ORDINAL_ENDS = frozenset("st nd rd th".split())
WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun".split()
)
DASHES = frozenset("-–—‐‑−")
APOSTROPHES = frozenset("'’‘")
SEPARATORS = frozenset("to until till til through thru /".split()) | DASHES

NOW = frozenset(
    (
        "present|the present|present day|the present day|to date|to present|to the present|until present|"
        "until now|up to now|now|current|currently|incumbent|ongoing|in office|still in office|serving"
    ).split("|")
)
NOW_AS_END = NOW | frozenset("date today".split())
SINCE_TAILS = frozenset("onwards|onward|and after|or after|or later|and later|and onwards|and beyond".split("|"))
UNTIL_TAILS = frozenset("or earlier|and earlier|and before|or before".split("|"))
