"""Write and read question sets as BEIR folders, so that other tools can use ours and we theirs.

A folder holds ``corpus.jsonl`` (the articles), ``queries.jsonl`` and ``qrels/test.tsv``. Ours give
relevance 2 to gold and 1 to ok; in a set without any 2, every relevance above 0 is gold. A query
that nothing answers has no line in the qrels, as its readers expect, and ``metadata`` says that it
is labelled nevertheless; elsewhere a query without a line is one of another split, and left out.
``metadata`` also carries language, kind and the place of a turn in its dialogue.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.document import Document
from corpus.qrels import GOLD, OK, Grades, check_lines, grades_of, labels_of, problems_error
from corpus.questions import Dialogue, Question, Turn

CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", Path("qrels", "test.tsv")
_HEADER = "query-id\tcorpus-id\tscore"


@dataclass(frozen=True, slots=True)
class _Query:
    """Hold one line of queries.jsonl."""

    id: str
    text: str
    metadata: Mapping[str, Any]


def is_beir(folder: Path) -> bool:
    """Tell whether ``folder`` looks like a BEIR data set."""
    return (folder / QUERIES).is_file()


def write_beir(folder: Path, document: Document, items: Sequence[Question | Dialogue]) -> None:
    """Write ``document`` and ``items`` into ``folder``, which is made where it is not there.

    Raises QuestionSetError for ids that a line of tab-separated values cannot hold.
    """
    ids = {article.number: article.id for article in document}
    queries, judgements = [], [_HEADER]
    for query, gold, ok in _queries(items):
        queries.append(query)
        grades = grades_of(gold, ok)
        judgements += [f"{query['_id']}\t{ids[n]}\t{grade}" for n, grade in grades.items()]
    check_lines(folder, [query["_id"] for query in queries], "\t\r\n")
    (folder / QRELS).parent.mkdir(parents=True, exist_ok=True)
    articles = [
        {
            "_id": article.id,
            "title": article.section or article.label,
            "text": article.text,
            "metadata": {"number": article.number, "label": article.label},
        }
        for article in document
    ]
    (folder / CORPUS).write_text(_lines(articles), encoding="utf-8")
    (folder / QUERIES).write_text(_lines(queries), encoding="utf-8")
    (folder / QRELS).write_text("\n".join(judgements) + "\n", encoding="utf-8")


def read_beir(folder: Path, document: Document) -> tuple[Question | Dialogue, ...]:
    """Return the questions and dialogues of a BEIR folder whose corpus is ``document``.

    Its corpus ids are our article ids or numbers. Raises QuestionSetError, naming every line that
    is wrong (up to 20 of them).
    """
    problems: list[str] = []
    queries = _read_queries(folder / QUERIES, problems)
    grades = Grades.read(folder / QRELS, document, "query-id corpus-id score", problems)
    problems += [
        f"{QRELS}: the query {query!r} is not in {QUERIES}"
        for query in grades.of
        if query not in queries
    ]
    if problems:
        raise problems_error(folder, "BEIR folder", problems)
    items: list[Question | Dialogue] = []
    turns: dict[str, list[tuple[int, _Query]]] = defaultdict(list)
    for query in queries.values():
        if query.id not in grades.of and "labels" not in query.metadata:
            continue
        identity, turn = query.metadata.get("dialogue"), query.metadata.get("turn")
        if isinstance(identity, str) and isinstance(turn, int):
            turns[identity].append((turn, query))
        else:
            gold, ok = labels_of(grades, query.id, query.metadata)
            lang, kind = _text(query, "lang", "und"), _text(query, "kind", "question")
            items.append(Question(query.id, query.text, lang, kind, gold, ok))
    for identity, said in turns.items():
        ordered = [query for _, query in sorted(said, key=lambda pair: pair[0])]
        lang, kind = _text(ordered[0], "lang", "und"), _text(ordered[0], "kind", "dialogue")
        labelled = tuple(Turn(q.text, *labels_of(grades, q.id, q.metadata)) for q in ordered)
        items.append(Dialogue(identity, labelled, lang, kind))
    return tuple(items)


def _queries(
    items: Iterable[Question | Dialogue],
) -> Iterable[tuple[dict[str, Any], tuple[int, ...], tuple[int, ...]]]:
    labels = {"gold": GOLD, "ok": OK}
    for item in items:
        metadata: dict[str, Any] = {"lang": item.lang, "kind": item.kind, "labels": labels}
        if isinstance(item, Question):
            yield {"_id": item.id, "text": item.text, "metadata": metadata}, item.gold, item.ok
            continue
        for number, turn in enumerate(item.turns):
            place = metadata | {"dialogue": item.id, "turn": number}
            query = {"_id": f"{item.id}#{number}", "text": turn.text, "metadata": place}
            yield query, turn.gold, turn.ok


def _read_queries(path: Path, problems: list[str]) -> dict[str, _Query]:
    found: dict[str, _Query] = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"{path.name}: cannot be read ({error})")
        return found
    for at, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            problems.append(f"{path.name} line {at}: not JSON ({error})")
            continue
        if not isinstance(record, dict):
            problems.append(f"{path.name} line {at}: expected an object")
            continue
        identity, text, metadata = (record.get(key) for key in ("_id", "text", "metadata"))
        if not isinstance(identity, str) or not identity or not isinstance(text, str):
            problems.append(f"{path.name} line {at}: expected texts under '_id' and 'text'")
        elif identity in found:
            problems.append(f"{path.name} line {at}: the id {identity!r} repeats")
        else:
            found[identity] = _Query(identity, text, metadata if isinstance(metadata, dict) else {})
    return found


def _text(query: _Query, key: str, default: str) -> str:
    return str(query.metadata.get(key) or default)


def _lines(records: Iterable[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
