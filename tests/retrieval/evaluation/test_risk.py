"""Risk-coverage: how wrong are the surest?"""

import numpy as np
import pytest

from retrieval.evaluation import risk_area, risk_coverage


def test_the_curve_is_the_share_wrong_among_the_surest() -> None:
    found = risk_coverage(np.array([0.9, 0.1, 0.5, 0.7]), np.array([1.0, 0.0, 1.0, 0.0]))
    assert found is not None
    assert found.coverage == (0.25, 0.5, 0.75, 1.0)
    assert found.risk == pytest.approx((0, 1 / 2, 1 / 3, 1 / 2))
    assert found.area == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)
    assert found.best_area == pytest.approx((0 + 0 + 1 / 3 + 1 / 2) / 4)


def test_equally_sure_cases_share_their_errors_whatever_their_order() -> None:
    right = np.array([1.0, 1.0, 0.0, 0.0])
    assert risk_area(np.full(4, 0.5), right) == pytest.approx(0.5)
    assert risk_area(np.full(4, 0.5), right[::-1]) == pytest.approx(0.5)


def test_the_plain_data_keeps_the_end_of_a_long_curve() -> None:
    found = risk_coverage(np.linspace(0, 1, 1000), np.zeros(1000))
    assert found is not None
    curve = found.to_dict()["curve"]
    assert len(curve) < 150 and curve[-1] == [1.0, 1.0]


def test_no_case_is_no_curve() -> None:
    assert risk_coverage(np.array([]), np.array([])) is None
