"""Cut a document into passages: the units that are embedded."""

from dataclasses import dataclass
from typing import Literal

from corpus import Article, Document
from corpus.sentences import split_sentences

# What a metadata field is called in the languages people ask in, so that a question can find it.
_METADATA_NAMES = {"translator": "譯者 翻譯者 translator"}


@dataclass(frozen=True, slots=True)
class Passage:
    """Hold one embedded unit: a whole article under its heading, or one sentence of it.

    ``span`` holds the sentence's offsets in the article's text; None for a whole article and for
    metadata, which stands outside the text; its name is then ``fact``.
    """

    article: int
    kind: Literal["article", "sentence"]
    text: str
    span: tuple[int, int] | None = None
    fact: str | None = None


def cut_passages(document: Document) -> tuple[Passage, ...]:
    """Return every passage of the document, an article's own first and then its sentences."""
    return tuple(passage for article in document for passage in passages_of(article))


def passages_of(article: Article) -> list[Passage]:
    """Return an article whole, its sentences, and the facts that stand outside its text."""
    whole = f"{article.section}\n{article.text}" if article.section else article.text
    passages = [Passage(article.number, "article", whole)]
    for start, end in split_sentences(article.text):
        passages.append(Passage(article.number, "sentence", article.text[start:end], (start, end)))
    for name, value in article.metadata.items():
        text = f"{_METADATA_NAMES.get(name, name)}: {value}"
        passages.append(Passage(article.number, "sentence", text, fact=name))
    return passages


def positions_of(document: Document) -> dict[int, int]:
    """Return the position in the document of each article number."""
    return {article.number: position for position, article in enumerate(document)}
