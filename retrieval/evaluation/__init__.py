"""Evaluation: a question set in, figures out."""

from retrieval.evaluation.baseline import predict_plain_dense
from retrieval.evaluation.figures import Case, Figures, cases, measure, measure_groups
from retrieval.evaluation.prediction import Prediction, predict, prediction_of, write_predictions
from retrieval.evaluation.table import format_table

__all__ = [
    "Case",
    "Figures",
    "Prediction",
    "cases",
    "format_table",
    "measure",
    "measure_groups",
    "predict",
    "predict_plain_dense",
    "prediction_of",
    "write_predictions",
]
