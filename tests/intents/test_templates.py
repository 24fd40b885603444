"""Sentence templates: every way through them, as elements in order."""

import pytest

from chatbot.intents.templates import MOST_WAYS, TemplateError, compile_sentence
from chatbot.language.lexicon import Lexicon, LexiconFile

LEXICON = Lexicon([LexiconFile(questions={"who": ("who",)}, concepts={"lead": ("led",), "serve": ("served",)})])


def ways(sentence: str, every_word: bool = False) -> list[str]:
    """The ways through a sentence; optional elements in brackets."""
    templates = compile_sentence(sentence, 7, LEXICON, every_word)
    assert {template.sentence for template in templates} <= {7}
    return [
        " ".join(f"[{element.key}]" if element.optional else element.key for element in template.elements)
        for template in templates
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("<lead> {date}", ["c:lead s:date"]),
        ("[<who>] <lead>", ["[c:who] c:lead"]),
        ("(<lead>|<serve>) {date}", ["c:lead s:date", "c:serve s:date"]),
        ("[<who>|<lead>] {date}", ["s:date", "[c:who] s:date", "[c:lead] s:date"]),
        ("mandates of the {holder}", ["w:mandat s:holder"]),
        ("[long mandates] {holder}", ["s:holder", "w:long w:mandat s:holder"]),
        ("{holder} {holder}", ["s:holder s:holder"]),
        ("(one|one) {date}", ["w:one s:date"]),
        ("Guéhenno's {date}", ["w:guehenno s:date"]),
        ("[<who> (<lead>|<serve>)] {date}", ["s:date", "c:who c:lead s:date", "c:who c:serve s:date"]),
        ("of the", []),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_ways_through_a_sentence(sentence: str, expected: list[str]) -> None:
    assert sorted(ways(sentence)) == sorted(expected)


def test_grammar_words_count_in_small_talk_only() -> None:
    assert ways("how are you") == []
    assert ways("how are you", every_word=True) == ["w:how w:are w:you"]


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("[<who> <lead>", "'[' at character 1"),
        ("<who>] <lead>", "']' at character 6"),
        ("(a|b", "never closed"),
        ("(a]", "']' at character 3"),
        ("{date", "'{' at character 1"),
        ("{dat}", "Did you mean 'date'?"),
        ("{xyz}", "Known: date, duration"),
        ("<laed>", "Did you mean 'lead'?"),
        ("<xyz>", "unknown concept 'xyz'"),
        ("(one|two|ten) " * 6, f"more than {MOST_WAYS} ways"),
    ],
)
def test_faults_of_a_sentence(sentence: str, says: str) -> None:
    with pytest.raises(TemplateError) as caught:
        compile_sentence(sentence, 0, LEXICON)
    assert says in str(caught.value)
