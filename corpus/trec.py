"""Write and read question sets as TREC folders: ``topics.tsv`` and ``qrels.txt``.

A topic is ``id<TAB>question``; a judgement ``id 0 article relevance``, with relevance 2 for gold
and 1 for ok. In a set without any 2, every relevance above 0 is gold. A topic without a judgement
above 0 is a question that nothing answers. TREC knows neither language nor kind, and each turn of
a dialogue becomes a topic of its own: use BEIR where those matter.
"""

from collections.abc import Sequence
from pathlib import Path

from corpus.document import Document
from corpus.qrels import Grades, check_lines, grades_of, labels_of, problems_error
from corpus.questions import Dialogue, Question, Turn

TOPICS, QRELS = "topics.tsv", "qrels.txt"


def is_trec(folder: Path) -> bool:
    """Tell whether ``folder`` looks like a TREC question set."""
    return (folder / TOPICS).is_file()


def write_trec(folder: Path, document: Document, items: Sequence[Question | Dialogue]) -> None:
    """Write ``items`` into ``folder``, which is made where it is not there.

    Raises QuestionSetError for ids that hold a blank.
    """
    ids = {article.number: article.id for article in document}
    topics, judgements = [], []
    for item in items:
        turns: tuple[Question | Turn, ...] = (item,) if isinstance(item, Question) else item.turns
        for number, turn in enumerate(turns):
            identity = item.id if isinstance(item, Question) else f"{item.id}#{number}"
            topics.append((identity, " ".join(turn.text.split())))
            grades = grades_of(turn.gold, turn.ok)
            judgements += [f"{identity} 0 {ids[n]} {grade}\n" for n, grade in grades.items()]
    check_lines(folder, [identity for identity, _ in topics], " \t\r\n")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / TOPICS).write_text("".join(f"{i}\t{t}\n" for i, t in topics), encoding="utf-8")
    (folder / QRELS).write_text("".join(judgements), encoding="utf-8")


def read_trec(folder: Path, document: Document) -> tuple[Question, ...]:
    """Return the questions of a TREC folder whose documents are the articles of ``document``.

    Raises QuestionSetError, naming every line that is wrong (up to 20 of them).
    """
    problems: list[str] = []
    topics: dict[str, str] = {}
    try:
        lines = (folder / TOPICS).read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"{TOPICS}: cannot be read ({error})")
        lines = []
    for at, line in enumerate(lines, start=1):
        identity, tab, text = line.rstrip("\r").partition("\t")
        if not line.strip():
            continue
        if not tab or not identity:
            problems.append(f"{TOPICS} line {at}: expected an id, a tab and the question")
        elif identity in topics:
            problems.append(f"{TOPICS} line {at}: the id {identity!r} repeats")
        else:
            topics[identity] = text
    grades = Grades.read(folder / QRELS, document, "query iteration corpus score", problems)
    problems += [
        f"{QRELS}: the topic {topic!r} is not in {TOPICS}"
        for topic in grades.of
        if topic not in topics
    ]
    if problems:
        raise problems_error(folder, "TREC folder", problems)
    return tuple(
        Question(identity, text, "und", "question", *labels_of(grades, identity, {}))
        for identity, text in topics.items()
    )
