"""The baseline: a plain dense index, as the common frameworks make one with the same model.

One vector an article, its text alone, exact search by cosine; it always answers, with the nearest.
"""

from collections.abc import Sequence

from corpus import Dialogue, Document, Question
from retrieval.clean import clean
from retrieval.encoder import Encoder
from retrieval.engines import FaissIndex
from retrieval.evaluation.prediction import Prediction

_SHOWN = 5


def predict_plain_dense(
    document: Document, encoder: Encoder, items: Sequence[Question | Dialogue]
) -> list[Prediction]:
    """Return what a plain dense index shows for each question or turn: five articles, one cited."""
    numbers = [article.number for article in document]
    index = FaissIndex.build(encoder.encode_passages([article.text for article in document]))
    predictions = []
    for item in items:
        turns = (
            [(None, item.text)]
            if isinstance(item, Question)
            else [*enumerate(t.text for t in item.turns)]
        )
        for turn, text in turns:
            scores, rows = index.search(encoder.encode_queries([clean(text).text]), _SHOWN)
            shown = tuple(numbers[row] for row in rows[0])
            predictions.append(
                Prediction(item.id, "answered", shown[:1], shown[1:], float(scores[0, 0]), turn)
            )
    return predictions
