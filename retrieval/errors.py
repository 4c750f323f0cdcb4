"""The errors of the retrieval package.

RetrievalError
├── SettingsError     a setting is missing or malformed
├── ArtefactError     a built file cannot be written, locked or read
├── GlossaryError     the pack's glossary does not follow its format
├── EngineError       a vector engine is unknown, unreachable or refuses its input
└── EncoderError      see retrieval.encoder.errors
"""


class RetrievalError(Exception):
    """Signal a failure whose message says what was wrong and what to do next."""


class SettingsError(RetrievalError):
    """Signal a setting whose value cannot be used."""


class ArtefactError(RetrievalError):
    """Signal a built file that cannot be written, locked or read."""


class GlossaryError(RetrievalError):
    """Signal a glossary that does not follow its format."""


class EngineError(RetrievalError):
    """Signal a vector engine that is unknown, unreachable or was given wrong input."""
