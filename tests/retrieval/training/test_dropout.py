"""Dropout from a faster source of chance is dropout all the same."""

import pytest
import torch

from retrieval.training.dropout import speed_up_dropout

RATE = 0.25


@pytest.fixture
def network() -> torch.nn.Module:
    made = torch.nn.Sequential(torch.nn.Identity(), torch.nn.Sequential(torch.nn.Dropout(RATE)))
    speed_up_dropout(made)
    assert not any(isinstance(module, torch.nn.Dropout) for module in made.modules())
    return made


def test_the_stated_share_is_dropped_and_the_rest_scaled_up(network: torch.nn.Module) -> None:
    torch.manual_seed(1)
    found = network(torch.ones(400, 500))
    assert sorted(found.unique().tolist()) == pytest.approx([0.0, 1 / (1 - RATE)])
    assert float((found == 0).float().mean()) == pytest.approx(RATE, abs=0.005)


def test_the_same_seed_drops_the_same_and_each_call_something_else(
    network: torch.nn.Module,
) -> None:
    torch.manual_seed(7)
    first, second = network(torch.ones(50, 50)), network(torch.ones(50, 50))
    torch.manual_seed(7)
    assert torch.equal(network(torch.ones(50, 50)), first)
    assert not torch.equal(first, second)


def test_nothing_is_dropped_while_answering(network: torch.nn.Module) -> None:
    network.eval()
    assert torch.equal(network(torch.ones(20, 20)), torch.ones(20, 20))


def test_gradients_pass_where_values_did(network: torch.nn.Module) -> None:
    given = torch.ones(30, 30, requires_grad=True)
    found = network(given)
    found.sum().backward()
    assert given.grad is not None
    assert torch.equal(given.grad, found.detach())
