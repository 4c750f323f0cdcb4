"""Documents, packs and question sets: everything that needs neither a model nor a network."""

from corpus.beir import write_beir
from corpus.document import PREFACE_NUMBER, Article, Document
from corpus.errors import (
    CorpusError,
    MissingPackage,
    NumberingError,
    PackError,
    QuestionSetError,
    SourceError,
)
from corpus.pack import Pack, build_pack, find_pack, open_pack
from corpus.parse import ParseReport, ParseSettings, parse
from corpus.question_sets import read_question_set
from corpus.questions import Dialogue, Question, Turn, read_questions, single_questions
from corpus.source import Source, read_source
from corpus.trec import write_trec
from corpus.version import __version__

__all__ = [
    "PREFACE_NUMBER",
    "Article",
    "CorpusError",
    "Dialogue",
    "Document",
    "MissingPackage",
    "NumberingError",
    "Pack",
    "PackError",
    "ParseReport",
    "ParseSettings",
    "Question",
    "QuestionSetError",
    "Source",
    "SourceError",
    "Turn",
    "__version__",
    "build_pack",
    "find_pack",
    "open_pack",
    "parse",
    "read_question_set",
    "read_questions",
    "read_source",
    "single_questions",
    "write_beir",
    "write_trec",
]
