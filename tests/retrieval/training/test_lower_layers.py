"""The lower layers that no training changes run once a text, and nobody can tell from the result."""

from pathlib import Path
from typing import Any

import pytest
import torch

from retrieval.artefacts import no_progress
from retrieval.encoder import load_sentence_transformer
from retrieval.training.lower_layers import Row, lower_layers_done

ROWS: list[Row] = [(2, 9, 11, 3), (2, 40, 3), (2, 7, 8, 9, 10, 3), (2, 12, 3)]


@pytest.fixture
def network(tiny_model: Path) -> Any:
    transformer: Any = load_sentence_transformer(str(tiny_model))[0]
    return transformer.auto_model.eval()


@pytest.mark.parametrize("count", [0, 1, 2])
def test_states_are_those_of_the_whole_network(network: Any, count: int) -> None:
    whole = [network(torch.tensor([row])).last_hidden_state[0] for row in ROWS]
    with lower_layers_done(network, count, ROWS, no_progress) as run:
        found, mask = run(ROWS)
    assert mask.sum(1).tolist() == [len(row) for row in ROWS]
    for row, states, expected in zip(ROWS, found, whole, strict=True):
        torch.testing.assert_close(states[: len(row)], expected, atol=1e-5, rtol=1e-5)


def test_lower_layers_see_each_text_once_and_upper_ones_whenever_it_is_asked_for(
    network: Any,
) -> None:
    seen: dict[int, int] = {0: 0, 1: 0}
    for layer in seen:

        def count(_: object, inputs: tuple[torch.Tensor, ...], layer: int = layer) -> None:
            seen[layer] += len(inputs[0])

        network.encoder.layer[layer].register_forward_pre_hook(count)
    with lower_layers_done(network, 1, ROWS * 2, no_progress) as run:
        run(ROWS)
        run(ROWS[:2])
    assert seen == {0: len(ROWS), 1: len(ROWS) + 2}


def test_a_text_has_the_same_bits_whatever_it_is_asked_with(network: Any) -> None:
    alone: list[torch.Tensor] = []
    for rows in (ROWS, ROWS[::-1]):
        with lower_layers_done(network, 2, rows, no_progress) as run:
            alone.append(run(ROWS[:1])[0])
    assert torch.equal(*alone)


def test_the_network_is_whole_again_whatever_happens_meanwhile(network: Any) -> None:
    whole = list(network.modules())

    def stop(step: str, share: float) -> None:
        if share > 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), lower_layers_done(network, 1, ROWS, stop):
        pass
    assert list(network.modules()) == whole
    with pytest.raises(KeyboardInterrupt), lower_layers_done(network, 1, ROWS, no_progress):
        assert list(network.modules()) != whole
        raise KeyboardInterrupt
    assert list(network.modules()) == whole
