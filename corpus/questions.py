"""Read question sets: JSON Lines of labelled questions and dialogues.

The format is fixed: ``gold`` lists the articles that answer (0 is the preface, none or an empty
list: nothing in the document answers), ``ok`` those that are partly right, ``kind`` is free text.
``mark`` may list the sentences of the gold article, counted from 0, of which any one holds the answer;
facts outside its text, such as who translated it, count on behind the last sentence. ``near`` may list
the articles that speak of what a near miss asks.
Other keys are kept in the file and ignored here.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.document import Document
from corpus.errors import QuestionSetError
from corpus.sentences import split_sentences

_MAX_REPORTED = 20


@dataclass(frozen=True, slots=True)
class Question:
    """Hold one labelled question."""

    id: str
    text: str
    lang: str = "und"
    kind: str = "question"
    gold: tuple[int, ...] = ()
    ok: tuple[int, ...] = ()
    mark: tuple[int, ...] = ()
    near: tuple[int, ...] = ()

    @property
    def is_answerable(self) -> bool:
        """Tell whether an article of the document answers it."""
        return bool(self.gold)


@dataclass(frozen=True, slots=True)
class Turn:
    """Hold what a person says at one point of a dialogue, and the articles that answer it."""

    text: str
    gold: tuple[int, ...] = ()
    ok: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Hold a labelled dialogue: its turns in order."""

    id: str
    turns: tuple[Turn, ...]
    lang: str = "und"
    kind: str = "dialogue"


def read_questions(path: Path, document: Document | None = None) -> tuple[Question | Dialogue, ...]:
    """Return the questions and dialogues of a question set, in file order.

    Labels are checked against ``document`` where one is given. Raises QuestionSetError, naming
    every line that is wrong (up to 20 of them) and what was expected.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise QuestionSetError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise QuestionSetError(
            f"{path}: not UTF-8 (byte {error.start}). Save it as UTF-8."
        ) from error
    items: list[Question | Dialogue] = []
    problems: list[str] = []
    seen: dict[str, int] = {}
    for at, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            item = _item(json.loads(line), document)
        except json.JSONDecodeError as error:
            problems.append(f"line {at}: not JSON ({error.msg})")
            continue
        except RecursionError:
            problems.append(f"line {at}: nested too deeply to be a question")
            continue
        except (ValueError, TypeError) as error:
            problems.append(f"line {at}: {error}")
            continue
        if item.id in seen:
            problems.append(f"line {at}: id {item.id!r} repeats line {seen[item.id]}")
        seen.setdefault(item.id, at)
        items.append(item)
    if problems:
        more = len(problems) - _MAX_REPORTED
        shown = problems[:_MAX_REPORTED] + ([f"… and {more} more"] if more > 0 else [])
        raise QuestionSetError(f"{path}: not a question set:\n  " + "\n  ".join(shown))
    return tuple(items)


def single_questions(items: Iterable[Question | Dialogue]) -> tuple[Question, ...]:
    """Return the questions among ``items`` that stand alone."""
    return tuple(item for item in items if isinstance(item, Question))


def question_to_dict(question: Question) -> dict[str, Any]:
    """Return a question as a line of a question set."""
    return {
        "id": question.id,
        "lang": question.lang,
        "kind": question.kind,
        "question": question.text,
        "gold": list(question.gold),
        "ok": list(question.ok),
        "mark": list(question.mark),
    }


def question_from_dict(record: dict[str, Any]) -> Question:
    """Return the question that `question_to_dict` wrote."""
    return Question(
        record["id"],
        record["question"],
        record["lang"],
        record["kind"],
        tuple(record["gold"]),
        tuple(record["ok"]),
        tuple(record["mark"]),
    )


def _item(record: Any, document: Document | None) -> Question | Dialogue:
    if not isinstance(record, dict):
        raise TypeError(f"expected an object, found {type(record).__name__}")
    identity = _text(record, "id")
    lang = str(record.get("lang") or "und")
    if "turns" in record:
        turns = record["turns"]
        if not isinstance(turns, list) or not turns:
            raise ValueError("turns: expected a list of at least one turn")
        return Dialogue(
            identity,
            tuple(Turn(_text(t, "user"), *_labels(t, document, "gold", "ok")) for t in turns),
            lang,
            str(record.get("kind") or "dialogue"),
        )
    gold, ok, near = _labels(record, document, "gold", "ok", "near")
    mark = _marks(record, gold, document)
    # A question may be empty text: whoever asks nothing must be told so as well.
    text = record.get("question")
    if not isinstance(text, str):
        raise ValueError("expected a text under 'question', or a list under 'turns'")
    kind = str(record.get("kind") or "question")
    return Question(identity, text, lang, kind, gold, ok, mark, near)


def _text(record: Any, key: str) -> str:
    value = record.get(key) if isinstance(record, dict) else None
    if not isinstance(value, str) or not value:
        raise ValueError(f"expected a text under {key!r}, found {value!r}")
    return value


def _labels(record: dict[str, Any], document: Document | None, *keys: str) -> list[tuple[int, ...]]:
    labels = []
    for key in keys:
        value = _numbers(record, key, "article numbers")
        unknown = sorted({n for n in value if document is not None and document.get(n) is None})
        if unknown:
            raise ValueError(f"{key}: the document has no article {unknown}")
        labels.append(value)
    return labels


def _marks(
    record: dict[str, Any], gold: tuple[int, ...], document: Document | None
) -> tuple[int, ...]:
    marked = _numbers(record, "mark", "sentence numbers")
    if marked and len(gold) != 1:
        raise ValueError(f"mark: expected one article in gold, found {list(gold)}")
    article = document.get(gold[0]) if document is not None and marked else None
    if marked and article is not None:
        count = len(split_sentences(article.text)) + len(article.metadata)
        if wrong := [n for n in marked if not 0 <= n < count]:
            raise ValueError(f"mark: article {gold[0]} has sentences 0 to {count - 1}, not {wrong}")
    return marked


def _numbers(record: dict[str, Any], key: str, what: str) -> tuple[int, ...]:
    value = record.get(key)
    value = [] if value is None else value
    if not isinstance(value, list) or any(type(n) is not int for n in value):
        raise ValueError(f"{key}: expected a list of {what}, found {value!r}")
    return tuple(value)
