"""`tiaowen evaluate`: measure answers on a question set."""

import argparse
import json
import sys
from pathlib import Path

from bot.errors import BotError
from bot.terminal import BuildProgress
from corpus import Dialogue, Question, find_pack, read_questions
from retrieval import Retriever
from retrieval.evaluation import (
    cases,
    format_table,
    measure_groups,
    predict,
    predict_plain_dense,
    write_predictions,
)
from retrieval.settings import RetrievalSettings

DEFAULT_QUESTIONS = "dev.jsonl"


def run(arguments: argparse.Namespace) -> int:
    """Ask every question, print the figures; return 0."""
    settings = RetrievalSettings.read()
    pack = find_pack(arguments.pack or settings.pack)
    files = [Path(f) for f in arguments.questions or [pack / DEFAULT_QUESTIONS]]
    out = Path(arguments.predictions) if arguments.predictions else None
    if out is not None and not out.parent.is_dir():
        raise BotError(f"--predictions {out}: there is no folder {out.parent}.")
    progress = BuildProgress()
    retriever = Retriever.open(pack, progress=progress, lazy=True)
    items: list[Question | Dialogue] = []
    for file in files:
        items += read_questions(file, retriever.document)
    if not items:
        raise BotError(
            f"{', '.join(map(str, files))}: no questions; expected one JSON object a line."
        )
    retriever.prepare()
    progress.close()
    predictions = predict(retriever, items, _show_progress)
    if out is not None:
        write_predictions(out, predictions)
    measured = {"tiaowen": measure_groups(cases(items, predictions))}
    if arguments.baseline:
        plain = predict_plain_dense(retriever.document, retriever.encoder, items)
        measured["plain dense index"] = measure_groups(cases(items, plain))
    if arguments.json:
        data = {s: {g: f.to_dict() for g, f in groups.items()} for s, groups in measured.items()}
        json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        tables = (f"{system}\n{format_table(groups)}\n" for system, groups in measured.items())
        sys.stdout.write("\n".join(tables))
    return 0


def _show_progress(step: str, share: float) -> None:
    """Show how far the questions are asked, where somebody is watching."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{step} {share:4.0%}" + ("\n" if share == 1 else ""))
