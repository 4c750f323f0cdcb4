"""What `tiaowen ask` promises."""

import json

import pytest

from bot.cli import main
from retrieval import Retriever

pytestmark = pytest.mark.usefixtures("in_process")
IPPAS = "國際實體防護諮詢服務去過幾個國家？"


def test_the_deciding_sentence_is_marked(capsys) -> None:
    assert main(["ask", IPPAS]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "第 15 條 · 國際原子能總署的任務" in out
    assert "【迄今，國際實體防護諮詢服務已在 40 個國家執行過 62 次任務。】" in out


def test_json_is_the_librarys_answer(retriever: Retriever, capsys) -> None:
    assert main(["ask", "--json", IPPAS]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out) == json.loads(json.dumps(retriever.ask(IPPAS).to_dict()))
    assert "國際" in out


@pytest.mark.parametrize("top", [1, 8])
def test_top_is_how_many_articles_come_at_most(top: int, retriever: Retriever, capsys) -> None:
    assert main(["ask", "--json", "--top", str(top), IPPAS]) == 0
    answer = json.loads(capsys.readouterr().out)
    shown = len(answer["citations"]) + len(answer["related"])
    assert shown == top if top < 5 else 5 <= shown <= top
    assert answer == json.loads(json.dumps(retriever.ask(IPPAS, top=top).to_dict()))


def test_several_words_are_one_question(capsys) -> None:
    assert main(["ask", "Article", "9"]) == 0
    out = capsys.readouterr().out
    note = "The text is in Chinese (Traditional), word for word."
    assert out.startswith(f"The document says:\n{note}\n\n第 9 條")


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("第15條說什麼？", "文件這樣說："),
        ("第15条说什么？", "文件这样说："),
        ("what does article 15 say?", "The document says:"),
    ],
)
def test_the_words_around_the_article_follow_the_question(question, headline, capsys) -> None:
    assert main(["ask", question]) == 0
    assert capsys.readouterr().out.splitlines()[0] == headline


def test_a_number_that_is_not_there_is_exit_1(capsys) -> None:
    assert main(["ask", "第99條"]) == 1
    assert capsys.readouterr().out == "沒有這一條。\n這份文件有第 1–36 條。\n"


def test_json_of_nothing_found_is_exit_1_too(capsys) -> None:
    assert main(["ask", "--json", "Article 99"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["status"], answer["citations"]) == ("not_found", [])
    assert answer["notes"] == [{"code": "out_of_range", "first": 1, "last": 36}]


@pytest.mark.parametrize("nothing", ["", "   ", "\n", "\u200b"], ids=repr)
def test_nothing_asked_is_exit_2(nothing: str, capsys) -> None:
    assert main(["ask", nothing]) == 2
    assert "輸入問題" in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    "question",
    ["核" * 10_000, "\0\x07<b>&amp; %s {0} \ud800核子\udfff🏳️‍🌈"],
    ids=["long", "odd"],
)
def test_any_text_is_a_question(question: str, capsys) -> None:
    assert main(["ask", "--json", question]) in (0, 1)
    out, err = capsys.readouterr()
    assert err == "" and json.loads(out)["status"] in ("answered", "related", "not_found")


def test_a_question_may_begin_with_a_dash_after_two(capsys) -> None:
    assert main(["ask", "--", "--第15條--"]) == 0
    assert "第 15 條" in capsys.readouterr().out


def test_data_is_on_stdout_and_nothing_else_is(run_command) -> None:
    asked = run_command("ask", "--json", "第15條")
    assert asked.returncode == 0
    assert asked.stderr == ""
    assert json.loads(asked.stdout)["citations"][0]["article"]["id"] == "hague-2014/15"


def test_a_process_ends_with_the_exit_code(run_command) -> None:
    assert run_command("ask", "第99條").returncode == 1
    empty = run_command("ask", "")
    assert empty.returncode == 2 and "Traceback" not in empty.stderr
