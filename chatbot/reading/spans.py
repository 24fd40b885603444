"""The answer inside a sentence: a linear ranker over its spans, learned from questions with known answers.

Hashed features (K. Weinberger and others 2009) in the manner of P. Rajpurkar and others 2016, section 4, without the parse.
A span's score is that of its first piece, of its last, of every piece inside, of the sentence and of the whole
(`spanfeatures`); the weights were learned by `chatbot.evaluation.train_spans` and lie in `spans.bin`, the classes of words
that occur alike in `clusters.txt`.
"""

import sys
from array import array
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import exp, log
from zlib import crc32

import msgspec

from chatbot.reading import spanfeatures as f
from chatbot.reading.answertype import Asked, Wh
from chatbot.reading.pieces import Shape, piece, spans_of_pieces
from chatbot.values import ValueType

SCALE = 4096
"""What the weights were multiplied by before they were rounded to two bytes."""
_FIRST_CLASS = 64
"""Classes of words are numbered from here; lower numbers are shapes."""
_LOOKED_AT = 16
"""Spans whose own features are added up: those that are best by their pieces."""
_M30 = (1 << 30) - 1
_GRAMMAR = 15
"""Codes from which a word of the question is one of grammar."""

Row = list[int]


class Span(msgspec.Struct, frozen=True):
    """An answer: `sentences[sentence][start:end]`."""

    sentence: int
    start: int
    end: int
    score: float
    chance: float
    """Likelihood among the spans looked at."""


class Read(msgspec.Struct, frozen=True):
    """What was read from some sentences."""

    spans: tuple[Span, ...]
    """The best ones, best first."""
    type: ValueType
    """What the question asks for."""
    total: float
    """Logarithm of the sum of the exponents of all scores: great where much speaks for some answer."""
    lacking: "Lacking"


class Lacking(msgspec.Struct, frozen=True):
    """What the sentences, with the title, lack of the question; weights are shares of all its words."""

    sentence: float
    """Weight of the words that the best sentence lacks."""
    everywhere: float
    """Weight of those that all lack."""
    greatest: float
    """Weight of the weightiest of these."""
    names: int
    numbers: int


def best_spans(
    question: str,
    sentences: Sequence[str],
    title: str,
    weight: Callable[[str], float],
    k: int = 5,
    weights: Sequence[int] | None = None,
) -> Read | None:
    """The best `k` spans of the sentences of one passage, or None where none can be an answer.

    `weight` says how much a term tells: its inverse document frequency. Other `weights` than the shipped ones are for
    measuring what was learned from a part of the questions.
    """
    asked = QuestionNumbers(question, title, weight)
    text = PassageNumbers(sentences)
    found = _Scorer(asked, text, weights or _weights()).spans()
    if not found:
        return None
    highest = found[0][0]
    odds = [exp(score - highest) for score, *_ in found]
    total = sum(odds)
    spans = tuple(
        Span(text.places[i][0], text.places[i][1], text.places[e][2], score, odd / total)
        for (score, i, e), odd in list(zip(found, odds, strict=True))[:k]
    )
    lacking = _lacking(asked, sentences, title, spans[0].sentence)
    return Read(spans, _type(asked.wh, sentences[spans[0].sentence][spans[0].start :]), highest + log(total), lacking)


def _type(wh: Wh, text: str) -> ValueType:
    if wh in (Wh.WHEN, Wh.WHAT_YEAR):
        return "date"
    if wh in (Wh.HOW_MANY, Wh.HOW_MUCH):
        return "number"
    is_name = text[:1].isupper()
    if wh in (Wh.WHO, Wh.WHO_DID, Wh.WHO_IS, Wh.WHOSE) and is_name:
        return "person"
    return "place" if wh == Wh.WHERE and is_name else "text"


@cache
def _weights() -> Sequence[int]:
    return weights_of(files("chatbot.reading").joinpath("spans.bin").read_bytes())


