"""Roles of columns, from value types, column order and the lexicon; never from one document's headings."""

from collections.abc import Sequence

from chatbot.knowledge.extraction.cells import date_of
from chatbot.knowledge.relation import ColumnType, Role
from chatbot.language.dates import Interval
from chatbot.language.lexicon import OFFICE, Lexicon
from chatbot.language.words import tokens

Texts = Sequence[str | None]

_START = frozenset("from since start started begin began beginning assumed appointed elected installed in".split())
_END = frozenset("to until till through end ended finish finished out left".split())
#: Headers of those who win or take part, and hold nothing from then on.
_HOLD_NOTHING = frozenset(
    """winner winners runner runner-up runners-up champion champions laureate laureates recipient recipients scorer
    scorers medallist medalist medallists medalists finalist finalists entrant entrants player players""".split()
)
_JOINING = frozenset("joined join entered signed debut hired employed enrolled born".split())
_NUMERIC = ("number", "money", "percent", "duration")


def header_words(header: str) -> list[str]:
    return [token.folded for token in tokens(header.rpartition(" / ")[2])]


def starts(header: str, lexicon: Lexicon) -> bool:
    """Whether a header announces when a term began."""
    words = header_words(header)
    return bool(_START & set(words)) or "take_office" in lexicon.meanings(" ".join(words))


def ends(header: str, lexicon: Lexicon) -> bool:
    words = header_words(header)
    return bool(_END & set(words)) or "leave_office" in lexicon.meanings(" ".join(words))


def is_place_header(header: str, lexicon: Lexicon) -> bool:
    words = header_words(header)
    return (
        bool(_PLACES & {*words[-1:], *words[:1]} - {"town", "city"})
        or bool(_PLACES & set(words[-1:]))
        or bool({"nationality", "location"} & lexicon.meanings(" ".join(words)))
    )


_PLACES = frozenset(
    """county state province region city town village district place port country island continent parish area locality
    birthplace venue stadium ground campus site destination origin municipality territory coast range river lake sea ocean
    mountain mountains peak bay valley forest park garden road street route line station bridge castle church hall hill""".split()
)


def is_office(header: str, lexicon: Lexicon) -> bool:
    """Whether a header names an office, so that its column names the holders: "Mayor", "Head coach"."""
    return any(OFFICE in lexicon.meanings(word) or is_agent(word) for word in header_words(header))


def is_agent(word: str) -> bool:
    """Whether the form of a word says "one who does": keeper, organist, headmaster; plurals too."""
    singular = word[:-1] if word.endswith("s") and not word.endswith("ss") else word
    endings = (
        "tor",
        "sor",
        "ger",
        "der",
        "per",
        "ter",
        "ner",
        "cer",
        "ler",
        "ist",
        "master",
        "mistress",
        "man",
        "woman",
    )
    return len(singular) > 5 and singular.isalpha() and singular.endswith(endings) and singular not in _NO_AGENTS


_NO_AGENTS = frozenset(
    """number order chapter quarter winter summer october november december september center register charter theater
    diameter parameter perimeter monitor reactor factor sector vector motor corridor folder border tender gender calendar
    cylinder computer printer poster filter water paper newspaper letter character further former latter tanker steamer
    cruiser destroyer freighter telescope spectrometer human german roman woman""".split()
) - {"woman"}


def header_fits(header: str, kind: ColumnType, lexicon: Lexicon) -> float:
    """1 where the column holds what its header announces, -1 where it plainly does not, else 0."""
    meanings = lexicon.meanings(header)
    announced: set[str] = set()
    if starts(header, lexicon) or ends(header, lexicon):
        announced |= {"date"}
    if "nationality" in meanings:
        announced |= {"country"}
    if header_words(header)[:1] == ["name"] or is_office(header, lexicon):
        announced |= {"person"}
    if not announced:
        return 0.0
    if kind in announced:
        return 1.0
    return -1.0 if kind in ("date", "country", "person", "interval", *_NUMERIC) else 0.0


