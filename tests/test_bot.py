"""The bot as an application embeds it: open, ask, search, and what it promises around them."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import chatbot
from chatbot import (
    Answer,
    Candidate,
    Chatbot,
    Citation,
    Conversation,
    CorpusError,
    IntentErrors,
    Question,
    Value,
)
from chatbot.values import Answerer

TOWN = """\
# Tarn

- Founded: 1247
- Motto: Steady in the current

| Mayor | From | To |
|---|---|---|
| Ana Ruiz | 1 May 1990 | 30 April 1994 |
| Bo Lindqvist | 1 May 1994 | present |

The trams of Tarn were withdrawn because the wooden bridge could not carry them.
"""
LIGHTS = """\
# Lights

| Light | Height (m) |
|---|---|
| Skarv Point | 41 |
| Old Mercy | 24 |

Old Mercy was abandoned because the sandbank had moved two miles to the east.
"""
TODAY = date(2024, 7, 1)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    (folder / "tarn.md").write_text(TOWN, encoding="utf-8")
    (folder / "lights.md").write_text(LIGHTS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def bot(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    return Chatbot.open(corpus, today=TODAY, cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


# -- opening


def test_documents_may_be_a_folder_a_file_or_several(corpus: Path, cache: Path) -> None:
    asked = "who was mayor in 1992?"
    for documents in (
        corpus,
        str(corpus),
        corpus / "tarn.md",
        [corpus / "lights.md", str(corpus / "tarn.md")],
    ):
        assert "Ana Ruiz" in Chatbot.open(documents, cache=cache).ask(asked).text


def test_without_documents_the_shipped_ones_are_opened(cache: Path) -> None:
    assert "Guéhenno" in Chatbot.open(cache=cache).ask("who led DPO in 2005").text


def test_a_missing_corpus_is_a_corpus_error_that_names_it(tmp_path: Path, cache: Path) -> None:
    with pytest.raises(CorpusError, match="nowhere"):
        Chatbot.open(tmp_path / "nowhere", cache=cache)


@pytest.mark.parametrize("files", [{}, {"a.bin": b"\0\0"}, {"a.md": b"\xff\xfe\xfa\xfb\0"}], ids=str)
def test_a_corpus_without_a_readable_document_is_a_corpus_error(
    tmp_path: Path, cache: Path, files: dict[str, bytes]
) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with pytest.raises(CorpusError):
        Chatbot.open(folder, cache=cache)


def test_unreadable_files_are_warned_of_and_left_out(tmp_path: Path, cache: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "tarn.md").write_text(TOWN, encoding="utf-8")
    (folder / "broken.md").write_bytes(b"\xc3(")
    for _ in ("built", "from the cache"):
        warnings: list[str] = []
        bot = Chatbot.open(folder, cache=cache, on_warning=warnings.append)
        assert [file.path for file in bot.skipped] == ["broken.md"]
        (warning,) = warnings
        assert "broken.md" in warning
        assert "Ana Ruiz" in bot.ask("who was mayor in 1992?").text


def test_every_fault_of_the_intents_is_raised_together(corpus: Path, tmp_path: Path, cache: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.yaml").write_text("", encoding="utf-8")
    (own / "b.yaml").write_text("descripion: x\n", encoding="utf-8")
    with pytest.raises(IntentErrors) as caught:
        Chatbot.open(corpus, own, cache=cache)
    assert [Path(error.path).name for error in caught.value.errors] == ["a.yaml", "b.yaml"]


def test_missing_intents_are_an_error(corpus: Path, tmp_path: Path, cache: Path) -> None:
    with pytest.raises(IntentErrors, match="nowhere"):
        Chatbot.open(corpus, tmp_path / "nowhere", cache=cache)


def test_own_intents_are_added_to_those_shipped(corpus: Path, tmp_path: Path, cache: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "joke.yaml").write_text(
        "description: A joke.\nsentences: [tell a joke]\nresponses: [No.]\n", encoding="utf-8"
    )
    bot = Chatbot.open(corpus, own, cache=cache)
    assert {"joke", "office/holder_at"} <= set(bot.intents)
    answer = bot.ask("tell a joke")
    assert (answer.kind, answer.text, answer.intent) == ("small_talk", "No.", "joke")
    assert "Ana Ruiz" in bot.ask("who was mayor in 1992?").text


def test_an_own_intent_of_a_shipped_name_is_an_error(corpus: Path, tmp_path: Path, cache: Path) -> None:
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "holder_at.yaml").write_text(
        "description: x\nsentences: [zzyzx]\nresponses: [x]\n", encoding="utf-8"
    )
    with pytest.raises(IntentErrors, match="office/holder_at"):
        Chatbot.open(corpus, tmp_path, cache=cache)


# -- asking


def test_an_answer_carries_all_it_promises(bot: Chatbot) -> None:
    answer = bot.ask("who was mayor in 1992?")
    assert answer.question == "who was mayor in 1992?"
    assert answer.kind == "fact"
    assert answer.value == (Value("person", "Ana Ruiz"),)
    assert answer.intent == "office/holder_at"
    assert answer.plan is not None
    assert "tarn.md" in answer.plan
    assert 0.9 <= answer.confidence <= 1
    assert answer.elapsed_ms > 0
    (citation,) = answer.citations
    assert TOWN[citation.start : citation.end] == citation.quote
    assert citation.document == "tarn.md"
    assert any(answer.text[a:b] == "Ana Ruiz" for a, b in citation.supports)


def test_a_passage_is_quoted_where_no_fact_answers(bot: Chatbot) -> None:
    answer = bot.ask("Why were the trams withdrawn?")
    assert answer.kind == "passage"
    assert "bridge" in answer.text
    (citation,) = answer.citations
    assert TOWN[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    "question",
    [
        "who was mayor of Quellmar in 1992?",
        "who was the bishop in 1992?",
        "who was mayor in 1850?",
        "who will be mayor in 2050?",
        "what is the salary of the mayor",
        "xyzzy plugh",
        "why",
        "",
        "   ",
        "?!",
        "🚀" * 20,
        "\x00\ufeff",
    ],
    ids=repr,
)
def test_what_the_documents_do_not_say_is_unknown(bot: Chatbot, question: str) -> None:
    answer = bot.ask(question)
    assert answer.kind == "unknown"
    assert answer.text
    assert answer.value == answer.citations == ()


@pytest.mark.parametrize("question", ["hello", "Thanks!", "good morning", "bye"])
def test_small_talk_is_replied_to_without_sources(bot: Chatbot, question: str) -> None:
    answer = bot.ask(question)
    assert answer.kind == "small_talk"
    assert answer.value == answer.citations == ()


def test_a_greeting_before_a_question_is_no_small_talk(bot: Chatbot) -> None:
    assert "Ana Ruiz" in bot.ask("hello, who was mayor in 1992?").text


@pytest.mark.parametrize("word", ["a ", "who led ", "(", "1990 ", "Ruiz "], ids=repr)
def test_endless_questions_are_cut_and_replied_to(bot: Chatbot, word: str) -> None:
    assert bot.ask(word * 50_000).text


ANY_WORDS = """who when how long many much what is was the did before after between than longest shortest most least first
last second tallest total average difference mayor led took office left served Ana Ruiz Bo Lindqvist Tarn Skarv Point
Old Mercy light lights height motto founded 1992 in 2000 May 1994 5 10% more less years not and or ? , ( ) ' - to"""


