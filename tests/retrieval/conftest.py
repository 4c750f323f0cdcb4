"""Small things for tests: a document, an encoder whose vectors can be explained."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus import Article, Document, Pack
from corpus.articles_file import SourceName

WORDS = ("apple", "bread", "cheese", "dates", "eggs")


class WordEncoder:
    """Give each of five words an axis of its own; a text is the sum of its words, of length 1."""

    dimension = len(WORDS) + 1

    def __init__(self) -> None:
        self.queries: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.queries += texts
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.array(
            [[text.count(w) for w in WORDS] + [0.5] for text in texts], dtype=np.float32
        )
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def word_encoder() -> WordEncoder:
    return WordEncoder()


@pytest.fixture
def small_document() -> Document:
    texts = {
        0: "A table of contents.",
        1: "Everyone brings apple. Nobody brings bread.",
        2: "The cheese is for 12 guests. It was bought in May. The dates are sweet.",
        3: "The eggs are fresh.",
    }
    articles = tuple(
        Article(
            f"small/{n}", n, "Preface" if n == 0 else f"Article {n}", None if n == 0 else "Food", t
        )
        for n, t in texts.items()
    )
    return Document("small", "Picnic Rules", "en", articles)


@pytest.fixture
def small_pack(small_document: Document, tmp_path: Path) -> Pack:
    folder = tmp_path / "pack"
    folder.mkdir()
    return Pack(folder, small_document, "0" * 64, SourceName("rules.txt", "1" * 64))
