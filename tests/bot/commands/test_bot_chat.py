"""What `tiaowen chat` promises."""

import io

import pytest

from bot.cli import main

pytestmark = pytest.mark.usefixtures("in_process")


def chat(monkeypatch: pytest.MonkeyPatch, text: str) -> int:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    return main(["chat"])


def test_questions_come_from_a_pipe_one_a_line(monkeypatch, capsys) -> None:
    assert chat(monkeypatch, "第15條\nArticle 9\n") == 0
    out, err = capsys.readouterr()
    first, second = out.split("\n\n第 9 條", 1)
    assert first.startswith("文件這樣說：\n\n第 15 條") and "The document says:" in first
    assert "海牙核子保安高峰會公報" in err and "公報\n" not in out
    assert second


def test_the_conversation_is_kept(monkeypatch, capsys) -> None:
    assert chat(monkeypatch, "第15條\n下一條\nagain\nprevious") == 0
    out = capsys.readouterr().out
    shown = [line for line in out.splitlines() if line.startswith("第 ") and "·" in line]
    assert [line.split(" 條")[0] for line in shown] == ["第 15", "第 16", "第 16", "第 15"]


def test_empty_lines_are_passed_over(monkeypatch, capsys) -> None:
    assert chat(monkeypatch, "\n   \n\n") == 0
    assert capsys.readouterr().out == ""


def test_the_end_of_the_document_is_said(monkeypatch, capsys) -> None:
    assert chat(monkeypatch, "第36條\n下一條\n") == 0
    assert "沒有這一條。\n這份文件有第 1–36 條。" in capsys.readouterr().out


def test_bytes_that_are_no_text_do_not_end_the_conversation(run_command, environment) -> None:
    strict = environment | {"PYTHONIOENCODING": "utf-8:strict"}
    talked = run_command(
        "chat", input=b"\xff\xfe\n" + "第15條\n".encode(), encoding=None, env=strict
    )
    assert talked.returncode == 0
    assert "第 15 條 · ".encode() in talked.stdout
    assert b"Traceback" not in talked.stderr