@given(st.lists(st.sampled_from(ANY_WORDS.split()), max_size=10).map(" ".join))
def test_any_words_are_replied_to(bot: Chatbot, question: str) -> None:
    answer = bot.ask(question)
    assert answer.text.strip()
    assert 0 <= answer.confidence <= 1
    for citation in answer.citations:
        source = {"tarn.md": TOWN, "lights.md": LIGHTS}[citation.document]
        assert source[citation.start : citation.end] == citation.quote
        assert citation.supports
    if answer.kind in ("fact", "passage"):
        assert answer.citations
    else:
        assert not answer.value


def test_today_is_an_argument(bot: Chatbot) -> None:
    assert bot.ask("who was mayor last year?", today=date(1993, 5, 1)).value == (Value("person", "Ana Ruiz"),)
    assert bot.ask("who was mayor last year?").value == (Value("person", "Bo Lindqvist"),)
    assert bot.ask("who was mayor in 2023?", today=date(2000, 1, 1)).kind == "unknown"


def test_asking_again_gives_the_same_answer(bot: Chatbot) -> None:
    first, second = (replace(bot.ask("who was mayor in 1992?"), elapsed_ms=0) for _ in range(2))
    assert first == second


def test_the_conversation_given_is_not_changed(bot: Chatbot) -> None:
    conversation = Conversation().after(bot.ask("who was mayor in 1992?"))
    before = conversation.to_json()
    bot.ask("who came after her?", conversation)
    assert conversation.to_json() == before


