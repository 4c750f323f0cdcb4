"""`tiaowen ask`: answer one question."""

import argparse
import json
import sys

from bot.cli import BAD_INPUT, NOTHING, OK
from bot.terminal import BuildProgress, show
from bot.why import show_why
from retrieval import Retriever


def run(arguments: argparse.Namespace) -> int:
    """Answer the question; return 0, 1 where the document says nothing, 2 where nothing was asked."""
    progress = BuildProgress()
    # Lazy: whoever names an article by number needs no model.
    retriever = Retriever.open(arguments.pack, progress=progress, lazy=True)
    try:
        answer = retriever.ask(" ".join(arguments.question), top=arguments.top, why=arguments.why)
    finally:
        progress.close()
    if arguments.json:
        json.dump(answer.to_dict(), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        show(answer, retriever.document, sys.stdout)
        if arguments.why:
            show_why(answer, sys.stdout)
    if any(note.code == "empty" for note in answer.notes):
        return BAD_INPUT
    return NOTHING if answer.status == "not_found" else OK
