"""Run the untrained lower layers of a network once a text, not once a text and epoch.

Where nothing below some layer is trained and nothing there is left to chance, what comes out of it
for a text never changes. It is computed before the training, in batches of one length: nothing is
padded, and the same text gives the same bits wherever a training begins.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from retrieval.artefacts import Progress

if TYPE_CHECKING:
    import torch

Row = tuple[int, ...]
"""The tokens of a text."""

_BATCH = 64


class Run(Protocol):
    """What runs the upper layers on texts, shape (texts, tokens, width), beside their mask."""

    def __call__(self, rows: Sequence[Row]) -> "tuple[torch.Tensor, torch.Tensor]":
        """Return the last hidden states, and 1 where a token is one and not padding."""


@contextmanager
def lower_layers_done(
    network: Any, count: int, rows: Sequence[Row], progress: Progress
) -> Iterator[Run]:
    """Yield what runs ``network`` on any of ``rows``, its lowest ``count`` layers already done.

    ``network`` is of the shape of BERT in transformers: embeddings, and an encoder with a list of
    layers. Within the block it holds the upper layers only, afterwards it is whole again. The lower
    ones must be without dropout. Takes four bytes a value: 0.75 GB for 24,000 questions of 20
    tokens and a width of 384.
    """
    import torch

    class GivenStates(torch.nn.Module):
        """Stand where the embeddings stood, and let through what is given."""

        def forward(self, *_: object, inputs_embeds: torch.Tensor, **__: object) -> torch.Tensor:
            """Return the states given instead of embeddings."""
            return inputs_embeds

    embeddings, layers = network.embeddings, network.encoder.layer
    states: dict[Row, torch.Tensor] = {}

    def run(rows: Sequence[Row]) -> tuple[torch.Tensor, torch.Tensor]:
        pad = torch.nn.utils.rnn.pad_sequence
        given = pad([states[row] for row in rows], batch_first=True)
        mask = pad([torch.ones(len(row), dtype=torch.long) for row in rows], batch_first=True)
        return network(inputs_embeds=given, attention_mask=mask).last_hidden_state, mask

    try:
        network.encoder.layer = layers[:count]
        batches = _of_one_length(rows)
        for done, batch in enumerate(batches):
            progress("reading the questions", done / len(batches))
            with torch.no_grad():
                states.update(
                    zip(batch, network(torch.tensor(batch)).last_hidden_state, strict=True)
                )
        network.embeddings, network.encoder.layer = GivenStates(), layers[count:]
        yield run
    finally:
        network.embeddings, network.encoder.layer = embeddings, layers


def _of_one_length(rows: Sequence[Row]) -> list[list[Row]]:
    """Return every row once, in batches of rows of the same length."""
    by_length = defaultdict(list)
    for row in dict.fromkeys(rows):
        by_length[len(row)].append(row)
    return [
        same[start : start + _BATCH]
        for same in by_length.values()
        for start in range(0, len(same), _BATCH)
    ]
