"""The settings of a training, in one record that goes into its card."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """Hold what, beside the questions and the model, decides the outcome of a training.

    ``rank`` and ``dropout`` are those of the LoRA adapter; ``temperature`` divides cosines before
    the softmax; ``neighbours`` and ``sentences`` weigh the neighbour and the sentence term;
    ``held_out`` is the share of questions kept from the adapter so that the weights of the legs
    are fitted on questions it has not seen.
    """

    rank: int = 16
    dropout: float = 0.1
    learning_rate: float = 1e-3
    weight_decay: float = 0.01
    temperature: float = 0.05
    neighbours: float = 0.5
    sentences: float = 0.5
    epochs: int = 3
    batch_size: int = 32
    max_tokens: int = 128
    held_out: float = 0.08
    seed: int = 20140324
