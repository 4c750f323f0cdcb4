"""The errors of evaluation.

RetrievalError
├── PredictionsError   a predictions file is unreadable, malformed or of other questions
└── GateError          a gate file is unreadable, malformed or holds one side only
"""

from retrieval.errors import RetrievalError


class PredictionsError(RetrievalError):
    """Say which lines of a predictions file cannot be used, or which questions it leaves out."""


class GateError(RetrievalError):
    """Say which lines of a gate file cannot be used."""
