"""Score articles by the words they share with a question: BM25 over bigrams and words."""

import re
from collections.abc import Iterable

import bm25s
import numpy as np
from numpy.typing import NDArray

from corpus import Document
from retrieval.fold import fold

# Word segmenters cut Traditional Chinese wrongly and split the question and the text differently;
# overlapping bigrams of characters rank it correctly. Hangul and kana are treated alike.
_UNSPACED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")


def tokenize(text: str) -> list[str]:
    """Return the tokens of ``text``, folded: character bigrams of Chinese runs, other words whole.

    A run of one Chinese character is a token of its own.
    """
    tokens: list[str] = []
    for match in _RUN.finditer(fold(text)):
        run = match[0]
        if not _IS_UNSPACED.match(run) or len(run) == 1:
            tokens.append(run)
        else:
            tokens.extend(run[i : i + 2] for i in range(len(run) - 1))
    return tokens


class LexicalIndex:
    """Score every article of a document against the words of a question.

    The measure is BM25 in Lucene's form, k1 1.5, b 0.75 (Robertson and Zaragoza 2009), over the
    article's text and heading.
    """

    def __init__(self, document: Document) -> None:
        texts = [tokenize(f"{article.section or ''}\n{article.text}") for article in document]
        self._tokens = tuple(frozenset(tokens) for tokens in texts)
        self._index = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
        self._index.index(texts, show_progress=False)

    def scores(self, question: str) -> NDArray[np.float32]:
        """Return one score an article, in document order; 0 where no word is shared."""
        tokens = [t for t in dict.fromkeys(tokenize(question)) if t in self._index.vocab_dict]
        if not tokens:
            return np.zeros(len(self._tokens), dtype=np.float32)
        scores: NDArray[np.float32] = self._index.get_scores(tokens)
        return scores

    def shared_tokens(self, question: str, position: int) -> tuple[str, ...]:
        """Return the folded tokens that the question shares with the article at ``position``."""
        return tuple(t for t in dict.fromkeys(tokenize(question)) if t in self._tokens[position])


def overlap(tokens: Iterable[str], text: str) -> float:
    """Return the share of ``tokens`` that ``text`` holds, in [0, 1]."""
    wanted = set(tokens)
    return len(wanted.intersection(tokenize(text))) / len(wanted) if wanted else 0.0
