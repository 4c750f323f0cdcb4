"""Choose the sentence of an article that answers the question."""

import re
from collections.abc import Sequence

from corpus import Article
from retrieval.dense import DenseIndex, DenseScores
from retrieval.lexical import overlap, tokenize

# What a shared word weighs against the cosine, and what a figure weighs where one is asked for.
_WORDS = 0.10
_FIGURE = 0.03
_ASKS_FIGURE = re.compile(
    r"幾|几|多少|何時|何时|哪年|哪一年|哪天|哪個月|什麼時候|什么时候|第幾|何年|いつ|いくつ|何回|何カ国|何か国|언제|몇"
    r"|\bhow (?:many|much|often)\b|\bwhen\b|\bwhat (?:year|date|number)\b|\bwhich year\b|\bquand\b|\bcombien\b"
    r"|\bcu[aá]nd?[ot]|\bwie viele\b|\bwann\b|сколько|когда|\bberapa\b|bao nhiêu|khi nào|كم|متى|กี่|เมื่อไ",
    re.IGNORECASE,
)
_FIGURE_IN_TEXT = re.compile(r"\d")


def mark(
    question: str,
    article: Article,
    position: int,
    dense: DenseIndex,
    scores: DenseScores,
    names: Sequence[str] = (),
) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) offsets of the sentence of ``article`` that answers ``question``.

    ``names`` are the document's words for what the question calls otherwise. An article of one
    sentence is marked whole. The result is empty where none of its sentences was scored.
    """
    tokens = tokenize(" ".join([question, *names]))
    asks_figure = bool(_ASKS_FIGURE.search(question))
    best: tuple[float, tuple[int, int]] | None = None
    for row in dense.sentences_of(position):
        span, cosine = dense.passage(row).span, float(scores.passages[row])
        if span is None or cosine != cosine:  # NaN: not among the nearest of a large corpus
            continue
        sentence = article.text[span[0] : span[1]]
        value = cosine + _WORDS * overlap(tokens, sentence)
        if asks_figure and _FIGURE_IN_TEXT.search(sentence):
            value += _FIGURE
        if best is None or value > best[0]:
            best = (value, span)
    return (best[1],) if best else ()
