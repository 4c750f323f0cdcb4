"""Training: a question set in, an adapter and the weights of the legs out."""

from retrieval.training.settings import TrainingSettings
from retrieval.training.train import Trained, TrainingError, train

__all__ = ["Trained", "TrainingError", "TrainingSettings", "train"]
