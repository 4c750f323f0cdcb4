"""The promises of corpus/source.py."""

import hashlib
import io
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from corpus_files import write_docx, write_pdf
from docx import Document as new_docx
from pypdf import PdfReader, PdfWriter

from corpus import MissingPackage, SourceError, read_source, source


def _texts(path: Path) -> list[str]:
    return [line.text for line in read_source(path).lines if line.text]


def _write(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_lines_of_a_text_are_numbered_from_1_empty_ones_counted(tmp_path: Path) -> None:
    read = read_source(_write(tmp_path / "a.txt", " 甲 \r\n\r\n乙\r丙\n"))
    assert [(line.number, line.text) for line in read.lines] == [
        (1, "甲"),
        (2, ""),
        (3, "乙"),
        (4, "丙"),
        (5, ""),
    ]
    assert read.name == "a.txt"


def test_the_hash_is_that_of_the_files_bytes(tmp_path: Path) -> None:
    data = "\ufeff甲\r\n".encode()
    read = read_source(_write(tmp_path / "a.txt", data))
    assert read.sha256 == hashlib.sha256(data).hexdigest()
    assert read.lines[0].text == "甲"


def test_a_form_feed_begins_a_page(tmp_path: Path) -> None:
    read = read_source(_write(tmp_path / "a.txt", "甲\n\f乙\n丙\n\f丁"))
    assert [(line.text, line.page) for line in read.lines] == [
        ("甲", 1),
        ("乙", 2),
        ("丙", 2),
        ("丁", 3),
    ]


@pytest.mark.parametrize("suffix", [".md", ".markdown", ".MD"])
def test_a_markdown_heading_is_marked_and_loses_its_signs(tmp_path: Path, suffix: str) -> None:
    read = read_source(_write(tmp_path / f"a{suffix}", "# 一 #\n## 二\n#三\n文 # 四"))
    assert [(line.text, line.is_heading) for line in read.lines] == [
        ("一", True),
        ("二", True),
        ("#三", False),
        ("文 # 四", False),
    ]


def test_a_number_sign_in_a_plain_text_is_text(tmp_path: Path) -> None:
    line = read_source(_write(tmp_path / "a.txt", "# 一")).lines[0]
    assert (line.text, line.is_heading) == ("# 一", False)


def test_a_pdf_is_read_page_by_page_with_running_line_numbers(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [["1. 核子保安，", "《公約》。"], ["2. Two words."]])
    read = read_source(path)
    assert [(line.number, line.text, line.page) for line in read.lines] == [
        (1, "1. 核子保安，", 1),
        (2, "《公約》。", 1),
        (3, "2. Two words.", 2),
    ]
    assert read.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_docx_gives_its_paragraphs_and_marks_its_headings(tmp_path: Path) -> None:
    path = write_docx(
        tmp_path / "a.docx",
        [("公報", "Title"), ("前言。", None), ("總則", "Heading 1"), ("1. 甲。", None)],
    )
    assert [(line.text, line.is_heading) for line in read_source(path).lines] == [
        ("公報", True),
        ("前言。", False),
        ("總則", True),
        ("1. 甲。", False),
    ]


def test_every_line_of_a_docx_has_its_own_number(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", [("甲\n乙", None), ("丙", None)])
    assert [(line.number, line.text) for line in read_source(path).lines] == [
        (1, "甲"),
        (2, "乙"),
        (3, "丙"),
    ]


def test_the_words_in_a_docx_table_are_read_where_they_stand_and_once(tmp_path: Path) -> None:
    document = new_docx()
    document.add_paragraph("前。")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合"
    table.cell(1, 0).text, table.cell(1, 1).text = "左", "右"
    document.add_paragraph("後。")
    document.save(str(tmp_path / "a.docx"))
    assert _texts(tmp_path / "a.docx") == ["前。", "合", "左", "右", "後。"]


@pytest.mark.parametrize("name", ["a.exe", "a", "a.doc", "a.txt.gz"])
def test_another_kind_of_file_is_refused_with_the_kinds_that_are_read(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(SourceError, match=r"expected one of \.txt, \.md"):
        read_source(_write(tmp_path / name, "甲"))


@pytest.mark.parametrize("name", ["none.txt", "folder.txt", "x" * 5000 + ".txt", "nul\0.txt"])
def test_a_file_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(SourceError):
        read_source(tmp_path / name)


def test_a_file_that_is_not_utf8_is_refused_naming_line_and_byte(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"a\.txt, line 2: not UTF-8 \(byte 4\)"):
        read_source(_write(tmp_path / "a.txt", "甲\n".encode() + "條文".encode("big5")))
    with pytest.raises(SourceError, match="Save the file as UTF-8"):
        read_source(_write(tmp_path / "a.txt", "甲。".encode("utf-16")))


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 8)
    assert _texts(_write(tmp_path / "a.txt", "12345678")) == ["12345678"]
    with pytest.raises(SourceError, match="9 bytes; at most 8"):
        read_source(_write(tmp_path / "a.txt", "123456789"))


@pytest.mark.parametrize(
    ("suffix", "modules", "extra"),
    [(".pdf", ("pypdf",), "pdf"), (".docx", ("docx",), "docx")],
)
def test_a_missing_package_is_named_with_the_command_that_installs_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
    modules: Sequence[str],
    extra: str,
) -> None:
    for module in modules:
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingPackage) as told:
        read_source(_write(tmp_path / f"a{suffix}", "x"))
    assert f"pip install 'tiaowen[{extra}]'" in str(told.value)


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
@pytest.mark.parametrize(
    "data", [b"", b"x", b"%PDF-1.7\n", b"PK\x03\x04", b"PK\x05\x06" + bytes(18)]
)
def test_what_is_no_pdf_or_docx_is_refused(tmp_path: Path, suffix: str, data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^a\."):
        read_source(_write(tmp_path / f"a{suffix}", data))


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_a_damaged_pdf_or_docx_is_read_or_refused_and_nothing_else(
    tmp_path: Path, suffix: str
) -> None:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    path = tmp_path / f"a{suffix}"
    if suffix == ".pdf":
        data = write_pdf(path, [["1. 甲。"], ["2. 乙。"]]).read_bytes()
    else:
        data = write_docx(path, [("1. 甲。", None), ("2. 乙。", None)]).read_bytes()
    step = max(1, len(data) // 40)
    for at in range(0, len(data), step):
        flipped = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
        for broken in (data[:at], flipped):
            try:
                read_source(_write(path, broken))
            except SourceError as error:
                assert str(error).startswith(f"a{suffix}: ")


def test_a_pdf_of_pictures_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"its 2 pages hold no text.*text recognition"):
        read_source(write_pdf(tmp_path / "a.pdf", [[], []]))


def test_a_locked_pdf_is_refused(tmp_path: Path) -> None:
    plain = write_pdf(tmp_path / "plain.pdf", [["1. 甲。"]])
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plain.read_bytes())))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(SourceError, match=r"a\.pdf: not a readable pdf"):
        read_source(tmp_path / "a.pdf")


def test_reading_changes_no_byte_of_the_source(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [["1. 甲。"]])
    before = path.read_bytes()
    read_source(path)
    assert path.read_bytes() == before
