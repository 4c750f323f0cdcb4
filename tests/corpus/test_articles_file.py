"""The promises of corpus/articles_file.py."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Article, Document, PackError
from corpus.articles_file import (
    SourceName,
    decode_articles,
    encode_articles,
    is_file_name,
    is_pack_id,
)

_PATH = Path("articles.jsonl")
_SOURCE = SourceName("source.txt", "ab" * 32)


def _document() -> Document:
    return Document(
        "d",
        "題",
        "zh-Hant",
        (
            Article("d/0", 0, "前言", None, "序。\n又。", {"translator": "某"}),
            Article("d/1", 1, "第 1 條", "總則", "甲\u2028乙\u0085丙。"),
        ),
    )


def _tampered(change: Callable[[list[dict[str, Any]]], object]) -> bytes:
    """Return a file that somebody changed knowing the format, with the right checksum."""
    records = [json.loads(x) for x in encode_articles(_document(), _SOURCE).split(b"\n") if x]
    change(records)
    body = "".join(json.dumps(r) + "\n" for r in records[1:]).encode()
    if "articles_sha256" in records[0]:
        records[0]["articles_sha256"] = hashlib.sha256(body).hexdigest()
    return json.dumps(records[0]).encode() + b"\n" + body


def test_what_is_written_is_read_back() -> None:
    data = encode_articles(_document(), _SOURCE)
    assert decode_articles(_PATH, data) == (_document(), _SOURCE)
    assert decode_articles(_PATH, _tampered(lambda r: None)) == (_document(), _SOURCE)


def test_the_same_document_gives_the_same_bytes_readable_by_people() -> None:
    data = encode_articles(_document(), _SOURCE)
    assert data == encode_articles(_document(), _SOURCE)
    assert "前言" in data.decode()
    assert data.endswith(b"\n")


def test_the_header_says_format_version_source_and_its_hash() -> None:
    header = json.loads(encode_articles(_document(), _SOURCE).split(b"\n")[0])
    assert (header["format"], header["version"]) == ("tiaowen-articles", 1)
    assert (header["source"], header["source_sha256"]) == ("source.txt", "ab" * 32)
    assert (header["document"], header["articles"]) == ("d", 2)


def test_a_file_cut_short_anywhere_is_refused() -> None:
    data = encode_articles(_document(), _SOURCE)
    for end in range(len(data)):
        with pytest.raises(PackError, match=r"^articles\.jsonl: "):
            decode_articles(_PATH, data[:end])


def test_a_changed_byte_behind_the_header_is_refused() -> None:
    data = encode_articles(_document(), _SOURCE)
    for at in range(data.index(b"\n"), len(data)):
        with pytest.raises(PackError):
            decode_articles(_PATH, data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])


def test_added_lines_are_refused() -> None:
    data = encode_articles(_document(), _SOURCE)
    for more in (b"\n", b"{}\n", data.split(b"\n")[1] + b"\n"):
        with pytest.raises(PackError):
            decode_articles(_PATH, data + more)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda r: r[0].update(version=2), "format version 2; this release reads version 1"),
        (lambda r: r[0].update(version=None), "format version None; this release"),
        (lambda r: r[0].update(format="other"), "line 1 is not the header"),
        (lambda r: r[0].update(articles=3), "promises 3 articles, 2 are there"),
        (lambda r: r.pop(), "promises 2 articles, 1 are there"),
        (lambda r: r[0].pop("title"), "damaged .no 'title'"),
        (lambda r: r[0].pop("articles_sha256"), "no 'articles_sha256'"),
        (lambda r: r[0].update(source="../source.txt"), "is no file name"),
        (lambda r: r[0].update(source="/etc/hostname"), "is no file name"),
        (lambda r: r[0].update(source=".."), "is no file name"),
        (lambda r: r[0].update(source=""), "is no file name"),
        (lambda r: r[0].update(source=7), "is no file name"),
        (lambda r: r[1].update(number=1, id="d/1"), "an article number repeats"),
        (lambda r: r[1].update(number="0"), "article number '0'"),
        (lambda r: r[1].update(number=True, id="d/True"), "article number True"),
        (lambda r: r[1].update(number=-1), "article number -1"),
        (lambda r: r[1].update(number=10**6), "article number 1000000"),
        (lambda r: r[1].update(id="x/0"), "article 0 has the id 'x/0'"),
        (lambda r: r[1].update(text=""), "article 0 has no text"),
        (lambda r: r[1].update(text=None), "article 0 has no text"),
        (lambda r: r[1].update(section=5), "section 5"),
        (lambda r: r[1].update(metadata=[]), "damaged"),
        (lambda r: r[1].update(text="\ud800"), "damaged"),
        (lambda r: r[1].pop("label"), "no 'label'"),
    ],
)
def test_what_breaks_the_format_is_refused_whatever_the_checksum(
    change: Callable[[list[dict[str, Any]]], object], told: str
) -> None:
    with pytest.raises(PackError, match=told):
        decode_articles(_PATH, _tampered(change))


def test_a_document_id_that_is_none_is_refused() -> None:
    def change(records: list[dict[str, Any]]) -> None:
        records[0]["document"] = "../d"
        for record in records[1:]:
            record["id"] = f"../d/{record['number']}"

    with pytest.raises(PackError, match="is no pack id"):
        decode_articles(_PATH, _tampered(change))


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"[]\n", b"null", b"\xff\n", b"[" * 100_000, b"9" * 10_000, b"{}\n{}\n"]
)
def test_what_is_no_such_file_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(PackError, match="tiaowen pack build"):
        decode_articles(_PATH, data)


@pytest.mark.parametrize("name", ["source.txt", "a b.pdf", "條文.md", "..a", "a..b"])
def test_a_plain_name_is_a_file_name(name: str) -> None:
    assert is_file_name(name)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "/", "a/b", "../a", "a/", "a\\b", "..\\a", "a\0", None, 5, b"a"]
)
def test_what_could_lead_elsewhere_is_no_file_name(name: object) -> None:
    assert not is_file_name(name)


def test_pack_ids() -> None:
    assert all(map(is_pack_id, ("hague-2014", "a", "0.b_c", "a" * 64)))
    assert not any(map(is_pack_id, ("", "A", "-a", ".a", "..", "a/b", "a" * 65, "條", "a\n")))


_any_text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@given(st.lists(st.tuples(_any_text, st.none() | _any_text), min_size=1, max_size=5), _any_text)
@settings(derandomize=True, deadline=None, max_examples=60)
def test_documents_of_any_characters_are_read_back(
    articles: list[tuple[str, str | None]], title: str
) -> None:
    document = Document(
        "d",
        title,
        "und",
        tuple(
            Article(f"d/{n}", n, f"Article {n}", section, text, {title: text})
            for n, (text, section) in enumerate(articles)
        ),
    )
    assert decode_articles(_PATH, encode_articles(document, _SOURCE)) == (document, _SOURCE)


@given(st.binary(max_size=200))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_any_bytes_are_refused_and_nothing_else_happens(data: bytes) -> None:
    with pytest.raises(PackError):
        decode_articles(_PATH, data)
