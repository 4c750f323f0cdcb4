"""The classifier of sentences learns from questions that name the sentence, and is kept with care."""

from pathlib import Path

import numpy as np
import pytest

from corpus import Article, Document, Question
from retrieval import ArtefactError
from retrieval.sentence_classifier import SentenceClassifier, sentence_owners
from retrieval.training.sentence_fit import fit_sentences

TEXTS = ("Whole.", "One. Two. Three.", "Four. Five.")
DOCUMENT = Document(
    "d", "t", "en", tuple(Article(f"d/{n}", n, str(n), None, t) for n, t in enumerate(TEXTS, 1))
)
OWNERS = [0, 1, 1, 1, 2, 2]
SENTENCES = np.eye(8, dtype=np.float32)[:6]


def asked(gold: int, mark: int, towards: int) -> tuple[Question, np.ndarray]:
    """Return a question and a vector that points to dimension ``towards``."""
    question = Question(f"{gold}-{mark}-{towards}", "q", gold=(gold,), mark=(mark,))
    return question, np.eye(8, dtype=np.float32)[towards]


def fit(*labelled: tuple[Question, np.ndarray]) -> SentenceClassifier | None:
    questions = [question for question, _ in labelled]
    vectors = np.stack([vector for _, vector in labelled])
    return fit_sentences(DOCUMENT, SENTENCES, questions, vectors)


def test_each_sentence_belongs_to_its_article() -> None:
    assert sentence_owners(DOCUMENT).tolist() == OWNERS


def test_it_learns_what_the_sentences_own_vectors_do_not_say() -> None:
    # Questions towards dimension 6 are answered by the second sentence of article 2.
    found = fit(*[asked(2, 1, 6)] * 40, *[asked(3, 0, 7)] * 40)
    assert found is not None
    assert found.log_shares(np.eye(8, dtype=np.float32)[6], 1).argmax() == 1
    assert found.log_shares(np.eye(8, dtype=np.float32)[7], 2).argmax() == 0
    # What was never asked is told by the sentences themselves.
    assert found.log_shares(SENTENCES[3], 1).argmax() == 2


def test_the_chances_within_an_article_add_up_to_one() -> None:
    found = fit(*[asked(2, 1, 6)] * 60)
    assert found is not None
    for position, count in ((0, 1), (1, 3), (2, 2)):
        shares = np.exp(found.log_shares(SENTENCES[2], position))
        assert shares.shape == (count,) and shares.sum() == pytest.approx(1.0, abs=1e-5)


def test_few_labels_make_no_classifier() -> None:
    assert fit(*[asked(2, 1, 6)] * 49) is None
    # A question about an article of one sentence teaches nothing.
    assert fit(*[asked(1, 0, 6)] * 60) is None


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    made = fit(*[asked(2, 1, 6)] * 60)
    assert made is not None
    path = tmp_path / "sentences.safetensors"
    made.save(path)
    found = SentenceClassifier.read(path, DOCUMENT)
    assert np.allclose(found.weights, made.weights, atol=0.01)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("damage", ["empty", "cut", "other document", "not finite"])
def test_a_file_that_is_no_classifier_is_named(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "sentences.safetensors"
    rows = {"other document": 5}.get(damage, 6)
    weights = np.full((rows, 8), np.inf if damage == "not finite" else 1.0, dtype=np.float32)
    SentenceClassifier(weights, np.zeros(rows, dtype=np.int64)).save(path)
    body = path.read_bytes()
    path.write_bytes({"empty": b"", "cut": body[:-1]}.get(damage, body))
    with pytest.raises(ArtefactError, match="tiaowen train"):
        SentenceClassifier.read(path, DOCUMENT)
