"""What showing an answer in a terminal promises."""

import io
import re

import pytest

from bot.terminal import BuildProgress, show, terminal_language
from corpus import Document
from retrieval import Answer, Citation, Note

COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")


DOCUMENT = Document("d", "公報", "zh-Hant", ())


def shown(answer: Answer, file: io.StringIO | None = None) -> str:
    file = file or io.StringIO()
    show(answer, DOCUMENT, file)
    return COLOURS.sub("", file.getvalue())


def test_a_pipe_gets_the_article_with_the_sentence_between_brackets(by_number) -> None:
    article = by_number(15)
    start = article.text.index("迄今")
    end = article.text.index("。", start) + 1
    answer = Answer("q", "answered", 0.9, (Citation(article, ((start, end),)),), language="en")
    text = article.text
    assert shown(answer).splitlines() == [
        "The document says:",
        "The text is in Chinese (Traditional), word for word.",
        "",
        f"第 15 條 · {article.section}",
        f"{text[:start]}【{text[start:end]}】{text[end:]}",
    ]


def test_several_sentences_are_each_marked(by_number) -> None:
    article = by_number(15)
    answer = Answer("q", "answered", 0.9, (Citation(article, ((0, 3), (5, 8))),))
    marked = shown(answer).splitlines()[-1]
    assert marked.count("【") == marked.count("】") == 2
    assert marked.replace("【", "").replace("】", "") == article.text


@pytest.mark.parametrize("file", [io.StringIO(), Terminal()], ids=["pipe", "terminal"])
def test_a_fact_that_answers_is_marked(by_number, file: io.StringIO) -> None:
    preface = by_number(0)
    answer = Answer("q", "answered", 0.9, (Citation(preface, facts=("translator",)),))
    shown(answer, file)
    line = f"Translator: {preface.metadata['translator'].split()[0]}"
    lines = [text for text in file.getvalue().splitlines() if line in text]
    marked = [text for text in lines if f"【{line}" in text or f"\x1b[1;30;43m{line}" in text]
    assert lines and marked == lines


def test_the_brackets_are_not_the_documents_own(document) -> None:
    assert not any(bracket in article.text for article in document for bracket in "【】")


def test_what_is_related_is_listed_and_the_nearest_is_shown(by_number) -> None:
    offer = tuple(Citation(by_number(n)) for n in (20, 15))
    lines = shown(Answer("q", "related", 0.2, related=offer, language="en")).splitlines()
    assert lines[0].startswith("The document speaks of this, but does not say what you ask.")
    assert lines[2:4] == [f"  第 {n} 條 · {by_number(n).section}" for n in (20, 15)]
    assert lines[-1] == by_number(20).text


@pytest.mark.parametrize(
    ("language", "headline"),
    [
        ("zh-Hant", "文件沒有提到這件事。"),
        ("zh-Hans", "文件没有提到这件事。"),
        ("en", "The document does not say anything about this."),
        ("ja", "The document does not say anything about this."),
        ("und", "The document does not say anything about this."),
    ],
)
def test_the_words_follow_the_questions_language(language: str, headline: str) -> None:
    assert shown(Answer("q", "not_found", 0.1, language=language)) == f"{headline}\n"


def test_the_terminals_language_is_the_one_it_is_set_to(monkeypatch: pytest.MonkeyPatch) -> None:
    assert terminal_language() == "en"
    monkeypatch.setenv("LC_MESSAGES", "zh_CN.UTF-8")
    assert terminal_language() == "zh-Hans"
    monkeypatch.setenv("LC_ALL", "zh_TW.UTF-8")
    assert terminal_language() == "zh-Hant"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name)
    assert terminal_language() == "zh-Hant"


@pytest.mark.parametrize("status", ["answered", "related"])
def test_a_terminal_gets_the_whole_article_too(by_number, status: str) -> None:
    article = by_number(9)
    where = {"citations" if status == "answered" else "related": (Citation(article, ((0, 5),)),)}
    answer = Answer("q", status, 0.9, language="en", **where)
    output = shown(answer, Terminal())
    inside = [line.strip("│ ") for line in output.splitlines() if line.startswith("│")]
    assert "".join(inside).replace(" ", "") == article.text.replace(" ", "")
    assert f"第 9 條 · {article.section}" in output


def test_a_terminal_is_told_about_numbers_out_of_range() -> None:
    note = Note("out_of_range", (("first", 1), ("last", 36)))
    output = shown(Answer("q", "not_found", 1.0, language="en", notes=(note,)), Terminal())
    assert "no article of that number" in output and "1–36" in output


def test_a_terminal_is_told_which_language_the_article_is_in(make_answer) -> None:
    note = "The text is in Chinese (Traditional), word for word."
    assert note in shown(make_answer("甲", language="en"), Terminal())
    assert "一字不改" not in shown(make_answer("甲", language="zh-Hans"), Terminal())


def test_the_mark_is_a_colour_in_a_terminal(by_number) -> None:
    file = Terminal()
    article = by_number(9)
    show(Answer("q", "answered", 0.9, (Citation(article, ((0, 5),)),)), DOCUMENT, file)
    coloured = re.search(
        rf"({COLOURS.pattern})({article.text[:5]})({COLOURS.pattern})", file.getvalue()
    )
    assert coloured and coloured[3] == "\x1b[0m"


def test_square_brackets_in_a_text_are_no_markup_to_a_terminal(make_answer) -> None:
    assert "[註] [bold]" in shown(make_answer("甲[註] [bold]乙"), Terminal())


def test_building_is_reported_on_stderr_once_a_step(capsys) -> None:
    progress = BuildProgress()
    for step, share in (("a", 0.0), ("a", 0.5), ("b", 0.0), ("b", 1.0)):
        progress(step, share)
    progress.close()
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "First run: building what answering needs. This happens once.", "  a", "  b",
    ]  # fmt: skip


def test_building_is_a_bar_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    progress = BuildProgress()
    progress("exporting", 0.5)
    progress("exporting", 1.0)
    progress.close()
    assert "exporting" in terminal.getvalue()


def test_nothing_built_is_nothing_said(capsys) -> None:
    BuildProgress().close()
    assert capsys.readouterr() == ("", "")
