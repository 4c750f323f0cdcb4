"""The settings of a training, in one record that goes into its card."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """Hold what, beside the questions and the model, decides the outcome of a training.

    ``rank`` is that of the LoRA adapter, which changes the upper ``layers`` of the network; ``dropout``
    is the share of its values dropped in them; ``temperature`` divides cosines before the softmax;
    ``neighbours``, ``sentences`` and ``nearest`` weigh the neighbour term, the sentence term and that
    of near misses; ``held_out`` is the share of questions kept from the adapter so that the weights of the legs
    are fitted on questions it has not seen.
    """

    rank: int = 16
    layers: int = 8
    dropout: float = 0.1
    learning_rate: float = 1e-3
    weight_decay: float = 0.01
    temperature: float = 0.05
    neighbours: float = 0.5
    sentences: float = 0.5
    nearest: float = 0.2
    epochs: int = 3
    batch_size: int = 32
    max_tokens: int = 128
    held_out: float = 0.08
    seed: int = 20140324
