"""Train what a pack brings: the adapter, the weights of the legs, and their card.

1. The adapter is trained on all questions but a small held-out share.
2. On that share, which the adapter has not seen, the weights of the legs and of marking are fitted.
3. Probabilities are calibrated and thresholds chosen on `dev.jsonl`.
4. Where the pack has `dialogues-train.jsonl`, it is fitted how far a turn leans on the one before.
"""

import hashlib
import json
import os
import random
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import Dialogue, Document, Pack, Question, read_questions, single_questions
from corpus.version import __version__
from retrieval import fusion
from retrieval.adapter import CARD, FOLDER, WEIGHTS
from retrieval.artefacts import ArtefactStore, Progress, content_key
from retrieval.association import AssociationTable
from retrieval.build import build, keep_known_vectors
from retrieval.conversation import followup
from retrieval.encoder import load_sentence_transformer, model_fingerprint
from retrieval.encoder.quiet import quiet
from retrieval.errors import RetrievalError
from retrieval.evaluation import cases, measure_groups, predict
from retrieval.known import FILE as TRAIN_FILE
from retrieval.known import KnownIndex, KnownQuestions, known_questions
from retrieval.marking import FILE as MARKING_FILE
from retrieval.passages import cut_passages, positions_of
from retrieval.retriever import Retriever
from retrieval.search import Search, load_search
from retrieval.sentence_classifier import FILE as SENTENCES_FILE
from retrieval.training.adapter import train_adapter
from retrieval.training.followup_fit import fit_follow_up
from retrieval.training.fusion_fit import calibrate, fit_joined, fit_weights, gather
from retrieval.training.marking_fit import fit_marking
from retrieval.training.nearest_fit import fit_nearest
from retrieval.training.sentence_fit import fit_sentences
from retrieval.training.settings import TrainingSettings

DEV_FILE = "dev.jsonl"
DIALOGUES_FILE = "dialogues-train.jsonl"
_LEAST_QUESTIONS = 50
_LIBRARIES = ("torch", "sentence-transformers", "transformers", "peft", "scipy", "onnxruntime")


class TrainingError(RetrievalError):
    """Signal that a pack does not hold what a training needs."""


@dataclass(frozen=True, slots=True)
class Trained:
    """Hold what a training wrote: the card beside the adapter."""

    card: dict[str, Any]


