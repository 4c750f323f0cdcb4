"""The errors of the corpus package.

CorpusError
├── SourceError         a source document cannot be read
│   └── NumberingError  its article numbers have gaps or repeats
├── PackError           a pack is missing, damaged or of another format
├── QuestionSetError    a question set does not follow the format
└── MissingPackage      an optional dependency is not installed
"""


class CorpusError(Exception):
    """Stand at the root of every error this package raises on purpose."""


class SourceError(CorpusError):
    """Say that a source document cannot be read or holds no numbered articles."""


class NumberingError(SourceError):
    """Say, with line numbers, where the numbering of a source has gaps or repeats."""


class PackError(CorpusError):
    """Say that a pack is missing, damaged, stale or of another format."""


class QuestionSetError(CorpusError):
    """Say which lines of a question set do not follow the format."""


class MissingPackage(CorpusError):
    """Name the optional package that a source format needs."""
