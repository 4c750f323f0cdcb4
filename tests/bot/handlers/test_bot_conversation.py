"""What a conversation in private promises: the next step goes on from the article shown last."""

from collections.abc import Awaitable, Callable

import pytest

from corpus import Document
from tests.bot.conftest import Say

CULTURE = "核子保安文化由誰來建立？"
MISSIONS = "國際實體防護諮詢服務做過幾次任務"
# What is said past either end, and of what the document does not say.
RANGE, NOTHING = "這份文件有第 1–36 條。", "文件沒有提到這件事。"
# Some articles that the turns before did not show; the first of them is where it goes on.
FURTHER = -1
Turn = Callable[[str], Awaitable[tuple[str, list[int]]]]


@pytest.fixture
def turn(say: Say, document: Document) -> Turn:
    """Take a turn; return the text of the answer, and which articles it shows, in order."""
    numbers = {article.text: article.number for article in document}

    async def take(text: str) -> tuple[str, list[int]]:
        parts = await say(text)
        quoted = [text for part in parts for text in part.marked("expandable_blockquote")]
        return "\n".join(part.text for part in parts), [numbers[text] for text in quoted]

    return take


def is_met(expected: int | str, text: str, shown: list[int]) -> bool:
    """Tell whether an answer shows an article, or says some words and shows none."""
    return not shown and expected in text if isinstance(expected, str) else shown[:1] == [expected]


@pytest.mark.parametrize(
    ("turns", "answer", "following"),
    [
        ([CULTURE, "還有嗎"], FURTHER, FURTHER),
        ([CULTURE, "還有嗎", "還有嗎"], FURTHER, FURTHER),
        (["第35條", "往下兩條"], RANGE, 36),
        (["第36條", "下一條"], RANGE, RANGE),
        (["第36條", "下一條", "上一條"], 35, 36),
        (["第1條", "上一條"], RANGE, 2),
        (["第19條", "謝謝"], NOTHING, 20),
        (["第12條", "第20條", "回到最前面那條"], 12, 13),
        (["第12條", "下一條", "再說一次"], 13, 14),
        ([CULTURE, "直接看第 8 條"], 8, 9),
        (["高濃縮鈾的存量要怎麼辦", "那鈽呢"], 21, 22),
        ([MISSIONS, "這是強制的嗎"], 15, 16),
        ([MISSIONS, "駭客攻擊核電廠的電腦怎麼辦"], 30, 31),
        ([CULTURE, "/article 36"], 36, RANGE),
        ([CULTURE, "/article 8"], 8, 9),
    ],
)
async def test_the_next_article_is_the_one_behind_that_shown_last(
    turn: Turn, turns: list[str], answer: int | str, following: int | str
) -> None:
    *before, (text, shown) = [await turn(said) for said in turns]
    if answer == FURTHER:
        assert shown and {n for _text, numbers in before for n in numbers}.isdisjoint(shown)
        following = shown[0] + 1
    else:
        assert is_met(answer, text, shown)
    assert is_met(following, *await turn("下一條"))
