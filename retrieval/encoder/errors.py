"""What can go wrong between the name of a model and its vectors.

RetrievalError
└── EncoderError
    ├── UnknownModel       no such model, or not one that can be exported
    ├── WeightsDamaged     the bundled weights file is not the one that was pinned
    ├── ExportDisagrees    the exported graph does not reproduce the model
    ├── EncoderDamaged     a built encoder folder is incomplete or unreadable
    └── MissingPackage     a package that only building needs is not installed
"""

from retrieval.errors import RetrievalError


class EncoderError(RetrievalError):
    """Signal that an encoder could not be built or opened."""


class UnknownModel(EncoderError):
    """Signal a model name that leads nowhere, or to a model of an unsupported kind."""


class WeightsDamaged(EncoderError):
    """Signal a weights file that is truncated, odd, or not the pinned one."""


class ExportDisagrees(EncoderError):
    """Signal an export whose vectors differ too much from the model it came from."""


class EncoderDamaged(EncoderError):
    """Signal a built encoder folder that cannot be served."""


class MissingPackage(EncoderError):
    """Signal that an optional package is needed, and name the way to get it."""