# -- documents that the asker may see


@pytest.mark.parametrize(
    "question",
    ["who was mayor in 1992?", "when was Tarn founded", "what is the motto", "Why were the trams withdrawn?"],
)
def test_a_hidden_document_gives_neither_facts_nor_passages(bot: Chatbot, question: str) -> None:
    seen = bot.ask(question, documents=lambda path: path == "tarn.md")
    hidden = bot.ask(question, documents=lambda path: path != "tarn.md")
    assert seen.kind in ("fact", "passage")
    assert hidden.kind == "unknown"
    told = " ".join((hidden.text, *hidden.suggestions, *hidden.why))
    for secret in ("Ana Ruiz", "Lindqvist", "1247", "Steady", "wooden"):
        assert secret not in told


@pytest.mark.parametrize(
    "question",
    [
        "who was mayor in 1992?",
        "who was mayor in 1850?",
        "Why were the trams withdrawn?",
        "trams",
        "who came after Ana Ruiz",
        "mayors",
        "what is Tarn",
    ],
)
def test_nothing_tells_that_a_hidden_document_is_there(bot: Chatbot, question: str) -> None:
    answer = bot.ask(question, documents=lambda path: path != "tarn.md")
    told = " ".join((answer.text, *answer.suggestions))
    asked = question.lower()
    for secret in ("tarn", "mayors", "1990", "lindqvist"):
        assert secret in asked or secret not in told.lower()


@pytest.mark.parametrize("question", ["who is lindqvst", "how tall is ana ruis", "what is steadi"])
def test_spelling_is_not_corrected_into_a_hidden_document(bot: Chatbot, question: str) -> None:
    answer = bot.ask(question, documents=lambda path: path != "tarn.md")
    told = " ".join((answer.text, *answer.suggestions, *answer.why)).lower()
    for secret in ("lindqvist", "ruiz", "steady"):
        assert secret not in told


def test_citations_are_of_visible_documents_only(bot: Chatbot) -> None:
    for question in ("how tall is Skarv Point", "Why was Old Mercy abandoned?"):
        answer = bot.ask(question, documents=lambda path: path == "lights.md")
        assert {citation.document for citation in answer.citations} == {"lights.md"}


def test_who_may_see_nothing_is_told_nothing(bot: Chatbot) -> None:
    for question in ("who was mayor in 1992?", "Why was Old Mercy abandoned?", "how tall is Skarv Point"):
        answer = bot.ask(question, documents=lambda path: False)
        assert answer.kind == "unknown"
        assert answer.suggestions == ()


def test_search_finds_only_visible_passages(bot: Chatbot) -> None:
    everywhere = bot.search("Why was Old Mercy abandoned?")
    assert everywhere[0].passage.document == "lights.md"
    assert bot.search("Old Mercy abandoned sandbank", documents=lambda path: path == "tarn.md") == []


def test_search_gives_the_best_first_and_no_more_than_asked_for(bot: Chatbot) -> None:
    found = bot.search("Old Mercy sandbank trams bridge", k=5)
    assert 1 < len(found) <= 5
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert bot.search("Old Mercy sandbank trams bridge", k=1) == found[:1]
    assert bot.search("zzyzx") == []


def test_preparing_makes_passages_ready(bot: Chatbot) -> None:
    bot.prepare()
    assert len(bot.passages.passages) > 0


# -- threads


