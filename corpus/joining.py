"""Join the lines a PDF broke, leaving no space inside a Chinese sentence."""

import re
from collections.abc import Iterable

# Ideographs, kana, CJK and full-width punctuation: scripts written without spaces.
_UNSPACED = "\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff65\U00020000-\U0003ffff"
_PUNCTUATION = (
    "\u3000-\u3004\u3008-\u303f\ufe30-\ufe4f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65—…"
)
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_IS_PUNCTUATION = re.compile(f"[{_PUNCTUATION}]")
_SPACES = re.compile(r"[ \t\u00a0\u3000]+")


def join_lines(lines: Iterable[str]) -> str:
    """Return the lines as one run of text.

    Between two ideographs, and beside full-width punctuation, nothing is put. Elsewhere (between
    words, or between an ideograph and a digit, where such sources print a space and the line
    break took its place) one space is put. A word divided by a hyphen keeps its hyphen.
    """
    text = ""
    for line in lines:
        line = _SPACES.sub(" ", line).strip()
        if not line:
            continue
        text += ("" if not text or not _needs_space(text[-1], line[0]) else " ") + line
    return text


def _needs_space(left: str, right: str) -> bool:
    if _IS_PUNCTUATION.match(left) or _IS_PUNCTUATION.match(right) or left in "-/":
        return False
    return not (_IS_UNSPACED.match(left) and _IS_UNSPACED.match(right))
