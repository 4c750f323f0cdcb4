"""Write and read `articles.jsonl`: a header line, then one article a line.

The header names the format and its version, the source it was made from and that source's
SHA-256, and the SHA-256 of every byte behind the header line, so that a changed character is
noticed and never shown as the document's own.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.document import Article, Document
from corpus.errors import PackError

FORMAT = "tiaowen-articles"
FORMAT_VERSION = 1
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_AGAIN = "Build the pack again with: tiaowen pack build"


@dataclass(frozen=True, slots=True)
class SourceName:
    """Hold the name of the source that articles were made from, and the SHA-256 of its bytes."""

    name: str
    sha256: str


def is_pack_id(text: str) -> bool:
    """Tell whether ``text`` can be the id of a pack."""
    return _ID.fullmatch(text) is not None


def is_file_name(name: object) -> bool:
    """Tell whether ``name`` names a file of a folder and can lead nowhere else."""
    return isinstance(name, str) and name not in ("", ".", "..") and not re.search(r"[/\\\0]", name)


def encode_articles(document: Document, source: SourceName) -> bytes:
    """Return the bytes of the articles file of ``document``; the same for the same arguments."""
    body = "".join(_line(article.to_dict()) for article in document).encode()
    header = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "document": document.id,
        "title": document.title,
        "language": document.language,
        "source": source.name,
        "source_sha256": source.sha256,
        "articles": len(document),
        "articles_sha256": hashlib.sha256(body).hexdigest(),
    }
    return _line(header).encode() + body


def decode_articles(path: Path, data: bytes) -> tuple[Document, SourceName]:
    """Return the document that ``data`` holds and the source it names; ``path`` is for messages.

    Raises PackError where the data is damaged, cut short or of another format version.
    """
    head, _, body = data.partition(b"\n")
    try:
        header = _record(head)
        if header.get("format") != FORMAT:
            raise PackError(f"{path}: line 1 is not the header of a {FORMAT} file. {_AGAIN}")
        if header.get("version") != FORMAT_VERSION:
            raise PackError(
                f"{path}: format version {header.get('version')}; this release reads version "
                f"{FORMAT_VERSION}. {_AGAIN}"
            )
        articles = tuple(_article(_record(line), header) for line in body.split(b"\n") if line)
        if len(articles) != header["articles"] or not articles:
            raise PackError(
                f"{path}: the header promises {header['articles']} articles, {len(articles)} are "
                f"there. {_AGAIN}"
            )
        if len({a.number for a in articles}) != len(articles):
            raise PackError(f"{path}: an article number repeats. {_AGAIN}")
        if hashlib.sha256(body).hexdigest() != header["articles_sha256"]:
            raise PackError(f"{path}: damaged (its checksum does not match). {_AGAIN}")
        if not is_pack_id(str(header["document"])):
            raise PackError(f"{path}: {header['document']!r} is no pack id. {_AGAIN}")
        if not is_file_name(header["source"]):
            raise PackError(f"{path}: source {header['source']!r} is no file name. {_AGAIN}")
        document = Document(
            str(header["document"]), str(header["title"]), str(header["language"]), articles
        )
        return document, SourceName(header["source"], str(header["source_sha256"]))
    except KeyError as error:
        raise PackError(f"{path}: damaged (no {error}). {_AGAIN}") from error
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise PackError(f"{path}: damaged ({error}). {_AGAIN}") from error


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def _record(line: bytes) -> dict[str, Any]:
    record = json.loads(line.decode("utf-8"))
    if not isinstance(record, dict):
        raise TypeError(f"expected an object a line, found {type(record).__name__}")
    # JSON can spell half a surrogate pair; such a text could be neither shown nor indexed.
    json.dumps(record, ensure_ascii=False).encode()
    return record


def _article(record: dict[str, Any], header: dict[str, Any]) -> Article:
    number, section = record["number"], record["section"]
    if type(number) is not int or not 0 <= number < 100_000:
        raise ValueError(f"article number {number!r}")
    if record["id"] != f"{header['document']}/{number}":
        raise ValueError(f"article {number} has the id {record['id']!r}")
    if not (section is None or isinstance(section, str)):
        raise ValueError(f"section {section!r}")
    if not isinstance(record["text"], str) or not record["text"]:
        raise ValueError(f"article {number} has no text")
    metadata = {str(k): str(v) for k, v in record["metadata"].items()}
    return Article(record["id"], number, str(record["label"]), section, record["text"], metadata)
