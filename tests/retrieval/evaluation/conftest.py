"""Questions and what was answered to them, made by hand so that every figure can be explained."""

from collections.abc import Callable

import pytest

from corpus import Question
from retrieval.answer import Status
from retrieval.evaluation import Case, Prediction, cases

MakeCase = Callable[..., Case]


@pytest.fixture(scope="session")
def make_case() -> MakeCase:
    """Make one case; the articles shown are cited in an answer, and only offered otherwise."""

    def make(
        identity: str = "q",
        gold: tuple[int, ...] = (1,),
        shown: tuple[int, ...] = (1,),
        status: Status = "answered",
        confidence: float = 0.9,
        *,
        lang: str = "en",
        kind: str = "fact",
        ok: tuple[int, ...] = (),
    ) -> Case:
        cited = shown[:1] if status == "answered" else ()
        prediction = Prediction(identity, status, cited, shown[len(cited) :], confidence)
        question = Question(identity, f"text of {identity}", lang, kind, gold, ok)
        return cases([question], [prediction])[0]

    return make
