"""Message entities: what Telegram finds in plain text, with offsets in UTF-16 units."""

import re
from collections.abc import Iterable
from typing import Any

Entity = dict[str, Any]

MOST_ENTITIES = 100
_FOUND_KINDS = ("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number")
_STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre")
_BLOCKS = ("blockquote", "expandable_blockquote")
_CARRYING = ("text_link", "text_mention", "custom_emoji")
KINDS = frozenset((*_FOUND_KINDS, *_STYLES, *_BLOCKS, *_CARRYING))
_DETECTED = (
    ("url", re.compile(r"https?://[^\s<>\"'，。；！？、）」』]+")),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>])"),
    ),
    ("mention", re.compile(r"(?<!\w)@[a-zA-Z0-9_]{3,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<!\w)#(?=\w*[^\W\d])\w{1,255}")),
)


def units(text: str) -> int:
    """Return the length of ``text`` in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def cut(text: str, entity: Entity) -> str:
    """Return the part of ``text`` that an entity covers."""
    encoded = text.encode("utf-16-le")
    start, end = entity["offset"] * 2, (entity["offset"] + entity["length"]) * 2
    return encoded[start:end].decode("utf-16-le", errors="replace")


def detect(text: str, taken: Iterable[Entity] = ()) -> list[Entity]:
    """Return the commands, mentions, hashtags and links in ``text``, outside ``taken``."""
    occupied = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in taken
        if entity["type"] in {"code", "pre", "text_link", "text_mention"}
    ]
    found: list[Entity] = []
    for kind, pattern in _DETECTED:
        for match in pattern.finditer(text):
            start = units(text[: match.start()])
            end = start + units(match.group())
            if all(end <= low or start >= high for low, high in occupied):
                occupied.append((start, end))
                found.append({"type": kind, "offset": start, "length": end - start})
    return found


def tidy(text: str, entities: Iterable[Entity]) -> tuple[str, list[Entity]]:
    """Return the text without outer white space and entities cut to it, outermost first.

    Empty entities go, and of more than 100 the rest are ignored without a word.
    """
    text = "".join(
        " " if character < " " and character != "\n" else character
        for character in text
        if character != "\r"
    )
    entities = list(entities)
    lead = units(text) - units(text.lstrip())
    # White space that an entity covers at the start is the sender's wish.
    lead = min([lead, *(entity["offset"] for entity in entities if entity["length"])])
    text = text.rstrip()[lead:]
    total = units(text)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        end = min(total, entity["offset"] - lead + entity["length"])
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    kept.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return text, kept[:MOST_ENTITIES]
