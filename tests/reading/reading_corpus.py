"""An invented corpus and everything that reads questions against it."""

from collections.abc import Mapping
from datetime import date

from chatbot.documents.model import Block, Document, ListBlock, Paragraph
from chatbot.documents.textmap import text_at
from chatbot.language.lexicon import Lexicon, LexiconFile, Property
from chatbot.language.names import NameIndex
from chatbot.language.spelling import Speller
from chatbot.language.understanding import Understander
from chatbot.language.words import tokens
from chatbot.reading.answering import PassageAnswerer
from chatbot.retrieval.collection import Collection
from chatbot.retrieval.passage import passages, prose_of
from chatbot.retrieval.sentences import splitter_for
from chatbot.values import Candidate, Conversation, Question

TODAY = date(2026, 3, 1)

FESTIVAL = """\
The Lantern Festival (LFQ) is a week of concerts held every August in Quellmar. It was founded in
1971 by the schoolteacher Mirela Obst after the great flood.

# History

The first parade had eleven boats. In 1983 the parade was moved from the Old Basin to the Copper
Quay because the basin had silted up. Mirela Obst directed the festival until 1990, when her pupil
Jonas Harke took over. He introduced paper lanterns made by prisoners.

During the drought of 2003 the concerts moved to the railway station.

# Boats

Every boat carries at least forty lanterns. The winner keeps the Tin Heron, a weathercock from the
customs house, for one year. Oars may not be varnished.

# Notable guests

- Ottilie Brandauer (1931–2008), Austrian harpist, left the festival her bells.
- Desmond Achterberg (born 1956), Dutch conductor and composer of the Canal Mass.
"""

GLASSWORKS = """\
The glassworks were opened in 1852 by the brothers Emil and Anton Fersk. They produced bottles for
the mineral springs of the valley. At their height in 1910 they employed 640 workers.

# Strike

In 1921 a strike closed the works for seven weeks. The agreement was negotiated by the priest Tobias
Wenn, who later became mayor.
"""

NAMES: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "festival": ("festival", "organization", ("Lantern Festival", "LFQ")),
    "obst": ("obst", "person", ("Mirela Obst",)),
    "wenn": ("wenn", "person", ("Tobias Wenn", "Father Tobias")),
}

LEXICON = Lexicon(
    [
        LexiconFile(
            fillers=("please", "tell me"),
            questions={
                "who": ("who", "which person"),
                "when": ("when", "what year"),
                "where": ("where",),
                "how_many": ("how many",),
                "how_long": ("how long",),
                "what": ("what", "which"),
                "describe": ("who is", "what is"),
            },
            concepts={
                "lead": ("lead", "led", "direct", "run"),
                "bear": ("born", "birth"),
                "office_word": ("role", "post"),
                "most": ("most", "largest"),
            },
            properties={
                "founded": Property(("founded", "created", "set up", "born")),
                "height": Property(("height", "tall", "how tall"), asks="number"),
                "duration": Property(("last", "lasted"), asks="number"),
            },
            offices=("mayor", "deputy"),
        )
    ]
)


def document(path: str, title: str, source: str) -> Document:
    """Paragraphs parted by blank lines, `#` headings and `-` items."""
    blocks: list[Block] = []
    section: tuple[str, ...] = ()
    start = 0
    for group in source.split("\n\n"):
        lines = group.rstrip("\n")
        if lines.startswith("# "):
            section = (lines[2:],)
        elif lines.startswith("- "):
            blocks.append(_list(source, section, start, lines))
        elif (text := text_at(source, start, start + len(lines))) is not None:
            blocks.append(Paragraph(section, text))
        start += len(group) + 2
    return Document(path, title, source, tuple(blocks))


def _list(source: str, section: tuple[str, ...], start: int, lines: str) -> ListBlock:
    items = []
    for line in lines.split("\n"):
        text = text_at(source, start + 2, start + len(line))
        assert text is not None
        items.append(text)
        start += len(line) + 1
    return ListBlock(section, tuple(items))


DOCUMENTS = (
    document("festival.md", "Festival of Quellmar", FESTIVAL),
    document("glass.md", "Glassworks of Tarn Valley", GLASSWORKS),
)
SOURCES = {each.path: each.source for each in DOCUMENTS}


def understander() -> Understander:
    words = {token.folded for each in DOCUMENTS for token in tokens(each.source)}
    names = NameIndex(NAMES.values())
    return Understander(LEXICON, names, {}, {}, Speller(LEXICON.words(), names.words(), words))


def collection() -> Collection:
    split = splitter_for(text for each in DOCUMENTS for text in prose_of(each))
    return Collection([passage for each in DOCUMENTS for passage in passages(each, split)])


def answerer() -> PassageAnswerer:
    held = collection()
    return PassageAnswerer(understander(), lambda: held, lambda entity: NAMES[entity][2], SOURCES)


def ask(answering: PassageAnswerer, text: str, hidden: str = "") -> Candidate | None:
    question = Question(text, text, TODAY, lambda path: path != hidden)
    return answering(question, Conversation())
