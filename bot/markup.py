"""Write Telegram's HTML: escaped, and never over the length of a message.

Telegram counts a message in UTF-16 units after its markup is taken out (Bot API, sendMessage).
"""

import re
from collections.abc import Iterator
from html import escape

MAX_UNITS = 4_096
_BREAK = re.compile(r"(?<=[。！？!?\n；])|(?<=\.)\s")


def utf16_length(text: str) -> int:
    """Return the length of ``text`` in UTF-16 units, as Telegram counts it."""
    return len(text) + sum(ord(c) > 0xFFFF for c in text)


def clip(text: str, units: int) -> str:
    """Return ``text``, cut with an ellipsis where it is longer than ``units`` UTF-16 units."""
    if utf16_length(text) <= units:
        return text
    return text[: _fitting(text, 0, units - 1)] + "…"


def plain(text: str) -> str:
    """Return ``text`` escaped for Telegram's HTML."""
    return escape(text, quote=False)


def bold(text: str) -> str:
    """Return ``text`` escaped and bold."""
    return f"<b>{plain(text)}</b>"


def quote(text: str, spans: tuple[tuple[int, int], ...] = ()) -> str:
    """Return ``text`` in an expandable block quote, its ``spans`` bold."""
    parts, at = [], 0
    for start, end in spans:
        parts += [plain(text[at:start]), bold(text[start:end])]
        at = end
    parts.append(plain(text[at:]))
    return f"<blockquote expandable>{''.join(parts)}</blockquote>"


def split(
    text: str, spans: tuple[tuple[int, int], ...], units: int
) -> Iterator[tuple[str, tuple[tuple[int, int], ...]]]:
    """Yield ``text`` in pieces of at most ``units`` UTF-16 units, each with its own spans.

    The pieces joined are the text. Cuts fall behind a sentence where there is one to cut behind.
    """
    start = 0
    while start < len(text):
        end = _cut(text, start, units)
        inside = tuple(
            (max(s, start) - start, min(e, end) - start) for s, e in spans if s < end and e > start
        )
        yield text[start:end], inside
        start = end


def _cut(text: str, start: int, units: int) -> int:
    end = _fitting(text, start, units)
    if end == len(text):
        return end
    breaks = [m.end() for m in _BREAK.finditer(text, start + 1, end) if m.end() > start]
    return breaks[-1] if breaks else max(end, start + 1)


def _fitting(text: str, start: int, units: int) -> int:
    """Return where ``units`` UTF-16 units from ``start`` on end, at the latest."""
    end = start
    used = 0
    while end < len(text) and (used := used + 1 + (ord(text[end]) > 0xFFFF)) <= units:
        end += 1
    return end
