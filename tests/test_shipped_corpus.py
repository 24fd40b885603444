"""The shipped corpus tells every fact of the article it was written after, in words of its own."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
ARTICLE = ROOT.parent / "shared" / "seeds" / "dpo-article.txt"
ARTICLE_TEXT = ARTICLE.read_text(encoding="utf-8") if ARTICLE.exists() else ""
FILES = sorted(path for path in CORPUS.iterdir() if path.is_file())

needs_article = pytest.mark.skipif(not ARTICLE_TEXT, reason="the article is not at hand")

#: What the corpus spells out, or spells right.
SPELT = {"GBR": "United Kingdom", "GHA": "Ghana", "FRA": "France", "Boutrous-Ghali": "Boutros-Ghali"}

#: Words that may stand inside a name without being capitalised.
INNER = {"of", "for", "and", "the", "de", "des", "la"}

#: A name whose words have no capitals to tell them by.
FRENCH_NAME = "Département des opérations de maintien de la paix"

#: Ordinary words the corpus may share with the article in one row. Names and figures are not counted:
#: they have to be the same.
LONGEST_SHARED_RUN = 6

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"(?:\b\d{{1,2}} )?\b(?:{_MONTHS}) \d{{4}}\b")
_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?(?: billion|s\b)?")
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\S")


def words_of(text: str) -> list[str]:
    """Words and numbers with their case, without accents, possessives, the points of "U.N.", inner commas."""
    decomposed = unicodedata.normalize("NFKD", text.replace("U.N.", "UN"))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)|['’]s\b", "", plain)
    return re.findall(r"\d+\.\d+|[^\W_]+", plain)


def folded(text: str) -> str:
    return " ".join(words_of(text)).casefold()


def has(text: str, wanted: str) -> bool:
    """Whether `text`, folded before, has the words of `wanted` whole and in a row."""
    return f" {folded(wanted)} " in f" {text} "


CORPUS_TEXT = folded("\n".join(path.read_text(encoding="utf-8") for path in FILES))


def told_lines() -> list[str]:
    """The article's lines that tell facts: neither headings nor the header of its table."""
    lines = [line for line in ARTICLE_TEXT.splitlines() if line and not line.startswith("=")]
    return [line for line in lines if not line.startswith("|") or re.match(r"\| \d+ \|", line)]


def prose_lines() -> list[str]:
    return [line for line in told_lines() if not re.match(r"\||- [A-Z][\w ]+: ", line)]


def heads_of_article() -> list[tuple[str, ...]]:
    """Number, name, first and last day of each head; the cells that slid stand to the right of these."""
    rows = [[cell.strip() for cell in line.split("|")] for line in told_lines() if line.startswith("|")]
    return [(row[1], *row[3:6]) for row in rows]


def found(pattern: str) -> list[str]:
    """Each different text of the article that matches, for parameters."""
    return sorted({match.group() for match in re.finditer(pattern, ARTICLE_TEXT)})


def names() -> list[str]:
    """Every run of capitalised words in the article, without a word that is capital only by its place."""
    return sorted({name for line in told_lines() for name in names_in(line.replace("U.N.", "UN"))})


def names_in(line: str) -> Iterator[str]:
    run: list[str] = []
    opens = True  # whether the next word is the first of its sentence
    tokens = _TOKEN.findall(line)
    for token, following in zip(tokens, [*tokens[1:], ""], strict=True):
        is_capital = token[0].isupper() and not (opens and is_ordinary(token, following))
        if is_capital or (run and token in INNER):
            run.append(token)
        elif run:
            yield trimmed(run)
            run = []
        opens = token == "." or (opens and not token[0].isalpha())
    if run:
        yield trimmed(run)


def trimmed(run: list[str]) -> str:
    """The run up to its last capitalised word."""
    last = max(position for position, word in enumerate(run) if word[0].isupper())
    return " ".join(run[: last + 1])


