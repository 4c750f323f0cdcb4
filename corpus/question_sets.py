"""Open a question set, whichever format it is in."""

from pathlib import Path

from corpus.beir import is_beir, read_beir
from corpus.document import Document
from corpus.errors import QuestionSetError
from corpus.questions import Dialogue, Question, read_questions
from corpus.trec import is_trec, read_trec


def read_question_set(path: Path, document: Document) -> tuple[Question | Dialogue, ...]:
    """Return the questions of a JSON Lines file, of a BEIR folder or of a TREC folder.

    Labels are checked against ``document``. Raises QuestionSetError, naming everything wrong.
    """
    if not path.is_dir():
        return read_questions(path, document)
    if is_beir(path):
        return read_beir(path, document)
    if is_trec(path):
        return read_trec(path, document)
    raise QuestionSetError(
        f"{path}: not a question set; expected a JSON Lines file, a BEIR folder (queries.jsonl, "
        "qrels/test.tsv) or a TREC folder (topics.tsv, qrels.txt)."
    )
