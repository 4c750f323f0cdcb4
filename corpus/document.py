"""The records of a parsed document: what everything else in the project reads.

They hold the document's own words and nothing derived from a model.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

PREFACE_NUMBER = 0


@dataclass(frozen=True, slots=True)
class Article:
    """Hold one numbered provision, or the preface as number 0.

    ``section`` is the heading the article stands under, or None before the first heading.
    ``text`` is the document's own text, without the number; paragraphs are separated by ``\\n``.
    ``metadata`` holds facts printed outside the running text, such as who translated it.
    """

    id: str
    number: int
    label: str
    section: str | None
    text: str
    metadata: Mapping[str, str] = field(default_factory=dict, hash=False)

    def to_dict(self) -> dict[str, Any]:
        """Return the article as plain data for JSON, its fields in the order they stand here."""
        return {
            "id": self.id,
            "number": self.number,
            "label": self.label,
            "section": self.section,
            "text": self.text,
            "metadata": dict(self.metadata),
        }

    @property
    def is_preface(self) -> bool:
        """Tell whether this is what stands before article 1."""
        return self.number == PREFACE_NUMBER


@dataclass(frozen=True)
class Document:
    """Hold a parsed document: its articles in order, the preface first where there is one."""

    id: str
    title: str
    language: str
    articles: tuple[Article, ...]

    def __iter__(self) -> Iterator[Article]:
        return iter(self.articles)

    def __len__(self) -> int:
        return len(self.articles)

    @cached_property
    def _by_number(self) -> dict[int, Article]:
        return {article.number: article for article in self.articles}

    def get(self, number: int) -> Article | None:
        """Return the article of that number, or None where the document has none."""
        return self._by_number.get(number)

    @property
    def first_number(self) -> int:
        """Return the lowest article number, the preface apart."""
        return min(a.number for a in self.articles if not a.is_preface)

    @property
    def last_number(self) -> int:
        """Return the highest article number."""
        return max(a.number for a in self.articles)

    @property
    def sections(self) -> tuple[str, ...]:
        """Return the section headings in the order they first appear."""
        return tuple(dict.fromkeys(a.section for a in self.articles if a.section is not None))
