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
# Characters without an appearance of their own that Unicode files elsewhere: variation selectors,
# the grapheme joiner, fillers for missing letters, blank braille.
_INVISIBLE = re.compile(
    r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
# Any number of combining marks can be piled on one letter; no language needs more than two of
# these. They go before NFKC, whose time grows with the square of their number.
_MARKS = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]"
_MARK_FLOOD = re.compile(rf"({_MARKS}{{2}}){_MARKS}+")
# Scripts that use more marks: none piles up as many as this.
_MOST_MARKS = 8
# Held keys and pasted floods: the same again and again asks no more than once. Digits are left
# alone: 10000 is a number.
_FLOOD = re.compile(r"(\D{1,80}?)\1{3,}")


@dataclass(frozen=True, slots=True)
class CleanQuestion:
    """Hold a question as it is searched, and whether its end had to be left out."""

    text: str
    was_cut: bool


def clean(question: str) -> CleanQuestion:
    """Return the question in NFKC, without control and zero-width characters, on one line.

    At most 1,000 characters are kept; ``was_cut`` tells that there were more. What stands four
    times or more in a row is kept once.
    """
    was_cut = len(question) > _MAX_READ
    text = "".join(
        " " if c.isspace() else c
        for c in question[:_MAX_READ]
        if c.isspace() or unicodedata.category(c) not in _DROPPED
    )
    text = _thin_marks(_MARK_FLOOD.sub(r"\1", _INVISIBLE.sub("", text)))
    text = _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip()
    was_cut = was_cut or len(text) > MAX_CHARACTERS
    # The space ends the last of repeated words as it does the others.
    once = _FLOOD.sub(r"\1", text[:MAX_CHARACTERS] + " ")
    return CleanQuestion(once.strip(), was_cut)


def _thin_marks(text: str) -> str:
    """Return ``text`` without the combining marks that follow eight others."""
    kept, run = [], 0
    for c in text:
        run = run + 1 if unicodedata.combining(c) else 0
        if run <= _MOST_MARKS:
            kept.append(c)
    return "".join(kept)
