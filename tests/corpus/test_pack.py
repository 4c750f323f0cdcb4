"""The promises of corpus/pack.py: finding and opening."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from corpus_files import LAW, contents

from corpus import (
    Pack,
    PackError,
    build_pack,
    find_pack,
    open_pack,
)
from corpus import pack as pack_module


def test_the_bundled_pack_is_found_by_its_id_and_is_the_default() -> None:
    assert find_pack() == find_pack("hague-2014")
    assert open_pack().id == "hague-2014"


def test_a_pack_names_its_source_by_the_hash_of_its_bytes() -> None:
    pack = open_pack()
    data = (pack.path / pack.source.name).read_bytes()
    assert pack.source.sha256 == hashlib.sha256(data).hexdigest()


def test_a_pack_is_found_by_its_path_and_below_the_home_folder(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find_pack(str(copy)) == copy
    monkeypatch.setenv("HOME", str(copy.parent))
    assert find_pack("~/copy") == copy
    monkeypatch.chdir(copy.parent)
    assert open_pack("copy").document == open_pack().document


@pytest.mark.parametrize(
    "name",
    ["nowhere", "", "../packs", "no/where", "~nobody-of-that-name/x", "x" * 5000, "a\0b", "\ud800"],
)
def test_a_pack_that_is_not_there_is_refused_with_the_ones_that_are(name: str) -> None:
    with pytest.raises(PackError, match="hague-2014") as told:
        find_pack(name)
    assert "tiaowen pack build SOURCE --out DIR" in str(told.value)
    assert len(str(told.value)) < 2000


def test_a_folder_without_articles_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"it has no articles\.jsonl"):
        open_pack(str(tmp_path))


def test_optional_files_are_paths_or_none(pack: Pack) -> None:
    assert pack.file("glossary.toml") == pack.path / "glossary.toml"
    assert pack.file("nothing.toml") is None


def test_the_hash_of_a_pack_changes_with_its_articles(source: Path, tmp_path: Path) -> None:
    build_pack(source, tmp_path / "a")
    first = open_pack(str(tmp_path / "a"))
    build_pack(source, tmp_path / "b")
    assert open_pack(str(tmp_path / "b")).sha256 == first.sha256
    source.write_text(LAW.replace("甲", "戊"), encoding="utf-8")
    build_pack(source, tmp_path / "a")
    assert open_pack(str(tmp_path / "a")).sha256 != first.sha256


def test_an_articles_file_cut_short_anywhere_is_refused(copy: Path) -> None:
    file = copy / "articles.jsonl"
    data = file.read_bytes()
    for end in [*range(0, len(data), 499), len(data) - 1]:
        file.write_bytes(data[:end])
        with pytest.raises(PackError, match="tiaowen pack build"):
            open_pack(str(copy))


def test_a_flipped_bit_in_any_article_is_refused(copy: Path) -> None:
    file = copy / "articles.jsonl"
    data = file.read_bytes()
    for at in range(data.index(b"\n"), len(data), 499):
        file.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
        with pytest.raises(PackError):
            open_pack(str(copy))


def test_a_word_changed_in_an_article_by_hand_is_refused(copy: Path) -> None:
    file = copy / "articles.jsonl"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("40 個國家", "41 個國家"), encoding="utf-8")
    with pytest.raises(PackError, match="checksum does not match"):
        open_pack(str(copy))


def test_another_format_version_is_refused_with_both_versions(copy: Path) -> None:
    file = copy / "articles.jsonl"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"version": 1', '"version": 2', 1), encoding="utf-8")
    with pytest.raises(PackError, match="format version 2; this release reads version 1"):
        open_pack(str(copy))


def test_a_source_that_changed_makes_the_articles_stale(copy: Path) -> None:
    with (copy / "source.txt").open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(PackError, match=r"made from another source\.txt.*tiaowen pack build"):
        open_pack(str(copy))


def test_the_command_in_the_message_about_a_stale_pack_mends_it(copy: Path) -> None:
    path = copy / "source.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("62 次", "63 次"), encoding="utf-8")
    build_pack(path, copy)
    article = open_pack(str(copy)).document.get(15)
    assert article is not None
    assert "63 次任務" in article.text


def test_a_missing_source_is_refused(copy: Path) -> None:
    (copy / "source.txt").unlink()
    with pytest.raises(PackError, match=r"its source 'source\.txt' is missing"):
        open_pack(str(copy))


@pytest.mark.parametrize("name", ["../source.txt", "..", "", ".", "sub/source.txt"])
def test_a_header_that_names_a_source_elsewhere_is_refused(copy: Path, name: str) -> None:
    shutil.copy(copy / "source.txt", copy.parent / "source.txt")
    (copy / "sub").mkdir()
    shutil.copy(copy / "source.txt", copy / "sub" / "source.txt")
    file = copy / "articles.jsonl"
    head, _, body = file.read_text(encoding="utf-8").partition("\n")
    header = json.loads(head) | {"source": name}
    file.write_text(json.dumps(header) + "\n" + body, encoding="utf-8")
    with pytest.raises(PackError, match="is no file name"):
        open_pack(str(copy))
    header["source"] = str(copy / "source.txt")
    file.write_text(json.dumps(header) + "\n" + body, encoding="utf-8")
    with pytest.raises(PackError, match="is no file name"):
        open_pack(str(copy))


def test_files_that_are_too_large_are_refused(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack_module, "_MAX_BYTES", 1000)
    with pytest.raises(PackError, match="larger than 1,000 bytes"):
        open_pack(str(copy))


def test_opening_writes_nothing(copy: Path) -> None:
    before = contents(copy)
    open_pack(str(copy))
    assert contents(copy) == before
