"""Read a source document (txt, md, pdf, docx) into lines that know where they stood."""

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import MissingPackage, SourceError

if TYPE_CHECKING:
    from docx.blkcntnr import BlockItemContainer
    from docx.document import Document as DocxDocument
    from docx.text.paragraph import Paragraph

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
    try:
        if not path.is_file():
            raise SourceError(f"{path}: there is no such file.")
        if (size := path.stat().st_size) > MAX_BYTES:
            raise SourceError(
                f"{path.name}: {size:,} bytes; at most {MAX_BYTES:,} are read. Split it."
            )
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path.name[:200]}: cannot be read ({error.strerror}).") from error
    reader = {".pdf": _read_pdf, ".docx": _read_docx}.get(suffix)
    if reader is not None:
        lines = tuple(reader(path.name, data))
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


def _read_pdf(name: str, data: bytes) -> Iterator[Line]:
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise MissingPackage("Reading a pdf needs pypdf: pip install 'tiaowen[pdf]'") from error
    try:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    except Exception as error:  # what a damaged file makes of the library is not foreseeable
        raise SourceError(f"{name}: not a readable pdf ({error}).") from error
    if not any(text.strip() for text in pages):
        raise SourceError(
            f"{name}: its {len(pages)} pages hold no text, only pictures. "
            "Run it through text recognition first."
        )
    number = 0
    for page, text in enumerate(pages, start=1):
        for line in text.splitlines():
            number += 1
            yield Line(number, line.strip(), page)


def _read_docx(name: str, data: bytes) -> Iterator[Line]:
    try:
        from docx import Document as open_docx
    except ImportError as error:
        raise MissingPackage(
            "Reading a docx needs python-docx: pip install 'tiaowen[docx]'"
        ) from error
    try:
        read = [
            (part.strip(), bool(p.style and (p.style.name or "").startswith(("Heading", "Title"))))
            for p in _docx_paragraphs(open_docx(io.BytesIO(data)))
            for part in p.text.split("\n")
        ]
    except Exception as error:  # what a damaged file makes of the library is not foreseeable
        raise SourceError(f"{name}: not a readable docx ({error}).") from error
    for number, (text, is_heading) in enumerate(read, start=1):
        yield Line(number, text, 1, is_heading)


def _docx_paragraphs(
    container: "DocxDocument | BlockItemContainer",
) -> Iterator["Paragraph"]:
    """Yield the paragraphs in the order they stand, those in the cells of tables included."""
    from docx.table import Table

    for block in container.iter_inner_content():
        if not isinstance(block, Table):
            yield block
            continue
        for row in block.rows:
            # A merged cell is listed once for each column it spans.
            for cell in {id(cell._tc): cell for cell in row.cells}.values():
                yield from _docx_paragraphs(cell)
