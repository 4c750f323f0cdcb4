"""`tiaowen train`: fit a pack's adapter and weights to its questions."""

import argparse
import sys

from bot.terminal import BuildProgress
from corpus import open_pack
from retrieval.artefacts import ArtefactStore
from retrieval.settings import RetrievalSettings
from retrieval.training import TrainingSettings, train


def run(arguments: argparse.Namespace) -> int:
    """Train, write the results into the pack, print the figures on dev; return 0."""
    settings = RetrievalSettings.read()
    pack = open_pack(arguments.pack or settings.pack)
    takes = "some minutes" if arguments.keep_adapter else "about an hour"
    progress = BuildProgress(f"Training {pack.path}: {takes} on two processors.")
    store = ArtefactStore(settings.cache_dir)
    trained = train(
        pack,
        settings.model,
        TrainingSettings(),
        store,
        progress,
        keep_adapter=arguments.keep_adapter,
    )
    progress.close()
    figures = trained.card["dev"]["all"]
    sys.stdout.write("".join(f"{name}: {value}\n" for name, value in figures.items()))
    return 0
