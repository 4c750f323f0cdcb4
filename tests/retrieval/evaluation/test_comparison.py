"""Two systems differ where chance does not explain it, and small sets say what they cannot show."""

import numpy as np
import pytest

from retrieval.evaluation import compare
from retrieval.evaluation.comparison import detectable_difference, permutation_p


def group(make_case, right: int, count: int):
    return [make_case(str(n), (1,), (1,) if n < right else (2,)) for n in range(count)]


@pytest.mark.parametrize(("wins", "p"), [(5, 2 / 32), (6, 2 / 64), (10, 2 / 1024)])
def test_few_questions_are_tested_exactly(wins: int, p: float) -> None:
    assert permutation_p(np.array([1.0] * wins + [0.0] * 50)) == pytest.approx(p)


def test_as_many_wins_as_losses_are_no_difference() -> None:
    assert permutation_p(np.array([1.0, -1.0] * 20)) == 1.0
    assert permutation_p(np.zeros(20)) == 1.0


def test_a_large_difference_is_found_and_named(make_case) -> None:
    found = compare(group(make_case, 50, 100), group(make_case, 90, 100))["answered_right"]
    assert (found.first, found.second, found.differing) == (0.5, 0.9, 40)
    assert found.p < 0.001
    assert found.interval is not None and found.interval[0] > 0.25
    assert "B is higher by 0.400" in found.sentence


def test_no_difference_found_says_what_could_have_been(make_case) -> None:
    same = group(make_case, 50, 100)
    found = compare(same, same)["answered_right"]
    assert found.p == 1.0
    assert found.detectable == pytest.approx(0.0785, abs=0.0005)  # 7.85 of 100 questions
    assert "no difference shown" in found.sentence
    assert "100 questions could have shown one of 0.078" in found.sentence


def test_a_handful_of_questions_can_show_nothing(make_case) -> None:
    found = compare(group(make_case, 5, 5), group(make_case, 0, 5))["top1"]
    assert found.detectable is None
    assert "too few" in found.sentence


def test_what_is_said_to_be_detectable_is_detected_in_four_of_five_trials() -> None:
    """Simulate the promise: a true gain of the size named, over sets that scatter alike."""
    rng = np.random.default_rng(3)
    count, gain, lose = 300, 0.14, 0.06
    chances = [lose, 1 - gain - lose, gain]
    trials = [rng.choice([-1.0, 0.0, 1.0], count, p=chances) for _ in range(40)]
    named = np.mean([detectable_difference(trial) or 1.0 for trial in trials])
    assert named == pytest.approx(0.072, abs=0.006)
    assert gain - lose > named
    assert np.mean([permutation_p(trial) < 0.05 for trial in trials]) >= 0.7


def test_figures_that_concern_no_question_are_left_out(make_case) -> None:
    assert "refused" not in compare(group(make_case, 1, 3), group(make_case, 2, 3))


def test_other_questions_cannot_be_compared(make_case) -> None:
    with pytest.raises(ValueError, match="same questions"):
        compare(group(make_case, 1, 3), group(make_case, 1, 4))
