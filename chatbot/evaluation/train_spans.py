"""Learning the weights of `chatbot.reading.spans`: softmax regression over all spans of each question's passage.

    python -m chatbot.evaluation.train_spans --passages P.jsonl.gz --questions Q.jsonl.gz --out spans.bin

AdaGrad (J. Duchi and others 2011), three rounds, on the very functions that answering runs, compiled by numba
(`pip install 'chatbot[train]'`). The classes of words in `clusters.txt` are given: 512 clusters of the directions of words
in a factorised matrix of neighbours (positive pointwise mutual information) of the same training passages.
"""

from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import click
import numpy as np
from numba import njit

from chatbot.evaluation.benchmarks import Asked, Record, records
from chatbot.evaluation.benchmarks import questions as questions_of
from chatbot.evaluation.fitting import is_in_first_half, training
from chatbot.reading import spanfeatures as f
from chatbot.reading import spans as runtime
from chatbot.retrieval.analysis import analyse
from chatbot.retrieval.bm25 import inverse_document_frequency
from chatbot.retrieval.sentences import splitter_for

SEED, ROUNDS, RATE = 0, 3, 0.05
_LEAST = 1e-3
"""Gradients nearer to nothing are passed over."""
_ROOM = 60_000
"""Spans of one passage at most."""

for _name in ("joined", "keyed", "slot", "level", "may_begin", "may_end", "fill_side", "fill_sentences"):
    setattr(f, _name, njit(getattr(f, _name)))
for _name in ("token_score", "fill_values"):
    setattr(f, _name, njit(getattr(f, _name)))
joined, keyed, slot, may_begin, may_end = f.joined, f.keyed, f.slot, f.may_begin, f.may_end
fill_side, fill_sentences = f.fill_side, f.fill_sentences
token_score, fill_values = f.token_score, f.fill_values
STARTS, ENDS, INSIDES = np.array(f.STARTS), np.array(f.ENDS), np.array(f.INSIDES)
SPANS, SENTENCES = np.array(f.SPANS), np.array(f.SENTENCES)
LONGEST, VALUES, COLUMNS, SENTENCE_COLUMNS = f.LONGEST, f.VALUES, f.COLUMNS, f.SENTENCE_COLUMNS
WORD, FINE, COARSE, SHAPE, COVER = f.WORD, f.FINE, f.COARSE, f.SHAPE, f.COVER


class Example(NamedTuple):
    """One question and its passage as arrays."""

    rows: Any
    firsts: Any
    lasts: Any
    match: Any
    weights: Any
    own: Any
    names: Any
    codes: Any
    heads: Any
    terms: Any
    parts: Any
    gold: Any
    """Pairs of first and last row of the spans that answer."""


def example(asked: Asked, record: Record, sentences: list[str], idf: Any) -> Example | None:
    """None where no span of the passage is an answer."""
    text, question = runtime.PassageNumbers(sentences), runtime.QuestionNumbers(asked.question, record.title, idf)
    gold = sorted({span for answer in asked.answers for span in _gold(text, sentences, answer)})
    if not gold:
        return None
    integers = [
        np.array(each, dtype=np.int64)
        for each in (question.names, question.codes, question.heads, question.terms, question.parts)
    ]
    return Example(
        np.array(text.rows, dtype=np.int64),
        np.array(text.firsts),
        np.array(text.lasts),
        np.array(runtime.matches(question, text)),
        np.array(question.weights),
        np.array(question.own),
        *integers,
        np.array(gold),
    )


def _gold(text: Any, sentences: list[str], answer: str) -> list[tuple[int, int]]:
    """Rows of every occurrence of an answer, without what no span may begin or end with."""
    found = []
    for number, sentence in enumerate(sentences):
        start = sentence.find(answer) if answer else -1
        while start >= 0:
            inside = range(text.firsts[number], text.lasts[number])
            rows = [t for t in inside if text.places[t][2] > start and text.places[t][1] < start + len(answer)]
            while rows and not may_begin(text.rows[rows[0]][SHAPE]):
                rows.pop(0)
            while rows and not may_end(text.rows[rows[-1]][SHAPE]):
                rows.pop()
            if rows and len(rows) <= LONGEST:
                found.append((rows[0], rows[-1]))
            start = sentence.find(answer, start + 1)
    return found


@njit
def _keys(templates, parts, base):
    keys = np.empty(len(templates), np.int64)
    for n in range(len(templates)):
        keys[n] = keyed(base + n, parts[templates[n, 0]])
    return keys


@njit(inline="always")
def _step(w, squares, at, slope, rate):
    squares[at] += slope * slope
    w[at] -= rate * slope / np.sqrt(squares[at])


