"""Intervals say how sure a figure is, the same each time."""

import numpy as np
import pytest

from retrieval.evaluation.interval import intervals_of, share_interval
from retrieval.evaluation.scores import score


def test_the_interval_of_a_half_is_about_two_standard_errors_each_side() -> None:
    found = share_interval(np.array([0.0, 1.0] * 200))
    assert found == pytest.approx((0.5 - 1.96 * 0.025, 0.5 + 1.96 * 0.025), abs=0.004)


def test_the_same_values_have_the_same_interval() -> None:
    values = np.array([0.0, 1.0, 1.0] * 20)
    assert share_interval(values) == share_interval(values.copy())


def test_all_right_is_not_certainly_always_right() -> None:
    found = share_interval(np.ones(30))
    assert found is not None
    assert found[0] == pytest.approx(0.025 ** (1 / 30)) and found[1] == 1.0


def test_nothing_counted_has_no_interval() -> None:
    assert share_interval(np.array([])) is None
    assert share_interval(np.array([0.5])) is None


def test_every_interval_holds_its_figure(make_case) -> None:
    group = [
        make_case(str(n), (1,), (1 if n % 4 else 2,), confidence=0.5 + n % 7 / 14)
        for n in range(60)
    ]
    scores = score(group)
    found = intervals_of(scores)
    for name in ("top1", "answered_right", "calibration_error", "risk_area"):
        assert found[name] is not None
    low, high = found["top1"] or (1, 0)
    assert low < 0.75 < high
    assert found["refused"] is None


def test_the_interval_of_the_calibration_error_is_not_above_it(make_case) -> None:
    """Resamples scatter: without a correction, a well calibrated system lies below its interval."""
    rng = np.random.default_rng(7)
    confidence = rng.random(400)
    group = [
        make_case(str(n), (1,), (1 if rng.random() < c else 2,), confidence=float(c))
        for n, c in enumerate(confidence)
    ]
    from retrieval.evaluation import measure

    low, high = intervals_of(score(group))["calibration_error"] or (1.0, 0.0)
    assert low <= (measure(group).calibration_error or 0) <= high
