"""Choose the sentence of an article that answers the question."""

import math
import re
from collections.abc import Sequence

from corpus import Article
from retrieval.dense import DenseIndex, DenseScores
from retrieval.lexical import tokenize

# What a shared word weighs against the cosine, and what a figure weighs where one is asked for.
_WORDS = 0.15
_FIGURE = 0.03
_ASKS_FIGURE = re.compile(
    r"幾|几|多少|何時|何时|哪年|哪一年|哪天|哪個月|什麼時候|什么时候|第幾|何年|いつ|いくつ|何回|何カ国|何か国|언제|몇"
    r"|\bhow (?:many|much|often)\b|\bwhen\b|\bwhat (?:year|date|number)\b|\bwhich year\b|\bquand\b|\bcombien\b"
    r"|\bcu[aá]nd?[ot]|\bwie viele\b|\bwann\b|сколько|когда|\bberapa\b|bao nhiêu|khi nào|كم|متى|กี่|เมื่อไ",
    re.IGNORECASE,
)
_FIGURE_IN_TEXT = re.compile(r"\d")
# "the", "of", "la": shared with a title in English, they say nothing.
_SHORT_LATIN = re.compile(r"[a-z]{1,3}")


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
    spans, values = [], []
    for row in dense.sentences_of(position):
        span, cosine = dense.passage(row).span, float(scores.passages[row])
        if span is not None and cosine == cosine:  # not NaN: among the nearest of a large corpus
            spans.append(span)
            values.append(cosine)
    if not spans:
        return ()
    sentences = [article.text[start:end] for start, end in spans]
    asks_figure = bool(_ASKS_FIGURE.search(question))
    for i, shared in enumerate(_shares(" ".join([question, *names]), sentences)):
        values[i] += _WORDS * shared
        if asks_figure and _FIGURE_IN_TEXT.search(sentences[i]):
            values[i] += _FIGURE
    return (spans[values.index(max(values))],)


def _shares(question: str, sentences: Sequence[str]) -> list[float]:
    """Return which share of the words that the article has in common each sentence holds.

    A word counts by how few of the sentences have it (inverse document frequency, Spärck Jones
    1972, with sentences for documents): one that they all have tells none apart.
    """
    wanted = {token for token in tokenize(question) if not _SHORT_LATIN.fullmatch(token)}
    held = [wanted.intersection(tokenize(sentence)) for sentence in sentences]
    weights = {
        token: math.log(1 + len(held) / sum(token in tokens for tokens in held)) - math.log(2)
        for token in set().union(*held)
    }
    total = sum(weights.values())
    return [sum(weights[t] for t in sorted(tokens)) / total if total else 0.0 for tokens in held]
