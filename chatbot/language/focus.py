"""Focus: the part of what was typed that asks, without what is only said around it.

"Quiz time! Who ran the department in 2016?" asks with its second sentence. What stands before is left out only where
it can hold nothing that the question needs: the asking sentence must not lean on it by a pronoun.
"""

import re

from chatbot.language.datetext import find_dates

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)")
_ASKS = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how|name|list|give|tell|show|is|are|was|were|did|does|do|has|have|had)\b",
    re.I,
)
_LEANS = re.compile(r"\b(?:it|its|he|him|his|she|her|they|them|their|this|these|those|there)\b", re.I)
_LABEL = re.compile(
    r"^(?:[A-Za-z]+\s+){0,3}(?:question|quiz|test|exam|task|query|request|trivia|check|q)\b[^:?!.]{0,20}:\s+",
    re.I,
)
_SOURCE = re.compile(
    r"^(?:according\s+to|as\s+(?:stated|told|given|said)\s+in|based\s+on|in|from|per)\s+(?:the|this|that|your|these|those)\s+"
    r"(?:article|articles|document|documents|text|texts|page|pages|list|table|file|files|corpus|records?|sources?)\b\s*,?\s*",
    re.I,
)
_ASIDE = re.compile(
    r"^(?:for\s+(?:the\s+record|my\s+\w+|our\s+\w+|a\s+\w+)|just\s+curious|out\s+of\s+interest|quick\s+one)\s*[,:–-]\s*",
    re.I,
)

_WHO_WAS_IT = re.compile(
    r"^(?:and\s+|so\s+)?(?:who(?:\s+(?:would|could|might|was|is|were|that|it|he|she|they|this|have|be|been|then|meant))+"
    r"|what\s+(?:was|is|were)\s+(?:his|her|their)\s+(?:full\s+|last\s+)?(?:sur)?names?"
    r"|which\s+person\s+(?:is|was|would\s+be)\s+(?:meant|that|this|it))\W*$",
    re.I,
)
#: "a letter from 22 June 2003": the day itself, not what came after.
_FROM = re.compile(r"^(?:from|of|dated)\s+", re.I)
_SOMEBODY = re.compile(r".*\b(the\s+\w.*?)\W*$", re.I | re.S)


def focus(text: str) -> str:
    """The asking part of a question; all of it where that cannot be told apart.

    >>> focus("Quiz time! Who ran the department in 2016?")
    'Who ran the department in 2016?'
    >>> focus("I have a letter of 4 May 2003 to the head of the office. What was her name?")
    'Who was the head of the office? 4 May 2003'
    """
    for pattern in (_LABEL, _SOURCE, _ASIDE):
        text = pattern.sub("", text, count=1)
    sentences = _SENTENCE.split(text.strip())
    if len(sentences) < 2:
        return text
    if _WHO_WAS_IT.match(sentences[-1]) and (known := _SOMEBODY.match(sentences[-2])):
        described = known[1]
        return f"Who was {described}?" + ("" if find_dates(described, None) else _date_of(sentences, sentences[-1]))
    asking = [s for s in sentences if s.rstrip().endswith("?") or _ASKS.match(s)]
    if len(asking) != 1 or _LEANS.search(asking[0]):
        return text
    return asking[0] if find_dates(asking[0], None) else asking[0] + _date_of(sentences, asking[0])


def _date_of(sentences: list[str], asking: str) -> str:
    """The one date that the other sentences tell, to go with a question that has none ("... then?")."""
    others = " ".join(sentence for sentence in sentences if sentence is not asking)
    dates = find_dates(others, None)
    return f" {_FROM.sub('', others[dates[0].start : dates[0].end])}" if len(dates) == 1 else ""