@njit
def _step_piece(w, squares, rows, t, templates, keys, slope, rate):
    for n in range(len(templates)):
        value = rows[t + templates[n, 1], templates[n, 2]]
        if templates[n, 4] >= 0:
            value = joined(value, rows[t + templates[n, 3], templates[n, 4]])
        _step(w, squares, slot(keys[n], value), slope, rate)


@njit
def _sentence_value(columns, s, n):
    value = columns[s, SENTENCES[n, 1]]
    return value if SENTENCES[n, 2] < 0 else joined(value, columns[s, SENTENCES[n, 2]])


@njit
def _scores_by_piece(w, rows, weights, terms, parts):
    """Scores of beginning and of ending at each row, and sums of the scores inside up to each."""
    starts, ends, insides = _keys(STARTS, parts, 0), _keys(ENDS, parts, 100), _keys(INSIDES, parts, 200)
    begin, end, inside = np.zeros(len(rows)), np.zeros(len(rows)), np.zeros(len(rows) + 1)
    for t in range(len(rows)):
        inside[t + 1] = inside[t]
        if rows[t, SHAPE] == 0:
            continue
        inside[t + 1] += token_score(w, rows, t, INSIDES, insides)
        begin[t] = token_score(w, rows, t, STARTS, starts)
        end[t] = token_score(w, rows, t, ENDS, ends)
        for q in range(len(terms)):
            if weights[q] > 0:
                begin[t] += w[slot(keyed(500, terms[q]), rows[t - 1, WORD])]
                end[t] += w[slot(keyed(501, terms[q]), rows[t, FINE])] + w[slot(keyed(502, terms[q]), rows[t, SHAPE])]
    return begin, end, inside


@njit
def _all_spans(rows, firsts, lasts, match, weights, columns):
    """First row, last row and sentence of every span, and the values of its own features."""
    spans, values, c = np.zeros((_ROOM, 3), np.int64), np.zeros((_ROOM, VALUES), np.int64), 0
    for s in range(len(firsts)):
        for i in range(firsts[s], lasts[s]):
            if not may_begin(rows[i, SHAPE]):
                continue
            signature, coarse, words, told = 1, 1, 1, 0
            for e in range(i, min(i + LONGEST, lasts[s])):
                if e == i or rows[e, SHAPE] != rows[e - 1, SHAPE]:
                    signature = joined(signature, rows[e, SHAPE])
                coarse, words = joined(coarse, rows[e, COARSE]), joined(words, rows[e, WORD])
                if match[e] >= 0 and weights[match[e]] > 0:
                    told += 1
                if not may_end(rows[e, SHAPE]) or c >= _ROOM:
                    continue
                wide = coarse if e - i < 4 else 2
                fill_values(values[c], rows, i, e, e - i + 1, signature, wide, words, min(told, 3), columns[s, COVER])
                spans[c, 0], spans[c, 1], spans[c, 2] = i, e, s
                c += 1
    return spans[:c], values[:c]


@njit
def _scores(w, rows, weights, terms, parts, columns, spans, values):
    begin, end, inside = _scores_by_piece(w, rows, weights, terms, parts)
    k_span, k_sentence = _keys(SPANS, parts, 300), _keys(SENTENCES, parts, 400)
    own = np.zeros(len(columns))
    for s in range(len(columns)):
        for n in range(len(SENTENCES)):
            own[s] += w[slot(k_sentence[n], _sentence_value(columns, s, n))]
    scores = np.zeros(len(spans))
    for x in range(len(spans)):
        i, e, s = spans[x]
        scores[x] = own[s] + begin[i] + end[e] + inside[e + 1] - inside[i]
        for n in range(len(SPANS)):
            scores[x] += w[slot(k_span[n], values[x, SPANS[n, 1]])]
    return scores


@njit
def _step_all(w, squares, rate, rows, weights, terms, parts, columns, spans, values, slopes):
    """One step along the slopes of all spans, gathered by piece and by sentence."""
    count = len(rows)
    at_begin, at_end, at_inside = np.zeros(count), np.zeros(count), np.zeros(count + 1)
    of_sentence = np.zeros(len(columns))
    k_span = _keys(SPANS, parts, 300)
    for x in range(len(spans)):
        i, e, s = spans[x]
        at_begin[i] += slopes[x]
        at_end[e] += slopes[x]
        at_inside[i] += slopes[x]
        at_inside[e + 1] -= slopes[x]
        of_sentence[s] += slopes[x]
        if abs(slopes[x]) > _LEAST:
            for n in range(len(SPANS)):
                _step(w, squares, slot(k_span[n], values[x, SPANS[n, 1]]), slopes[x], rate)
    _step_pieces(w, squares, rate, rows, weights, terms, parts, at_begin, at_end, np.cumsum(at_inside))
    k_sentence = _keys(SENTENCES, parts, 400)
    for s in range(len(columns)):
        if abs(of_sentence[s]) > _LEAST:
            for n in range(len(SENTENCES)):
                _step(w, squares, slot(k_sentence[n], _sentence_value(columns, s, n)), of_sentence[s], rate)


