"""The promises of corpus/pack.py: building."""

import os
from pathlib import Path

import pytest
from corpus_files import LAW, LAW_ARTICLES, contents, numbers_and_texts, write_docx, write_pdf

from corpus import (
    CorpusError,
    NumberingError,
    PackError,
    ParseSettings,
    SourceError,
    build_pack,
    open_pack,
)
from corpus.pack import slug


def test_a_text_becomes_a_pack_that_opens(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "pack"
    report = build_pack(source, out)
    pack = open_pack(str(out))
    assert (pack.id, pack.document.title, pack.document.language) == ("my-law", "公報", "zh-Hant")
    assert numbers_and_texts(pack.document.articles) == LAW_ARTICLES
    assert pack.document.sections == ("總則",)
    assert report.articles == 2
    assert sorted(contents(out)) == ["articles.jsonl", "pack.toml", "source.txt"]
    assert (out / "source.txt").read_bytes() == source.read_bytes()


def test_a_markdown_becomes_a_pack(tmp_path: Path) -> None:
    source = tmp_path / "law.md"
    source.write_text("# 公報\n\n序言。\n\n## 總則\n\n1. 甲，\n乙。\n2. 丙。\n", encoding="utf-8")
    build_pack(source, tmp_path / "out")
    document = open_pack(str(tmp_path / "out")).document
    assert [(a.number, a.section, a.text) for a in document] == [
        (0, None, "公報\n序言。"),
        (1, "總則", "甲，乙。"),
        (2, "總則", "丙。"),
    ]


def test_a_docx_becomes_a_pack(tmp_path: Path) -> None:
    source = write_docx(
        tmp_path / "law.docx",
        [("公報", "Title"), ("序言。", None), ("總則？", "Heading 1"), ("1. 甲，\n乙。", None),
         ("2. 《丙》。", None)],
    )  # fmt: skip
    build_pack(source, tmp_path / "out")
    document = open_pack(str(tmp_path / "out")).document
    assert [(a.number, a.section, a.text) for a in document] == [
        (0, None, "公報\n序言。"),
        (1, "總則？", "甲，乙。"),
        (2, "總則？", "《丙》。"),
    ]
    assert (tmp_path / "out" / "source.docx").read_bytes() == source.read_bytes()


def test_a_soft_break_beside_a_page_number_loses_no_words_of_a_docx(tmp_path: Path) -> None:
    source = write_docx(tmp_path / "law.docx", [("1. 甲，\nPage 3\n乙。", None), ("2. 丙。", None)])
    build_pack(source, tmp_path / "out")
    articles = open_pack(str(tmp_path / "out")).document.articles
    assert numbers_and_texts(articles) == [(1, "甲，乙。"), (2, "丙。")]


def test_a_pdf_becomes_a_pack_without_headers_and_page_numbers(tmp_path: Path) -> None:
    pages = [
        ["某部公報", "公報", "序言。", "1. 核子保", "1"],
        ["某部公報", "安，《公", "約》。", "總則", "2"],
        ["某部公報", "2. 自 2010", "年起。", "3"],
    ]
    source = write_pdf(tmp_path / "law.pdf", pages)
    report = build_pack(source, tmp_path / "out")
    document = open_pack(str(tmp_path / "out")).document
    assert [(a.number, a.section, a.text) for a in document] == [
        (0, None, "公報\n序言。"),
        (1, None, "核子保安，《公約》。"),
        (2, "總則", "自 2010 年起。"),
    ]
    assert [f.text for f in report.furniture] == ["某部公報", "1", "某部公報", "2", "某部公報", "3"]


def test_the_same_source_gives_the_same_bytes(source: Path, tmp_path: Path) -> None:
    build_pack(source, tmp_path / "a")
    build_pack(source, tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_what_is_known_of_the_document_is_kept_and_followed_in_the_next_build(
    source: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    known = ParseSettings("law", "某法", "zh-Hans", "translator")
    build_pack(source, out, known)
    first = contents(out)
    document = open_pack(str(out)).document
    assert (document.id, document.title, document.articles[1].label) == ("law", "某法", "第 1 条")
    assert document.articles[0].metadata == {"translator": "某譯者"}
    (out / "glossary.toml").write_text("# mine\n", encoding="utf-8")
    build_pack(out / "source.txt", out)
    build_pack(source, out, known)
    assert contents(out) == first | {"glossary.toml": b"# mine\n"}


def test_settings_other_than_those_of_the_pack_are_refused(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build_pack(source, out, ParseSettings("law"))
    before = contents(out)
    with pytest.raises(PackError, match="nothing was written"):
        build_pack(source, out, ParseSettings("other"))
    assert contents(out) == before


def test_the_source_keeps_the_name_that_the_pack_gives_it(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "pack.toml").write_text('id = "law"\nsource = "law.txt"\n', encoding="utf-8")
    build_pack(source, out)
    assert sorted(contents(out)) == ["articles.jsonl", "law.txt", "pack.toml"]
    assert open_pack(str(out)).id == "law"


def test_a_source_of_another_kind_than_the_packs_is_refused(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build_pack(source, out)
    before = contents(out)
    other = write_pdf(tmp_path / "law.pdf", [["1. 甲。", "2. 乙。"]])
    with pytest.raises(PackError, match="of another kind"):
        build_pack(other, out)
    assert contents(out) == before


@pytest.mark.parametrize("name", ["../taken.txt", "..", "/tmp/taken.txt", ""])
def test_a_manifest_cannot_send_the_source_out_of_the_pack(
    source: Path, tmp_path: Path, name: str
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "pack.toml").write_text(f'id = "law"\nsource = "{name}"\n', encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(PackError, match="is not the name of a file in the pack"):
        build_pack(source, out)
    assert sorted(tmp_path.iterdir()) == before
    assert sorted(contents(out)) == ["pack.toml"]


@pytest.mark.parametrize("name", ["LAW", "../law", "", "-law", "law/1", "條文"])
def test_an_id_that_is_none_is_refused(source: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(PackError, match="cannot be a pack's id"):
        build_pack(source, tmp_path / "out", ParseSettings(name))
    assert not (tmp_path / "out").exists()


def test_a_folder_that_holds_something_else_is_left_alone(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(PackError, match=r"is no pack.*nothing was written"):
        build_pack(source, out)
    assert contents(out) == {"holiday.jpg": b"x"}
    with pytest.raises(PackError, match="is no pack"):
        build_pack(source, out / "holiday.jpg")
    with pytest.raises(PackError, match="cannot be written"):
        build_pack(source, out / "holiday.jpg" / "below")
    with pytest.raises(PackError):
        build_pack(source, tmp_path / ("x" * 5000))


def test_a_pack_may_be_built_around_its_source(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    source = source.rename(out / "law.txt")
    monkeypatch.chdir(out)
    build_pack(Path("law.txt"), out)
    assert sorted(contents(out)) == ["articles.jsonl", "law.txt", "pack.toml", "source.txt"]
    build_pack(Path("law.txt"), Path())
    assert open_pack(str(out)).id == "law"


def test_a_bad_source_writes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for name, text, error in (
        ("gap.txt", "1. 甲。\n3. 乙。", NumberingError),
        ("none.txt", "甲。", SourceError),
        ("a.exe", "1. 甲。\n2. 乙。", SourceError),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(error):
            build_pack(tmp_path / name, out)
    with pytest.raises(SourceError, match="no such file"):
        build_pack(tmp_path / "missing.txt", out)
    assert not out.exists()


def test_a_bad_source_leaves_the_old_pack_as_it_was(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build_pack(source, out)
    before = contents(out)
    source.write_text("1. 甲。\n3. 乙。", encoding="utf-8")
    with pytest.raises(NumberingError, match="line 2: article 3 found, article 2 is missing"):
        build_pack(source, out)
    assert contents(out) == before


def test_half_a_character_in_what_was_said_of_it_is_refused(source: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="half a character"):
        build_pack(source, tmp_path / "out", ParseSettings("law", title="a\udcff"))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_a_build_that_is_interrupted_leaves_no_half_file_and_can_be_repeated(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    out, calls = tmp_path / "out", []
    sync = os.fsync

    def failing(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == fails_at:
            raise OSError(28, "No space left on device")
        sync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing)
        with pytest.raises(PackError, match="No space left on device"):
            build_pack(source, out)
    assert len(contents(out)) == fails_at - 1
    with pytest.raises(PackError):
        open_pack(str(out))
    build_pack(source, out)
    assert numbers_and_texts(open_pack(str(out)).document.articles) == LAW_ARTICLES


def test_a_rebuild_that_fails_is_noticed_or_leaves_the_old_pack(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    build_pack(source, out)
    source.write_text(LAW.replace("甲", "戊"), encoding="utf-8")
    sync = os.fsync
    for fails_at in (1, 2):
        calls: list[int] = []

        def failing(descriptor: int, calls: list[int] = calls, fails_at: int = fails_at) -> None:
            calls.append(descriptor)
            if len(calls) == fails_at:
                raise OSError(5, "Input/output error")
            sync(descriptor)

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", failing)
            with pytest.raises(PackError):
                build_pack(source, out)
        assert sorted(contents(out)) == ["articles.jsonl", "pack.toml", "source.txt"]
        if fails_at == 1:
            assert numbers_and_texts(open_pack(str(out)).document.articles) == LAW_ARTICLES
        else:
            with pytest.raises(PackError, match="made from another"):
                open_pack(str(out))


def test_what_is_written_can_be_read_by_others(source: Path, tmp_path: Path) -> None:
    build_pack(source, tmp_path / "out")
    assert {p.stat().st_mode & 0o777 for p in (tmp_path / "out").iterdir()} == {0o644}


@pytest.mark.parametrize(
    ("stem", "made"),
    [
        ("My Law (2014)", "my-law-2014"),
        ("條文", "document"),
        ("", "document"),
        ("a" * 99, "a" * 64),
    ],
)
def test_an_id_is_made_from_the_files_name(stem: str, made: str) -> None:
    assert slug(stem) == made


def test_every_refusal_is_a_corpus_error() -> None:
    assert issubclass(PackError, CorpusError)
    assert issubclass(NumberingError, SourceError)
