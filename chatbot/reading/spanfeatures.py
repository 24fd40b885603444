"""Features of answer spans as plain integers, and their hashing.

Every function here works on numbers and indexable sequences alone, so that the trainer can compile the very functions
that answering runs. Features are in the manner of Rajpurkar et al. (2016), section 4, without the parse: what begins,
ends and fills a span, what stands beside it, how near the question's words are, each joined with what is asked.
"""

from collections.abc import Sequence

Numbers = Sequence[int]
Rows = list[list[int]]

WORD, FINE, COARSE, SHAPE, ENDING, MATCHED, MASS_LEFT, MASS_RIGHT, FAR_LEFT, FAR_RIGHT, LAST_LEFT, NEXT_RIGHT = range(
    12
)
HEAD_LEFT, HEAD_RIGHT = 12, 13
COLUMNS = 14
"""What is known of a piece: columns of a row."""

ANY, KIND, HEAD, HEAD_FINE, FIRST, VERB, HEAD_COARSE, KIND_FIRST, KIND_COARSE = range(9)
"""What is known of a question."""

COVER, RANK, PAIRS, PLACE, BEFORE, LENGTH, NAMES, OWN = range(8)
SENTENCE_COLUMNS = 8
"""What is known of a sentence."""

LONGEST = 10
"""Pieces in a span at most."""
PADS = 2
"""Rows of nothing around each sentence, so that neighbours can be looked up without asking whether there are any."""
FARTHEST = 7
FADING = 0.85
"""What a matched word keeps of its weight with each piece farther away."""

SIZE_BITS = 20
MASK = (1 << SIZE_BITS) - 1
_M30 = (1 << 30) - 1

#: (question part, offset and column, offset and column or -1) for the piece that begins a span.
STARTS = (
    (KIND, 0, WORD, 0, -1), (HEAD_FINE, 0, FINE, 0, -1), (HEAD, 0, FINE, 0, -1), (HEAD, 0, SHAPE, 0, -1),
    (KIND, -1, SHAPE, 0, SHAPE), (ANY, -1, WORD, 0, SHAPE), (KIND, -1, WORD, 0, -1), (VERB, -1, WORD, 0, -1),
    (HEAD, -1, WORD, 0, -1), (ANY, -1, FINE, 0, FINE), (KIND, -1, COARSE, 0, COARSE), (KIND, -1, MATCHED, 0, -1),
    (KIND_FIRST, -1, MATCHED, 0, -1), (KIND, -1, MATCHED, -2, MATCHED), (ANY, 0, MATCHED, 0, -1),
    (KIND, 0, MASS_LEFT, 0, FAR_LEFT), (KIND, 0, LAST_LEFT, 0, FAR_LEFT), (KIND_FIRST, 0, LAST_LEFT, 0, -1),
    (KIND, 0, HEAD_LEFT, 0, -1), (HEAD, 0, HEAD_LEFT, 0, -1), (ANY, -1, WORD, -2, MATCHED), (KIND, -2, WORD, -1, WORD),
    (VERB, 0, LAST_LEFT, 0, -1), (HEAD_COARSE, 0, SHAPE, -1, SHAPE),
)  # fmt: skip
#: The same for the piece that ends it.
ENDS = (
    (KIND, 0, WORD, 0, -1), (HEAD_FINE, 0, FINE, 0, -1), (HEAD, 0, FINE, 0, -1), (HEAD, 0, SHAPE, 0, -1),
    (KIND, 0, SHAPE, 1, SHAPE), (ANY, 0, SHAPE, 1, WORD), (KIND, 1, WORD, 0, -1), (VERB, 1, WORD, 0, -1),
    (HEAD, 1, WORD, 0, -1), (ANY, 0, FINE, 1, FINE), (KIND, 0, COARSE, 1, COARSE), (KIND, 1, MATCHED, 0, -1),
    (KIND_FIRST, 1, MATCHED, 0, -1), (KIND, 1, MATCHED, 2, MATCHED), (ANY, 0, MATCHED, 0, -1),
    (KIND, 0, MASS_RIGHT, 0, FAR_RIGHT), (KIND, 0, NEXT_RIGHT, 0, FAR_RIGHT), (KIND_FIRST, 0, NEXT_RIGHT, 0, -1),
    (KIND, 0, HEAD_RIGHT, 0, -1), (HEAD, 0, HEAD_RIGHT, 0, -1), (ANY, 0, ENDING, 0, -1), (KIND, 0, ENDING, 0, -1),
    (HEAD, 0, WORD, 0, -1), (FIRST, 0, FINE, 0, -1), (VERB, 0, NEXT_RIGHT, 0, -1), (VERB, 0, FINE, 0, -1),
    (HEAD, 0, ENDING, 0, -1), (HEAD_COARSE, 0, SHAPE, 1, SHAPE),
)  # fmt: skip
#: The same for each piece of it.
INSIDES = (
    (KIND, 0, WORD, 0, -1), (KIND, 0, SHAPE, 0, -1), (HEAD, 0, SHAPE, 0, -1), (HEAD_FINE, 0, FINE, 0, -1),
    (HEAD, 0, COARSE, 0, -1), (ANY, 0, MATCHED, 0, -1), (KIND, 0, MATCHED, 0, SHAPE), (HEAD, 0, WORD, 0, -1),
)  # fmt: skip
#: (question part, value of `span_values`).
SPANS = (
    (ANY, 0), (KIND, 0), (HEAD, 0), (KIND, 1), (HEAD_FINE, 1), (HEAD, 1), (ANY, 2), (ANY, 3), (KIND, 3), (HEAD, 4), (KIND, 4),
    (KIND, 5), (KIND_FIRST, 5), (ANY, 6), (KIND, 6), (ANY, 7), (KIND, 7), (KIND, 8), (HEAD_COARSE, 8), (KIND, 9),
    (HEAD_FINE, 9), (KIND, 10), (KIND, 11), (ANY, 12), (KIND_FIRST, 13), (ANY, 13), (VERB, 5),
)  # fmt: skip
VALUES = 14
#: (question part, column, column or -1).
SENTENCES = (
    (ANY, COVER, -1), (ANY, COVER, RANK), (ANY, PAIRS, -1), (ANY, COVER, PAIRS), (ANY, PLACE, -1), (ANY, BEFORE, COVER),
    (ANY, LENGTH, -1), (KIND, RANK, -1), (ANY, NAMES, COVER), (ANY, OWN, RANK), (ANY, OWN, COVER), (KIND, COVER, -1),
)  # fmt: skip
#: Shapes of the end piece, of the piece before a span and of the first, each joined with every word of the question.
ABOUT = 3