def train(
    pack: Pack,
    model: str,
    settings: TrainingSettings,
    store: ArtefactStore,
    progress: Progress,
    *,
    keep_adapter: bool = False,
) -> Trained:
    """Train the adapter and weights of ``pack`` for ``model``, and write them into the pack.

    With ``keep_adapter``, only the weights are fitted anew, which takes some minutes: after a change to
    labels beside the questions, to dev or to the dialogues, or when questions were added behind the
    others. Nothing in the pack changes before the adapter is trained. Raises TrainingError where the pack holds too few questions.
    """
    began = time.monotonic()
    questions = known_questions(pack)
    dev = _dev_questions(pack)
    answerable = sum(q.is_answerable for q in questions)
    if answerable < _LEAST_QUESTIONS or not dev:
        raise TrainingError(
            f"{pack.path}: {answerable} answerable questions in {TRAIN_FILE}, and {len(dev)} in "
            f"{DEV_FILE} that name no article by number; expected at least {_LEAST_QUESTIONS} to "
            "train on, and some to choose on."
        )
    workshop = store.path("training", pack.id)
    workshop.mkdir(parents=True, exist_ok=True)
    # Questions that came after the adapter are evidence, but were not there to be split.
    count = _trained_count(pack) if keep_adapter else len(questions)
    seen, held_out = _split(questions[:count], settings)
    with tempfile.TemporaryDirectory(dir=workshop) as folder:
        adapter = Path(folder) / "adapter"
        kind = content_key([model_fingerprint(model), pack.sha256])
        checkpoint = workshop / f"adapter-{kind}.checkpoint"
        if keep_adapter:
            last_loss = _copy_adapter(pack, settings, adapter)
        else:
            last_loss = _train_one(pack, model, seen, settings, adapter, checkpoint, progress)
        outlives = ("tried", "training_took") if keep_adapter else ("tried",)
        kept = {name: value for name, value in _old_card(pack).items() if name in outlives}
        card = _card(pack, model, settings, adapter, last_loss, len(seen), len(held_out)) | kept
        _install(pack, adapter, card)
    vectors = keep_known_vectors(pack, model, store, progress)
    search, positions = load_search(pack, model, store, progress), positions_of(pack.document)
    passages = build(pack, model, store, progress).passages().vectors()
    is_sentence = [passage.kind != "article" for passage in cut_passages(pack.document)]
    apart = _without(search, questions, vectors, held_out, passages[is_sentence], pack.document)
    labelled = gather(apart, held_out, positions)
    weights = fit_weights(labelled)
    weights = fit_nearest(held_out, labelled.evidence, positions, weights)
    marking, marked = fit_marking(apart, pack.document, held_out)
    (pack.path / MARKING_FILE).write_text(marking.to_json(fitted_on=marked), encoding="utf-8")
    sentences = fit_sentences(pack.document, passages[is_sentence], questions, vectors)
    if sentences is not None:
        sentences.save(pack.path / SENTENCES_FILE)
    weights = calibrate(gather(search, dev, positions), weights)
    (pack.path / fusion.FILE).write_text(weights.to_json(fitted_on=card["data"]), encoding="utf-8")
    joined = fit_joined(labelled, weights)
    if joined is not None:
        text = joined.to_json(fitted_on=card["data"])
        (pack.path / fusion.JOINED_FILE).write_text(text, encoding="utf-8")
    _fit_follow_up(pack, model, store, progress)
    card["dev"] = _dev_figures(pack, model, store, dev, progress)
    took = "fitting" if keep_adapter else "training"
    card[f"{took}_took"] = {
        "seconds": round(time.monotonic() - began),
        "processors": os.cpu_count(),
    }
    (pack.path / FOLDER / CARD).write_text(_to_json(card), encoding="utf-8")
    return Trained(card)


def _old_card(pack: Pack) -> dict[str, Any]:
    """Return the card of the training before: what people wrote there outlives a training."""
    try:
        return dict(json.loads((pack.path / FOLDER / CARD).read_bytes()))
    except (OSError, ValueError, TypeError):
        return {}