def test_threads_may_share_a_bot(corpus: Path, cache: Path) -> None:
    questions = [
        "who was mayor in 1992?",
        "who was mayor in 2000?",
        "how tall is Skarv Point",
        "Why were the trams withdrawn?",
        "Why was Old Mercy abandoned?",
        "who was mayr in 1992?",
        "who was mayor of Quellmar?",
        "hello",
    ]
    alone = Chatbot.open(corpus, today=TODAY, cache=cache)
    expected = [replace(alone.ask(question), elapsed_ms=0) for question in questions]
    shared = Chatbot.open(corpus, today=TODAY, cache=cache)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(shared.ask, questions * 6))
    assert [replace(answer, elapsed_ms=0) for answer in answers] == expected * 6


def test_threads_may_open_the_same_corpus_at_once(corpus: Path, cache: Path) -> None:
    def opened(_: int) -> str:
        return Chatbot.open(corpus, today=TODAY, cache=cache).ask("who was mayor in 1992?").text

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(opened, range(4)))) == 1


# -- an application's own answerers


def stocks(question: Question, conversation: Conversation) -> Candidate | None:
    if "in stock" not in question.text:
        return None
    citation = Citation("c1", "stock.db", "Stock", (), 0, 8, "8 lamps", ((0, 7),))
    return Candidate("fact", "8 lamps.", 0.95, (Value("number", "8", number=8),), (citation,))


@pytest.fixture
def embedded(corpus: Path, cache: Path) -> Chatbot:
    bot = Chatbot.open(corpus, today=TODAY, cache=cache)
    bot.answerers = (*bot.answerers, stocks)
    return bot


def test_an_own_answerer_is_asked_too(embedded: Chatbot) -> None:
    answer = embedded.ask("how many lamps are in stock?")
    assert (answer.text, answer.kind, answer.value[0].number) == ("8 lamps.", "fact", 8)


def test_an_own_answerer_leaves_the_rest_as_it_was(embedded: Chatbot) -> None:
    assert "Ana Ruiz" in embedded.ask("who was mayor in 1992?").text
    assert embedded.ask("who was mayor of Quellmar in 1992?").kind == "unknown"


def test_the_surest_of_uncertain_answers_wins_and_the_first_of_equals(embedded: Chatbot) -> None:
    def with_confidence(text: str, confidence: float) -> Answerer:
        return lambda question, conversation: Candidate("fact", text, confidence)

    embedded.answerers = (with_confidence("a", 0.6), with_confidence("b", 0.8), with_confidence("c", 0.8))
    assert embedded.ask("anything").text == "b"
    embedded.answerers = (with_confidence("sure", 0.95), with_confidence("surer", 0.99))
    assert embedded.ask("anything").text == "sure"


def test_an_answer_below_the_threshold_is_unknown(embedded: Chatbot) -> None:
    embedded.answerers = (lambda question, conversation: Candidate("fact", "maybe", 0.2, (Value("text", "m"),)),)
    answer = embedded.ask("anything")
    assert (answer.kind, answer.value, answer.confidence) == ("unknown", (), 0.2)
    assert "maybe" not in answer.text


def test_an_unknown_names_the_nearest_headings(tmp_path: Path) -> None:
    (tmp_path / "tarn.md").write_text(
        "# Tarn\n\n## Trams\n\nThe trams of Tarn were withdrawn in 1931.\n", encoding="utf-8"
    )
    bot = Chatbot.open([tmp_path], cache=tmp_path / "cache")
    near = bot.ask("who painted the trams of Tarn?")
    assert (near.kind, near.suggestions) == ("unknown", ("See: Trams",))
    assert bot.ask("who painted the ceiling?").suggestions == ()


def test_a_right_withdrawn_hides_headings_at_once(tmp_path: Path) -> None:
    (tmp_path / "tarn.md").write_text("# Tarn\n\n## Trams\n\nThe trams of Tarn were withdrawn.\n", encoding="utf-8")
    bot, allowed = Chatbot.open([tmp_path], cache=tmp_path / "cache"), {"tarn.md"}
    question = "who painted the trams of Tarn?"
    assert bot.ask(question, documents=allowed.__contains__).suggestions == ("See: Trams",)
    allowed.clear()
    assert bot.ask(question, documents=allowed.__contains__).suggestions == ()


