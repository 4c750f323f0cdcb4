"""The state of a conversation: small, versioned, and kept by the caller."""

import json
from dataclasses import asdict, dataclass
from typing import Any

FORMAT_VERSION = 2
_READ = (1, FORMAT_VERSION)
MAX_QUESTION = 200
MAX_SHOWN = 40


@dataclass(frozen=True, slots=True)
class ConversationState:
    """Hold what a conversation needs to go on.

    ``anchor`` is the number of the article shown last, ``before`` that of the one shown before
    it, ``first`` that of the first one shown; ``question`` what a follow-up leans on, ""
    after a step through the document, and ``earlier`` the question before that; ``shown`` the
    articles shown for the question.
    """

    anchor: int | None = None
    first: int | None = None
    question: str = ""
    shown: tuple[int, ...] = ()
    before: int | None = None
    earlier: str = ""

    def to_json(self) -> str:
        """Return the state as one line of text, at most about a kilobyte."""
        return json.dumps({"version": FORMAT_VERSION, **asdict(self)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "ConversationState":
        """Return the state that `to_json` wrote.

        What another version wrote, or what is damaged, is no state to go on from: a conversation
        that starts afresh loses a convenience, one that goes on from a wrong article misleads.
        """
        try:
            data = json.loads(text)
            if data["version"] not in _READ:
                return cls()
            return cls(
                _number(data["anchor"]),
                _number(data["first"]),
                str(data["question"])[:MAX_QUESTION],
                tuple(int(n) for n in data["shown"])[:MAX_SHOWN],
                _number(data.get("before")),
                str(data.get("earlier", ""))[:MAX_QUESTION],
            )
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return cls()


def _number(value: Any) -> int | None:
    return None if value is None else int(value)
