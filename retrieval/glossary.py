"""Join the names people type to the words the document uses.

The glossary is data in the pack, `glossary.toml`: tables ``[[term]]`` with ``document`` (the
document's own words) and ``names`` (what people type for it, in any language).
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from retrieval.errors import GlossaryError
from retrieval.fold import fold

_ASCII_WORD = re.compile(r"[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Term:
    """Hold what the document calls something, and other names for it."""

    document: str
    names: tuple[str, ...]


class Glossary:
    """Find which of the document's terms a question names in other words."""

    def __init__(self, terms: tuple[Term, ...] = ()) -> None:
        self.terms = terms
        self._patterns = tuple((term, re.compile(_alternatives(term))) for term in terms)

    @classmethod
    def read(cls, path: Path) -> "Glossary":
        """Return the glossary at ``path``; raise GlossaryError, naming each wrong entry."""
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise GlossaryError(f"{path}: cannot be read ({error}).") from error
        entries = data.get("term", [])
        if not isinstance(entries, list):
            raise GlossaryError(f"{path}: expected [[term]] tables.")
        wrong = [str(i) for i, entry in enumerate(entries, start=1) if not _is_term(entry)]
        if wrong:
            raise GlossaryError(
                f'{path}: [[term]] number {", ".join(wrong)}: expected document = "…" and '
                'names = ["…", …], each with a letter or a digit.'
            )
        return cls(tuple(Term(e["document"], tuple(e["names"])) for e in entries))

    def terms_in(self, question: str) -> tuple[str, ...]:
        """Return the document's words for what ``question`` names otherwise, each once.

        A term whose own words already stand in the question is left out.
        """
        folded = fold(question)
        found = [
            term.document
            for term, pattern in self._patterns
            if pattern.search(folded) and fold(term.document) not in folded
        ]
        return tuple(dict.fromkeys(found))


def _is_term(entry: object) -> bool:
    if not isinstance(entry, dict):
        return False
    document, names = entry.get("document"), entry.get("names")
    return (
        isinstance(document, str)
        and bool(document.strip())
        and isinstance(names, list)
        and bool(names)
        and all(isinstance(name, str) and _is_searchable(name) for name in names)
    )


def _is_searchable(name: str) -> bool:
    """Tell a name from one that folds to nothing, or to signs alone, and would be found anywhere."""
    return any(c.isalnum() for c in fold(name))


def _alternatives(term: Term) -> str:
    """Return a pattern of the term's names: whole words where they are Latin, anywhere else."""
    parts = []
    for name in sorted({fold(name).strip(" -") for name in term.names}, key=len, reverse=True):
        # "heu" must not be found in "heute"; a plural s may follow.
        before = r"(?<![a-z0-9])" if _ASCII_WORD.match(name[0]) else ""
        after = r"(?:e?s)?(?![a-z0-9])" if _ASCII_WORD.match(name[-1]) else ""
        parts.append(before + r"[\s-]*".join(map(re.escape, re.split(r"[\s-]+", name))) + after)
    return "|".join(parts)
