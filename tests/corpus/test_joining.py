"""The promises of corpus/joining.py."""

import pytest

from corpus.joining import join_lines


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["核子保", "安"], "核子保安"),
        (["防止，", "我們"], "防止，我們"),
        (["我們", "「非國家行為者」"], "我們「非國家行為者」"),
        (["《打擊核恐怖主", "義全球倡議》及"], "《打擊核恐怖主義全球倡議》及"),
        (["舉行，第二屆高峰會於", "2012 年在韓國"], "舉行，第二屆高峰會於 2012 年在韓國"),
        (["自 2010", "年及"], "自 2010 年及"),
        (["今(2014)年", "年底"], "今(2014)年年底"),
        (["總署", "OECD/NEA", "簡任"], "總署 OECD/NEA 簡任"),
        (["physical", "protection"], "physical protection"),
        (["nuclear-", "free"], "nuclear-free"),
        (["and/", "or"], "and/or"),
        (["한국", "서울"], "한국 서울"),
        (["日本の", "カタカナ"], "日本のカタカナ"),
        (["議—", "「增進」"], "議—「增進」"),
        (["𠮷", "野"], "𠮷野"),
        (["\ufa08", "為者"], "\ufa08為者"),
        (["２０１４", "年"], "２０１４年"),
    ],
)
def test_lines_are_joined_as_the_script_is_written(lines: list[str], joined: str) -> None:
    assert join_lines(lines) == joined


def test_empty_lines_and_the_space_around_lines_leave_nothing() -> None:
    assert join_lines(["", " 核子 ", "\u3000", "\t保安\u00a0", ""]) == "核子保安"
    assert join_lines([]) == ""
    assert join_lines(["", "  "]) == ""


def test_a_space_inside_a_line_stays_one_space() -> None:
    assert join_lines(["於  2010 \u3000年"]) == "於 2010 年"
