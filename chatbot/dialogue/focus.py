"""Focus: the part of what was typed that asks, and what is only said around it.

"Quiz time! Who ran the department in 2016?" asks with its second sentence; "I am new here, could you tell me who runs
it?" with its second clause, and there with the question embedded in it. Everything here is about the form of the
sentence, so it works before anything is known of names; what was said around is kept, since the question may lean on it.
"""

import re

import msgspec

from chatbot.language.datetext import find_dates

#: Not after an initial or a short form: "U.S. share", "Mr. Roe".
_SENTENCE = re.compile(r"(?<=[.!?])(?<!\b[A-Za-z]\.)(?<!\b(?:Mr|Ms|Dr|St|No|Sr|Jr)\.)(?<!\bMrs\.)\s+(?=\S)", re.I)
_WH = r"(?:who|whom|whose|who'd|who's|what|what's|which|when|where|why|how)"
_AUX = r"(?:is|are|was|were|did|does|do|has|have|had)"
_ASKS = re.compile(rf"\b(?:{_WH}|name|list|give|tell|show|count|compare|{_AUX})\b", re.I)
_LEANS = re.compile(r"\b(?:it|its|he|him|his|she|her|they|them|their|this|these|those|there)\b", re.I)
_LABEL = re.compile(
    r"^(?:[A-Za-z]+\s+){0,3}(?:question|quiz|test|exam|task|query|request|trivia|check|q)\b[^:?!.]{0,20}:\s+", re.I
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
#: "State the year in which ...": the verb only says that an answer is wanted.
_IMPERATIVE = re.compile(
    r"^(?:please\s+|kindly\s+)?(?:state|identify|indicate|specify|cite|determine|establish|recall|mention|point\s+out|write\s+down)\s+"
    r"(?=(?:the|his|her|its|their|by|in|under|for|at|on)\b|" + _WH + ")",
    re.I,
)
_POLITE_END = re.compile(
    r"\s*(?:[,;.–-]\s*|(?<=\?)\s*|\s+(?=please|pls|plz|thx|thanks))(?:please|pls|plz|thx|thanks|thank\s+you|cheers|many\s+thanks|"
    r"(?:i|we)\s+(?:forgot|forget|can'?t\s+remember|(?:do\s+not|don'?t)\s+(?:know|remember)|need\s+(?:it|this|to\s+know)\b[^?.!]*)|"
    r"(?:asking\s+)?for\s+(?:my|our|a)\s+\w+(?:\s+\w+)?|according\s+to\s+(?:the|this|your)\s+(?:article|text|documents?|page|list)|"
    r"do\s+you\s+(?:know|remember)|any\s+idea|if\s+you\s+(?:know|can|please))\s*(?P<end>[?.!]*)\s*$",
    re.I,
)

# A question inside another sentence: "I would like to find out who ...", "could someone tell me when ...".
_SUBJECT = r"(?:i|i'm|i'd|i've|we|we're|we'd|you|u|someone|somebody|anyone|anybody|my\s+\w+|our\s+\w+|it\s+would|what\s+i|all\s+i)"
_WISH = (
    r"(?:know|tell|ask|asks|asked|asking|wonder|wondering|wonders|curious|remember|recall|find\s+out|figure\s+out|learn|sure|"
    r"understand|hear|confirm|check|explain|forget|forgot|forgotten|inform|remind|say|see|clarify|idea|look\s+up|enlighten|name|"
    r"interested\s+in(?:\s+(?:knowing|learning|hearing))?|knowing|learning)"
)
_EMBEDDED = re.compile(
    rf"^\W*(?:(?:hi|hello|hey|so|and|but|ok|okay|well|now|please|also|excuse\s+me|sorry)\b[\s,!]*)*"
    rf"(?:(?:can|could|would|will|may|might|do|does|did|is|are|am)\s+)?{_SUBJECT}\b(?:\s+(?!{_WH}\b)[\w']+){{0,6}}?\s+"
    rf"{_WISH}(?:\s+(?:me|us|to\s+me|to\s+us|about|please|again|exactly|of))*\s*[,:]?\s+(?={_WH}\b|if\b|whether\b)",
    re.I,
)
#: "4" for "for" at the end of what asks for words: "stand 4?"
_FOUR = re.compile(r"(?<=\b)(st\w*nds?|short|known|used)\s+4\b", re.I)
_FOUR_BETWEEN = re.compile(
    r"(?<![\d.,])\b(?!(?:top|last|first|the|number|no|all|next|of|only|these|those|other|about|over|under|than|in|on|are|were|have|has|had|by|for)\b)"
    r"([a-z]{3,})\s+4\s+(?=[a-z]+(?<!s)\b)"
)
#: "who led it in 2004, no sorry, 2014": what comes after is meant in place of what came before.
_CORRECTED = re.compile(
    r"^(?P<first>.+?)[\s,.;?–-]+(?:(?:(?:no|nope|oops|er+|uh|um)\b[\s,]*)+(?:(?:sorry|wait)\b[\s,]*)?(?:i\s+mean(?:t)?\b[\s,]*)?"
    r"|sorry\b[\s,]*(?:i\s+mean(?:t)?\b[\s,]*)?|i\s+mean(?:t)?\b[\s,]*|scratch\s+that\b[\s,]*|make\s+that\b[\s,]*|or\s+rather\b[\s,]*)"
    r"(?P<then>[^?!.]+?)\W*$",
    re.I,
)
#: "By whom was X succeeded": who succeeded X.
_PASSIVE = re.compile(
    r"^by\s+whom?\s+(?:was|were|is|are|has|have|had)\s+(?:been\s+)?(?P<what>.+?)\s+(?P<verb>\w+(?:ed|led|run|taken|made|built|written))\b",
    re.I,
)
_MOST_INSTEAD = 3
"""Words that take the place of others; more make a question of their own."""
#: "was it X or Y who led it": who led it.
_CHOICE = re.compile(
    r"^(?P<before>.*?\b)??(?:was|is)\s+it\s+(?:[^?.!,]+?)\s+or\s+(?:[^?.!,]+?)\s+(?:who|that)\s+(?P<what>.+)$", re.I
)
#: "which of them died in 2010, X or Y?": which of them died in 2010.
_OFFERED = re.compile(
    r"^(?P<asked>(?:who|which)\b(?!.*\b(?:more|less|first|last|\w+er)\b)[^,]*\b\d{4}\b[^,]*),\s*[^,?]+?\s+or\s+[^,?]+\?*$",
    re.I,
)
#: "under which head did the office stand": who led the office.
_UNDER = re.compile(
    r"^under\s+(?:which|what|whose)\s+(?:head|leader|chief|boss|director|official|person|man|woman|president|chair\w*|manager|mayor|governor|"
    r"commander|minister|usg|(?:under-)?secretary[\w-]*)\s+(?:did|does|was|were|has|had)\s+(?P<what>.+?)\s+"
    r"(?:stand|stood|operate|operated|operating|work|worked|working|run|function|act|exist|fall)\b",
    re.I,
)
_WHETHER = re.compile(
    r"^(?:(?:please\s+)?(?:state|say|tell|indicate|decide|check|verify|confirm|determine)\s+(?:(?:me|us)\s+)?)?(?:if|whether)\s+",
    re.I,
)

# Statements to be confirmed: "X led it in 1998. Is that true?", "true or false: X led it".
_TAG = re.compile(
    r"\s*[,.;:–-]?\s*(?:(?:is|was)\s+(?:that|this|it|he|she)\s+(?:really\s+)?(?:true|correct|right|so|accurate|the\s+case)|"
    r"(?:am|are|is)\s+(?:i|we|they|he|she|my\s+\w+)\s+(?:right|correct|mistaken)|true(?:\s+or\s+(?:false|not))?|right|correct|yes\s+or\s+no|"
    r"(?:isn|wasn|aren|weren|didn|doesn|don|hasn|haven|hadn)['’]?t\s+(?:it|he|she|they|that))\s*\?+\s*$",
    re.I,
)
_TAG_BEFORE = re.compile(
    r"^(?:true\s+or\s+(?:false|not)|right\s+or\s+wrong|yes\s+or\s+no|correct\s+or\s+not|fact[\s-]check)\s*[:,?–-]\s*",
    re.I,
)
_REPORTED = re.compile(
    r"^(?:(?:and|but|so|now)\s+)?(?:i|we|they|people|some|many|someone|somebody|(?:my|our|a|the|this|some)\s+\w+)\s+"
    r"(?:(?:always|once|just|have|has|had|also|was|were|am)\s+)*(?:say|says|said|think|thinks|thought|believe|believes|believed|"
    r"hear|heard|read|reads|claim|claims|claimed|told|tells|learned|learnt|assume|suppose|guess|insist|insists|sure|remember)"
    r"(?:\s+(?:me|us))?\s+(?:that\s+)?",
    re.I,
)

# A clause that tells of the asker, or supposes something, before the clause that asks.
_TELLS = re.compile(r"\b(?:i|i'm|i've|i'd|my|we|we're|our|me|us)\b|^(?:if|suppose|imagine|assuming|say)\b", re.I)
_CLAUSE = re.compile(
    rf"\s*(?:[,;:]|\s[–-])\s+(?=(?:(?:so|and|but|now|please|then)\s+)*"
    rf"(?:{_WH}\b|(?:can|could|would|will)\s+(?:you|u|someone|anyone)\b|do\s+you\s+know\b|(?:please\s+)?tell\s+(?:me|us)\b|{_AUX}\s+))",
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
#: The last phrase with an article, with what it is of: "the head of the office".
_SOMEBODY = re.compile(r".*\b(the\s+(?:[\w-]+\s+){0,3}[\w-]+\s+of\s+the\s+\w.*?|(?<!of\s)the\s+\w.*?)\W*$", re.I | re.S)
_HAD_SEVERAL = re.compile(r"^(?P<whose>.+?)\s+(?:had|has)\s+(?P<what>(?:\w+\s+){1,4}?\w+s\b.*)$", re.I)


class Focused(msgspec.Struct, frozen=True):
    """The asking part of a question, and what else was said: the asking part may lean on that."""

    text: str
    said: str = ""
    instead: str = ""
    """What was said to take the place of a part of it: "2014" of "in 2004, no sorry, 2014"."""


def focus(text: str) -> Focused:
    """The asking part of a question; all of it where that cannot be told apart.

    >>> focus("Quiz time! Who ran the department in 2016?").text
    'Who ran the department in 2016?'
    >>> focus("I have a letter of 4 May 2003 to the head of the office. What was her name?").text
    'Who was the head of the office? 4 May 2003'
    >>> focus("My teacher says that Ana Roe ran it in 1998. Is that true?").text
    'is it true that Ana Roe ran it in 1998'
    >>> focus("I never met Ana Roe, can you tell me who she was?")
    Focused(text='who she was?', said='I never met Ana Roe', instead='')
    """
    for pattern in (_LABEL, _SOURCE, _ASIDE, _IMPERATIVE):
        text = pattern.sub("", text, count=1)
    text = _FOUR_BETWEEN.sub(r"\1 for ", _FOUR.sub(r"\1 for", text))
    corrected = _CORRECTED.match(text)
    if corrected and len(corrected["then"].split()) <= _MOST_INSTEAD <= len(corrected["first"].split()):
        return Focused(_unwrapped(corrected["first"]), instead=corrected["then"])
    confirmed = _confirmed(text)
    if confirmed is not None:
        return Focused(confirmed)
    end = _POLITE_END.search(text)
    if end is not None and len(text[: end.start()].split()) > 1:  # "many thanks" is no question
        text = text[: end.start()] + (end["end"] or "?")
    sentences = [part for sentence in _SENTENCE.split(text.strip()) for part in _clauses(sentence)]
    if len(sentences) < 2:
        return Focused(_unwrapped(text))
    if _WHO_WAS_IT.match(sentences[-1]) and (described := _described(sentences[-2])):
        date = "" if find_dates(described, None) else _date_of(sentences, sentences[-1])
        return Focused(f"Who was {described}?" + date)
    asking = [s for s in sentences if s.rstrip().endswith("?") or _ASKS.match(s)]
    if len(asking) != 1:
        return Focused(text)
    question, others = _unwrapped(asking[0]), [s for s in sentences if s is not asking[0]]
    carried = "" if find_dates(question, None) else _date_of(sentences, asking[0])
    return Focused(question + carried, " ".join(others))


def leans(text: str) -> bool:
    """Whether a question has a word that stands for something said before.

    >>> leans("who led it?"), leans("who led the department?")
    (True, False)
    """
    return bool(_LEANS.search(text))


def _confirmed(text: str) -> str | None:
    """A statement that is to be confirmed or denied, as a question; None where there is none.

    >>> _confirmed("True or false: Ana Roe ran it in 1998?")
    'is it true that Ana Roe ran it in 1998'
    """
    statement = _TAG_BEFORE.sub("", text)
    if statement == text:
        tag = _TAG.search(text)
        if tag is None or not text[: tag.start()].strip():
            return None
        statement = text[: tag.start()]
    statement = _REPORTED.sub("", statement.strip()).strip(" ?!.,")
    if _ASKS.match(statement):
        return None  # "was Ana Roe the head, yes or no?" asks as it is
    return f"is it true that {statement}"


def _clauses(sentence: str) -> list[str]:
    """The sentence in two where it first tells and then asks."""
    for cut in _CLAUSE.finditer(sentence):
        before, after = sentence[: cut.start()], sentence[cut.end() :]
        if _TELLS.search(before) or _WHO_WAS_IT.match(after):
            return [before, after]
    return [sentence]


def _unwrapped(text: str) -> str:
    """A question without the sentence it is wrapped in: "could you tell me who ..." asks who.

    >>> _unwrapped("We would like to find out when it was built")
    'when it was built'
    >>> _unwrapped("I wonder if Ana Roe led it")
    'is it true that Ana Roe led it'
    >>> _unwrapped("By whom was Ana Roe succeeded in 1998?")
    'who succeeded Ana Roe in 1998?'
    """
    wrapping = _EMBEDDED.match(text)
    if wrapping:
        text = text[wrapping.end() :]
    text = _WHETHER.sub("is it true that ", text)
    text = _CHOICE.sub(lambda m: f"{m['before'] or ''}who {m['what']}", text)
    text = _UNDER.sub(r"who led \g<what>", _OFFERED.sub(r"\g<asked>?", text))
    return _PASSIVE.sub(r"who \g<verb> \g<what>", text)


def _described(sentence: str) -> str:
    """Whom a sentence speaks of last, "the head of the office"; of "the office had two heads", the two heads of it."""
    several = _HAD_SEVERAL.match(sentence.strip(" .!?"))
    if several:
        return f"the {several['what']} of {several['whose'][:1].lower()}{several['whose'][1:]}"
    somebody = _SOMEBODY.match(sentence)
    return somebody[1] if somebody else ""


def _date_of(sentences: list[str], asking: str) -> str:
    """The one date that the other sentences tell, to go with a question that has none ("... then?")."""
    others = " ".join(sentence for sentence in sentences if sentence is not asking)
    dates = find_dates(others, None)
    return f" {_FROM.sub('', others[dates[0].start : dates[0].end])}" if len(dates) == 1 else ""