def weights_of(data: bytes) -> Sequence[int]:
    """The weights that `train_spans` wrote."""
    weights = array("h")
    weights.frombytes(data)
    if sys.byteorder == "big":
        weights.byteswap()
    return weights


@cache
def _classes() -> tuple[dict[str, int], list[int]]:
    """The class of each word, and the wider class of each class."""
    first, *lines = files("chatbot.reading").joinpath("clusters.txt").read_text(encoding="utf-8").splitlines()
    fine = {word: number + _FIRST_CLASS for number, line in enumerate(lines) for word in line.split(" ")}
    return fine, [int(each) + _FIRST_CLASS for each in first.split()]


def _hash(word: str) -> int:
    return crc32(word.encode()) & _M30 if word else 0


def _fine(word: str, otherwise: int) -> int:
    return _classes()[0].get(word, otherwise)


def _coarse(fine: int) -> int:
    return _classes()[1][fine - _FIRST_CLASS] if fine >= _FIRST_CLASS else fine


@lru_cache(maxsize=65536)
def _known(written: str, is_first: bool) -> tuple[int, int, int, int, int, int]:
    """What is known of a piece wherever it stands: word, classes, shape, ending, term."""
    known = piece(written)
    shape = int(known.shape)
    if is_first and shape == Shape.CAPITAL:
        shape = int(Shape.FIRST)
    fine = _fine(known.folded, shape)
    ending = f.joined(_hash(known.folded[-3:]), shape)
    return _hash(known.folded), fine, _coarse(fine), shape, ending, _hash(known.term)


class PassageNumbers:
    """Sentences as rows of numbers, one a piece, with rows of nothing around each sentence."""

    def __init__(self, sentences: Sequence[str]) -> None:
        empty = [0] * f.COLUMNS
        self.rows: list[Row] = [empty[:] for _ in range(f.PADS)]
        self.terms: list[int] = [0] * f.PADS
        self.places: list[tuple[int, int, int]] = [(-1, -1, -1)] * f.PADS
        self.firsts: list[int] = []
        self.lasts: list[int] = []
        for number, sentence in enumerate(sentences):
            self.firsts.append(len(self.rows))
            is_first = True
            for written, start, end in spans_of_pieces(sentence):
                *columns, term = _known(written, is_first)
                self.rows.append([*columns, *empty[len(columns) :]])
                self.terms.append(term)
                self.places.append((number, start, end))
                is_first = is_first and not written[0].isalnum()
            self.lasts.append(len(self.rows))
            self.rows += [empty[:] for _ in range(f.PADS)]
            self.terms += [0] * f.PADS
            self.places += [(-1, -1, -1)] * f.PADS


class QuestionNumbers:
    """A question as numbers: its words, how much each tells, what part each plays, and what is asked for."""

    def __init__(self, question: str, title: str, weight: Callable[[str], float]) -> None:
        asked = Asked(question)
        count = len(asked.words)
        self.wh, self.terms_written, self.words_written = asked.kind, asked.terms, asked.words
        self.words = [_hash(word) for word in asked.words]
        self.terms = [_hash(term) for term in asked.terms]
        told = [
            n for n in range(count) if asked.terms[n] and n != asked.place and asked.words[n] not in ("many", "much")
        ]
        weights = [weight(asked.terms[n]) if n in told else 0.0 for n in range(count)]
        total = sum(weights) or 1.0
        self.weights = [each / total for each in weights]
        head, verb = asked.term_of(asked.head), asked.term_of(asked.verb)
        self.codes = _codes(asked, told, head, verb)
        self.names = [
            int(n in told and Shape.CAPITAL <= asked.shapes[n] <= Shape.MIXED and n > 0) for n in range(count)
        ]
        titled = {piece(written).term for written, _, _ in spans_of_pieces(title)}
        self.own = [0.0 if asked.terms[n] in titled else self.weights[n] for n in range(count)]
        self.heads = [int(bool(head) and asked.terms[n] == head) for n in range(count)]
        kind = int(asked.kind)
        fine = _fine(asked.head, 0) if asked.head else 0
        wide = _coarse(fine) if fine else 0
        self.parts = (
            0,
            kind + 1,
            _hash(head) if head else kind + 1,
            fine or kind + 1,
            _hash(asked.first),
            _hash(verb),
            wide or kind + 1,
            f.joined(kind + 1, _hash(asked.first)),
            f.joined(kind + 1, wide),
        )


