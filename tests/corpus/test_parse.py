"""The promises of corpus/parse.py."""

import pytest
from corpus_files import numbers_and_texts, source_of
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Document, NumberingError, ParseReport, ParseSettings, Source, SourceError, parse
from corpus.source import Line

_HAN = "我們重申核子保安之國家責任與合作鈽鈾濃縮𠮷\ufa08\uf9e4"


def _parse(text: str, **known: str) -> tuple[Document, ParseReport]:
    return parse(source_of(text), ParseSettings(**{"id": "d", **known}))


def _articles(text: str) -> list[tuple[int, str | None, str]]:
    return [(a.number, a.section, a.text) for a in _parse(text)[0]]


def test_preface_headings_and_articles_are_told_apart() -> None:
    text = "公報\n前言，\n如下：\n總則\n1. 甲，\n乙。\n 分則 \n2. 丙。\n3. 丁。"
    assert _articles(text) == [
        (0, None, "公報\n前言，如下："),
        (1, "總則", "甲，乙。"),
        (2, "分則", "丙。"),
        (3, "分則", "丁。"),
    ]


def test_a_source_without_a_preface_has_no_article_0() -> None:
    document, report = _parse("1. 甲。\n2. 乙。")
    assert [a.number for a in document] == [1, 2]
    assert not report.has_preface
    assert document.title == "source.txt"


def test_the_title_is_the_first_line_unless_one_is_given() -> None:
    assert _parse("公報\n1. 甲。\n2. 乙。")[0].title == "公報"
    assert _parse("公報\n1. 甲。\n2. 乙。", title="他報")[0].title == "他報"


def test_title_lines_and_paragraphs_of_the_preface_stay_lines() -> None:
    preface = _parse("公報\nThe Communiqué\n2014年4月5日\n甲，\n\n乙。\n丙。\n1. 丁。\n2. 戊。")[
        0
    ].get(0)
    assert preface is not None
    assert preface.text == "公報\nThe Communiqué\n2014年4月5日\n甲，乙。\n丙。"


def test_ids_and_labels_follow_the_pack_and_the_language() -> None:
    def first(text: str, **known: str) -> list[tuple[str, str]]:
        return [(a.id, a.label) for a in _parse(text, **known)[0]][:2]

    assert first("序\n1. 國際。\n2. 乙。") == [("d/0", "前言"), ("d/1", "第 1 條")]
    assert first("序\n1. 国际。\n2. 乙。") == [("d/0", "前言"), ("d/1", "第 1 条")]
    assert first("T\n1. One.\n2. Two.") == [("d/0", "Preface"), ("d/1", "Article 1")]
    assert first("序\n1. 国際の。\n2. 乙。", language="ja")[1] == ("d/1", "第 1 条")
    assert first("T\n1. One.\n2. Two.", id="x")[1] == ("x/1", "Article 1")


def test_quoted_titles_stay_whole_wherever_a_line_was_broken() -> None:
    whole = "我們歡迎《綜合性核子保安支助計畫》及「核子保安叢書」，以及「增進全球合作」。"
    for at in range(1, len(whole)):
        text = f"1. {whole[:at]}\n\n {whole[at:]}\n2. 乙。"
        assert numbers_and_texts(_parse(text)[0].articles) == [(1, whole), (2, "乙。")]


def test_no_word_is_corrected_and_no_character_normalised() -> None:
    odd = "防止蕃衍與追縱，個自\ufa08為\uf9e4ＡＢ１２①㈱。"
    assert _articles(f"1. {odd}\n2. 乙。")[0][2] == odd


def test_a_footer_is_in_no_article_and_becomes_the_prefaces_metadata_where_asked() -> None:
    text = "序言。\n1. 甲，\n\n某譯者 Page 3\n\n乙。\n2. 丙。\n某譯者 Page 4\n另一人 Page 5"
    document, report = _parse(text, footer_is="translator")
    assert numbers_and_texts(document.articles) == [(0, "序言。"), (1, "甲，乙。"), (2, "丙。")]
    assert document.articles[0].metadata == {"translator": "某譯者 / 另一人"}
    assert all(not a.metadata for a in document.articles[1:])
    assert [f.line for f in report.furniture] == [4, 8, 9]
    assert _parse(text)[0].articles[0].metadata == {}


