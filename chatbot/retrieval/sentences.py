"""Splitting paragraphs into sentences with Punkt (T. Kiss and J. Strunk 2006), trained on the corpus itself.

Only the building of an index splits sentences: importing nltk costs more than answering does.
"""

from collections.abc import Callable, Iterable

from chatbot.language.spelling import english_words

Span = tuple[int, int]
#: Gives the spans of the sentences of a text: in order, disjoint, without the white space between.
Splitter = Callable[[str], list[Span]]

#: Abbreviations that a name or number follows: never the end of a sentence.
_BEFORE_NAMES = frozenset(
    """mr mrs ms messrs dr prof st ste sr fr rev revd hon gen lt col maj capt cmdr sgt adm brig gov sen rep
    pres amb mt ft no nos vol pp ch sec fig eq approx ca vs cf e.g i.e viz op ed eds""".split()
)
#: Abbreviations that may end a sentence as well as stand in it: Punkt weighs what follows.
_ANYWHERE = frozenset(
    """jr inc ltd co corp bros etc al dept est u.n u.s u.k u.s.a e.u d.c a.m p.m b.c a.d ph.d
    jan feb mar apr jun jul aug sep sept oct nov dec""".split()
)


def splitter_for(texts: Iterable[str]) -> Splitter:
    """A splitter that has learnt the abbreviations of these texts (any number, even none)."""
    from nltk.tokenize.punkt import PunktSentenceTokenizer, PunktTrainer

    trainer = PunktTrainer()
    for text in texts:
        trainer.train(text, finalize=False)
    trainer.finalize_training()
    parameters = trainer.get_params()
    # In a small corpus any short word seen only at the end of sentences passes for an abbreviation.
    learnt = {word for word in parameters.abbrev_types if word not in english_words()}
    parameters.abbrev_types = learnt | _BEFORE_NAMES | _ANYWHERE
    tokenizer = PunktSentenceTokenizer(parameters)

    def split(text: str) -> list[Span]:
        spans = [(start, end) for start, end in tokenizer.span_tokenize(text) if text[start:end].strip()]
        return _mended(text, spans)

    return split


def _mended(text: str, spans: Iterable[Span]) -> list[Span]:
    """Join what was parted after an abbreviation, after an initial, or before a small letter."""
    found: list[Span] = []
    for start, end in spans:
        if found and _goes_on(text[slice(*found[-1])], text[start:end]):
            start = found.pop()[0]
        found.append((start, end))
    return found


def _goes_on(before: str, after: str) -> bool:
    word = before.rpartition(" ")[2].lstrip("(\"'“‘[").removesuffix(".")
    is_initial = len(word) == 1 and word.isupper() and before.endswith(".")
    return is_initial or (before.endswith(".") and word.lower() in _BEFORE_NAMES) or after[0].islower()
