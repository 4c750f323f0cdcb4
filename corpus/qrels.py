"""Read relevance judgements, which BEIR and TREC write nearly alike: one line a judgement."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.document import Document
from corpus.errors import QuestionSetError

GOLD, OK = 2, 1
_MAX_REPORTED = 20


@dataclass(slots=True)
class Grades:
    """Hold the relevance of articles to questions: ``of[question][article number]``."""

    of: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def read(cls, path: Path, document: Document, columns: str, problems: list[str]) -> "Grades":
        """Return the judgements of a file whose lines hold ``columns``; add to ``problems``.

        ``columns`` are words between spaces; a first line of those very words is a header.
        Articles are named by id or by number.
        """
        names = columns.split()
        question_at, article_at, grade_at = (
            next(i for i, name in enumerate(names) if name.startswith(start))
            for start in ("query", "corpus", "score")
        )
        numbers = {a.id: a.number for a in document} | {str(a.number): a.number for a in document}
        grades = cls()
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            problems.append(f"{path.name}: cannot be read ({error})")
            return grades
        for at, line in enumerate(lines, start=1):
            # A tab may part what holds spaces; TREC parts by any run of blanks.
            fields = line.split("\t") if "\t" in line else line.split()
            if not line.strip() or (at == 1 and fields[: len(names)] == names):
                continue
            where = f"{path.name} line {at}"
            if len(fields) != len(names):
                problems.append(f"{where}: expected {len(names)} fields, found {len(fields)}")
                continue
            question, article, grade = fields[question_at], fields[article_at], fields[grade_at]
            if article not in numbers:
                problems.append(f"{where}: the document has no article {article!r}")
            elif not grade.strip().lstrip("-").isdecimal():
                problems.append(f"{where}: expected a whole number as relevance, found {grade!r}")
            elif numbers[article] in grades.of[question]:
                problems.append(f"{where}: a second judgement of {article!r} for {question!r}")
            else:
                grades.of[question][numbers[article]] = int(grade)
        return grades

    @property
    def gold_from(self) -> int:
        """Return the relevance from which an article is gold: 2 in a set that uses it, else 1."""
        highest = max((g for one in self.of.values() for g in one.values()), default=GOLD)
        return GOLD if highest >= GOLD else OK


def grades_of(gold: Iterable[int], ok: Iterable[int]) -> dict[int, int]:
    """Return the relevance of each labelled article, gold first."""
    gold = dict.fromkeys(gold, GOLD)
    return gold | {number: OK for number in ok if number not in gold}


def labels_of(
    grades: Grades, question: str, metadata: Mapping[str, Any]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the gold and the ok articles of ``question``, in the order judged."""
    gold_from = GOLD if "labels" in metadata else grades.gold_from
    judged = grades.of.get(question, {})
    return (
        tuple(number for number, grade in judged.items() if grade >= gold_from),
        tuple(number for number, grade in judged.items() if 0 < grade < gold_from),
    )


def check_lines(folder: Path, ids: Iterable[str], forbidden: str) -> None:
    """Raise QuestionSetError naming the ids that a line of the format cannot hold."""
    wrong = [identity for identity in ids if set(identity) & set(forbidden)]
    if wrong:
        problems = [f"the id {identity!r} holds a blank" for identity in wrong]
        raise problems_error(folder, "place for these questions", problems)


def problems_error(path: Path, what: str, problems: Sequence[str]) -> QuestionSetError:
    """Return the error that names ``problems``, up to 20 of them."""
    more = len(problems) - _MAX_REPORTED
    shown = [*problems[:_MAX_REPORTED], *([f"… and {more} more"] if more > 0 else [])]
    return QuestionSetError(f"{path}: not a {what}:\n  " + "\n  ".join(shown))
