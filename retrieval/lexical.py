"""Score articles by the words they share with a question: BM25 over bigrams and words."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import Article, Document
from retrieval.fold import fold, fold_with_offsets

# Word segmenters cut Traditional Chinese wrongly and split the question and the text differently;
# overlapping bigrams of characters rank it correctly. Hangul and kana are treated alike.
_UNSPACED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")


def tokenize(text: str) -> list[str]:
    """Return the tokens of ``text``, folded: character bigrams of Chinese runs, other words whole.

    A run of one Chinese character is a token of its own.
    """
    folded = fold(text)
    return [folded[start:end] for run in _RUN.finditer(folded) for start, end in _tokens_of(run)]


class LexicalIndex:
    """Score every article of a document against the words of a question.

    The measure is BM25 in Lucene's form, k1 1.5, b 0.75 (Robertson and Zaragoza 2009), over the
    article's text and heading. What a token adds to an article's score is known beforehand (Lù
    2024, eager scoring), so that asking only adds up: column t of a sparse matrix in compressed
    columns holds the articles and scores of token t.
    """

    def __init__(
        self,
        tokens: Iterable[str],
        starts: NDArray[np.int64],
        articles: NDArray[np.int64],
        scores: NDArray[np.float32],
        count: int,
    ) -> None:
        """Take the matrix: token t has ``articles`` and ``scores`` from starts[t] to starts[t+1]."""
        self._columns = {token: column for column, token in enumerate(tokens)}
        self._starts, self._articles, self._scores = starts, articles, scores
        self._count = count

    @classmethod
    def build(cls, document: Document) -> "LexicalIndex":
        """Return the index of a document."""
        import bm25s  # builds the matrix; asking does without it and its import time

        index = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
        texts = [tokenize(indexed_text(article)) for article in document]
        index.index(texts, show_progress=False, create_empty_token=False)
        tokens = sorted(index.vocab_dict, key=index.vocab_dict.__getitem__)
        matrix = index.scores
        return cls(
            tokens,
            np.asarray(matrix["indptr"], dtype=np.int64),
            np.asarray(matrix["indices"], dtype=np.int64),
            np.asarray(matrix["data"], dtype=np.float32),
            len(document),
        )

    @classmethod
    def load(cls, path: Path) -> "LexicalIndex":
        """Return the index that `save` wrote to ``path``, whose checksum the caller has verified."""
        with np.load(path, allow_pickle=False) as stored:
            return cls(
                stored["tokens"].tolist(),
                stored["starts"],
                stored["articles"],
                stored["scores"],
                int(stored["count"]),
            )

    def save(self, path: Path) -> None:
        """Write the index to ``path``, which ends in .npz."""
        np.savez(
            path,
            tokens=np.array(list(self._columns)),
            starts=self._starts,
            articles=self._articles,
            scores=self._scores,
            count=self._count,
        )

    def scores(self, question: str) -> NDArray[np.float32]:
        """Return one score an article, in document order; 0 where no word is shared."""
        total = np.zeros(self._count, dtype=np.float32)
        for token in dict.fromkeys(tokenize(question)):
            column = self._columns.get(token)
            if column is not None:
                part = slice(self._starts[column], self._starts[column + 1])
                total[self._articles[part]] += self._scores[part]
        return total


def indexed_text(article: Article) -> str:
    """Return the text of an article whose words are indexed: its heading and what it says."""
    return f"{article.section or ''}\n{article.text}"


def shared_words(question: str, text: str) -> tuple[str, ...]:
    """Return what ``text`` shares with ``question``, spelled as in ``text``, each once, in order.

    Shared bigrams that touch or overlap are one word; a word that is part of another is left out.
    """
    wanted = set(tokenize(question))
    folded = fold_with_offsets(text)
    words: list[str] = []
    for start, end in _matches(folded.text, wanted):
        first, last = folded.original_span(start, end)
        words.append(text[first:last])
    unique = dict.fromkeys(words)
    return tuple(w for w in unique if not any(w != other and w in other for other in unique))


def _matches(folded: str, wanted: set[str]) -> Iterator[tuple[int, int]]:
    """Yield the spans of a folded text that wanted tokens cover, joined where they touch."""
    at: tuple[int, int] | None = None
    for match in _RUN.finditer(folded):
        for start, end in _tokens_of(match):
            if folded[start:end] not in wanted:
                continue
            if at is not None and start <= at[1] and start >= match.start():
                at = (at[0], end)
                continue
            if at is not None:
                yield at
            at = (start, end)
    if at is not None:
        yield at


def _tokens_of(run: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield the spans of the tokens of one run of a folded text."""
    start, end = run.span()
    if not _IS_UNSPACED.match(run[0]) or end - start == 1:
        yield start, end
    else:
        yield from ((i, i + 2) for i in range(start, end - 1))
