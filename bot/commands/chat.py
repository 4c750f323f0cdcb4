"""`tiaowen chat`: a conversation in the terminal, with history and editing."""

import argparse
import sys
from collections.abc import Callable

from bot.settings import state_folder
from bot.terminal import BuildProgress, show, terminal_language
from bot.translations import translation
from retrieval import Retriever

HISTORY = "chat-history"
_PROMPT = "» "


def run(arguments: argparse.Namespace) -> int:
    """Answer turn after turn until the input ends; return 0."""
    _ = translation(terminal_language())
    progress = BuildProgress()
    retriever = Retriever.open(arguments.pack, progress=progress)
    progress.close()
    conversation = retriever.conversation()
    sys.stderr.write(
        f"{retriever.document.title}\n" + _("Type a question; Ctrl-D ends the conversation.") + "\n"
    )
    read = _editor() if sys.stdin.isatty() else input
    while True:
        try:
            question = read()
        except EOFError:
            return 0
        except KeyboardInterrupt:  # gives up the line, not the conversation
            continue
        if question.strip():
            show(conversation.ask(question), retriever.document, sys.stdout)
            sys.stdout.write("\n")
            sys.stdout.flush()


def _editor() -> Callable[[], str]:
    """Return what reads a line with editing, and with a history that outlasts the conversation."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory

    folder = state_folder()
    history: History
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / HISTORY).touch(mode=0o600)
        history = FileHistory(str(folder / HISTORY))
    except OSError as error:
        sys.stderr.write(f"tiaowen: the history is not kept ({error}).\n")
        history = InMemoryHistory()
    session: PromptSession[str] = PromptSession(history=history)
    return lambda: session.prompt(_PROMPT)