def _trained_count(pack: Pack) -> int:
    """Return how many questions there were when the adapter was trained."""
    try:
        data = json.loads((pack.path / FOLDER / CARD).read_bytes())["data"]
        return int(data["trained_on"]) + int(data["fitted_on"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrainingError(f"{pack.path / FOLDER}: no adapter to keep ({error!r}).") from error


def _copy_adapter(pack: Pack, settings: TrainingSettings, out: Path) -> float:
    """Copy the pack's adapter to ``out`` and return its last loss."""
    try:
        card = json.loads((pack.path / FOLDER / CARD).read_bytes())
        if card["settings"] != asdict(settings):
            raise TrainingError(
                f"{pack.path / FOLDER}: trained with other settings; train it anew, without "
                "--keep-adapter."
            )
        shutil.copytree(pack.path / FOLDER, out)
        return float(card["last_loss"])
    except (OSError, ValueError, KeyError) as error:
        raise TrainingError(f"{pack.path / FOLDER}: no adapter to keep ({error!r}).") from error


def _fit_follow_up(pack: Pack, model: str, store: ArtefactStore, progress: Progress) -> None:
    path = pack.file(DIALOGUES_FILE)
    if path is None:
        return
    dialogues = [d for d in read_questions(path, pack.document) if isinstance(d, Dialogue)]
    retriever = Retriever(pack.document, lambda: load_search(pack, model, store, progress))
    weights, turns = fit_follow_up(retriever, dialogues)
    facts = {"dialogues_sha256": _sha256(path), "turns": turns}
    text = weights.to_json(fitted_on=facts)
    (pack.path / followup.FILE).write_text(text, encoding="utf-8")


def _dev_questions(pack: Pack) -> tuple[Question, ...]:
    path = pack.file(DEV_FILE)
    if path is None:
        return ()
    found = single_questions(read_questions(path, pack.document))
    return tuple(q for q in found if q.text.strip() and q.kind != "reference")


def _split(
    questions: Sequence[Question], settings: TrainingSettings
) -> tuple[list[Question], list[Question]]:
    order = list(questions)
    random.Random(settings.seed).shuffle(order)
    cut = int(len(order) * settings.held_out)
    return order[cut:], order[:cut]


def _train_one(
    pack: Pack,
    model: str,
    questions: Sequence[Question],
    settings: TrainingSettings,
    out: Path,
    checkpoint: Path,
    progress: Progress,
) -> float:
    with quiet():
        opened = load_sentence_transformer(model)
    return train_adapter(opened, pack.document, questions, settings, out, checkpoint, progress)


def _without(
    search: Search,
    questions: Sequence[Question],
    vectors: NDArray[np.float32],
    held_out: Sequence[Question],
    sentences: NDArray[np.float32],
    document: Document,
) -> Search:
    """Return ``search`` as if it had never known the questions ``held_out``.

    ``vectors`` are those of ``questions``, ``sentences`` those of the document's sentences.
    """
    hidden = {question.id for question in held_out}
    rows = [row for row, question in enumerate(questions) if question.id not in hidden]
    left = [questions[row] for row in rows]
    positions = positions_of(document)
    return replace(
        search,
        known=KnownQuestions(KnownIndex.build(vectors[rows], left), positions),
        association=AssociationTable.build(left, positions),
        sentences=fit_sentences(document, sentences, left, vectors[rows]),
    )


def _card(
    pack: Pack,
    model: str,
    settings: TrainingSettings,
    adapter: Path,
    last_loss: float,
    seen: int,
    held_out: int,
) -> dict[str, Any]:
    return {
        "format": "tiaowen-adapter",
        "version": 1,
        "tiaowen": __version__,
        "model": model_fingerprint(model),
        "adapter_sha256": hashlib.sha256((adapter / WEIGHTS).read_bytes()).hexdigest(),
        "settings": asdict(settings),
        "data": {
            "articles_sha256": pack.sha256,
            "train_sha256": _sha256(pack.path / TRAIN_FILE),
            "dev_sha256": _sha256(pack.path / DEV_FILE),
            "fitted_on": held_out,
            "trained_on": seen,
        },
        "last_loss": round(last_loss, 4),
        "libraries": {name: version(name) for name in _LIBRARIES},
    }


def _install(pack: Pack, adapter: Path, card: dict[str, Any]) -> None:
    """Put the adapter and its card into the pack, and drop what was fitted to another adapter."""
    for name in (fusion.FILE, fusion.JOINED_FILE, MARKING_FILE, SENTENCES_FILE, followup.FILE):
        (pack.path / name).unlink(missing_ok=True)
    target = pack.path / FOLDER
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    shutil.copyfile(adapter / WEIGHTS, target / WEIGHTS)
    config = json.loads((adapter / "adapter_config.json").read_bytes())
    config["base_model_name_or_path"] = None  # a path of the machine it was trained on
    config["target_modules"] = sorted(config["target_modules"])  # a set, in any order
    (target / "adapter_config.json").write_text(_to_json(config), encoding="utf-8")
    (target / CARD).write_text(_to_json(card), encoding="utf-8")


def _dev_figures(
    pack: Pack, model: str, store: ArtefactStore, dev: Sequence[Question], progress: Progress
) -> dict[str, Any]:
    retriever = Retriever(pack.document, lambda: load_search(pack, model, store, progress))
    groups = measure_groups(cases(dev, predict(retriever, dev, progress)))
    return {name: figures.to_dict() for name, figures in groups.items()}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _to_json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
