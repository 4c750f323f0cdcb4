"""Passages: what is embedded."""

from corpus import Document
from retrieval.passages import cut_passages


def test_every_article_is_a_passage_under_its_heading(document: Document) -> None:
    whole = [p for p in cut_passages(document) if p.kind == "article"]
    assert [p.article for p in whole] == [a.number for a in document]
    for passage, article in zip(whole, document, strict=True):
        assert passage.text == (f"{article.section}\n" if article.section else "") + article.text
        assert passage.span is None


def test_a_sentence_lies_where_its_span_says(document: Document) -> None:
    for passage in cut_passages(document):
        if passage.span is not None:
            article = document.get(passage.article)
            assert article is not None
            assert article.text[slice(*passage.span)] == passage.text


def test_the_sentences_of_an_article_are_all_of_its_text(document: Document) -> None:
    for article in document:
        own = [p for p in cut_passages(document) if p.article == article.number and p.span]
        assert "".join("".join(p.text for p in own).split()) == "".join(article.text.split())


def test_what_stands_outside_the_text_can_be_found_and_marks_nothing(document: Document) -> None:
    outside = [p for p in cut_passages(document) if p.kind == "sentence" and p.span is None]
    assert [p.article for p in outside] == [0]
    assert "侯榮輝" in outside[0].text
    assert "translator" in outside[0].text
