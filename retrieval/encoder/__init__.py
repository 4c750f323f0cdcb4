"""Turn the name of an embedding model into a fast encoder, and serve it."""

from retrieval.encoder.build import build_encoder, build_from
from retrieval.encoder.card import Agreement, EncoderCard
from retrieval.encoder.encoder import Encoder, OnnxEncoder, default_threads
from retrieval.encoder.errors import (
    EncoderDamaged,
    EncoderError,
    ExportDisagrees,
    MissingPackage,
    UnknownModel,
    WeightsDamaged,
)
from retrieval.encoder.loading import load_sentence_transformer, model_fingerprint

__all__ = [
    "Agreement",
    "Encoder",
    "EncoderCard",
    "EncoderDamaged",
    "EncoderError",
    "ExportDisagrees",
    "MissingPackage",
    "OnnxEncoder",
    "UnknownModel",
    "WeightsDamaged",
    "build_encoder",
    "build_from",
    "default_threads",
    "load_sentence_transformer",
    "model_fingerprint",
]
