"""The report: one self-contained page of HTML, plots drawn as SVG, no script, no network."""

from retrieval.evaluation.report.page import render_report, write_report

__all__ = ["render_report", "write_report"]
