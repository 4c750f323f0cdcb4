"""Tell turns that move through the document from questions, by how people word them.

A linear model over the characters of a turn (hashed n-grams, Weinberger et al. 2009; multinomial
logistic regression) reads what no list of words foresees: slips, slang, reasons around it. Its
weights lie beside this file and are fitted by `make moves` on labelled wordings.
"""

import math
import re
import zlib
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from corpus.number_words import CARDINALS
from corpus.numerals import parse_number
from retrieval.conversation.steps import Step
from retrieval.fold import fold
from retrieval.reference import Reference

KINDS = (
    "none", "next", "next 2", "next n", "previous", "previous 2", "previous n", "again",
    "first shown", "shown before", "first", "last", "more",
)  # fmt: skip
WEIGHTS = Path(__file__).with_name("moves.npy")
BUCKETS = 1 << 13
LONGEST = 80
# Below this, a turn is read as a question: a question taken for a step is the worse mistake.
_LEAST = 0.45
_SURELY = 0.9
_LONGEST_GRAM = 4
_COUNT = re.compile(
    r"(?P<n>\d{1,2}|[一二三四五六七八九十两]{1,2}|[일이삼사오]|[a-zà-ÿß]+)(?=\s*(?:[条个则篇格页段つ個개단]|(?:article|artículo|artigo|artikel|article|articol|one|more|up|down|back|further|forward|điều|pasal|стат)))"
)
_NO_REFERENCE = Reference()
_OTHER_COUNTS = {"ふた": 2, "みっ": 3, "よっ": 4, "いつ": 5, "두": 2, "세": 3, "네": 4, "다섯": 5}


def move_features(text: str) -> NDArray[np.int64]:
    """Return the buckets of a turn's n-grams, each once, of one to four characters."""
    folded = re.sub(r"\d", "0", " ".join(fold(text).split()))
    padded = f" {folded} "
    grams = {
        padded[at : at + length]
        for length in range(1, _LONGEST_GRAM + 1)
        for at in range(len(padded) - length + 1)
    }
    return np.array(sorted({zlib.crc32(gram.encode()) % BUCKETS for gram in grams}), np.int64)


def move_scale(count: int) -> float:
    """Return what a turn's features count, so that long turns weigh no more than short ones."""
    return 1.0 / math.sqrt(max(count, 1))


def read_move(text: str) -> tuple[str, float]:
    """Return the likeliest kind of a cleaned turn, one of `KINDS`, and its probability."""
    features = move_features(text)
    weights = _weights()
    logits = weights[features].sum(0) * move_scale(len(features)) + weights[-1]
    shares = np.exp(logits - logits.max())
    shares /= shares.sum()
    best = int(shares.argmax())
    return KINDS[best], float(shares[best])


def is_question(text: str) -> bool:
    """Tell a turn that is surely no move, although its words may look like one."""
    kind, probability = read_move(text)
    return kind == "none" and probability >= _SURELY


def find_move(text: str, reference: Reference = _NO_REFERENCE) -> Step | Literal["more"] | None:
    """Return the step that a cleaned turn asks for, "more" for further articles, or None.

    ``reference`` holds the articles it names by number, from which a step may be counted.
    """
    named = reference.numbers
    if not text or len(text) > LONGEST or len(named) > 1 or 0 in named:
        return None
    kind, probability = read_move(text)
    if kind == "none" or probability < _LEAST:
        return None
    start = named[0] if named else None
    if kind == "more":
        return None if named else "more"
    direction, _, far = kind.partition(" ")
    if direction in ("next", "previous"):
        count = _count(reference.rest if named else text) or (
            int(far) if far.isdecimal() else None if far else 1
        )
        return (
            None if count is None else Step(count * (1 if direction == "next" else -1), start=start)
        )
    if named:
        return None
    return {
        "again": Step(),
        "first shown": Step(to_first=True),
        "shown before": Step(to_before=True),
        "first": Step(to_number_one=True),
        "last": Step(from_last=True),
    }[kind]


def _count(text: str) -> int | None:
    """Return the number of articles a turn counts, or None where it names none."""
    folded = fold(text)
    for word, value in _OTHER_COUNTS.items():
        if word in folded:
            return value
    for match in _COUNT.finditer(folded):
        word = match["n"]
        is_word = word.isascii() and word.isalpha()
        number = CARDINALS.get(word) if is_word else parse_number(word)
        if number and number > 1:
            return number
    return None


@cache
def _weights() -> NDArray[np.float32]:
    stored: NDArray[np.float16] = np.load(WEIGHTS, allow_pickle=False)
    return stored.astype(np.float32)