def joined(a: int, b: int) -> int:
    """Two small numbers made one below 2^30.

    >>> joined(1, 2) != joined(2, 1)
    True
    """
    return (a * 22695477 + b * 1103515 + 12345) & _M30


def keyed(template: int, asked: int) -> int:
    """The part of a hash that one template and one part of the question give, below 2^31."""
    x = ((asked & _M30) * 1566083941 + template * 73244475) & ((1 << 60) - 1)
    return (x >> 13) & 0x7FFFFFFF


def slot(key: int, value: int) -> int:
    """Where the weight of a feature stands."""
    return ((key + value * 1327217885) >> 10) & MASK


def level(share: float) -> int:
    """A share of the question's weight as one of eleven levels.

    >>> level(0.0), level(0.5), level(1.0)
    (0, 5, 10)
    """
    return min(10, int(share * 10.0 + 0.5))


def fill_side(
    rows: Rows, match: Numbers, weights: Sequence[float], codes: Numbers, heads: Numbers, is_left: bool
) -> None:
    """What stands to one side of each piece: weight of matched words near, how far, which, and the noun asked for."""
    to = 0 if is_left else 1
    mass, far, last, head = 0.0, FARTHEST, 0, FARTHEST
    count = len(match)
    for n in range(count):
        t = n if is_left else count - 1 - n
        row = rows[t]
        if row[SHAPE] == 0:
            mass, far, last, head = 0.0, FARTHEST, 0, FARTHEST
        row[MASS_LEFT + to] = level(min(mass, 1.0))
        row[FAR_LEFT + to] = far
        row[LAST_LEFT + to] = last
        row[HEAD_LEFT + to] = head
        k = match[t]
        row[MATCHED] = codes[k] if k >= 0 else 0
        mass *= FADING
        far = min(far + 1, FARTHEST)
        head = min(head + 1, FARTHEST)
        if k >= 0 and weights[k] > 0.0:
            mass += weights[k]
            far, last = 0, codes[k]
            if heads[k] == 1:
                head = 0