def test_a_sentence_of_stop_words_is_found_by_them(tmp_path: Path) -> None:
    text = "# Play\n\n## Dusk\n\nThe prince is at the window.\n\n## Dawn\n\nTo be or not to be?\n"
    (tmp_path / "play.md").write_text(text, encoding="utf-8")
    found = Chatbot.open([tmp_path], cache=tmp_path / "cache").search("to be or not to be", 1)
    assert [hit.passage.text for hit in found] == ["To be or not to be?"]


def test_an_unknown_never_carries_values_or_citations(embedded: Chatbot) -> None:
    embedded.answerers = (
        lambda question, conversation: Candidate("unknown", "I lack that.", 0.99, (Value("text", "m"),)),
    )
    answer = embedded.ask("anything")
    assert (answer.text, answer.value) == ("I lack that.", ())


def test_an_own_answerer_sees_what_the_user_typed_and_the_completed_question(embedded: Chatbot) -> None:
    seen: list[Question] = []

    def spy(question: Question, conversation: Conversation) -> None:
        seen.append(question)

    embedded.answerers = (spy, *embedded.answerers)
    conversation = Conversation().after(embedded.ask("who was mayor in 1992?"))
    embedded.ask("who came after her?", conversation)
    assert seen[-1].asked == "who came after her?"
    assert seen[-1].text == "who came after Ana Ruiz?"
    assert seen[-1].today == TODAY


# -- conversations and JSON


def test_a_conversation_survives_json(bot: Chatbot) -> None:
    conversation = Conversation()
    for question in ("who was mayor in 1992?", "who came after her?", "hello", "who was mayor of Quellmar?"):
        conversation = conversation.after(bot.ask(question, conversation))
    assert Conversation.from_json(conversation.to_json()) == conversation
    assert Conversation.from_json(conversation.to_json().encode()) == conversation
    assert [turn.kind for turn in conversation.turns] == ["fact", "fact", "small_talk", "unknown"]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"turns": 5}', '{"turns": [{"question": 1}]}'], ids=repr)
def test_what_is_no_conversation_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  msgspec's own words
        Conversation.from_json(text)


def test_an_answer_in_json_is_the_schema_and_no_more(bot: Chatbot) -> None:
    data = json.loads(bot.ask("who was mayor in 1992?").to_json())
    assert list(data) == [
        "schema",
        "question",
        "text",
        "kind",
        "confidence",
        "value",
        "citations",
        "intent",
        "plan",
        "suggestions",
        "elapsed_ms",
    ]
    assert data["schema"] == 1
    assert data["value"] == [{"type": "person", "text": "Ana Ruiz"}]
    assert set(data["citations"][0]) == {
        "id", "document", "title", "section", "start", "end", "quote", "supports",
    }  # fmt: skip


def test_an_answer_is_immutable(bot: Chatbot) -> None:
    answer = bot.ask("who was mayor in 1992?")
    with pytest.raises(AttributeError):
        answer.text = "Nobody."  # type: ignore[misc]


# -- promised names


def test_promised_names_are_there_and_sorted() -> None:
    assert chatbot.__all__ == sorted(chatbot.__all__)
    assert all(getattr(chatbot, name) is not None for name in chatbot.__all__)
    assert chatbot.Answer is Answer


def test_a_name_that_is_not_promised_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="Chatbt"):
        _ = chatbot.Chatbt


def test_a_cited_document_can_be_read_by_its_name(bot: Chatbot, corpus: Path) -> None:
    citation = bot.ask("who was mayor in 1992?").citations[0]
    assert bot.file(citation.document) == corpus / "tarn.md"
    assert bot.source(citation.document)[citation.start : citation.end] == citation.quote
    assert bot.document(citation.document).title == "Tarn"


@pytest.mark.parametrize("read", [Chatbot.file, Chatbot.source, Chatbot.document])
@pytest.mark.parametrize("name", ["gone.md", "tarn.md#x", ""])
def test_a_document_that_is_none_is_named_in_the_error(
    bot: Chatbot, read: Callable[[Chatbot, str], object], name: str
) -> None:
    with pytest.raises(CorpusError, match=f"^{name} is not among the documents that are open"):
        read(bot, name)
