"""Who stands beside somebody in a list of holders: "the one before him", "her successor", "Annan's predecessor"."""

import re
from collections.abc import Callable

_PERSON = r"(?:one|person|man|woman|head|leader|holder|chief|boss|guy|lady|official)"
_BEFORE_OR_AFTER = re.compile(
    rf"\bthe\s+{_PERSON}\s+(?P<way>before|after|preceding|following)\s+(?P<whom>[A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|de|van|von|al|le|la|du|of|the))*)"
)
_OF = re.compile(
    r"\b(?P<whom>[A-Z][\w.’-]*(?:\s+(?:[A-Z][\w.’-]*|de|van|von|al|le|la|du))*?)['’]s?\s+(?:immediate\s+|direct\s+)?(?P<way>predecessor|successor)\b"
    r"|\bthe\s+(?:immediate\s+|direct\s+)?(?P<way2>predecessor|successor)\s+(?:of\s+|to\s+)(?P<whom2>[A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|de|van|von|al|le|la|du))*)"
)
_BACK = frozenset(("before", "preceding", "predecessor"))


def with_neighbours(text: str, named: Callable[[str], str]) -> str | None:
    """The text with the name of whom such words mean; None where it has none, or the question asks just for that.

    `named` answers a question with the one name that it asks for, or "".
    """
    for pattern in (_BEFORE_OR_AFTER, _OF):
        found = pattern.search(text)
        if found is None:
            continue
        fields = found.groupdict()
        whom = fields["whom"] or fields["whom2"]
        way = fields["way"] or fields["way2"]
        name = named(f"who came {'before' if way in _BACK else 'after'} {whom}")
        if name:
            return text[: found.start()] + name + text[found.end() :]
    return None
