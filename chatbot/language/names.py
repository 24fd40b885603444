"""Names: which words of a question name something the documents know."""

from collections.abc import Iterable, Sequence

from chatbot.language.lexicon import Phrase, phrase_of

_TITLES = frozenset("sir dame dr mr mrs ms miss prof professor lord lady st saint rev reverend fr father".split())
_LOWER_WORDS = frozenset("the of and for in on at de la le du des von van der den el al to a an".split())


class NameIndex:
    """Names and aliases by their folded words; persons also by surname and given name.

    `entries` are triples (entity id, type, names). Looking up is case- and accent-blind.
    """

    def __init__(self, entries: Iterable[tuple[str, str, Sequence[str]]]) -> None:
        self._ids: dict[Phrase, list[str]] = {}
        partial: dict[Phrase, list[str]] = {}
        for entity, kind, names in entries:
            for name in names:
                phrase = phrase_of(name)
                if not phrase:
                    continue
                self._add(self._ids, phrase, entity)
                if phrase[0] == "the" and len(phrase) > 1:
                    self._add(self._ids, phrase[1:], entity)
                if kind == "thing" and len(phrase) < 4 and len(phrase[-1]) > 3:
                    for plural in (phrase[-1] + "s", phrase[-1] + "es"):
                        self._add(partial, (*phrase[:-1], plural), entity)
                if kind == "person":
                    for part in partial_names(phrase):
                        self._add(partial, part, entity)
        for phrase, ids in partial.items():
            # A full name elsewhere wins over a part of a longer name: "Paris" the town over "Jo Paris".
            if phrase not in self._ids:
                self._ids[phrase] = ids
            else:
                self._ids[phrase] = [*self._ids[phrase], *(i for i in ids if i not in self._ids[phrase])]
        self._lengths: dict[str, list[int]] = {}
        for phrase in self._ids:
            lengths = self._lengths.setdefault(phrase[0], [])
            if len(phrase) not in lengths:
                lengths.append(len(phrase))
        for lengths in self._lengths.values():
            lengths.sort(reverse=True)

    @staticmethod
    def _add(ids: dict[Phrase, list[str]], phrase: Phrase, entity: str) -> None:
        known = ids.setdefault(phrase, [])
        if entity not in known:
            known.append(entity)

    def longest(self, words: Sequence[str], start: int) -> tuple[int, tuple[str, ...]]:
        """Length and entity ids of the longest name that stands at `start`; (0, ()) where none does."""
        for length in self._lengths.get(words[start], ()):
            ids = self._ids.get(tuple(words[start : start + length]))
            if ids and start + length <= len(words):
                return length, tuple(ids)
        return 0, ()

    def words(self) -> set[str]:
        return {word for phrase in self._ids for word in phrase}


def partial_names(phrase: Phrase) -> set[Phrase]:
    """The parts of a person's name people say alone: the surname with its particles, the last word, the first.

    >>> sorted(partial_names(("sir", "alain", "le", "roy")))
    [('alain',), ('alain', 'le', 'roy'), ('le', 'roy'), ('roy',)]
    """
    words = phrase[1:] if phrase[0] in _TITLES and len(phrase) > 1 else phrase
    found = {words[start:] for start in range(len(words))} | {words[:1]}
    return {part for part in found if part and part[0] not in _TITLES and not _is_particle(part)}


def _is_particle(part: Phrase) -> bool:
    return all(word in _LOWER_WORDS or len(word) < 2 for word in part)