@njit
def _step_pieces(w, squares, rate, rows, weights, terms, parts, at_begin, at_end, at_inside):
    starts, ends, insides = _keys(STARTS, parts, 0), _keys(ENDS, parts, 100), _keys(INSIDES, parts, 200)
    for t in range(len(rows)):
        if abs(at_begin[t]) > _LEAST:
            _step_piece(w, squares, rows, t, STARTS, starts, at_begin[t], rate)
        if abs(at_end[t]) > _LEAST:
            _step_piece(w, squares, rows, t, ENDS, ends, at_end[t], rate)
        if abs(at_inside[t]) > _LEAST:
            _step_piece(w, squares, rows, t, INSIDES, insides, at_inside[t], rate)
        for q in range(len(terms)):
            if weights[q] > 0 and abs(at_begin[t]) > _LEAST:
                _step(w, squares, slot(keyed(500, terms[q]), rows[t - 1, WORD]), at_begin[t], rate)
            if weights[q] > 0 and abs(at_end[t]) > _LEAST:
                _step(w, squares, slot(keyed(501, terms[q]), rows[t, FINE]), at_end[t], rate)
                _step(w, squares, slot(keyed(502, terms[q]), rows[t, SHAPE]), at_end[t], rate)


@njit
def learn_from(w, squares, rate, rows, firsts, lasts, match, weights, own, names, codes, heads, terms, parts, gold):
    """One step on one question; its loss, the negative logarithm of the likelihood of its answers."""
    fill_side(rows, match, weights, codes, heads, True)
    fill_side(rows, match, weights, codes, heads, False)
    columns = np.zeros((len(firsts), SENTENCE_COLUMNS), np.int64)
    fill_sentences(columns, firsts, lasts, match, weights, own, names, np.zeros(len(codes), np.int64))
    spans, values = _all_spans(rows, firsts, lasts, match, weights, columns)
    scores = _scores(w, rows, weights, terms, parts, columns, spans, values)
    odds, is_gold = np.exp(scores - scores.max()), np.zeros(len(spans))
    for g in range(len(gold)):
        for x in range(len(spans)):
            if spans[x, 0] == gold[g, 0] and spans[x, 1] == gold[g, 1]:
                is_gold[x] = 1.0
    good, total = (odds * is_gold).sum(), odds.sum()
    if good == 0.0:
        return 0.0
    slopes = odds / total - odds * is_gold / good
    _step_all(w, squares, rate, rows, weights, terms, parts, columns, spans, values, slopes)
    return -np.log(good / total)


@training
@click.option(
    "--half", is_flag=True, help="Learn from half of the articles, so that `train_reading` may use the others."
)
def main(passages: tuple[Path, ...], questions: Path, half: bool, out: Path) -> None:
    """Learn the weights and write them to OUT."""
    known = {record.id: record for _, _, record in records(passages)}
    splitter = splitter_for(record.text for record in known.values())
    sentences = {each.id: [each.text[a:b] for a, b in splitter(each.text)] for each in known.values()}
    frequencies = Counter(term for record in known.values() for term in set(analyse(record.text)))

    def idf(term: str) -> float:
        return inverse_document_frequency(len(known), frequencies[term])

    asked = [each for each in questions_of(questions) if each.passage_id in known]
    asked = [each for each in asked if not half or is_in_first_half(known[str(each.passage_id)].title)]
    made = (example(each, known[str(each.passage_id)], sentences[str(each.passage_id)], idf) for each in asked)
    examples = [each for each in made if each is not None]
    weights, squares = np.zeros(1 << f.SIZE_BITS), np.ones(1 << f.SIZE_BITS)
    chance = np.random.default_rng(SEED)
    for turn in range(ROUNDS):
        loss = sum(learn_from(weights, squares, RATE, *examples[n]) for n in chance.permutation(len(examples)))
        click.echo(f"round {turn + 1}: {len(examples)} questions, loss {loss / len(examples):.4f}")
    out.write_bytes(np.round(weights * runtime.SCALE).astype("<i2").tobytes())


if __name__ == "__main__":
    main()
