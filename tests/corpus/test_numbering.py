"""The promises of corpus/numbering.py."""

import pytest
from corpus_files import source_of

from corpus import NumberingError, SourceError
from corpus.numbering import begins_article, find_article_starts


def _starts(text: str) -> list[tuple[int, str]]:
    return [(s.number, s.rest) for s in find_article_starts(source_of(text).lines)]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("1. 甲。\n2.乙。", [(1, "甲。"), (2, "乙。")]),
        ("1．甲。\n2、乙。\n3）丙。\n4) d", [(1, "甲。"), (2, "乙。"), (3, "丙。"), (4, "d")]),
        ("第一條 甲。\n第二條　乙。", [(1, "甲。"), (2, "乙。")]),
        ("第一条：甲。\n第 2 条\n乙。", [(1, "甲。"), (2, "")]),
        ("第１條 甲。\n第二條（乙）丙。", [(1, "甲。"), (2, "（乙）丙。")]),
        ("Article 1\nOne.\nArticle 2. Two.", [(1, ""), (2, "Two.")]),
        ("Article I: One.\nARTICLE II — Two.", [(1, "One."), (2, "Two.")]),
        ("Section 1. One.\n§ 2. Two.", [(1, "One."), (2, "Two.")]),
    ],
)
def test_articles_begin_where_each_style_says(text: str, starts: list[tuple[int, str]]) -> None:
    assert _starts(text) == starts


@pytest.mark.parametrize(
    "line",
    ["第三條所定之事項", "Article 5 shall apply", "2014 年 3 月", "3.14 是圓周率", "2005 年修正案",
     "第一屆核子保安高峰會", "", "Articles 3. and 4", "12345. x"],
)  # fmt: skip
def test_a_sentence_that_begins_with_a_reference_begins_no_article(line: str) -> None:
    assert not begins_article(line)
    assert _starts(f"1. 甲\n{line}\n2. 乙") == [(1, "甲"), (2, "乙")]


def test_a_reference_to_an_article_inside_a_numbered_source_does_not_change_its_style() -> None:
    assert _starts("1. 甲，\n第三條 所定。\n2. 乙。") == [(1, "甲，"), (2, "乙。")]


def _refused(text: str) -> str:
    with pytest.raises(NumberingError) as told:
        _starts(text)
    return str(told.value)


def test_a_gap_is_refused_with_its_line_and_the_missing_number() -> None:
    assert "line 4: article 3 found, article 2 is missing" in _refused("題\n1. 甲\n\n3. 丙\n4. 丁")


def test_a_wide_gap_is_refused_with_all_the_missing_numbers() -> None:
    assert "line 2: article 9 found, articles 2-8 are missing" in _refused("1. 甲\n9. 丙\n10. 丁")


def test_a_repeat_is_refused_with_both_lines() -> None:
    assert "line 5: article 2 repeats line 2" in _refused("1. 甲\n2. 乙\n3. 丙\n\n2. 丁")


def test_a_number_that_goes_back_is_refused() -> None:
    assert "line 3: article 2 found, expected 4" in _refused("1. 甲\n3. 乙\n2. 丙")


def test_a_source_that_does_not_begin_with_1_is_refused() -> None:
    assert "line 1: article 2 found, article 1 is missing" in _refused("2. 甲\n3. 乙")
    assert "line 1: article 0 found, expected 1" in _refused("0. 甲\n1. 乙")


def test_all_that_is_wrong_is_told_at_once_with_what_was_expected_and_what_to_do() -> None:
    told = _refused("1. 甲\n3. 乙\n3. 丙\n7. 丁")
    assert "line 2" in told
    assert "line 3" in told
    assert "line 4: article 7 found, articles 4-6 are missing" in told
    assert "Expected 1, 2, 3, …" in told
    assert "Correct the source" in told


@pytest.mark.parametrize(
    ("gap", "repeat"),
    [
        ("第一條 甲\n第三條 乙", "第一條 甲\n第一條 乙"),
        ("Article 1: a\nArticle III: b", "Article 1: a\nArticle I: b"),
    ],
)
def test_every_style_is_checked(gap: str, repeat: str) -> None:
    assert "line 2: article 3 found, article 2 is missing" in _refused(gap)
    assert "line 2: article 1 repeats line 1" in _refused(repeat)


@pytest.mark.parametrize("text", ["", "甲乙丙。", "1. 甲。", "第一條 甲。"])
def test_a_source_without_numbered_articles_is_refused_with_the_styles(text: str) -> None:
    with pytest.raises(SourceError, match="第N條, Article N, N\\."):
        _starts(text)
