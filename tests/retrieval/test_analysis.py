import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.language.words import STOP_WORDS, tokens
from chatbot.retrieval.analysis import analyse, base, root, searchable, terms_of

SAME = {
    "case and accents": ("Śródmieście CAFÉS", "srodmiescie cafes"),
    "inflection": ("appointed mayors", "appointing mayor"),
    "hyphens": ("under-secretary-general", "Secretary General"),
    "prefix with hyphen": ("re-elected", "elected"),
    "thousands separators": ("81,370 crates", "81370 crates"),
    "stop words": ("what is the harbour", "harbour"),
    "British and American -ise": ("organised reorganisation", "organized reorganization"),
    "British and American -our": ("harbour labour", "harbor labor"),
    "British and American -tre": ("theatre centre", "theater center"),
    "British and American -ence": ("defence", "defense"),
    "British and American -mme": ("programme", "program"),
    "number words": ("twelve crates", "12 crates"),
    "compound number words": ("twenty-five crates", "25 crates"),
    "ordinals": ("the nineteenth century", "the 19th century"),
    "compound ordinals": ("twenty-first century", "21st century"),
    "number words in compounds": ("a ten-year plan", "10 year plan"),
    "dates of the standard": ("2008-07-03", "3 July 2008"),
    "percent": ("5 %", "5 percent"),
    "possessive": ("Ana's boat", "ana boat"),
}

DIFFERENT = {
    "hour is no harbour": ("hour", "harbor"),
    "numbers": ("1998", "1999"),
    "one is mostly no number": ("one", "1"),
    "ordinals are no numbers": ("third", "three"),
    "no date": ("2008-17-03", "2008-12-03"),
    "decimals": ("0.5", "5"),
    "our and or do not meet in short words": ("four", "for"),
    "noun and unrelated verb": ("general", "generous"),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_variants_of_a_word_meet(one: str, other: str) -> None:
    assert sorted(analyse(one)) == sorted(analyse(other)) != []


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert analyse(one) != analyse(other)


def test_a_text_of_stop_words_has_no_terms() -> None:
    assert analyse("who is it of the") == []


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        pytest.param("Who is it?", ["who", "is", "it"], id="stop words are kept where there is nothing else"),
        pytest.param("Who is the mayor?", ["mayor"], id="and left out where there is"),
        pytest.param("?!", [], id="no words"),
    ],
)
def test_stop_words_are_lost_only_beside_others(text: str, terms: list[str]) -> None:
    assert searchable(text) == terms


@given(st.text())
def test_terms_are_never_empty_nor_capitalised(text: str) -> None:
    terms = analyse(text)
    assert all(term and term == term.lower() for term in terms)


@given(st.lists(st.sampled_from(["harbour", "Mayor", "1,200", "re-elected", "the"])))
def test_analysis_of_a_whole_is_that_of_its_words(words: list[str]) -> None:
    assert analyse(" ".join(words)) == [term for word in words for term in analyse(word)]


@pytest.mark.parametrize("word", sorted(STOP_WORDS)[::12])
def test_stop_words_carry_no_term(word: str) -> None:
    assert analyse(word) == []


FORMS = {"wrote": "write", "written": "write", "fishermen": "fisherman", "specimen": "specimen", "wolves": "wolf"}
RELATED = [("economy", "economic"), ("religion", "religious"), ("competition", "compete"), ("primarily", "primary")]
APART = [("mission", "miss"), ("internship", "internal")]


@pytest.mark.parametrize(("form", "word"), FORMS.items())
def test_irregular_forms_are_known_by_their_word(form: str, word: str) -> None:
    assert base(form) == word
    assert analyse(form) == analyse(word)


@pytest.mark.parametrize(("one", "other"), RELATED)
def test_words_made_of_one_another_share_a_root(one: str, other: str) -> None:
    assert [root(term) for term in analyse(one)] == [root(term) for term in analyse(other)]


@pytest.mark.parametrize(("one", "other"), APART)
def test_words_of_other_kin_share_none(one: str, other: str) -> None:
    assert [root(term) for term in analyse(one)] != [root(term) for term in analyse(other)]


@given(
    st.lists(
        st.sampled_from(
            ["Ana's", "81\u202f370", "U.N.", "re-elected", " ", "\u00a0", "\t", "1 000", "é", "-", ".", "5th"]
        )
    ).map("".join)
)
def test_terms_are_those_of_the_tokens(text: str) -> None:
    assert analyse(text) == [term for token in tokens(text) for term in terms_of(token.folded)]
