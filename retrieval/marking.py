"""Choose the sentence of an article that answers the question."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from corpus import Article
from retrieval.dense import DenseIndex, DenseScores
from retrieval.lexical import tokenize
from retrieval.passages import Passage
from retrieval.weights import Weights

FILE = "marking.json"
MOST_MARKED = 2
_ASKS_FIGURE = re.compile(
    r"幾|几|多少|何時|何时|哪年|哪一年|哪天|哪個月|什麼時候|什么时候|第幾|何年|いつ|いくつ|何回|何カ国|何か国|언제|몇"
    r"|\bhow (?:many|much|often)\b|\bwhen\b|\bwhat (?:year|date|number)\b|\bwhich year\b|\bquand\b|\bcombien\b"
    r"|\bcu[aá]nd?[ot]|\bwie viele\b|\bwann\b|сколько|когда|\bberapa\b|bao nhiêu|khi nào|كم|متى|กี่|เมื่อไ",
    re.IGNORECASE,
)
_FIGURE_IN_TEXT = re.compile(r"\d")
# "the", "of", "la": shared with a title in English, they say nothing.
_SHORT_LATIN = re.compile(r"[a-z]{1,3}")


@dataclass(frozen=True, slots=True)
class MarkWeights(Weights):
    """Hold what each thing weighs that speaks for a sentence, in a conditional logit.

    ``sentence`` its cosine with the question; ``words`` the share of the words in common that it
    holds; ``figure`` that it has a figure where one is asked for; ``likely`` the log of its chance by
    the classifier of sentences. A second sentence is marked where its probability is more than
    ``also`` of the best one's. The defaults serve a pack whose questions name no sentences.
    """

    FORMAT: ClassVar[str] = "marking"
    VERSION: ClassVar[int] = 2

    sentence: float = 1.0
    words: float = 0.15
    figure: float = 0.03
    likely: float = 0.0
    also: float = 1.0


FITTED = ("sentence", "words", "figure", "likely")


@dataclass(frozen=True, slots=True)
class Marks:
    """Hold what in an article answers: ``spans`` are (start, end) offsets into its text, in order.

    ``facts`` are the names of facts that stand outside the text, such as who translated it.
    """

    spans: tuple[tuple[int, int], ...] = ()
    facts: tuple[str, ...] = ()


def mark(
    question: str,
    article: Article,
    position: int,
    dense: DenseIndex,
    scores: DenseScores,
    names: Sequence[str] = (),
    likely: NDArray[np.float32] | None = None,
    weights: MarkWeights | None = None,
) -> Marks:
    """Return what in ``article`` answers ``question``.

    That is a sentence or a fact, or two where they come close. ``names`` are the document's words
    for what the question calls otherwise; ``likely`` the log of each sentence's chance. An
    article of one sentence is marked whole. Nothing is marked where no sentence was scored.
    """
    weights = weights or MarkWeights()
    passages, columns = mark_columns(question, article, position, dense, scores, names, likely)
    if not passages:
        return Marks()
    logits = columns @ np.array([getattr(weights, name) for name in FITTED])
    order = [int(i) for i in np.argsort(-logits, kind="stable")[:MOST_MARKED]]
    least = math.log(weights.also) + logits[order[0]]
    kept = order[:1] + [i for i in order[1:] if logits[i] > least]
    marked = [passages[i] for i in sorted(kept)]
    return Marks(
        tuple(passage.span for passage in marked if passage.span is not None),
        tuple(passage.fact for passage in marked if passage.fact is not None),
    )


def mark_columns(
    question: str,
    article: Article,
    position: int,
    dense: DenseIndex,
    scores: DenseScores,
    names: Sequence[str] = (),
    likely: NDArray[np.float32] | None = None,
) -> tuple[list[Passage], NDArray[np.float64]]:
    """Return the sentences and facts of ``article``, and what the fitted weights multiply for each.

    The columns have shape (sentences, 4).
    """
    found = [
        (number, dense.passage(row), float(scores.passages[row]))
        for number, row in enumerate(dense.sentences_of(position))
        if not math.isnan(scores.passages[row])  # not among the nearest of a large corpus
    ]
    passages = [passage for _number, passage, _cosine in found]
    sentences = [passage.text for passage in passages]
    columns = np.zeros((len(found), len(FITTED)))
    columns[:, 0] = [cosine for _number, _passage, cosine in found]
    columns[:, 1] = _shares(" ".join([question, *names]), sentences) if found else []
    if _ASKS_FIGURE.search(question):
        columns[:, 2] = [bool(_FIGURE_IN_TEXT.search(sentence)) for sentence in sentences]
    if likely is not None:
        columns[:, 3] = [likely[number] for number, _passage, _cosine in found]
    return passages, columns


@lru_cache(maxsize=4_096)
def _tokens(sentence: str) -> tuple[str, ...]:
    return tuple(tokenize(sentence))


def _shares(question: str, sentences: Sequence[str]) -> list[float]:
    """Return which share of the words that the article has in common each sentence holds.

    A word counts by how few of the sentences have it (inverse document frequency, Spärck Jones
    1972, with sentences for documents): one that they all have tells none apart.
    """
    wanted = {token for token in tokenize(question) if not _SHORT_LATIN.fullmatch(token)}
    held = [wanted.intersection(_tokens(sentence)) for sentence in sentences]
    weights = {
        token: math.log(1 + len(held) / sum(token in tokens for tokens in held)) - math.log(2)
        for token in set().union(*held)
    }
    total = sum(weights.values())
    return [sum(weights[t] for t in sorted(tokens)) / total if total else 0.0 for tokens in held]
