"""Read a source document (txt, md, pdf, docx) into lines that know where they stood."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import MissingPackage, SourceError

SUFFIXES = (".txt", ".md", ".markdown", ".pdf", ".docx")
MAX_BYTES = 64 * 1024 * 1024
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*$")


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one line of a source: its 1-based number and page, and whether it is marked a heading."""

    number: int
    text: str
    page: int = 1
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Hold what was read from a source file, and the SHA-256 of the file's bytes."""

    name: str
    sha256: str
    lines: tuple[Line, ...]


def read_source(path: Path) -> Source:
    """Return the lines of the file at ``path``.

    Raises SourceError where the file is missing, too large, of another kind or not UTF-8, and
    MissingPackage where a format needs an optional package.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise SourceError(
            f"{path.name}: cannot read a {suffix or 'file without suffix'}; "
            f"expected one of {', '.join(SUFFIXES)}."
        )
    if not path.is_file():
        raise SourceError(f"{path}: there is no such file.")
    if (size := path.stat().st_size) > MAX_BYTES:
        raise SourceError(f"{path.name}: {size:,} bytes; at most {MAX_BYTES:,} are read. Split it.")
    data = path.read_bytes()
    reader = {".pdf": _read_pdf, ".docx": _read_docx}.get(suffix)
    if reader is not None:
        lines = tuple(reader(path))
    else:
        lines = tuple(_read_text(_decode(path, data), is_markdown=suffix in (".md", ".markdown")))
    return Source(path.name, hashlib.sha256(data).hexdigest(), lines)


def _decode(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SourceError(
            f"{path.name}, line {line}: not UTF-8 (byte {error.start}). "
            "Save the file as UTF-8 and build again."
        ) from error


def _read_text(text: str, *, is_markdown: bool) -> Iterator[Line]:
    page = 1
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        page += raw.count("\f")
        line = raw.replace("\f", "").strip()
        heading = _MARKDOWN_HEADING.match(line) if is_markdown else None
        yield Line(number, heading[1] if heading else line, page, heading is not None)


def _read_pdf(path: Path) -> Iterator[Line]:
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise MissingPackage("Reading a pdf needs pypdf: pip install 'tiaowen[pdf]'") from error
    try:
        pages = [page.extract_text() for page in PdfReader(path).pages]
    except (PyPdfError, ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{path.name}: not a readable pdf ({error}).") from error
    if not any(text.strip() for text in pages):
        raise SourceError(
            f"{path.name}: its {len(pages)} pages hold no text, only pictures. "
            "Run it through text recognition first."
        )
    number = 0
    for page, text in enumerate(pages, start=1):
        for line in text.splitlines():
            number += 1
            yield Line(number, line.strip(), page)


def _read_docx(path: Path) -> Iterator[Line]:
    try:
        from docx import Document as open_docx
        from docx.opc.exceptions import PackageNotFoundError
    except ImportError as error:
        raise MissingPackage(
            "Reading a docx needs python-docx: pip install 'tiaowen[docx]'"
        ) from error
    try:
        paragraphs = open_docx(str(path)).paragraphs
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise SourceError(f"{path.name}: not a readable docx ({error}).") from error
    for number, paragraph in enumerate(paragraphs, start=1):
        style = (paragraph.style.name or "") if paragraph.style else ""
        for part in paragraph.text.split("\n"):
            yield Line(number, part.strip(), 1, style.startswith(("Heading", "Title")))
