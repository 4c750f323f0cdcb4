"""Open, verify and build packs: folders that make a document askable.

A pack holds `pack.toml` (what a person knows about the document), its source, `articles.jsonl`
(generated from the two, one article a line behind a header line) and, where somebody wrote them,
a glossary and question sets. A pack is data: opening one runs no code.
"""

import hashlib
import json
import os
import re
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.document import Article, Document
from corpus.errors import PackError
from corpus.parse import ParseReport, ParseSettings, parse
from corpus.source import read_source

BUNDLED = "hague-2014"
FORMAT = "tiaowen-articles"
FORMAT_VERSION = 1
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Pack:
    """Hold an opened pack: where it lies, its document and the hash of its articles file."""

    path: Path
    document: Document
    sha256: str

    @property
    def id(self) -> str:
        """Return the pack's id, which begins the ids of its articles."""
        return self.document.id

    def file(self, name: str) -> Path | None:
        """Return the path of one of the pack's optional files, or None where it has none."""
        path = self.path / name
        return path if path.is_file() else None


def find_pack(name: str = BUNDLED) -> Path:
    """Return the folder of a pack, named by the id of a bundled one or by its path.

    Raises PackError where there is neither.
    """
    bundled = Path(str(files("corpus") / "packs"))
    if _ID.fullmatch(name) and (bundled / name).is_dir():
        return bundled / name
    path = Path(name).expanduser()
    if path.is_dir():
        return path
    known = ", ".join(sorted(p.name for p in bundled.iterdir() if p.is_dir()))
    raise PackError(
        f"There is no pack {name!r}: it is neither a folder nor one of the bundled packs ({known}). "
        "Make one with: tiaowen pack build SOURCE --out DIR"
    )


def open_pack(name: str = BUNDLED) -> Pack:
    """Return the pack of that id or path, checked against its source.

    Raises PackError where a file is missing, damaged, of another format version, or was made from
    another source than the one beside it.
    """
    path = find_pack(name)
    articles_file = path / "articles.jsonl"
    if not articles_file.is_file():
        raise PackError(
            f"{path} is not a pack: it has no articles.jsonl. "
            f"Make it with: tiaowen pack build SOURCE --out {path}"
        )
    if articles_file.stat().st_size > _MAX_BYTES:
        raise PackError(
            f"{articles_file}: larger than {_MAX_BYTES:,} bytes, which is the most read."
        )
    data = articles_file.read_bytes()
    document, header = _decode(articles_file, data)
    _check_source(path, header)
    return Pack(path, document, hashlib.sha256(data).hexdigest())


def build_pack(source: Path, out: Path, settings: ParseSettings | None = None) -> ParseReport:
    """Write into ``out`` the pack of the document at ``source``, and return the parser's report.

    Where ``out`` already is a pack its `pack.toml` is kept and followed, and only what is
    generated is written anew. Raises SourceError for a bad source, PackError where ``out`` holds
    something else; nothing is written then.
    """
    manifest = out / "pack.toml"
    if manifest.is_file():
        settings = settings or _read_manifest(manifest)
    elif out.exists() and (not out.is_dir() or any(p != source for p in out.iterdir())):
        raise PackError(
            f"{out} exists and is no pack (it has no pack.toml); nothing was written. "
            "Name an empty or a new folder."
        )
    settings = settings or ParseSettings(id=slug(source.stem))
    if not _ID.fullmatch(settings.id):
        raise PackError(
            f"{settings.id!r} cannot be a pack's id: expected lower-case letters a-z, digits, "
            "'.', '_' and '-', at most 64 of them. Give one with --id."
        )
    read = read_source(source)
    document, report = parse(read, settings)
    name = f"source{source.suffix.lower()}"
    out.mkdir(parents=True, exist_ok=True)
    if source.resolve() != (out / name).resolve():
        _write(out / name, source.read_bytes())
    _write(out / "articles.jsonl", _encode(document, name, read.sha256))
    if not manifest.is_file():
        _write(manifest, _manifest(settings, document, name).encode())
    return report


def source_of(path: Path) -> Path:
    """Return the source file that lies in the pack folder ``path``."""
    name = _read_toml(path / "pack.toml").get("source", "source.txt")
    if not isinstance(name, str) or Path(name).name != name:
        raise PackError(
            f"{path / 'pack.toml'}: source = {name!r}; expected a file name in the pack."
        )
    return path / name


