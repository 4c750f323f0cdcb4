"""What is behind a button comes back as it went in, and nothing else is taken for it."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callback import Action, Callback, decode, document_tag, encode
from corpus import Article, Document

DOCUMENT = Document("d", "t", "zh-Hant", (Article("d/1", 1, "第 1 條", None, "甲"),))


@pytest.mark.parametrize("action", get_args(Action))
@pytest.mark.parametrize("argument", ["", 0, 15, 999_999, "zh-Hant", "auto"])
def test_it_comes_back_as_it_went_in(action: Action, argument: object) -> None:
    data = encode(action, DOCUMENT, argument)
    assert len(data.encode()) <= 64
    assert decode(data) == Callback(action, document_tag(DOCUMENT), str(argument))


def test_two_documents_are_told_apart() -> None:
    other = Document("e", "t", "zh-Hant", DOCUMENT.articles)
    assert document_tag(DOCUMENT) != document_tag(other)


@pytest.mark.parametrize("argument", ["", "auto", "-1", "１５", "9999999"])
def test_what_is_no_number_is_none(argument: str) -> None:
    assert Callback("article", "000000", argument).number == -1


@given(st.text(max_size=64))
def test_forged_data_is_refused_or_harmless(data: str) -> None:
    found = decode(data)
    assert found is None or (found.action in get_args(Action) and found.number >= -1)
