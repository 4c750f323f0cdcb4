"""The promises of corpus/document.py."""

import dataclasses

import pytest

from corpus import PREFACE_NUMBER, Article, Document


def _document() -> Document:
    return Document(
        "d",
        "Title",
        "en",
        (
            Article("d/0", 0, "Preface", None, "Before."),
            Article("d/1", 1, "Article 1", None, "One."),
            Article("d/2", 2, "Article 2", "B", "Two."),
            Article("d/3", 3, "Article 3", "A", "Three."),
            Article("d/4", 4, "Article 4", "B", "Four."),
        ),
    )


def test_an_article_is_found_by_its_number_and_nothing_by_another() -> None:
    document = _document()
    for article in document.articles:
        assert document.get(article.number) is article
    assert document.get(5) is None
    assert document.get(-1) is None


def test_the_preface_is_number_0_and_not_counted_as_the_first_article() -> None:
    document = _document()
    preface = document.get(PREFACE_NUMBER)
    assert preface is not None
    assert preface.is_preface
    assert (document.first_number, document.last_number) == (1, 4)
    assert not any(a.is_preface for a in document.articles[1:])


def test_sections_come_once_each_in_the_order_they_first_appear() -> None:
    assert _document().sections == ("B", "A")


def test_a_document_is_walked_in_order_and_has_a_length() -> None:
    document = _document()
    assert list(document) == list(document.articles)
    assert len(document) == 5


def test_records_cannot_be_changed_and_articles_can_be_kept_in_sets() -> None:
    document = _document()
    with pytest.raises(dataclasses.FrozenInstanceError):
        document.articles[0].text = "Other."  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        document.title = "Other"  # type: ignore[misc]
    assert len(set(document.articles)) == 5