def fill_sentences(
    columns: Rows,
    firsts: Numbers,
    lasts: Numbers,
    match: Numbers,
    weights: Sequence[float],
    own: Sequence[float],
    names: Numbers,
    seen: list[int],
) -> None:
    """What is known of each sentence, from rows `firsts[s]` to before `lasts[s]`, and its share of the question.

    `own` is each question word's weight where the title does not have it, `names` 1 for capitalised ones; `seen` is
    scratch of the question's length.
    """
    count = len(firsts)
    before = 0.0
    for s in range(count):
        for k in range(len(seen)):
            seen[k] = 0
        pairs, previous = 0, -9
        for t in range(firsts[s], lasts[s]):
            k = match[t]
            if k >= 0:
                seen[k] = 1
                if previous >= 0 and k == previous + 1 and (weights[k] > 0.0 or weights[previous] > 0.0):
                    pairs += 1
            previous = k
        share, alone, named, all_named, all_own = 0.0, 0.0, 0, 0, 0.0
        for k in range(len(seen)):
            all_named += names[k]
            all_own += own[k]
            if seen[k]:
                share += weights[k]
                alone += own[k]
                named += names[k]
        row = columns[s]
        row[COVER] = level(share)
        row[PAIRS] = min(pairs, 6)
        row[PLACE] = min(s, 4)
        row[BEFORE] = level(before) // 2
        row[LENGTH] = min((lasts[s] - firsts[s]) // 6, 9)
        row[NAMES] = min(named, 3) * 4 + min(all_named - named, 3)
        row[OWN] = level(alone / all_own) if all_own > 0.0 else 11
        row[RANK] = int(share * 1000.0)
        before = share
    for s in range(count):
        seen_better = 0
        for other in range(count):
            if columns[other][COVER] > columns[s][COVER]:
                seen_better += 1
        columns[s][RANK] = min(seen_better, 4)


def may_begin(shape: int) -> bool:
    """Whether a span may begin with a piece of this shape: no article, no mark but a currency's."""
    return not (20 < shape < 29 or shape == 0 or shape == 30)


def may_end(shape: int) -> bool:
    """Whether a span may end with a piece of this shape."""
    return not (19 < shape < 29 or shape == 0 or shape == 30)


def token_score(
    weights: Sequence[float], rows: Rows, t: int, templates: Sequence[tuple[int, int, int, int, int]], keys: Numbers
) -> float:
    """The sum of the weights that one piece's features have under `templates`.

    Most of the time of reading is spent here, so that `joined` and `slot` are written out.
    """
    total = 0.0
    for k in range(len(templates)):
        _, o1, a1, o2, a2 = templates[k]
        value = rows[t + o1][a1]
        if a2 >= 0:
            value = (value * 22695477 + rows[t + o2][a2] * 1103515 + 12345) & _M30
        total += weights[((keys[k] + value * 1327217885) >> 10) & MASK]
    return total


def told_score(weights: Sequence[float], keys: Numbers, value: int) -> float:
    """The sum of the weights of a value joined with each of several keys."""
    total = 0.0
    for key in keys:
        total += weights[((key + value * 1327217885) >> 10) & MASK]
    return total


def fill_values(
    values: list[int],
    rows: Rows,
    i: int,
    e: int,
    length: int,
    signature: int,
    coarse: int,
    words: int,
    inside: int,
    cover: int,
) -> None:
    """The values of the span from row `i` to row `e`, both in it."""
    first, last, left, right = rows[i], rows[e], rows[i - 1], rows[e + 1]
    values[0] = length
    values[1] = signature
    values[2] = joined(left[WORD], right[WORD])
    values[3] = joined(left[SHAPE], right[SHAPE])
    values[4] = words
    values[5] = joined(first[LAST_LEFT], last[NEXT_RIGHT])
    values[6] = joined(first[MASS_LEFT], last[MASS_RIGHT])
    values[7] = joined(inside, min(length, 4))
    values[8] = joined(first[FINE], last[FINE])
    values[9] = coarse
    values[10] = joined(first[FAR_LEFT], last[FAR_RIGHT])
    values[11] = joined(first[HEAD_LEFT], last[HEAD_RIGHT])
    values[12] = joined(min(10, first[MASS_LEFT] + last[MASS_RIGHT]), cover)
    values[13] = joined(left[MATCHED], right[MATCHED])