def is_ordinary(first: str, following: str) -> bool:
    """Whether a word at the head of a sentence is no name, by what else the article does with it."""
    is_name_elsewhere = re.search(rf"[a-z,] \(?{first}\b", ARTICLE_TEXT) is not None
    is_lower_elsewhere = re.search(rf"\b{first.lower()}\b", ARTICLE_TEXT) is not None
    return is_lower_elsewhere or not (is_name_elsewhere or following[:1].isupper())


def shared_runs(text: str) -> list[str]:
    """The stretches of the article's prose with too many ordinary words that `text`, folded, repeats."""
    repeated = []
    for line in prose_lines():
        words = words_of(line.replace(FRENCH_NAME, "Département"))
        ordinary = [position for position, word in enumerate(words) if word.islower()]
        for first, last in zip(ordinary, ordinary[LONGEST_SHARED_RUN:], strict=False):
            stretch = " ".join(words[first : last + 1])
            if has(text, stretch):
                repeated.append(stretch)
    return repeated


def test_article_is_read() -> None:
    if ARTICLE_TEXT:
        assert len(heads_of_article()) == 7
        assert {"Kofi Annan", "An Agenda for Peace", "Office of Mission Support"} <= set(names())


@pytest.mark.parametrize("day", found(_DATE.pattern))
def test_no_date_is_missing(day: str) -> None:
    assert has(CORPUS_TEXT, day)


@pytest.mark.parametrize("figure", found(_FIGURE.pattern))
def test_no_figure_is_missing(figure: str) -> None:
    assert has(CORPUS_TEXT, figure)


@pytest.mark.parametrize("abbreviation", found(r"\b[A-Z]{2,}\b"))
def test_no_abbreviation_is_missing(abbreviation: str) -> None:
    assert has(CORPUS_TEXT, SPELT.get(abbreviation, abbreviation))


@pytest.mark.parametrize("name", names())
def test_no_name_is_missing(name: str) -> None:
    capitals = [word for word in SPELT.get(name, name).split() if word not in INNER]
    assert has(CORPUS_TEXT, name) or all(has(CORPUS_TEXT, word) for word in capitals)


@pytest.mark.parametrize("person", found(r"(?<=- )[^\W\d_][^\n(]+ \((?:born )?\d{4}[^)]*\)"))
def test_years_of_people_are_the_same(person: str) -> None:
    assert f"- {person}," in (CORPUS / "people.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("share", found(r"[A-Z][A-Za-z ]+ \(\d+\.\d+%\)"))
def test_shares_of_contributors_are_the_same(share: str) -> None:
    country, percent = share.removesuffix(")").split(" (")
    assert f"| {country} | {percent} |" in (CORPUS / "finances.md").read_text(encoding="utf-8")


@needs_article
def test_days_of_the_heads_are_the_same() -> None:
    lines = (CORPUS / "heads.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("# "))
    told = [(row["Number"], row["Name"], row["Took office"], row["Left office"]) for row in rows]
    assert told == heads_of_article()


@needs_article
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_wording_is_our_own(path: Path) -> None:
    assert shared_runs(folded(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_file_is_plain_utf8(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert text.endswith("\n")
    assert "\r" not in text
    assert not text.startswith("\ufeff")


def metadata_of(path: Path) -> dict[str, str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return {key: str(value) for key, value in yaml.safe_load(text.split("---\n")[1]).items()}
    title = re.findall(r"<(title)>([^<]+)</title>", text)
    return dict([*title, *re.findall(r'<meta name="([^"]+)" content="([^"]+)">', text)])


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.suffix in (".md", ".html")], ids=lambda path: path.name
)
def test_page_says_title_source_and_date(path: Path) -> None:
    metadata = metadata_of(path)
    assert metadata["title"]
    assert metadata["source"]
    as_of = date.fromisoformat(metadata["as_of"])
    days = [datetime.strptime(day, "%d %B %Y").date() for day in _DATE.findall(ARTICLE_TEXT) if day[0].isdigit()]
    assert all(day <= as_of for day in days), "the article tells of a later day"


def test_table_of_heads_has_a_caption() -> None:
    first = (CORPUS / "heads.csv").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# Heads of the United Nations Department of Peace Operations")
