"""Fold texts for matching, so that spellings of one thing become equal; never for showing.

Both sides of a match are folded: NFKC, lower case, Latin letters without accents, Chinese
characters towards Simplified, and the variants that the conversion tables leave apart.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

# Pairs that OpenCC's tw2s keeps apart and that writers use for one another.
_VARIANTS = str.maketrans({"蕃": "繁", "着": "着", "爲": "为", "裏": "里", "裡": "里", "佈": "布", "著": "着", "臺": "台", "份": "分", "鈽": "钚"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Folded:
    """Hold a folded text and, for each of its characters, the offset of the one it came from."""

    text: str
    offsets: tuple[int, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text that the folded span came from."""
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(text: str) -> str:
    """Return ``text`` folded for matching."""
    return "".join(_fold_characters(text))


def fold_with_offsets(text: str) -> Folded:
    """Return ``text`` folded for matching, with the way back to the original offsets."""
    folded = _fold_characters(text)
    offsets = tuple(i for i, characters in enumerate(folded) for _ in characters)
    return Folded("".join(folded), offsets)


def _fold_characters(text: str) -> list[str]:
    """Return what each character of ``text`` becomes: nothing, one character or several."""
    folded = [_fold_character(c) for c in text]
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


@cache
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
