"""The promises of corpus/manifest.py."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Article, Document, PackError, ParseSettings
from corpus.manifest import Manifest, encode_manifest, read_manifest


def _read(folder: Path, text: str | bytes) -> Manifest:
    path = folder / "pack.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_manifest(path)


def test_what_a_person_knows_is_read(tmp_path: Path) -> None:
    text = 'id = "d"\ntitle = "題"\nlanguage = "en"\nsource = "a.md"\nfooter_is = "translator"\n'
    assert _read(tmp_path, text) == Manifest(ParseSettings("d", "題", "en", "translator"), "a.md")
    assert _read(tmp_path, 'id = "d"') == Manifest(ParseSettings("d"))


def test_all_that_is_wrong_is_told_at_once_with_the_keys_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(PackError) as told:
        _read(tmp_path, 'titel = "x"\nlanguage = 5\nsource = "../a"')
    for part in ("unknown key 'titel'", "language = 5 is not text", "no id", "'../a'", "footer_is"):
        assert part in str(told.value)


@pytest.mark.parametrize("source", ["../source.txt", "/etc/hostname", "..", ".", "", "a/b.txt"])
def test_a_source_outside_the_pack_is_refused(tmp_path: Path, source: str) -> None:
    with pytest.raises(PackError, match="is not the name of a file in the pack"):
        _read(tmp_path, f'id = "d"\nsource = "{source}"')


@pytest.mark.parametrize("text", [b"\xff", b"id = ", b"id", b"a = " + b"[" * 100_000])
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, text: bytes) -> None:
    with pytest.raises(PackError, match=r"pack\.toml: cannot be read"):
        _read(tmp_path, text)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="cannot be read"):
        read_manifest(tmp_path / "pack.toml")


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
    st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
)
@settings(derandomize=True, deadline=None, max_examples=60)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, title: str, footer_is: str | None
) -> None:
    document = Document("d", title, "zh-Hant", (Article("d/1", 1, "第 1 條", None, "甲。"),))
    data = encode_manifest(document, "source.md", footer_is)
    read = _read(tmp_path_factory.getbasetemp(), data)
    assert read == Manifest(ParseSettings("d", title, "zh-Hant", footer_is), "source.md")


def test_a_control_character_that_toml_forbids_is_written_escaped(tmp_path: Path) -> None:
    document = Document("d", 'a\x7f"\\\n\tb', "en", (Article("d/1", 1, "Article 1", None, "A."),))
    read = _read(tmp_path, encode_manifest(document, "source.md", None))
    assert read.settings.title == 'a\x7f"\\\n\tb'
