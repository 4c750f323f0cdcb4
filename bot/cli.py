"""The command line: parse it, run one command, turn errors into a sentence and an exit code.

Data goes to stdout, everything else to stderr. Exit codes: 0 done, 1 nothing found or a check
failed, 2 bad usage or input. Heavy imports stay inside the command that needs them.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from corpus.version import __version__

OK, NOTHING, BAD_INPUT = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that ``argv`` names and return the exit code."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = _parser()
    try:
        arguments = parser.parse_args(argv)
    except SystemExit as stop:  # argparse has already said what was wrong
        return stop.code if isinstance(stop.code, int) else BAD_INPUT
    if not arguments.module:
        parser.print_help(sys.stderr)
        return BAD_INPUT
    return _run(arguments)


def _run(arguments: argparse.Namespace) -> int:
    from bot.errors import BotError
    from corpus.errors import CorpusError
    from retrieval.errors import RetrievalError

    try:
        code: int = import_module(f"bot.commands.{arguments.module}").run(arguments)
        sys.stdout.flush()
    except (CorpusError, RetrievalError, BotError) as error:
        sys.stderr.write(f"tiaowen: {error}\n")
        return BAD_INPUT
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        _discard_output()
        return OK
    except OSError as error:
        sys.stderr.write(f"tiaowen: {error}\n")
        return BAD_INPUT
    except KeyboardInterrupt:
        return 130
    return code


def _discard_output() -> None:
    """Point stdout at nothing: what is left in its buffer would fail again at exit."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
    os.close(nothing)


def entry() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(main())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tiaowen",
        description="Ask a document a question; get the article that answers it, word for word.",
    )
    parser.add_argument("--version", action="version", version=f"tiaowen {__version__}")
    parser.set_defaults(module=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    ask = commands.add_parser("ask", help="answer one question")
    ask.add_argument("question", nargs="+", metavar="QUESTION")
    ask.add_argument("--json", action="store_true", help="print the answer for programs")
    ask.add_argument("--top", type=_positive, default=5, metavar="N", help="articles at most (5)")
    ask.add_argument("--why", action="store_true", help="say why these articles")
    _add_pack(ask)
    ask.set_defaults(module="ask")

    chat = commands.add_parser("chat", help="a conversation in the terminal")
    _add_pack(chat)
    chat.set_defaults(module="chat")

    bot = commands.add_parser("bot", help="the Telegram bot")
    bot.set_defaults(module="telegram")

    evaluate = commands.add_parser("evaluate", help="measure answers on a question set")
    _add_pack(evaluate)
    evaluate.add_argument(
        "--questions",
        nargs="+",
        metavar="FILE",
        help="question sets: JSON Lines, or folders of BEIR or TREC (the pack's dev.jsonl)",
    )
    evaluate.add_argument("--predictions", metavar="OUT.jsonl", help="write what was answered")
    evaluate.add_argument(
        "--from-predictions",
        metavar="FILE",
        help="measure a predictions file, or a TREC run (*.run, *.txt), without asking",
    )
    evaluate.add_argument(
        "--baseline", action="store_true", help="measure a plain dense index beside"
    )
    evaluate.add_argument(
        "--compare",
        nargs=2,
        metavar=("A.jsonl", "B.jsonl"),
        help="test whether two predictions files differ by more than chance",
    )
    evaluate.add_argument(
        "--gate", metavar="FILE", help="floors and ceilings (TOML); exit 1 where one is broken"
    )
    evaluate.add_argument("--report", metavar="DIR", help="write one HTML page, with plots")
    evaluate.add_argument("--export-beir", metavar="DIR", help="write the question set for BEIR")
    evaluate.add_argument(
        "--export-trec", metavar="DIR", help="write topics, qrels and run for TREC tools"
    )
    evaluate.add_argument("--json", action="store_true", help="print the figures for programs")
    evaluate.set_defaults(module="evaluate")

    train = commands.add_parser("train", help="fit a pack to its question set")
    _add_pack(train)
    train.add_argument(
        "--keep-adapter", action="store_true", help="fit only the weights anew, in some minutes"
    )
    train.set_defaults(module="train")

    feedback = commands.add_parser("feedback", help="what the bot's readers thought of answers")
    kinds = feedback.add_subparsers(title="actions", metavar="ACTION", required=True)
    export = kinds.add_parser("export", help="votes and unanswered questions, as candidates")
    export.add_argument("--out", metavar="FILE.jsonl", help="where to (stdout)")
    export.set_defaults(module="feedback")

    doctor = commands.add_parser("doctor", help="what is installed, built, configured")
    doctor.add_argument(
        "--live", action="store_true", help="also ask Telegram, and look into the database"
    )
    doctor.set_defaults(module="doctor")

    pack = commands.add_parser("pack", help="make a pack from a document")
    actions = pack.add_subparsers(title="actions", metavar="ACTION", required=True)
    build = actions.add_parser("build", help="a document (txt, md, pdf, docx) -> a pack")
    build.add_argument("source", metavar="SOURCE")
    build.add_argument("--out", required=True, metavar="DIR")
    build.add_argument("--id", help="the pack's id (the source's name)")
    build.add_argument("--title", help="the document's title (its first line)")
    build.add_argument("--language", help="the document's language, such as zh-Hant (detected)")
    build.add_argument(
        "--footer-is", metavar="FACT", help="what a running footer names, such as translator"
    )
    build.set_defaults(module="pack_build")
    return parser


def _add_pack(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pack", metavar="PATH_OR_ID", help="the pack to ask (TIAOWEN_PACK)")


def _positive(text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        value = 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number from 1, found {text!r}")
    return value
