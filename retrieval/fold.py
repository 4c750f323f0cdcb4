"""Fold texts for matching, so that spellings of one thing become equal; never for showing.

Both sides of a match are folded: NFKC, lower case, Latin letters without accents, Chinese
characters towards Simplified, and the variants that the conversion tables leave apart.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from opencc import OpenCC

# Pairs that OpenCC's tw2s keeps apart and that writers use for one another.
_VARIANTS = str.maketrans({"蕃": "繁", "着": "着", "爲": "为", "裏": "里", "裡": "里", "佈": "布", "著": "着", "臺": "台", "份": "分", "鈽": "钚", "钸": "钚"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Folded:
    """Hold a folded text and, for each of its characters, where the one it came from lies.

    Marks that folding drops belong to the character they stand on.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text that the folded span, not empty, came from."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> str:
    """Return ``text`` folded for matching."""
    return "".join(_fold_clusters([text[start:end] for start, end in _clusters(text)]))


def fold_with_offsets(text: str) -> Folded:
    """Return ``text`` folded for matching, with the way back to the original offsets."""
    spans = _clusters(text)
    folded = _fold_clusters([text[start:end] for start, end in spans])
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    for part, (start, end) in zip(folded, spans, strict=True):
        if part:
            starts += [start] * len(part)
            ends += [end] * len(part)
            last = len(part)
        elif last:
            ends[-last:] = [end] * last
    return Folded("".join(folded), tuple(starts), tuple(ends))


def _clusters(text: str) -> list[tuple[int, int]]:
    """Return the spans of the characters, each with the marks or jamo that NFC joins to it."""
    if unicodedata.is_normalized("NFC", text):
        return [(i, i + 1) for i in range(len(text))]
    starts = [
        i
        for i, c in enumerate(text)
        if i == 0 or not (unicodedata.combining(c) or "\u1160" <= c <= "\u11ff")
    ]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _fold_clusters(clusters: list[str]) -> list[str]:
    """Return what each character becomes: nothing, one character or several."""
    folded = [
        "".join(map(_fold_character, unicodedata.normalize("NFC", cluster))) for cluster in clusters
    ]
    plain = "".join(folded)
    # Whole text first, so that the conversion sees phrases; character by character only where it
    # changed a length and offsets would be lost.
    converted = _simplify(plain)
    if len(converted) != len(plain):
        return [_simplify(part).translate(_VARIANTS) for part in folded]
    converted = converted.translate(_VARIANTS)
    parts, at = [], 0
    for part in folded:
        parts.append(converted[at : at + len(part)])
        at += len(part)
    return parts


@lru_cache(maxsize=65_536)
def _fold_character(c: str) -> str:
    bare = "".join(d for d in unicodedata.normalize("NFKD", c) if not unicodedata.combining(d))
    return bare.lower() if bare.isascii() else unicodedata.normalize("NFKC", c).lower()


@cache
def _converter() -> OpenCC:
    return OpenCC("tw2s")


def _simplify(text: str) -> str:
    try:
        converted: str = _converter().convert(text)
    except (UnicodeError, ValueError):  # lone surrogates, which have no UTF-8
        return text
    return converted
