"""The baseline: a plain dense index, as the common frameworks make one with the same model.

One vector an article, its text alone, exact search by cosine; it always answers, with the nearest.
"""

from collections.abc import Sequence
from pathlib import Path

from corpus import Dialogue, Document, Question
from retrieval.artefacts import ArtefactStore, Progress, content_key, no_progress
from retrieval.build import ENCODER_VERSION
from retrieval.clean import clean
from retrieval.encoder import Encoder, OnnxEncoder, build_encoder, model_fingerprint
from retrieval.engines import FaissIndex
from retrieval.evaluation.prediction import Prediction
from retrieval.settings import RetrievalSettings

_SHOWN = 5


def plain_encoder(settings: RetrievalSettings, progress: Progress = no_progress) -> Encoder:
    """Return the model as it is, without any pack's adapter; built and kept where it is not yet.

    Raises EncoderError where it cannot be built and ArtefactError where it cannot be kept.
    """
    model = settings.model

    def make(out: Path, say: Progress) -> None:
        build_encoder(model, out, say)

    key = content_key(["encoder", ENCODER_VERSION, model_fingerprint(model)])
    folder = ArtefactStore(settings.cache_dir).get("encoder", key, make, progress)
    return OnnxEncoder.load(folder)


def predict_plain_dense(
    document: Document, encoder: Encoder, items: Sequence[Question | Dialogue]
) -> list[Prediction]:
    """Return what a plain dense index shows for each question or turn: five articles, one cited.

    Its confidence is the cosine, cut to [0, 1].
    """
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
                Prediction(
                    item.id,
                    "answered",
                    shown[:1],
                    shown[1:],
                    min(1.0, max(0.0, float(scores[0, 0]))),
                    turn,
                )
            )
    return predictions
