"""Learning which words of sentences speak of which words of questions."""

from chatbot.evaluation.train_translation import Pair, learned

PAIRS: list[Pair] = [(["write", "?who"], ["book", "ada"])] * 40 + [(["close", "?when"], ["shut", "1911"])] * 40


def test_words_that_meet_again_and_again_speak_of_each_other() -> None:
    table = learned(PAIRS)
    assert table["write"].keys() == table["?who"].keys() == {"ada", "book"}
    assert table["?when"].keys() == {"1911", "shut"}
    assert all(0 < gain <= 100 for said in table.values() for gain in said.values())


def test_what_meets_rarely_says_nothing() -> None:
    assert learned([(["write"], ["book"]), (["close"], ["shut"])]) == {}
