"""The data behind a button: everything it needs, in at most 64 bytes.

``action:document:arguments…``. The document is named by six digits of a hash of its id, so that a
button under an old message is not answered from another document. Whatever else a client sends is
no callback of ours.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Literal

from corpus import Document

Action = Literal[
    "article", "why", "up", "down", "keep", "section", "toc", "example", "language", "forget"
]
_CODES: dict[str, Action] = {
    "a": "article",
    "w": "why",
    "u": "up",
    "d": "down",
    "k": "keep",
    "s": "section",
    "t": "toc",
    "e": "example",
    "l": "language",
    "f": "forget",
}
_LETTERS = {action: code for code, action in _CODES.items()}
_DATA = re.compile(
    r"(?P<code>[a-z]):(?P<document>[0-9a-f]{6})(?::(?P<argument>[A-Za-z0-9-]{1,20}))?"
)


@dataclass(frozen=True, slots=True)
class Callback:
    """Hold what a button asks for, and of which document."""

    action: Action
    document: str
    argument: str = ""

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of the argument, such as a section's and a page's; empty for others."""
        if not re.fullmatch(r"[0-9]{1,6}(-[0-9]{1,6})*", self.argument):
            return ()
        return tuple(map(int, self.argument.split("-")))

    @property
    def number(self) -> int:
        """Return the argument as a number; -1 where it is none."""
        return self.numbers[0] if len(self.numbers) == 1 else -1


def document_tag(document: Document) -> str:
    """Return what names a document in a button."""
    return hashlib.sha256(document.id.encode()).hexdigest()[:6]


def encode(action: Action, document: Document, argument: object = "") -> str:
    """Return the data of a button."""
    data = f"{_LETTERS[action]}:{document_tag(document)}"
    return f"{data}:{argument}" if str(argument) else data


def decode(data: str) -> Callback | None:
    """Return what the data of a button asks for; None where it is not ours."""
    match = _DATA.fullmatch(data)
    if match is None or match["code"] not in _CODES:
        return None
    return Callback(_CODES[match["code"]], match["document"], match["argument"] or "")