def test_a_caption_behind_the_last_article_is_in_no_article_and_reported() -> None:
    document, report = _parse("1. 甲。\n2. 乙。\n\n各國領袖合照\n")
    assert document.articles[-1].text == "乙。"
    assert [(f.line, f.reason, f.text) for f in report.furniture] == [
        (4, "caption", "各國領袖合照")
    ]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("措施如下：\n甲案\n乙案", "措施如下：甲案乙案"),
        ("We shall:\n(a) act;\n(b) report", "We shall: (a) act; (b) report"),
        ("甲；\n乙", "甲；乙"),
        ("分述。\n（一）甲", "分述。（一）甲"),
        ("Thus.\n- one\n- two", "Thus. - one - two"),
        ("Thus.\n1st of all,\nnothing", "Thus. 1st of all, nothing"),
    ],
)
def test_the_items_of_a_list_stay_in_their_article_the_last_one_too(lines: str, text: str) -> None:
    document, report = _parse(f"1. {lines}\n2. {lines}")
    assert numbers_and_texts(document.articles) == [(1, text), (2, text)]
    assert document.sections == ()
    assert report.furniture == ()


def test_headings_that_stand_together_make_one_section() -> None:
    assert _articles("序。\n第一章\n第一節\n1. 甲。\n第二章\n第一節\n2. 乙。") == [
        (0, None, "序。"),
        (1, "第一章 › 第一節", "甲。"),
        (2, "第二章 › 第一節", "乙。"),
    ]


def test_many_short_lines_without_an_end_are_text_and_no_headings() -> None:
    assert _articles("1. 甲。\n乙\n丙\n丁\n戊\n己\n2. 庚。")[0][2] == "甲。乙丙丁戊己"


def test_a_marked_heading_counts_whatever_stands_before_it_and_however_it_ends() -> None:
    lines = [("1. 甲", False), ("誰付錢？", True), ("2. 乙", False), ("附件", True)]
    source = Source("a.md", "", tuple(Line(i, t, 1, h) for i, (t, h) in enumerate(lines, 1)))
    document, report = parse(source, ParseSettings("d"))
    assert [(a.section, a.text) for a in document] == [(None, "甲"), ("誰付錢？", "乙")]
    assert [f.text for f in report.furniture] == ["附件"]


def test_gaps_and_repeats_are_refused_with_the_lines_of_the_file() -> None:
    with pytest.raises(NumberingError, match="line 5: article 3 found, article 2 is missing"):
        _parse("題\n\n1. 甲。\n\n3. 丙。")
    with pytest.raises(NumberingError, match="line 4: article 1 repeats line 2"):
        _parse("題\n1. 甲。\nPage 1\n1. 丙。")


def test_an_article_without_text_is_refused_with_its_line() -> None:
    with pytest.raises(SourceError, match=r"line 3: article 2 has a number but no text"):
        _parse("1. 甲。\n\n2.\n3. 丙。")


@pytest.mark.parametrize("text", ["", "\n \n\u3000", "Page 1\n"])
def test_a_source_without_text_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match=r"source\.txt: the file holds no text"):
        _parse(text)


def test_the_report_says_what_was_found_and_each_line_that_was_dropped() -> None:
    _, report = _parse("序。\n總則\n1. 甲。\nPage 3\n2. 乙。\n合照")
    assert (report.articles, report.has_preface, report.sections, report.lines) == (
        2,
        True,
        ("總則",),
        6,
    )
    told = str(report)
    assert "6 lines read: a preface and 2 articles, numbered without gaps" in told
    assert "line 4: page number: Page 3" in told
    assert "line 6: caption: 合照" in told


# Random documents ------------------------------------------------------------------------------

