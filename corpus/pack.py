"""Open, verify and build packs: folders that make a document askable.

A pack holds `pack.toml` (what a person knows about the document), its source, `articles.jsonl`
(generated from the two, one article a line behind a header line) and, where somebody wrote them,
a glossary and question sets. A pack is data: opening one runs no code.
"""

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from corpus.articles_file import SourceName, decode_articles, encode_articles, is_pack_id
from corpus.document import Document
from corpus.errors import PackError, SourceError
from corpus.manifest import FILE_NAME, Manifest, encode_manifest, read_manifest
from corpus.parse import ParseReport, ParseSettings, parse
from corpus.source import read_source

BUNDLED = "hague-2014"
_ARTICLES = "articles.jsonl"
_MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Pack:
    """Hold an opened pack: where it lies, its document, the hash of its articles file, its source."""

    path: Path
    document: Document
    sha256: str
    source: SourceName

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
    if is_pack_id(name) and (bundled / name).is_dir():
        return bundled / name
    try:
        path = Path(name).expanduser()
        if name and path.is_dir():
            return path
    except (OSError, RuntimeError):  # too long to be a path, or the home of nobody
        pass
    known = ", ".join(sorted(p.name for p in bundled.iterdir() if p.is_dir()))
    raise PackError(
        f"There is no pack {name[:200]!r}: it is neither a folder nor one of the bundled packs "
        f"({known}). Make one with: tiaowen pack build SOURCE --out DIR"
    )


def open_pack(name: str = BUNDLED) -> Pack:
    """Return the pack of that id or path, checked against its source.

    Raises PackError where a file is missing, damaged, of another format version, or was made from
    another source than the one beside it.
    """
    path = find_pack(name)
    articles_file = path / _ARTICLES
    if not articles_file.is_file():
        raise PackError(
            f"{path} is not a pack: it has no {_ARTICLES}. "
            f"Make it with: tiaowen pack build SOURCE --out {path}"
        )
    data = _read(articles_file)
    document, source = decode_articles(articles_file, data)
    _check_source(path, source)
    return Pack(path, document, hashlib.sha256(data).hexdigest(), source)


def build_pack(source: Path, out: Path, settings: ParseSettings | None = None) -> ParseReport:
    """Write into ``out`` the pack of the document at ``source``, and return the parser's report.

    Where ``out`` already is a pack its `pack.toml` is kept and followed, and only what is
    generated is written anew. Raises SourceError for a bad source, PackError where ``out`` holds
    something else, cannot be written, or has a `pack.toml` that says otherwise than ``settings``;
    nothing is written then.
    """
    try:
        manifest = _manifest_for(source, out, settings)
        read = read_source(source)
        document, report = parse(read, manifest.settings)
        name = manifest.source or f"source{source.suffix.lower()}"
        articles = encode_articles(document, SourceName(name, read.sha256))
        described = encode_manifest(document, name, manifest.settings.footer_is)
        out.mkdir(parents=True, exist_ok=True)
        # First what makes the folder a pack: a build that was interrupted can then be repeated.
        if not (out / FILE_NAME).is_file():
            _write(out / FILE_NAME, described)
        if source.resolve() != (out / name).resolve():
            _write(out / name, source.read_bytes())
        _write(out / _ARTICLES, articles)
    except UnicodeEncodeError as error:
        raise SourceError(
            f"{source.name}: it, or what was said of it, holds half a character "
            f"({error.object[error.start : error.end]!r}). Take it out and build again."
        ) from error
    except OSError as error:
        raise PackError(f"{out} cannot be written ({error.strerror or error}).") from error
    return report


def _manifest_for(source: Path, out: Path, settings: ParseSettings | None) -> Manifest:
    """Return what the build follows: the pack's own `pack.toml` where there is one."""
    path = out / FILE_NAME
    if path.is_file():
        manifest = read_manifest(path)
        if settings is not None and settings != manifest.settings:
            raise PackError(
                f"{path} says {manifest.settings}, the call {settings}; nothing was written. "
                "A pack's own file is followed: change it there, or name another folder."
            )
        if manifest.source and Path(manifest.source).suffix.lower() != source.suffix.lower():
            raise PackError(
                f"{path}: source = {manifest.source!r}, but {source.name} is of another kind; "
                "nothing was written. Change it there, or name another folder."
            )
    elif out.exists() and (
        not out.is_dir() or any(p.resolve() != source.resolve() for p in out.iterdir())
    ):
        raise PackError(
            f"{out} exists and is no pack (it has no {FILE_NAME}); nothing was written. "
            "Name an empty or a new folder."
        )
    else:
        manifest = Manifest(settings or ParseSettings(id=slug(source.stem)))
    if not is_pack_id(manifest.settings.id):
        raise PackError(
            f"{manifest.settings.id!r} cannot be a pack's id: expected lower-case letters a-z, "
            "digits, '.', '_' and '-', at most 64 of them. Give one with --id."
        )
    return manifest


def slug(stem: str) -> str:
    """Return a pack id made from a file name."""
    slug = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:64]
    return slug or "document"


def _check_source(path: Path, named: SourceName) -> None:
    source = path / named.name
    if not source.is_file():
        raise PackError(
            f"{path}: its source {named.name!r} is missing. Put it back or build the pack again."
        )
    if hashlib.sha256(_read(source)).hexdigest() != named.sha256:
        raise PackError(
            f"{path}: {_ARTICLES} was made from another {named.name} than the one beside it. "
            f"Run: tiaowen pack build {source} --out {path}"
        )


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise PackError(f"{path}: larger than {_MAX_BYTES:,} bytes, which is the most read.")
        return path.read_bytes()
    except OSError as error:
        raise PackError(f"{path}: cannot be read ({error.strerror}).") from error


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
