"""Calls for further articles are told from questions, and their topic from what is around it."""

import pytest

from retrieval.clean import clean
from retrieval.conversation.more import find_more


@pytest.mark.parametrize(
    "said",
    ["還有嗎", "还有吗？", "還有別的嗎", "還有哪些條文提到它", "其他條文呢", "what else?", "anything else on this?", "any other articles on this", "more?", "他には？", "还有哪几条"],
)  # fmt: skip
def test_without_a_topic_it_is_about_what_was_asked(said: str) -> None:
    more = find_more(clean(said).text)
    assert more is not None and more.topic == ""


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("還有哪些條文談到保安文化", "保安文化"),
        ("any other articles on disarmament", "disarmament"),
        ("安保文化还有哪几条提过", "安保文化"),
        ("what else mentions plutonium", "plutonium"),
    ],
)
def test_a_topic_may_be_named(said: str, word: str) -> None:
    more = find_more(clean(said).text)
    assert more is not None and word in more.topic


@pytest.mark.parametrize(
    "said",
    [
        "",
        "誰主辦2016年的高峰會",
        "next",
        "還款期限是多久",
        "who else",
        "第15條",
        "more than 40 countries",
    ],
)
def test_other_turns_ask_for_no_more(said: str) -> None:
    assert find_more(clean(said).text) is None


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("核材料衡算別條有講嗎", True), ("別的地方還有提到它嗎", True), ("还有别处提到吗", True),
        ("研修について他に書いてある所は", True), ("what else mentions plutonium", True),
        ("還有別的方法嗎", False), ("還有其他條件嗎", False), ("還有嗎", False),
    ],
)  # fmt: skip
def test_other_articles_are_told_from_something_else(said: str, names: bool) -> None:
    more = find_more(clean(said).text)
    assert more is not None and more.names_articles is names


def test_a_word_that_only_holds_other_article_names_none() -> None:
    more = find_more("特別條款是什麼")
    assert more is None or not more.names_articles
