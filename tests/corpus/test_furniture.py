"""The promises of corpus/furniture.py."""

import pytest
from corpus_files import source_of

from corpus.furniture import find_furniture
from corpus.source import Line


def _found(text: str) -> list[tuple[int, str, str]]:
    return [(f.line, f.reason, f.footer) for f in find_furniture(source_of(text).lines)]


def _pages(*pages: str) -> list[Line]:
    lines, number = [], 0
    for page, text in enumerate(pages, start=1):
        for line in text.split("\n"):
            number += 1
            lines.append(Line(number, line, page))
    return lines


def _dropped(*pages: str) -> list[str]:
    return [f.text for f in find_furniture(_pages(*pages))]


@pytest.mark.parametrize(
    ("line", "footer"),
    [
        ("駐法國 OECD/NEA 簡任一等秘書侯榮輝 Page 3", "駐法國 OECD/NEA 簡任一等秘書侯榮輝"),
        ("Page 3", ""),
        ("page 3 of 9", ""),
        ("Annual report, Office of Law | Page 3/9", "Annual report, Office of Law"),
        ("第 3 頁", ""),
        ("某部 第 3 頁，共 9 頁", "某部"),
        ("第3页", ""),
        ("- 3 -", ""),
        ("— 12 —", ""),
    ],
)
def test_a_page_number_is_furniture_and_the_words_beside_it_are_kept(
    line: str, footer: str
) -> None:
    assert _found(f"甲。\n{line}\n乙。") == [(2, "page number", footer)]


@pytest.mark.parametrize(
    "line",
    [
        "詳見第 3 頁",
        "其內容，如附件第 3 頁",
        "as it is shown on page 3",
        "see page 3",
        "Page three",
        "homepage3",
        "2014",
        "第 3 條",
        "第 3 頁所載之事項",
        "甲" * 80 + " Page 3",
    ],
)
def test_a_line_of_the_text_is_no_furniture(line: str) -> None:
    assert _found(f"甲，\n{line}\n乙。") == []


def test_a_bare_number_is_furniture_only_at_the_edge_of_a_page() -> None:
    assert _dropped("甲\n12\n乙\n1", "丙\n2", "3/9\n丁") == ["1", "2", "3/9"]
    assert _found("12\n甲\n13") == []


def test_what_repeats_at_the_edges_of_three_pages_is_furniture() -> None:
    pages = [f"Summit 2014 – {n}\n甲{'乙' * n}。\n某部編印" for n in (1, 2, 3)]
    assert _dropped(*pages) == [t for n in (1, 2, 3) for t in (f"Summit 2014 – {n}", "某部編印")]
    assert _dropped(*pages[:2]) == []


def test_what_repeats_inside_pages_is_text() -> None:
    assert _dropped(*[f"上{'甲' * n}\n同上\n下{'乙' * n}" for n in (1, 2, 3, 4)]) == []


@pytest.mark.parametrize("form", ["第 {} 條", "Article {}", "第{}條　"])
def test_article_numbers_at_the_top_of_every_page_are_no_running_header(form: str) -> None:
    assert _dropped(*[f"{form.format(n)}\n{'甲' * n}。" for n in (1, 2, 3, 4)]) == []


def test_a_heading_that_the_format_marks_is_never_furniture() -> None:
    assert find_furniture([Line(1, "Page 3", is_heading=True)]) == ()


def test_nothing_is_found_in_nothing() -> None:
    assert find_furniture([]) == ()
