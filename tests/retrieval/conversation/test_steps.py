"""Turns that step through the document are told from questions, in every wording, in bounded time."""

import time

import pytest

from retrieval.clean import clean
from retrieval.conversation.steps import Step, find_step


def read(said: str) -> Step | None:
    return find_step(clean(said).text)


@pytest.mark.parametrize(
    ("said", "by"),
    [
        *((s, 1) for s in ("下一條", "下一條呢？", "下一条", "下一個", "看下一條", "那下一條呢", "請看下一條。", "next", "Next?", "the next one", "next article, please", "go to the next paragraph", "次の条は?", "再來", "接下來呢", "go on", "the one after that", "它的下一條", "從這條往後一條", "後面接什麼", "請問下一條是什麼", "可以看下一條嗎", "接著下一條", "繼續下一條", "go on to the next one", "what's next", "what about the next one", "次を見せて", "次！", "次の条文は何ですか", "続けて")),
        *((s, -1) for s in ("上一條", "上一条呢", "前一條", "回上一條", "previous", "the previous one", "back", "prev", "前の条", "the one before", "one back", "ひとつ前", "前一條再給我看一次", "返回上一條", "退回上一條", "往前退一條", "go back to the previous one", "tell me the previous one")),
        *((s, 2) for s in ("往下兩條", "two further on", "二つ先", "次の次", "下一條再下一條", "往後跳兩條", "下兩條", "next next", "下下條", "jump two forward", "後面第二條", "那往后第二条呢", "再後面的後面")),
        *((s, -2) for s in ("往前退兩條", "往回兩條", "two before", "two back", "前面的前面", "前の前")),
        *((s, 3) for s in ("跳三條", "three forward", "三つ先", "次の次の次", "接下來第三條")),
        *((s, 0) for s in ("再說一次", "再说一遍", "請再說一次", "再看一次", "重複", "again", "say it again", "once more, please", "もう一度")),
    ],
)  # fmt: skip
def test_a_step_says_how_far(said: str, by: int) -> None:
    assert read(said) == Step(by=by)


@pytest.mark.parametrize(
    "said",
    ["回到最前面那條", "回到我們最早看的那條", "刚才头一条再来一遍", "back to the first one we looked at", "最初に見たやつに戻って", "一開始那條再來"],
)  # fmt: skip
def test_a_step_goes_back_to_the_first_one_shown(said: str) -> None:
    assert read(said) == Step(to_first=True)


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ("第9條的前面是什麼", Step(-1, start=9)),
        ("26 的前面呢", Step(-1, start=26)),
        ("the one after article 20", Step(1, start=20)),
        ("下一條也是講鈾嗎", Step(1)),
        ("what does the next article say about it", Step(1)),
        ("最後一條的前面那條", Step(-1, from_last=True)),
        ("另一個呢", Step(to_other=True)),
        ("the other one", Step(to_other=True)),
    ],
)
def test_a_neighbour_may_be_named(said: str, step: Step) -> None:
    assert read(said) == step


@pytest.mark.parametrize(
    "said",
    ["", "下一屆高峰會在哪", "next summit", "what comes next in 2016?", "再說一次第3條", "前言", "上面說的是什麼", "the previous summits", "again and again", "下雨嗎", "background", "第一條", "article 3", "還有嗎", "who is first", "next and previous", "先看這條", "the first article", "第一次呢", "what is it up to", "what did it say before", "接著看第三條", "go back to article 2 now", "what comes first"],
)  # fmt: skip
def test_a_question_is_no_step(said: str) -> None:
    assert read(said) is None


@pytest.mark.parametrize(
    "bomb",
    [
        "看" * 1000,
        "再看" * 30,
        "請看" * 30,
        "the " * 15,
        "下一條" * 20,
        "go to the " * 6,
        "次の" * 30,
    ],
)
def test_no_turn_takes_long_to_read(bomb: str) -> None:
    started = time.process_time()
    find_step(bomb)
    assert time.process_time() - started < 0.2
