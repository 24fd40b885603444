"""What a short text is: the name of a person, an organisation, a place; or a list of names."""

import re

from chatbot.language.words import fold

_PARTICLES = frozenset(
    "de da das dos do du des del della di la le les van von der den ter ten zu zum af av bin ibn al el y e st the ap o".split()
)
#: Nouns that end or hold the name of a body rather than of a person.
ORGANIZATION_WORDS = frozenset(
    """agency archive archives army assembly association authority bank board branch bureau cabinet centre center
    chamber chapel choir church club college command commission committee company congress consortium convent cooperative
    corporation council court department directorate division faculty federation force forces foundation fund gallery
    government group guild headquarters hospital house institute institution laboratory league library ministry mission
    museum nations navy network observatory office orchestra organisation organization parliament partnership party
    police programme program secretariat section senate service services society station team trust union unit
    university company brewery distillery winery bakery mill railway railways railroad line airline shipyard newspaper magazine press publisher publishers broadcaster studio studios bank cooperative co-operative confederation federation alliance secretariat consulate embassy registry treasury works factory foundry firm group holdings bureau clinic infirmary hospice zoo aquarium conservatory conservatoire ensemble band quartet circus festival union regiment brigade battalion squadron polytechnic seminary nursery kindergarten lyceum gymnasium company ltd inc gmbh llc plc fc academy school abbey monastery cathedral theatre theater opera""".split()
)
_PLACE_WORDS = frozenset(
    """avenue bay beach bridge building canton cape city coast county creek district glen harbour harbor hill island
    islands lake lane mount mountain peninsula point port province quarter region ridge river road rock square state
    street town tower valley village park hall castle palace keep fort meadow acre abbey court farm gate house wood forest field gardens station pass pier quay dock""".split()
)
_NAME_WORD = re.compile(r"[^\W\d_][\w'’.\-]*$")
_ELISION = re.compile(r"(?:d|l|dell|all|o|al)['’\-][A-ZÀ-Þ]")
_INITIAL = re.compile(r"(?:[^\W\d_]\.)+$")
_NUMERAL = re.compile(r"(?:[IVXLC]+|Jr\.?|Sr\.?|the Younger|the Elder)$")
_NOTE = re.compile(
    r"\s*\((?:acting|interim|ad interim|pro tem|caretaker|a\.i\.|[^()]*term[^()]*)\)\s*$|\s*[*†‡]+\s*$", re.I
)


def bare_name(text: str) -> str:
    """A name without a note on how the office was held: "Ana Ruiz (acting)" is Ana Ruiz."""
    return _NOTE.sub("", text).strip() or text.strip()


def is_person_name(text: str) -> bool:
    """Whether a text has the shape of a person's name: two to six capitalised words, particles between them."""
    if text.count(",") > 1:
        return False
    words = bare_name(text).replace(",", " ").split()
    if not 2 <= len(words) <= 7 or any(character.isdigit() for character in text):
        return False
    folded = [fold(word).strip(".") for word in words]
    if any(word in ORGANIZATION_WORDS or word in _PLACE_WORDS for word in folded) or folded[0] == "the":
        return False
    capitals = 0
    for word, low in zip(words, folded, strict=True):
        if _NUMERAL.match(word) and capitals:
            capitals += 1  # "Aldric II" is a name of two parts
            continue
        if low in _PARTICLES:
            continue
        if _ELISION.match(word):
            capitals += 1
            continue
        if not (word[:1].isupper() and (_NAME_WORD.match(word) or _INITIAL.match(word))):
            return False
        capitals += not word.isupper() or len(word) <= 3
    return capitals >= 2


def is_organization_name(text: str) -> bool:
    words = [fold(word).strip(".,") for word in text.split()]
    return text[:1].isupper() and any(word in ORGANIZATION_WORDS for word in words)


def is_name(text: str) -> bool:
    """Whether a text reads as the name of anything: it begins with a capital and its content words have capitals.

    In scripts without capitals, as Arabic and Chinese, every word may be part of a name.
    """
    words = re.findall(r"[\w'’\-&.]+", text)
    if not words or len(words) > 12 or not (text[:1].isupper() or _has_no_case(text[:1])):
        return False
    small = [word for word in words if word[0].islower() and not _ELISION.match(word)]
    return all(fold(word) in _PARTICLES or fold(word) in _SMALL for word in small)


def _has_no_case(character: str) -> bool:
    return character.isalpha() and character.lower() == character.upper()


_SMALL = frozenset("of the and for in on at to a an with by from under".split())


def split_names(text: str) -> list[tuple[int, int]]:
    """Spans of the members of a list written in one text; one span when it is no list.

    Semicolons, bars and line marks part members for certain. Commas do where every part reads as a name; a name that
    itself holds commas ("Policy, Evaluation and Training Division") is known by its last noun, which names a body
    while the words before its commas do not.
    """
    for separator in (r"\s*[;•·|]\s*", r"\s*\n\s*"):
        spans = _parted(text, separator)
        if len(spans) > 1:
            return spans
    spans = _parted(text, r"\s*,\s+(?:and\s+)?")
    if len(spans) == 1 and " and " in text:
        return _last_and(text, spans)
    if len(spans) < 2 or not all(_is_member(text[a:b]) for a, b in spans):
        return [(0, len(text))]
    return _last_and(text, _rejoined(text, spans))


def _parted(text: str, separator: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for match in re.finditer(separator, text):
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(text)))
    return [(a, b) for a, b in spans if b > a]


def _is_member(text: str) -> bool:
    return len(text.split()) <= 9 and not text.rstrip().endswith((".", ":"))


def _rejoined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Puts "Policy" and "Evaluation and Training Division" together again."""
    found: list[tuple[int, int]] = []
    for start, end in reversed(spans):
        piece = text[start:end]
        if found and _is_open(piece) and _is_tail(text[slice(*found[-1])]):
            found[-1] = (start, found[-1][1])
        else:
            found.append((start, end))
    return found[::-1]


def _is_open(piece: str) -> bool:
    """Words that cannot stand alone as the name of a body."""
    return len(piece.split()) <= 2 and not is_organization_name(piece)


def _is_tail(piece: str) -> bool:
    """ "Evaluation and Training Division": "and" joins words under one last noun."""
    head, conjunction, tail = piece.rpartition(" and ")
    return bool(conjunction) and is_organization_name(tail) and not is_organization_name(head.split(",")[-1])


def _last_and(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Parts the last member at its "and" where both sides are names of their own."""
    start, end = spans[-1]
    match = re.search(r",? and (?=[^\W\d_])", text[start:end])
    if match is None or text.count(" and ", start, end) > 1:
        return spans
    left, right = text[start : start + match.start()], text[start + match.end() : end]
    left_is_body, right_is_body = is_organization_name(left), is_organization_name(right)
    if not (is_name(left) and is_name(right)) or left_is_body != right_is_body:
        return spans
    return [*spans[:-1], (start, start + match.start()), (start + match.end(), end)]
