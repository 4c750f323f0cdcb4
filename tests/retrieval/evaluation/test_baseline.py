"""The baseline is the model as it is: no adapter, one vector an article."""

import numpy as np

from corpus import Document, Question
from retrieval import RetrievalSettings, Retriever
from retrieval.evaluation import plain_encoder, predict_plain_dense


def test_the_plain_encoder_has_no_part_in_what_the_pack_was_fitted_with(
    settings: RetrievalSettings, retriever: Retriever
) -> None:
    asked = ["Who keeps the material safe?"]
    plain, ours = (e.encode_queries(asked) for e in (plain_encoder(settings), retriever.encoder))
    assert plain.shape == ours.shape
    assert float(np.sum(plain * ours)) < 0.98


def test_the_nearest_article_is_cited_with_its_cosine_as_confidence(
    small_document: Document, word_encoder
) -> None:
    (found,) = predict_plain_dense(small_document, word_encoder, [Question("q", "eggs")])
    assert (found.cited, found.status) == ((3,), "answered")
    assert abs(found.confidence - 1.0) < 1e-6
