"""Evaluation: a question set in, figures out."""

from retrieval.evaluation.baseline import plain_encoder, predict_plain_dense
from retrieval.evaluation.calibration import Bin, calibration_error, reliability
from retrieval.evaluation.case import Case, case_key, cases
from retrieval.evaluation.comparison import Comparison, compare
from retrieval.evaluation.errors import GateError, PredictionsError
from retrieval.evaluation.evaluation import Evaluation, evaluate
from retrieval.evaluation.figures import Figures, measure, measure_groups
from retrieval.evaluation.gate import GateLine, GateResult, check_gate, read_gate
from retrieval.evaluation.group import Group, parse_group
from retrieval.evaluation.mistake import Confusion, Mistake
from retrieval.evaluation.prediction import Prediction, predict, prediction_of
from retrieval.evaluation.predictions_file import read_predictions, write_predictions
from retrieval.evaluation.report import render_report, write_report
from retrieval.evaluation.risk import RiskCoverage, risk_area, risk_coverage
from retrieval.evaluation.table import format_comparison, format_overall, format_table
from retrieval.evaluation.trec_run import encode_run, read_run

__all__ = [
    "Bin",
    "Case",
    "Comparison",
    "Confusion",
    "Evaluation",
    "Figures",
    "GateError",
    "GateLine",
    "GateResult",
    "Group",
    "Mistake",
    "Prediction",
    "PredictionsError",
    "RiskCoverage",
    "calibration_error",
    "case_key",
    "cases",
    "check_gate",
    "compare",
    "encode_run",
    "evaluate",
    "format_comparison",
    "format_overall",
    "format_table",
    "measure",
    "measure_groups",
    "parse_group",
    "plain_encoder",
    "predict",
    "predict_plain_dense",
    "prediction_of",
    "read_gate",
    "read_predictions",
    "read_run",
    "reliability",
    "render_report",
    "risk_area",
    "risk_coverage",
    "write_predictions",
    "write_report",
]
