"""A turn is read in several ways, and a fitted gate says which to trust."""

from pathlib import Path

import numpy as np
import pytest

from retrieval import ArtefactError
from retrieval.conversation.cues import Cues
from retrieval.conversation.followup import (
    FEATURES,
    READINGS,
    FollowUpWeights,
    Readings,
    read_turn,
    resolve,
)
from retrieval.fusion import Fused
from retrieval.training.followup_fit import fit_gate


def fused(*shares: float, near: float = 0.0, off: float = 0.0) -> Fused:
    values = np.array(shares)
    return Fused(np.log(values + 1e-9), values, near, off)


ALONE = fused(0.1, 0.2, 0.1, near=0.3, off=0.3)
JOINED = fused(0.0, 0.9, 0.05, near=0.05)
LEANS, STANDS = Cues(1.0, 0.8), Cues(0.0, 0.1)


def readings(cues: Cues) -> Readings:
    return read_turn(ALONE, JOINED, JOINED, 2, cues)


def test_each_reading_is_a_distribution_and_each_feature_has_a_value() -> None:
    read = readings(LEANS)
    assert read.shares.shape == (len(READINGS), 5)
    assert read.shares.sum(1) == pytest.approx(np.ones(len(READINGS)))
    assert read.features.shape == (len(FEATURES),)
    assert read.shares[READINGS.index("article")].tolist() == [0, 0, 1, 0, 0]


def test_without_weights_a_turn_stands_alone() -> None:
    assert resolve(readings(LEANS), ALONE, FollowUpWeights()) is ALONE


def test_a_gate_learns_from_labels_when_to_join() -> None:
    wanted_joined, wanted_alone = np.eye(5)[1], np.array([0, 0, 0, 1.0, 1.0])
    samples = [readings(LEANS), readings(STANDS)] * 40
    wanted = np.stack([wanted_joined, wanted_alone] * 40)
    weights = fit_gate(samples, wanted)
    joined = resolve(readings(LEANS), ALONE, weights)
    assert int(joined.probabilities.argmax()) == 1 and joined.probabilities[1] > 0.6
    alone = resolve(readings(STANDS), ALONE, weights)
    assert alone.near + alone.off > 0.5
    for result in (joined, alone):
        assert result.probabilities.sum() + result.near + result.off == pytest.approx(1.0)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    weights = fit_gate([readings(LEANS)], np.eye(5)[1][None, :])
    path = tmp_path / "followup.json"
    path.write_text(weights.to_json(fitted_on={"turns": 1}), encoding="utf-8")
    assert FollowUpWeights.read(path) == weights


@pytest.mark.parametrize(
    "text", ["", "[]", '{"version": 1}', '{"version": 2, "weights": {}}', '{"version": 2, "weights": null}']
)  # fmt: skip
def test_a_file_that_is_no_gate_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "followup.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ArtefactError, match="tiaowen train"):
        FollowUpWeights.read(path)
