"""Clean a question: whatever was typed becomes one line of plain, bounded text."""

import re
import unicodedata
from dataclasses import dataclass

MAX_CHARACTERS = 1_000
# One code point can expand to 18 under NFKC (U+FDFA); what is read before is bounded as well.
_MAX_READ = 20_000
_SPACES = re.compile(r"\s+")
# Zero-width joiners and the like (Cf) carry no meaning in a question; neither do control
# characters (Cc), surrogates (Cs), private use (Co) and unassigned code points (Cn).
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# NFKC can pile any number of combining marks on one letter; no writing system needs more.
_MARK_FLOOD = re.compile(
    r"([\u0300-\u036f\u0489\u20d0-\u20f0]{2})[\u0300-\u036f\u0489\u20d0-\u20f0]+"
)


@dataclass(frozen=True, slots=True)
class CleanQuestion:
    """Hold a question as it is searched, and whether its end had to be left out."""

    text: str
    was_cut: bool


def clean(question: str) -> CleanQuestion:
    """Return the question in NFKC, without control and zero-width characters, on one line.

    At most 1,000 characters are kept; ``was_cut`` tells that there were more.
    """
    was_cut = len(question) > _MAX_READ
    text = "".join(
        " " if c.isspace() else c
        for c in question[:_MAX_READ]
        if c.isspace() or unicodedata.category(c) not in _DROPPED
    )
    text = _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip()
    text = _MARK_FLOOD.sub(r"\1", text)
    was_cut = was_cut or len(text) > MAX_CHARACTERS
    return CleanQuestion(text[:MAX_CHARACTERS].rstrip(), was_cut)
