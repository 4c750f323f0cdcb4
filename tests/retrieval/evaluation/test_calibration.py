"""Calibration error is what confidence promises and answers do not keep."""

import numpy as np
import pytest

from retrieval.evaluation import calibration_error, reliability


def test_sure_of_everything_and_right_in_half_is_an_error_of_a_half() -> None:
    assert calibration_error(np.ones(10), np.array([1.0, 0.0] * 5)) == pytest.approx(0.5)


def test_bins_hold_equally_many_and_their_errors_are_weighted_by_size() -> None:
    confidence = np.array([0.2] * 10 + [0.8] * 10)
    right = np.array([1.0] * 2 + [0.0] * 8 + [1.0] * 5 + [0.0] * 5)
    bins = reliability(confidence, right, bins=2)
    assert [(b.count, b.confidence, b.right) for b in bins] == [
        (10, pytest.approx(0.2), pytest.approx(0.2)),
        (10, pytest.approx(0.8), pytest.approx(0.5)),
    ]
    assert calibration_error(confidence, right, bins=2) == pytest.approx(0.15)


def test_the_order_of_equally_sure_cases_does_not_matter() -> None:
    right = np.array([1.0] * 15 + [0.0] * 15)
    one = calibration_error(np.full(30, 0.5), right)
    assert one == pytest.approx(calibration_error(np.full(30, 0.5), right[::-1]))
    assert one == pytest.approx(0.0)


def test_no_case_is_no_error() -> None:
    assert calibration_error(np.array([]), np.array([])) is None