def roles_of(
    headers: Sequence[str], types: Sequence[ColumnType], texts: Sequence[Texts], lexicon: Lexicon
) -> list[Role]:
    """One role a column; "" where nothing is known beyond the header. Lists of equal length, texts by column."""
    return _Roles(headers, types, texts, lexicon).found()


class _Roles:
    def __init__(
        self, headers: Sequence[str], types: Sequence[ColumnType], texts: Sequence[Texts], lexicon: Lexicon
    ) -> None:
        self.headers, self.types, self.texts, self.lexicon = headers, types, texts, lexicon
        self.roles: list[Role] = [""] * len(headers)
        self.meanings = [lexicon.meanings(header.rpartition(" / ")[2]) for header in headers]

    def found(self) -> list[Role]:
        self._order()
        self._births()
        key = self._key()
        if key is not None:
            has_term = self._terms(key)
            self.roles[key] = "holder" if has_term and self._holds_office(key) else "key"
            if self.roles[key] == "key":
                self._drop_terms()
        elif dates := self._free("date", "interval"):
            self.roles[dates[0]] = "as_of"
        self._rest()
        return self.roles

    def _free(self, *types: str) -> list[int]:
        return [i for i, kind in enumerate(self.types) if kind in types and not self.roles[i]]

    def _order(self) -> None:
        """A first column that counts its rows."""
        for column, values in list(enumerate(self.texts))[:2]:
            known = [value.rstrip(".") for value in values if value]
            numbers = [int(value) for value in known if value.isdigit()]
            counted = len(known) > 1 and len(numbers) >= 0.8 * len(known)
            if counted and numbers == sorted(set(numbers)) and numbers[-1] - numbers[0] < 3 * len(numbers) < 3000:
                words = header_words(self.headers[column])
                if (
                    not words
                    or words[0] in ("no", "number", "nr", "order", "rank", "n", "position", "pos")
                    or column == 0
                ) and (numbers[0] <= 200 or not words):
                    self.roles[column] = "order"
                    return

    def _births(self) -> None:
        for column in self._free("date", "interval"):
            meanings = self.meanings[column]
            if "bear" in meanings and "founded" not in header_words(self.headers[column]):
                self.roles[column] = "birth"
            elif "die" in meanings:
                self.roles[column] = "death"

    def _key(self) -> int | None:
        """The column that names the rows: a person's, where people hold something; else the first words."""
        people = [i for i in self._free("person") if not self._is_other_office(i)]
        offices = [i for i in self._free("person", "text") if is_office(self.headers[i], self.lexicon)]
        named = [
            i
            for i in self._free("person", "text")
            if header_words(self.headers[i])[:1] in (["name"], ["names"], ["holder"])
        ]
        words = self._free("text", "person", "country")
        distinct = [i for i in words if self._is_distinct(i)]
        if self._may_be_terms():
            people = [i for i in people if not self._is_attribute(i, words)]
            offices = [i for i in offices if not self._is_attribute(i, words)]
            if people:
                return min(set(people) & set(named) or set(people) & set(offices) or people)
            if offices:
                return min(offices)
        return min(named or distinct[:1] or people or words, default=None)

    def _may_be_terms(self) -> bool:
        """Whether the dates look like terms of office: a period, a pair in order, or one that a header calls a start."""
        dates = self._free("date")
        if self._free("interval") or any(starts(self.headers[i], self.lexicon) for i in dates):
            return True
        if len(dates) > 1:
            return self._in_order(dates[0], dates[1]) and not self._are_properties(dates[:2])
        offices = [i for i in self._free("person", "text") if is_office(self.headers[i], self.lexicon)]
        return bool(dates) and bool(offices) and min(offices) < 2

    def _is_other_office(self, column: int) -> bool:
        """People beside the rows' own: those who appointed them, or served above them, often repeat."""
        values = [value for value in self.texts[column] if value]
        rows = len(self.texts[column])
        return len(values) < 0.5 * rows

    def _is_attribute(self, column: int, words: Sequence[int]) -> bool:
        """People who come up again and again beside a first column that names each row: the keepers of animals."""
        values = [value for value in self.texts[column] if value]
        first = min(words)
        return column > first and self._is_distinct(first) and len(set(values)) <= 0.5 * len(values)

    def _is_distinct(self, column: int) -> bool:
        values = [value for value in self.texts[column] if value]
        return len(values) >= 0.8 * len(self.texts[column]) and len(set(values)) >= 0.9 * len(values)

    def _terms(self, key: int) -> bool:
        """Finds the columns of a term of office: one with both ends, or a start and perhaps an end."""
        spans = self._free("interval")
        if spans:
            self.roles[spans[0]] = "term"
            return True
        if set(header_words(self.headers[key])) & _HOLD_NOTHING:
            return False
        dates = self._free("date")
        start = next((i for i in dates if starts(self.headers[i], self.lexicon) and not self._only_ends(i)), None)
        end = next((i for i in dates if i != start and ends(self.headers[i], self.lexicon)), None)
        if start is None and len(dates) > 1 and self._in_order(dates[0], dates[1]) and not self._are_properties(dates):
            start, end = dates[0], dates[1]
        if start is None and end is None and len(dates) == 1 and is_office(self.headers[key], self.lexicon):
            start = dates[0] if not self._are_properties(dates) else None
        if start is not None and end is None:
            end = next(
                (i for i in dates if i > start and self._in_order(start, i) and not self._are_properties([i])),
                None,
            )
        if start is not None and end is None and _JOINING & set(header_words(self.headers[start])):
            start = start if OFFICE in self.lexicon.meanings(self.headers[key]) else None  # members join for good
        if start is None:
            return False
        self.roles[start] = "start"
        if end is not None:
            self.roles[end] = "end"
        return True

    def _only_ends(self, column: int) -> bool:
        return ends(self.headers[column], self.lexicon) and not starts(self.headers[column], self.lexicon)

    def _are_properties(self, columns: Sequence[int]) -> bool:
        """Dates that a header names as something else: built, opened, last inspected."""
        own = {"built", "opened", "dissolved", "founded", "released", "acquired", "begun", "date", "creator", "ascent"}
        return any(
            own & self.meanings[i] and not starts(self.headers[i], self.lexicon) for i in columns if self.headers[i]
        )

    def _in_order(self, first: int, second: int) -> bool:
        """Whether the second date follows the first in most rows; an open end counts as later."""
        verdicts = []
        for left, right in zip(self.texts[first], self.texts[second], strict=True):
            a, b = _interval(left), _interval(right)
            if a is not None and b is not None:
                verdicts.append(b.latest is None or (a.earliest is not None and a.earliest <= b.latest))
        return bool(verdicts) and sum(verdicts) >= 0.8 * len(verdicts)

    def _holds_office(self, key: int) -> bool:
        """Whether the rows' names are of people or bodies that held something."""
        return self.types[key] == "person" or is_office(self.headers[key], self.lexicon)

    def _drop_terms(self) -> None:
        self.roles = ["" if role in ("start", "end", "term") else role for role in self.roles]

    def _rest(self) -> None:
        holders = "holder" in self.roles
        for column, kind in enumerate(self.types):
            if self.roles[column]:
                continue
            meanings, words = self.meanings[column], header_words(self.headers[column])
            if kind == "country" or ("nationality" in meanings and kind == "text"):
                self.roles[column] = "country" if "country" not in self.roles else ""
            elif kind == "duration" and holders and "duration" not in self.roles:
                self.roles[column] = "duration"
            elif kind in _NUMERIC:
                self.roles[column] = "measure"
            elif holders and kind == "text" and "office" not in self.roles and {"office_word"} & meanings:
                self.roles[column] = "office"
            elif kind == "text" and words[:1] in (
                ["notes"],
                ["description"],
                ["remarks"],
                ["known"],
                ["role"],
                ["about"],
            ):
                self.roles[column] = "description" if "description" not in self.roles else ""


def _interval(text: str | None) -> Interval | None:
    edtf = date_of(text) if text else None
    return Interval.parse(edtf) if edtf else None
