"""Make small real documents for the tests: a text in memory, a pdf, a docx."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from docx import Document as new_docx

from corpus import Article, Source
from corpus.source import Line

LAW = "公報\n序言。\n總則\n1. 甲，\n\n乙。\n某譯者 Page 3\n2. 《丙\n丁》。\n"
LAW_ARTICLES = [(0, "公報\n序言。"), (1, "甲，乙。"), (2, "《丙丁》。")]


def source_of(text: str, name: str = "source.txt") -> Source:
    """Return the source that a text file of these words would give."""
    lines = tuple(
        Line(number, line.strip()) for number, line in enumerate(text.split("\n"), start=1)
    )
    return Source(name, hashlib.sha256(text.encode()).hexdigest(), lines)


def words(text: str) -> str:
    """Return the text without any white space."""
    return re.sub(r"\s+", "", text)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder by path; none where there is no such folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def numbers_and_texts(articles: Sequence[Article]) -> list[tuple[int, str]]:
    return [(article.number, article.text) for article in articles]


def write_docx(path: Path, paragraphs: Sequence[tuple[str, str | None]]) -> Path:
    """Write (text, style) paragraphs; None is the default style."""
    document = new_docx()
    for text, style in paragraphs:
        document.add_paragraph(text, style)
    document.save(str(path))
    return path


def write_pdf(path: Path, pages: Sequence[Sequence[str]]) -> Path:
    """Write a minimal pdf, one string a printed line.

    The font is a composite one whose two-byte codes are UTF-16 and which says so in its ToUnicode
    map, so that Chinese text can be read back without a font being embedded.
    """
    codes = sorted({c.encode("utf-16-be").hex().encode() for p in pages for x in p for c in x})
    to_unicode = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        + b"".join(b"1 beginbfchar <%b> <%b> endbfchar\n" % (code, code) for code in codes)
        + b"endcmap end end"
    )
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",  # the page tree, filled in below
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Ming /Encoding /Identity-H "
        b"/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Ming /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(to_unicode),
    ]
    kids = []
    for lines in pages:
        shown = b"".join(
            b"<" + line.encode("utf-16-be").hex().encode() + b"> Tj 0 -20 Td\n" for line in lines
        )
        objects.append(_stream(b"BT /F1 12 Tf 72 720 Td\n" + shown + b"ET"))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    data, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    path.write_bytes(
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    )
    return path


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)
