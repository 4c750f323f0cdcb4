"""`tiaowen doctor`: check what newcomers trip over, and say what to do about it."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.commands.check import Check, existing, free_megabytes
from corpus import CorpusError, open_pack, read_questions
from corpus.version import __version__
from retrieval.artefacts import ArtefactStore
from retrieval.build import artefact_keys
from retrieval.encoder import EncoderError
from retrieval.errors import RetrievalError
from retrieval.settings import RetrievalSettings

_ANSWERING = ("numpy", "faiss-cpu", "onnxruntime", "sentencepiece", "bm25s", "opencc")
_BUILDING = ("torch", "sentence-transformers", "transformers", "onnx", "onnxscript")
_ROOM_MB = 1_500
_QUESTION_SETS = ("train.jsonl", "dev.jsonl", "test.jsonl")


def run(arguments: argparse.Namespace) -> int:
    """Print every check; return 0, or 1 where something is in the way of answering."""
    checks = list(_checks(is_live=arguments.live))
    marks = {"ok": "✓", "note": "·", "bad": "✗"}
    sys.stdout.writelines(f"{marks[c.level]} {c.text}\n" for c in checks)
    return int(any(c.level == "bad" for c in checks))


def _checks(*, is_live: bool) -> Iterator[Check]:
    parts: tuple[Callable[[], Iterator[Check]], ...] = (
        _python,
        _packages,
        _answering,
        partial(_bot, is_live=is_live),
    )
    for part in parts:
        try:
            yield from part()
        except (CorpusError, RetrievalError) as error:
            yield Check("bad", str(error))


def _python() -> Iterator[Check]:
    running = ".".join(map(str, sys.version_info[:3]))
    yield Check("ok", f"tiaowen {__version__}, Python {running}, {os.cpu_count()} processors")
    env = Path(".env")
    yield (
        Check("ok", ".env is read")
        if env.is_file()
        else Check(
            "note",
            ".env is not there: defaults hold. Copy .env.example to .env to change a setting.",
        )
    )


def _packages() -> Iterator[Check]:
    for names, purpose in ((_ANSWERING, "answering"), (_BUILDING, "building the encoder")):
        found, missing = [], []
        for name in names:
            try:
                found.append(f"{name} {version(name)}")
            except PackageNotFoundError:
                missing.append(name)
        if missing:
            yield Check(
                "bad", f"for {purpose}, missing: {', '.join(missing)}. Run: pip install tiaowen"
            )
        else:
            yield Check("ok", f"for {purpose}: {', '.join(found)}")


def _answering() -> Iterator[Check]:
    settings = RetrievalSettings.read()
    pack = open_pack(settings.pack)
    yield Check("ok", f"pack {pack.id}: {pack.document.title}, {len(pack.document)} articles")
    for name in _QUESTION_SETS:
        if path := pack.file(name):
            yield Check("ok", f"{name}: {len(read_questions(path, pack.document))} questions")
    yield _cache(settings.cache_dir)
    store = ArtefactStore(settings.cache_dir)
    try:
        keys = artefact_keys(pack, settings.model)
    except EncoderError as error:
        yield Check("bad", f"EMBEDDING_MODEL: {error}")
        return
    for kind, key in (("encoder", keys.encoder), ("vectors", keys.vectors)):
        if store.is_intact(kind, key):
            yield Check("ok", f"{kind} of {settings.model}: built and intact")
        else:
            yield Check(
                "note",
                f"{kind} of {settings.model}: not built yet or damaged. "
                "The next question builds it, in about a minute.",
            )


def _cache(folder: Path) -> Check:
    if not os.access(existing(folder), os.W_OK):
        return Check(
            "bad", f"{folder}: cannot be written. Give another folder in TIAOWEN_CACHE_DIR."
        )
    free = free_megabytes(folder)
    if free < _ROOM_MB:
        return Check(
            "note", f"{folder}: {free:,} MB free; building needs about {_ROOM_MB:,} for a while."
        )
    return Check("ok", f"cache in {folder}, {free:,} MB free")


def _bot(*, is_live: bool) -> Iterator[Check]:
    from bot.errors import BotSettingsError
    from bot.settings import BotSettings

    try:
        settings = BotSettings.read()
    except BotSettingsError as error:
        # Only `tiaowen bot` needs it.
        yield Check("bad" if is_live else "note", f"tiaowen bot would not start: {error}")
        return
    yield Check("ok", f"Telegram token set, server {settings.api_url}")
    if is_live:
        from bot.commands.live_checks import live_checks

        yield from live_checks(settings)
