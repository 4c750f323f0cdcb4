"""`tiaowen ask --why` says what each leg found, in the question's language."""

import pytest

from bot.cli import main


def test_the_scores_words_and_nearest_questions_are_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, cache_dir
) -> None:
    monkeypatch.setenv("TIAOWEN_CACHE_DIR", str(cache_dir))
    assert main(["ask", "--why", "IPPAS 去過幾個國家？"]) == 0
    out = capsys.readouterr().out
    assert "為什麼是這幾條：" in out
    assert "文件的用語：國際實體防護諮詢服務" in out
    assert "最接近的已知問題：" in out
    assert "pack: hague-2014 " in out


def test_a_number_needs_no_reason(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, cache_dir
) -> None:
    monkeypatch.setenv("TIAOWEN_CACHE_DIR", str(cache_dir))
    assert main(["ask", "--why", "Article 9"]) == 0
    assert "Named by number: nothing was searched for." in capsys.readouterr().out
