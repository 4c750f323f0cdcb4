"""Read everything that `tiaowen evaluate` is given, and tell everything wrong with it at once."""

import argparse
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.errors import BotError
from corpus import (
    CorpusError,
    Dialogue,
    Document,
    Question,
    find_pack,
    open_pack,
    read_question_set,
)
from retrieval import RetrievalError
from retrieval.evaluation import GateLine, Prediction, read_gate, read_predictions, read_run
from retrieval.settings import RetrievalSettings

DEFAULT_QUESTIONS = "dev.jsonl"
_RUN_ENDINGS = (".run", ".txt", ".trec")
_NOT_WITH_COMPARE = (
    "predictions",
    "from_predictions",
    "baseline",
    "gate",
    "report",
    "export_beir",
    "export_trec",
)
_FOLDERS = ("report", "export_beir", "export_trec")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Inputs:
    """Hold what an evaluation needs, read and checked.

    ``predictions`` is None where the questions are still to be asked; ``compared`` holds two sets
    of predictions where two are to be compared.
    """

    pack: Path
    document: Document
    files: tuple[Path, ...]
    items: tuple[Question | Dialogue, ...]
    predictions: tuple[Prediction, ...] | None
    compared: tuple[tuple[Prediction, ...], ...]
    gate: tuple[GateLine, ...] | None


def read_inputs(arguments: argparse.Namespace) -> Inputs:
    """Return the inputs that ``arguments`` name; raise BotError naming everything wrong."""
    pack = find_pack(arguments.pack or RetrievalSettings.read().pack)
    document = open_pack(str(pack)).document
    problems = _wrong_arguments(arguments)
    files = tuple(Path(f) for f in arguments.questions or [pack / DEFAULT_QUESTIONS])
    items: list[Question | Dialogue] = []
    unread = len(problems)
    for file in files:
        items += _try(partial(read_question_set, file, document), problems) or ()
    ids = Counter(item.id for item in items)
    if repeated := sorted(identity for identity, count in ids.items() if count > 1):
        problems.append(f"ids in more than one of the question sets: {', '.join(repeated[:20])}.")
    if not items and len(problems) == unread:
        problems.append(
            f"{', '.join(map(str, files))}: no questions; expected one JSON object a line."
        )
    readable = len(problems) == unread
    given = [arguments.from_predictions, *(arguments.compare or [])]
    # Without its questions, a predictions file could only be reported as of other ones.
    read = [
        _try(partial(_predictions, Path(name), items, document), problems)
        if name and readable
        else None
        for name in given
    ]
    gate = _try(partial(read_gate, Path(arguments.gate)), problems) if arguments.gate else None
    if problems:
        raise BotError("\n".join(problems))
    return Inputs(
        pack,
        document,
        files,
        tuple(items),
        read[0],
        tuple(predictions for predictions in read[1:] if predictions is not None),
        gate,
    )


def _wrong_arguments(arguments: argparse.Namespace) -> list[str]:
    problems = []
    if arguments.compare:
        both = [_option(name) for name in _NOT_WITH_COMPARE if getattr(arguments, name)]
        if both:
            problems.append(
                f"--compare asks nothing and cannot be joined with {', '.join(both)}; run them apart."
            )
    if arguments.predictions:
        out = Path(arguments.predictions)
        if not out.parent.is_dir():
            problems.append(f"--predictions {out}: there is no folder {out.parent}.")
        elif out.is_dir():
            problems.append(f"--predictions {out}: a folder; expected the name of a file.")
    for name in _FOLDERS:
        folder = getattr(arguments, name) and Path(getattr(arguments, name))
        if folder and folder.exists() and not folder.is_dir():
            problems.append(f"{_option(name)} {folder}: a file; expected a folder.")
    return problems


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _predictions(
    path: Path, items: list[Question | Dialogue], document: Document
) -> tuple[Prediction, ...]:
    if path.suffix in _RUN_ENDINGS:
        return tuple(read_run(path, items, document))
    return tuple(read_predictions(path, items))


def _try(read: Callable[[], T], problems: list[str]) -> T | None:
    try:
        return read()
    except (CorpusError, RetrievalError) as error:
        problems.append(str(error))
        return None
