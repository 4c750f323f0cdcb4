"""Telegram's HTML: text in, plain text and entities out, or the refusal Telegram gives.

The tags and messages follow https://core.telegram.org/bots/api#html-style; offsets of
errors count bytes of the UTF-8 text, offsets of entities UTF-16 units of the plain text.
"""

import re
from dataclasses import dataclass, field
from html import unescape

from .entities import Entity, units
from .errors import BotApiError, bad_request

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,6}|lt|gt|amp|quot);?")
_NAME = re.compile(r"[^\s/>]*")
_ATTRIBUTE = re.compile(r"\s*([^\s=>/]+)(\s*=\s*)?")
_VALUE = re.compile(r"\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9.\-]+)")


@dataclass(slots=True)
class _Open:
    tag: str
    start: int
    attributes: dict[str, str] = field(default_factory=dict)


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Return the plain text of ``source`` and its entities."""
    return _Parser(source).parse()


def decode(text: str) -> str:
    """Return ``text`` with Telegram's four named and all numeric references resolved."""
    return _REFERENCE.sub(lambda match: _resolve(match.group()), text)


def _resolve(reference: str) -> str:
    resolved = unescape(reference)
    # A reference to no character (0, a surrogate, beyond Unicode) stays as it was typed.
    return reference if resolved in ("\ufffd", "") else resolved


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while (mark := self._source.find("<", self._at)) >= 0:
            self._add(self._source[self._at : mark])
            self._at = mark
            if self._source.startswith("</", mark):
                self._close(mark)
            else:
                self._start(mark)
        self._add(self._source[self._at :])
        if self._open:
            raise _refusal(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return "".join(self._text), self._entities

    def _add(self, raw: str) -> None:
        text = decode(raw)
        self._text.append(text)
        self._length += units(text)

    def _start(self, mark: int) -> None:
        name = _match(_NAME, self._source, mark + 1)
        tag = name.group().lower()
        if tag not in _KINDS:
            raise _refusal(f'Unsupported start tag "{tag}" at byte offset {self._byte(mark)}')
        attributes, self._at = self._attributes(name.end(), tag, mark)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _refusal(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(mark)}'
            )
        self._open.append(_Open(tag, self._length, attributes))

    def _attributes(self, at: int, tag: str, mark: int) -> tuple[dict[str, str], int]:
        attributes: dict[str, str] = {}
        while True:
            while self._source[at : at + 1].isspace():
                at += 1
            if at >= len(self._source):
                raise _refusal(f'Unclosed start tag "{tag}" at byte offset {self._byte(mark)}')
            if self._source[at] == ">":
                return attributes, at + 1
            found = _ATTRIBUTE.match(self._source, at)
            if found is None:
                raise _refusal(
                    f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(mark)}'
                )
            at = found.end()
            value = ""
            if found.group(2):
                given = _VALUE.match(self._source, at)
                if given is None:
                    raise _refusal(f"Unclosed start tag at byte offset {self._byte(mark)}")
                value, at = next(part for part in given.groups() if part is not None), given.end()
            attributes[found.group(1).lower()] = decode(value)

    def _close(self, mark: int) -> None:
        end = self._source.find(">", mark)
        if end < 0:
            raise _refusal(f"Unclosed end tag at byte offset {self._byte(mark)}")
        tag = self._source[mark + 2 : end].strip().lower()
        if not self._open:
            raise _refusal(f"Unexpected end tag at byte offset {self._byte(mark)}")
        opened = self._open.pop()
        if tag and tag != opened.tag:
            raise _refusal(
                f"Unmatched end tag at byte offset {self._byte(mark)},"
                f' expected "</{opened.tag}>", found "</{tag}>"'
            )
        self._at = end + 1
        self._finish(opened)

    def _finish(self, opened: _Open) -> None:
        if self._length == opened.start:
            return
        entity: Entity = {
            "type": _KINDS[opened.tag],
            "offset": opened.start,
            "length": self._length - opened.start,
        }
        attributes = opened.attributes
        if opened.tag == "a":
            url = attributes.get("href") or "".join(self._text)[-entity["length"] :]
            if "." not in url and "://" not in url:
                return
            entity["url"] = url
        elif opened.tag == "tg-emoji":
            if not attributes.get("emoji-id", "").isdigit():
                raise _refusal("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = attributes["emoji-id"]
        elif opened.tag == "blockquote":
            if any(outer.tag == "blockquote" for outer in self._open):
                return
            if "expandable" in attributes:
                entity["type"] = "expandable_blockquote"
        elif opened.tag == "pre":
            self._take_language(entity)
        elif opened.tag == "code":
            language = attributes.get("class", "")
            if language.startswith("language-"):
                entity["language"] = language.removeprefix("language-")
        self._entities.append(entity)

    def _take_language(self, pre: Entity) -> None:
        last = self._entities[-1] if self._entities else None
        if last and last["type"] == "code" and last["offset"] == pre["offset"]:
            self._entities.pop()
            if "language" in last:
                pre["language"] = last["language"]

    def _byte(self, position: int) -> int:
        return len(self._source[:position].encode())


def _match(pattern: re.Pattern[str], source: str, at: int) -> re.Match[str]:
    found = pattern.match(source, at)
    if found is None:
        raise ValueError(f"{pattern.pattern} must match anything")
    return found


def _refusal(why: str) -> BotApiError:
    return bad_request(f"can't parse entities: {why}")
