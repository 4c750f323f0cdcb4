"""A training fits a pack to its questions, goes on where it was interrupted, and changes no document."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from safetensors.numpy import load_file

from corpus import Pack, Question
from retrieval import RetrievalSettings, Retriever
from retrieval.adapter import FOLDER, WEIGHTS, find_adapter
from retrieval.artefacts import ArtefactStore, no_progress
from retrieval.encoder import load_sentence_transformer, model_fingerprint
from retrieval.training import TrainingError, TrainingSettings, train
from retrieval.training.adapter import train_adapter
from tests.labelled_pack import TOPICS

SETTINGS = TrainingSettings(rank=2, epochs=2, batch_size=8, learning_rate=3e-3, held_out=0.25)


def test_a_trained_pack_answers_with_its_adapter(
    labelled_pack: Pack, tiny_model: Path, tmp_path: Path
) -> None:
    store = ArtefactStore(tmp_path / "cache")
    card = train(labelled_pack, str(tiny_model), SETTINGS, store, no_progress).card
    fingerprint = model_fingerprint(str(tiny_model))
    adapter = find_adapter(labelled_pack, fingerprint)
    assert adapter is not None
    assert (card["model"], card["adapter_sha256"]) == (fingerprint, adapter.sha256)
    assert card["data"]["fitted_on"] + card["data"]["trained_on"] == 60
    assert card["dev"]["all"]["answerable"] == 18
    assert str(tmp_path) not in (labelled_pack.path / FOLDER / "adapter_config.json").read_text()
    settings = RetrievalSettings(
        str(labelled_pack.path), str(tiny_model), "faiss", tmp_path / "cache"
    )
    retriever = Retriever.open(settings=settings)
    answer = retriever.ask("where is the ferry", why=True)
    assert answer.explanation is not None
    assert adapter.sha256 in dict(answer.explanation.provenance)["encoder"]
    assert answer.explanation.nearest[0].gold == (1,)


def test_what_was_fitted_to_another_adapter_is_replaced_whatever_its_format(
    labelled_pack: Pack, tiny_model: Path, tmp_path: Path
) -> None:
    stale = [labelled_pack.path / name for name in ("fusion.json", "marking.json", "followup.json")]
    joined = labelled_pack.path / "fusion-joined.json"
    for path in (*stale, joined):
        path.write_text('{"version": 0}', encoding="utf-8")
    dialogue = {"id": "d", "lang": "en", "turns": [
        {"user": "where is the ferry", "gold": [1]}, {"user": "and who pays?", "gold": [1]},
    ]}  # fmt: skip
    (labelled_pack.path / "dialogues-train.jsonl").write_text(json.dumps(dialogue) + "\n")
    train(labelled_pack, str(tiny_model), SETTINGS, ArtefactStore(tmp_path / "c"), no_progress)
    assert all(json.loads(path.read_bytes())["version"] > 0 for path in stale)
    assert not joined.exists()  # there are no follow-ups to fit it on


def test_too_few_questions_are_refused_and_nothing_is_written(
    labelled_pack: Pack, tiny_model: Path, tmp_path: Path
) -> None:
    (labelled_pack.path / "dev.jsonl").unlink()
    with pytest.raises(TrainingError, match=r"and 0 in dev\.jsonl"):
        train(labelled_pack, str(tiny_model), SETTINGS, ArtefactStore(tmp_path / "c"), no_progress)
    assert not (labelled_pack.path / FOLDER).exists()


class Interrupted(Exception):
    """Stands for a person who presses Ctrl-C."""


def test_an_interrupted_training_goes_on_as_if_it_had_not_been(
    labelled_pack: Pack, tiny_model: Path, tmp_path: Path
) -> None:
    questions = [Question(str(n), w, gold=(n,)) for n, ws in TOPICS.items() for w in ws.split()] * 4
    settings = replace(SETTINGS, epochs=3)

    def run(name: str, stop_at: str | None = None) -> Path:
        def watch(step: str, share: float) -> None:
            if stop_at is not None and step.startswith(stop_at):
                raise Interrupted

        train_adapter(
            load_sentence_transformer(str(tiny_model)), labelled_pack.document, questions,
            settings, tmp_path / name, tmp_path / f"{name}.checkpoint", watch,
        )  # fmt: skip
        return tmp_path / name / WEIGHTS

    straight = load_file(run("straight"))
    with pytest.raises(Interrupted):
        run("broken", "training, epoch 3")
    assert (tmp_path / "broken.checkpoint").is_file()
    resumed = load_file(run("broken"))
    assert not (tmp_path / "broken.checkpoint").exists()
    assert all((straight[name] == resumed[name]).all() for name in straight)


def test_another_seed_gives_another_adapter(
    labelled_pack: Pack, tiny_model: Path, tmp_path: Path
) -> None:
    questions = [Question(str(n), w, gold=(n,)) for n, ws in TOPICS.items() for w in ws.split()]
    found = []
    for seed in (1, 1, 2):
        out = tmp_path / "out"
        train_adapter(
            load_sentence_transformer(str(tiny_model)), labelled_pack.document, questions,
            replace(SETTINGS, seed=seed), out, tmp_path / "checkpoint", no_progress,
        )  # fmt: skip
        found.append((out / WEIGHTS).read_bytes())
        shutil.rmtree(out)
    assert found[0] == found[1]
    assert found[0] != found[2]


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 cut", b"no archive at all"])
def test_a_damaged_checkpoint_begins_the_training_anew(
    labelled_pack: Pack, tiny_model: Path, tmp_path: Path, damage: bytes
) -> None:
    questions = [Question(str(n), w, gold=(n,)) for n, ws in TOPICS.items() for w in ws.split()]
    checkpoint = tmp_path / "checkpoint"
    checkpoint.write_bytes(damage)
    train_adapter(
        load_sentence_transformer(str(tiny_model)), labelled_pack.document, questions,
        SETTINGS, tmp_path / "out", checkpoint, no_progress,
    )  # fmt: skip
    assert (tmp_path / "out" / WEIGHTS).is_file()
    assert not checkpoint.exists()


def test_what_people_wrote_on_the_card_outlives_a_training(
    labelled_pack: Pack, tiny_model: Path, tmp_path: Path
) -> None:
    store = ArtefactStore(tmp_path / "cache")
    card = train(labelled_pack, str(tiny_model), SETTINGS, store, no_progress).card
    assert card["training_took"]["seconds"] >= 0 and card["training_took"]["processors"]
    tried = [{"what": "a larger oven", "kept": False}]
    (labelled_pack.path / FOLDER / "card.json").write_text(json.dumps(card | {"tried": tried}))
    again = train(
        labelled_pack, str(tiny_model), SETTINGS, store, no_progress, keep_adapter=True
    ).card
    assert again["tried"] == tried
    assert again["training_took"] == card["training_took"]
    assert again["adapter_sha256"] == card["adapter_sha256"]