def _codes(asked: Asked, told: Sequence[int], head: str, verb: str) -> list[int]:
    """What part each word of the question plays: head, verb, which place among the words after the interrogative."""
    after = [n for n in told if n > asked.place]
    count = len(asked.words)
    places = dict.fromkeys(after[:1], 2) | {n: 3 for n in after[-1:] if n not in after[:1]}
    places |= {n: 4 for n in after[1:2] if n not in places}
    places |= {n: 5 for n in after[-2:-1] if n not in places}
    codes = []
    for n in range(count):
        if n in told:
            if asked.terms[n] == head:
                code = 14
            elif asked.terms[n] == verb:
                code = 13
            else:
                code = 1 if n < asked.place else places.get(n, 6)
                code += 6 if Shape.CAPITAL <= asked.shapes[n] <= Shape.MIXED else 0
        elif asked.shapes[n] in (Shape.FUNCTION, Shape.FIRST_FUNCTION):
            code = _GRAMMAR if n < count - 2 else _GRAMMAR + 1
        else:
            code = 0
        codes.append(code)
    return codes


class _Scorer:
    """The scores of all spans of a passage for a question."""

    def __init__(self, asked: QuestionNumbers, text: PassageNumbers, weights: Sequence[int]) -> None:
        self.asked, self.text, self.weights = asked, text, weights
        self.match = matches(asked, text)
        for is_left in (True, False):
            f.fill_side(text.rows, self.match, asked.weights, asked.codes, asked.heads, is_left)
        self.columns = [[0] * f.SENTENCE_COLUMNS for _ in text.firsts]
        seen = [0] * len(asked.words)
        f.fill_sentences(
            self.columns, text.firsts, text.lasts, self.match, asked.weights, asked.own, asked.names, seen
        )  # fmt: skip

    def spans(self) -> list[tuple[float, int, int]]:
        """The score and the first and last row of every span looked at, best first."""
        begin, end, inside = self._by_piece()
        rows = self.text.rows
        found: list[tuple[float, int, int, int]] = []
        for number in range(len(self.text.firsts)):
            own = self._of_sentence(number)
            first, last = self.text.firsts[number], self.text.lasts[number]
            for i in range(first, last):
                if f.may_begin(rows[i][f.SHAPE]):
                    ends = (e for e in range(i, min(i + f.LONGEST, last)) if f.may_end(rows[e][f.SHAPE]))
                    found += [(own + begin[i] + end[e] + inside[e + 1] - inside[i], i, e, number) for e in ends]
        found.sort(key=lambda each: -each[0])
        keys = _keys(f.SPANS, self.asked.parts, 300)
        scored = [(score + self._whole(i, e, number, keys), i, e) for score, i, e, number in found[:_LOOKED_AT]]
        return sorted(((score / SCALE, i, e) for score, i, e in scored), key=lambda each: (-each[0], each[1:]))

    def _by_piece(self) -> tuple[list[float], list[float], list[float]]:
        """Scores of beginning and of ending at each row, and sums of the scores inside up to each."""
        rows, weights, parts = self.text.rows, self.weights, self.asked.parts
        starts, ends, insides = (_keys(t, parts, base) for t, base in ((f.STARTS, 0), (f.ENDS, 100), (f.INSIDES, 200)))
        told = [n for n, share in enumerate(self.asked.weights) if share > 0]
        bags = [[f.keyed(500 + side, self.asked.terms[n]) for n in told] for side in range(f.ABOUT)]
        begin, end, inside = [0.0] * len(rows), [0.0] * len(rows), [0.0] * (len(rows) + 1)
        for t, row in enumerate(rows):
            inside[t + 1] = inside[t]
            shape = row[f.SHAPE]
            if not shape:
                continue
            inside[t + 1] += f.token_score(weights, rows, t, f.INSIDES, insides)
            if f.may_begin(shape):
                before = rows[t - 1][f.WORD]
                begin[t] = f.token_score(weights, rows, t, f.STARTS, starts)
                begin[t] += f.told_score(weights, bags[0], before)
            if f.may_end(shape):
                end[t] = f.token_score(weights, rows, t, f.ENDS, ends)
                end[t] += f.told_score(weights, bags[1], row[f.FINE])
                end[t] += f.told_score(weights, bags[2], shape)
        return begin, end, inside

    def _of_sentence(self, number: int) -> float:
        columns, total = self.columns[number], 0.0
        for (_, one, other), key in zip(f.SENTENCES, _keys(f.SENTENCES, self.asked.parts, 400), strict=True):
            value = columns[one] if other < 0 else f.joined(columns[one], columns[other])
            total += self.weights[f.slot(key, value)]
        return total

    def _whole(self, i: int, e: int, number: int, keys: Sequence[int]) -> float:
        rows, values = self.text.rows, [0] * f.VALUES
        signature = coarse = words = 1
        inside = 0
        for t in range(i, e + 1):
            if t == i or rows[t][f.SHAPE] != rows[t - 1][f.SHAPE]:
                signature = f.joined(signature, rows[t][f.SHAPE])
            coarse = f.joined(coarse, rows[t][f.COARSE])
            words = f.joined(words, rows[t][f.WORD])
            inside += self.match[t] >= 0 and self.asked.weights[self.match[t]] > 0
        cover = self.columns[number][f.COVER]
        wide = coarse if e - i < 4 else 2
        f.fill_values(values, rows, i, e, e - i + 1, signature, wide, words, min(inside, 3), cover)
        return float(sum([self.weights[f.slot(k, values[v])] for k, (_, v) in zip(keys, f.SPANS, strict=True)]))


