"""`tiaowen feedback export`: votes and unanswered questions as candidates for a question set."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.errors import BotError
from bot.settings import state_folder
from bot.store import Store
from bot.store.store import FILE


def run(arguments: argparse.Namespace) -> int:
    """Write a line a question to stdout or a file; return 0, or 1 where there is none."""
    folder = state_folder()
    if not (folder / FILE).is_file():
        raise BotError(
            f"{folder / FILE}: there is no database yet. The bot makes it when it first runs; "
            "TIAOWEN_STATE_DIR says where."
        )
    store = Store(folder)
    try:
        candidates = list(candidates_in(store))
        silent = sum(vote.question is None for vote in store.votes.all())
    finally:
        store.close()
    lines = "".join(json.dumps(c, ensure_ascii=False) + "\n" for c in candidates)
    if arguments.out:
        Path(arguments.out).write_text(lines, encoding="utf-8")
    else:
        sys.stdout.write(lines)
    sys.stderr.write(
        f"{len(candidates)} candidates; {silent} votes whose question was not to be kept are left out. "
        "Read each one, and correct its gold, before it joins a question set.\n"
    )
    return 0 if candidates else 1


def candidates_in(store: Store) -> Iterator[dict[str, Any]]:
    """Yield questions in the question-set format, the same one once, votes first.

    ``gold`` holds the article a 👍 was given to; under a 👎, and for what was not answered, it is
    empty, and ``shown`` or ``status`` says what came of the question.
    """
    seen: set[str] = set()
    for vote in store.votes.all():
        if vote.question and vote.question not in seen:
            seen.add(vote.question)
            yield _candidate(len(seen), vote.language, vote.question) | {
                "gold": [vote.article] if vote.is_up else [],
                "shown": [vote.article],
                "vote": "up" if vote.is_up else "down",
            }
    for question, language, status in store.unanswered.all():
        if question not in seen:
            seen.add(question)
            yield _candidate(len(seen), language, question) | {"gold": [], "status": status}


def _candidate(number: int, language: str | None, question: str) -> dict[str, Any]:
    return {
        "id": f"feedback-{number:04d}",
        "lang": language or "und",
        "kind": "candidate",
        "question": question,
    }