_han = st.text(_HAN, min_size=1, max_size=14)
_middle = st.one_of(
    st.sampled_from(["，", "、", "；", "：", "—", "（二）"]),
    _han.map(lambda t: f"《{t}》"),
    _han.map(lambda t: f"「{t}」"),
    st.sampled_from([" 2014 ", " OECD/NEA ", " 24-25 ", " 1540 "]),
)


@st.composite
def _chinese_text(draw: st.DrawFn) -> str:
    """Draw sentences whose every Latin word stands between ideographs, as in print."""
    text = ""
    for _ in range(draw(st.integers(1, 3))):
        text += draw(_han)
        for _ in range(draw(st.integers(0, 4))):
            text += draw(_middle) + draw(_han)
        text += "。"
    return text


def _is_breakable(left: str, right: str) -> bool:
    return not any(c.isascii() for c in (left, right)) or (left == " ") != (right == " ")


@st.composite
def _broken(draw: st.DrawFn, text: str) -> str:
    """Break a text as a PDF does: between ideographs, or in the place of a space."""
    out = ""
    for left, right in zip(text, [*text[1:], ""], strict=True):
        out += left
        # A line that ended one sentence and held a bit of the next would read as a heading only
        # if it stood last; the last line always ends a sentence.
        if right and _is_breakable(left, right) and draw(st.integers(0, 5)) == 0:
            out += draw(st.sampled_from(["\n", "\n\n", " \n", "\n ", "\n\n\u3000"]))
    return out


_STYLES = ("{}. ", "{}.", "{}、", "第{}條 ", "第 {} 條　")


@st.composite
def _documents(draw: st.DrawFn) -> tuple[str, list[tuple[int, str | None, str]]]:
    style = draw(st.sampled_from(_STYLES))
    expected: list[tuple[int, str | None, str]] = []
    lines: list[str] = []
    if draw(st.booleans()):
        preface = draw(_chinese_text())
        expected.append((0, None, preface))
        lines.append(preface)
    section = None
    for number in range(1, draw(st.integers(2, 9)) + 1):
        if lines and draw(st.integers(0, 2)) == 0:
            section = draw(_han)
            lines.append(draw(st.sampled_from(["", " "])) + section)
        text = draw(_chinese_text())
        expected.append((number, section, text))
        lines += (style.format(number) + draw(_broken(text))).split("\n")
        if draw(st.integers(0, 3)) == 0:
            lines.append(f"某譯者 Page {number}")
    blank = "\n" * draw(st.integers(1, 3))
    return blank.join(lines), expected


@given(_documents())
@settings(derandomize=True, deadline=None, max_examples=60)
def test_a_random_numbered_document_broken_into_lines_parses_back(
    case: tuple[str, list[tuple[int, str | None, str]]],
) -> None:
    text, expected = case
    assert _articles(text) == expected


@given(st.data())
@settings(derandomize=True, deadline=None, max_examples=40)
def test_a_random_english_document_broken_at_its_spaces_parses_back(data: st.DataObject) -> None:
    word = st.text("abdelmnorstu", min_size=2, max_size=9)
    sentence = st.lists(word, min_size=3, max_size=30).map(lambda w: " ".join(w) + ".")
    texts = data.draw(st.lists(sentence, min_size=2, max_size=8))
    style = data.draw(st.sampled_from(["Article {}. ", "Article {}: ", "{}. ", "{}) "]))
    broken = ""
    for number, text in enumerate(texts, start=1):
        head, *rest = text.split(" ")
        broken += "\n" + style.format(number) + head
        for part in rest:
            broken += data.draw(st.sampled_from([" ", " ", " ", "\n", " \n\n"])) + part
    parsed = _parse(broken)[0]
    assert numbers_and_texts(parsed.articles) == list(enumerate(texts, start=1))


@given(st.text(max_size=200))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_any_text_is_parsed_or_refused(text: str) -> None:
    for tried in (text, f"1. {text}甲\n2. 乙"):
        try:
            document, _ = _parse(tried)
        except SourceError:
            continue
        assert all(a.text for a in document)
