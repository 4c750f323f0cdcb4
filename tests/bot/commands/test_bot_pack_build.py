"""What `tiaowen pack build` promises on the command line; corpus tests the pack itself."""

import json
from pathlib import Path

import pytest

from bot.cli import main

LAW = "總則\n\n1. 這是第一條的內容，說明目的。\n\n2. 這是第二條的內容，說明範圍。\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "My Law.txt"
    path.write_text(LAW, encoding="utf-8")
    return path


def test_a_document_becomes_a_pack_that_can_be_asked(source: Path, tmp_path: Path, capsys) -> None:
    out = tmp_path / "pack"
    assert main(["pack", "build", str(source), "--out", str(out)]) == 0
    said = capsys.readouterr()
    assert said.out == f"{out}\n"
    assert "2 articles" in said.err
    assert main(["ask", "--json", "--pack", str(out), "第2條"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["citations"][0]["article"]["id"] == "my-law/2"
    assert answer["citations"][0]["article"]["text"] == "這是第二條的內容，說明範圍。"


def test_what_a_person_knows_is_taken_from_the_options(
    source: Path, tmp_path: Path, capsys
) -> None:
    out = tmp_path / "pack"
    words = ["pack", "build", str(source), "--out", str(out)]
    assert main([*words, "--id", "law", "--title", "母法", "--language", "zh-Hant"]) == 0
    header = json.loads((out / "articles.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert (header["document"], header["title"], header["language"]) == ("law", "母法", "zh-Hant")


def refusal(capsys, *words: str) -> str:
    assert main(["pack", "build", *words]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("tiaowen: ") and "Traceback" not in err
    return err


def test_a_source_that_cannot_be_used_is_refused(source: Path, tmp_path: Path, capsys) -> None:
    out = str(tmp_path / "pack")
    assert "no such file" in refusal(capsys, str(tmp_path / "none.txt"), "--out", out)
    source.write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8" in refusal(capsys, str(source), "--out", out)
    source.write_text("nothing numbered here\n")
    refusal(capsys, str(source), "--out", out)
    odd = source.rename(tmp_path / "law.xls")
    assert ".txt" in refusal(capsys, str(odd), "--out", out)
    assert not Path(out).exists()


def test_gaps_and_repeats_are_refused_with_their_lines(
    source: Path, tmp_path: Path, capsys
) -> None:
    source.write_text(LAW + "\n4. 這是第四條的內容，前面少了一條。\n", encoding="utf-8")
    said = refusal(capsys, str(source), "--out", str(tmp_path / "pack"))
    assert "line" in said and "4" in said


def test_nothing_else_is_written_over(source: Path, tmp_path: Path, capsys) -> None:
    out = tmp_path / "photos"
    out.mkdir()
    (out / "cat.jpg").write_bytes(b"cat")
    assert "is no pack" in refusal(capsys, str(source), "--out", str(out))
    assert [path.name for path in out.iterdir()] == ["cat.jpg"]


def test_an_id_that_is_none_is_refused(source: Path, tmp_path: Path, capsys) -> None:
    said = refusal(capsys, str(source), "--out", str(tmp_path / "pack"), "--id", "../x")
    assert "--id" in said


def test_a_folder_that_cannot_be_made_is_one_sentence(source: Path, tmp_path: Path, capsys) -> None:
    said = refusal(capsys, str(source), "--out", str(source / "below"))
    assert "My Law.txt" in said and said.count("\n") == 1
