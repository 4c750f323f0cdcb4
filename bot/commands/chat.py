"""`tiaowen chat`: a conversation in the terminal."""

import argparse
import contextlib
import sys

from bot.terminal import BuildProgress, show, terminal_language
from bot.translations import translation
from retrieval import Retriever


def run(arguments: argparse.Namespace) -> int:
    """Answer turn after turn until the input ends; return 0."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401  history and editing, where the platform has them
    _ = translation(terminal_language())
    progress = BuildProgress()
    retriever = Retriever.open(arguments.pack, progress=progress)
    progress.close()
    conversation = retriever.conversation()
    sys.stderr.write(
        f"{retriever.document.title}\n" + _("Type a question; Ctrl-D ends the conversation.") + "\n"
    )
    while True:
        try:
            question = input("» " if sys.stdin.isatty() else "")
        except EOFError:
            return 0
        if question.strip():
            show(conversation.ask(question), retriever.document.title, sys.stdout)
            sys.stdout.write("\n")
            sys.stdout.flush()
