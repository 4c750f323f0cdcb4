"""What the words around an answer promise."""

import pytest

from bot import wording
from bot.translations import translation
from corpus import Article
from retrieval import Answer, Note

_ = translation("en")
RANGE = Note("out_of_range", (("first", 1), ("last", 36)))


def said(answer: Answer) -> list[str]:
    return [wording.headline(answer, _), *wording.notes(answer, "公報", _)]


def test_the_headline_says_what_was_found(make_answer) -> None:
    assert said(make_answer("甲")) == ["The document says:"]
    assert said(make_answer("甲", "乙")) == ["The document says, in 2 articles:"]
    assert said(make_answer("甲", status="related")) == [
        "The document speaks of this, but does not say what you ask. The nearest articles:"
    ]
    assert said(Answer("q", "not_found", 0.1)) == ["The document does not say anything about this."]
    assert said(Answer("", "not_found", 0.0, notes=(Note("empty"),))) == ["Please type a question."]


def test_a_number_that_is_not_there_is_told_the_range() -> None:
    assert said(Answer("第99條", "not_found", 1.0, notes=(RANGE,))) == [
        "There is no article of that number.", "This document has articles 1–36.",
    ]  # fmt: skip


def test_what_was_found_beside_a_number_that_is_not_there_is_no_lack(make_answer) -> None:
    assert said(make_answer("甲", notes=(RANGE,))) == [
        "The document says:", "This document has articles 1–36.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        (
            Note("cut", (("limit", 1000),)),
            "Only the first 1000 characters of the question were read.",
        ),
        (Note("other_law"), "That article number is another law's; this document is “公報”."),
        (
            Note("in_context", (("earlier", "who\nhosts <it>?"),)),
            "Read as a follow-up to “who hosts <it>?”.",
        ),
        (
            Note("in_context", (("earlier", "{x}" + "核" * 100),)),
            f"Read as a follow-up to “{{x}}{'核' * 56}…”.",
        ),
    ],
)
def test_every_note_is_a_sentence(make_answer, note: Note, sentence: str) -> None:
    assert said(make_answer("甲", notes=(note,))) == ["The document says:", sentence]


def test_a_step_past_an_end_is_told_where_the_document_ends() -> None:
    note = Note("past_end", (("first", 1), ("last", 36)))
    assert said(Answer("next", "not_found", 1.0, notes=(note,))) == [
        "There is no article further on.", "This document has articles 1–36.",
    ]  # fmt: skip


def test_further_articles_are_said_to_be_the_nearest_not_to_speak_of_it(make_answer) -> None:
    assert said(make_answer("甲", notes=(Note("more"),))) == [
        "Further articles, the nearest first:"
    ]


@pytest.mark.parametrize(
    ("speaks", "document", "sentence"),
    [
        ("en", "zh-Hant", ["The text is in Chinese (Traditional), word for word."]),
        ("zh-Hant", "en", ["條文是英文原文，一字不改。"]),
        ("zh-Hans", "ja", ["条文是日语原文，一字不改。"]),
        ("en", "tlh", ["The text is in tlh, word for word."]),
        ("en", "not a tag", ["The text is in not a tag, word for word."]),
        *(("zh-Hans", "zh-Hant", []), ("zh-Hant", "zh", []), ("en", "en-GB", [])),
        *(("en", "und", []), ("en", "", [])),
    ],
)
def test_a_document_in_another_language_is_said_to_be(
    make_answer, speaks: str, document: str, sentence: list[str]
) -> None:
    assert wording.original(make_answer("甲"), document, translation(speaks)) == sentence
    assert wording.original(make_answer("甲", status="related"), document, _) == []


def test_a_title_with_braces_is_shown_as_it_is(make_answer) -> None:
    answer = make_answer("甲", notes=(Note("other_law"),))
    assert "{title} {0}" in wording.notes(answer, "{title} {0}", _)[0]


def test_headings_and_facts_are_the_documents_own() -> None:
    article = Article("d/0", 0, "前言", None, "甲", {"translator": "侯", "edition": "2"})
    assert wording.heading(article) == "前言"
    assert wording.heading(Article("d/1", 1, "第 1 條", "節", "甲")) == "第 1 條 · 節"
    assert wording.facts(article, _) == ["Translator: 侯", "edition: 2"]