def _keys(templates: Sequence[tuple[int, ...]], parts: Sequence[int], base: int) -> list[int]:
    return [f.keyed(base + n, parts[template[0]]) for n, template in enumerate(templates)]


def matches(asked: QuestionNumbers, text: PassageNumbers) -> list[int]:
    """For each row the word of the question that stands there, the one that goes on from the row before if any; or -1."""
    by_term: dict[int, list[int]] = {}
    by_word: dict[int, list[int]] = {}
    for n, code in enumerate(asked.codes):
        if code and asked.terms[n] and asked.weights[n] > 0:
            by_term.setdefault(asked.terms[n], []).append(n)
        if code >= _GRAMMAR:
            by_word.setdefault(asked.words[n], []).append(n)
    match = [-1] * len(text.rows)
    for t, row in enumerate(text.rows):
        if row[f.SHAPE]:
            for n in sorted({*by_term.get(text.terms[t], ()), *by_word.get(row[f.WORD], ())}):
                match[t] = n
                if match[t - 1] == n - 1:
                    break
    return match


def _lacking(asked: QuestionNumbers, sentences: Sequence[str], title: str, best: int) -> Lacking:
    titled = _terms(title)
    own, every = titled | _terms(sentences[best]), titled.union(*map(_terms, sentences))
    told = [n for n, share in enumerate(asked.weights) if share > 0]
    gone = [n for n in told if asked.terms_written[n] not in every]
    return Lacking(
        sum(asked.weights[n] for n in told if asked.terms_written[n] not in own),
        sum(asked.weights[n] for n in gone),
        max((asked.weights[n] for n in gone), default=0.0),
        sum(asked.names[n] for n in gone),
        sum(
            word[:1].isdigit() and term not in every
            for word, term in zip(asked.words_written, asked.terms_written, strict=True)
        ),
    )


def _terms(text: str) -> set[str]:
    return {piece(written).term for written, _, _ in spans_of_pieces(text)}