def _encode(document: Document, source_name: str, source_sha256: str) -> bytes:
    header = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "document": document.id,
        "title": document.title,
        "language": document.language,
        "source": source_name,
        "source_sha256": source_sha256,
        "articles": len(document),
    }
    records = [header] + [
        {
            "id": article.id,
            "number": article.number,
            "label": article.label,
            "section": article.section,
            "text": article.text,
            "metadata": dict(article.metadata),
        }
        for article in document
    ]
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records).encode()


def _decode(path: Path, data: bytes) -> tuple[Document, dict[str, Any]]:
    try:
        records = list(_records(data))
        header = records[0]
        if header.get("format") != FORMAT:
            raise PackError(f"{path}: line 1 is not the header of a {FORMAT} file.")
        if header.get("version") != FORMAT_VERSION:
            raise PackError(
                f"{path}: format version {header.get('version')}; this release reads version "
                f"{FORMAT_VERSION}. Build the pack again with: tiaowen pack build"
            )
        articles = tuple(_article(record) for record in records[1:])
        if len(articles) != header["articles"] or not articles:
            raise PackError(
                f"{path}: the header promises {header['articles']} articles, {len(articles)} are "
                "there. Build the pack again with: tiaowen pack build"
            )
        if len({a.number for a in articles}) != len(articles):
            raise PackError(f"{path}: an article number repeats. Build the pack again.")
        document = Document(
            str(header["document"]), str(header["title"]), str(header["language"]), articles
        )
    except (
        UnicodeDecodeError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
    ) as error:
        raise PackError(
            f"{path}: damaged ({error}). Build the pack again with: tiaowen pack build"
        ) from error
    if not _ID.fullmatch(document.id):
        raise PackError(f"{path}: {document.id!r} is no pack id.")
    return document, header


def _records(data: bytes) -> Iterator[dict[str, Any]]:
    for line in data.decode("utf-8").split("\n"):
        if line:
            yield json.loads(line)


def _article(record: dict[str, Any]) -> Article:
    number, section = record["number"], record["section"]
    if type(number) is not int or not 0 <= number < 100_000:
        raise ValueError(f"article number {number!r}")
    if not (section is None or isinstance(section, str)):
        raise ValueError(f"section {section!r}")
    if not isinstance(record["text"], str) or not record["text"]:
        raise ValueError(f"article {number} has no text")
    metadata = {str(k): str(v) for k, v in record["metadata"].items()}
    return Article(
        str(record["id"]), number, str(record["label"]), section, record["text"], metadata
    )


def _check_source(path: Path, header: dict[str, Any]) -> None:
    name = str(header.get("source"))
    source = path / name
    if Path(name).name != name or not source.is_file():
        raise PackError(
            f"{path}: its source {name!r} is missing. Put it back or build the pack again."
        )
    if hashlib.sha256(source.read_bytes()).hexdigest() != header.get("source_sha256"):
        raise PackError(
            f"{path}: articles.jsonl was made from another {name} than the one beside it. "
            f"Run: tiaowen pack build {source} --out {path}"
        )


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PackError(f"{path}: cannot be read ({error}).") from error


def _read_manifest(path: Path) -> ParseSettings:
    manifest = _read_toml(path)
    known = {"id", "title", "language", "source", "footer_is"}
    wrong = [f"unknown key {key!r}" for key in manifest.keys() - known]
    wrong += [f"{k} = {v!r} is not text" for k, v in manifest.items() if not isinstance(v, str)]
    if "id" not in manifest:
        wrong.append("no id")
    if wrong:
        raise PackError(
            f"{path}: {'; '.join(sorted(wrong))}. Expected keys: {', '.join(sorted(known))}."
        )
    return ParseSettings(
        manifest["id"], manifest.get("title"), manifest.get("language"), manifest.get("footer_is")
    )


def _manifest(settings: ParseSettings, document: Document, source_name: str) -> str:
    fields = {
        "id": document.id,
        "title": document.title,
        "language": document.language,
        "source": source_name,
        "footer_is": settings.footer_is,
    }
    # A JSON string is a TOML basic string.
    lines = [f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in fields.items() if v]
    return (
        "# What a person knows about this document and a parser cannot.\n" + "\n".join(lines) + "\n"
    )


def slug(stem: str) -> str:
    """Return a pack id made from a file name."""
    slug = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:64]
    return slug or "document"


def _write(path: Path, data: bytes) -> None:
    """Write through a temporary file, so that a reader sees the old file or the new one."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
