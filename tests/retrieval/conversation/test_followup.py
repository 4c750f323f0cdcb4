"""A turn is read in several ways, and fitted weights say how far to trust each."""

from pathlib import Path

import numpy as np
import pytest

from retrieval import ArtefactError
from retrieval.conversation.cues import Cues
from retrieval.conversation.followup import (
    COLUMNS,
    FEATURES,
    FollowUpWeights,
    Turn,
    read_turn,
    resolve,
)
from retrieval.fusion import Fused
from retrieval.training.followup_fit import fit_pool


def fused(*shares: float, near: float = 0.0, off: float = 0.0) -> Fused:
    values = np.array(shares)
    return Fused(np.log(values + 1e-9), values, near, off, nearness=values)


ALONE = fused(0.1, 0.2, 0.1, near=0.3, off=0.3)
JOINED = fused(0.0, 0.9, 0.05, near=0.05)
LEANS, STANDS = Cues(1.0, 0.8), Cues(0.0, 0.1)


def turn(cues: Cues, shown: tuple[int, ...] = (2,)) -> Turn:
    return read_turn(ALONE, JOINED, None, JOINED, shown, cues)


def test_each_column_has_a_value_a_class_and_each_feature_one() -> None:
    read = turn(LEANS, shown=(2, 0))
    assert read.columns.shape == (len(COLUMNS), 5)
    assert read.features.shape == (len(FEATURES),)
    assert read.columns[COLUMNS.index("article")].tolist() == [0, 0, 1, 0, 0]
    assert read.columns[COLUMNS.index("shown")].tolist() == [1, 0, 1, 0, 0]
    assert read.columns[COLUMNS.index("off")].tolist() == [0, 0, 0, 0, 1]


def test_a_feature_has_the_value_its_name_says() -> None:
    read = turn(LEANS, shown=(2, 0))
    found = dict(zip(FEATURES, read.features.tolist(), strict=True))
    assert found["leans"] == 1.0 and found["short"] == 0.8 and found["agree"] == 1.0
    assert found["alone best"] == pytest.approx(0.2) and found["alone none"] == pytest.approx(0.6)
    assert found["joined best"] == pytest.approx(0.9) and found["joined off"] == 0.0
    assert found["alone of article"] == pytest.approx(0.1) and found["joined of article"] < 0.06
    assert found["alone of joined best"] == pytest.approx(0.2)
    assert found["alone is article"] == found["joined is article"] == 0.0


def test_a_reading_that_is_not_to_be_had_is_another_one() -> None:
    read = read_turn(ALONE, None, None, None, (2,), LEANS)
    assert all(np.array_equal(read.columns[0], row) for row in read.columns[1:4])


def test_without_weights_a_turn_stands_alone() -> None:
    assert resolve(turn(LEANS), ALONE, FollowUpWeights()) is ALONE


def test_a_pool_learns_from_labels_when_to_join() -> None:
    wanted_joined, wanted_alone = np.eye(5)[1], np.array([0, 0, 0, 1.0, 1.0])
    samples = [turn(LEANS), turn(STANDS)] * 200
    wanted = np.stack([wanted_joined, wanted_alone] * 200)
    weights = fit_pool(samples, wanted)
    joined = resolve(turn(LEANS), ALONE, weights)
    assert int(joined.probabilities.argmax()) == 1 and joined.probabilities[1] > 0.6
    alone = resolve(turn(STANDS), ALONE, weights)
    assert alone.near + alone.off > 0.5
    for result in (joined, alone):
        assert result.probabilities.sum() + result.near + result.off == pytest.approx(1.0)


def test_a_pool_learns_to_stay_in_the_article_shown() -> None:
    wanted = np.stack([np.eye(5)[2]] * 400)
    weights = fit_pool([turn(LEANS)] * 400, wanted)
    assert int(resolve(turn(LEANS), ALONE, weights).probabilities.argmax()) == 2
    assert int(resolve(turn(LEANS, shown=(0,)), ALONE, weights).probabilities.argmax()) == 0


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    weights = fit_pool([turn(LEANS)], np.eye(5)[1][None, :])
    path = tmp_path / "followup.json"
    path.write_text(weights.to_json(fitted_on={"turns": 1}), encoding="utf-8")
    found = FollowUpWeights.read(path)
    assert np.allclose(found.pool, weights.pool, atol=1e-4)
    assert found.to_json() == weights.to_json()


@pytest.mark.parametrize(
    "text", ["", "[]", '{"version": 1}', '{"version": 3, "weights": {}}', '{"version": 3, "weights": null}']
)  # fmt: skip
def test_a_file_that_is_no_pool_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "followup.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ArtefactError, match="tiaowen train"):
        FollowUpWeights.read(path)
