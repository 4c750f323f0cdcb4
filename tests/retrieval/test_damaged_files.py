"""A built file with one wrong byte, or cut short, is noticed at the next start and never served."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import Pack
from retrieval import RetrievalSettings, Retriever
from retrieval.artefacts import ArtefactStore, no_progress
from retrieval.build import artefact_keys, build

BLOCK = 65_536
SEED = 20140324


@pytest.fixture(scope="module")
def copied(
    pack: Pack, cache_dir: Path, retriever: Retriever, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A cache of our own with the real encoder and vectors in it."""
    own = tmp_path_factory.mktemp("cache")
    keys = artefact_keys(pack, RetrievalSettings.read({}).model)
    for kind, key in (("encoder", keys.encoder), ("vectors", keys.vectors)):
        shutil.copytree(cache_dir / kind / key, own / kind / key)
    return own


def _artefacts(folder: Path) -> Iterator[tuple[str, str, Path]]:
    for kind in ("encoder", "vectors"):
        for made in (folder / kind).iterdir():
            if made.is_dir():
                yield kind, made.name, made


def _check(copied: Path, step: int) -> int:
    """Flip one byte in every ``step``-th block of every file; return how many were tried."""
    store, generator, tried = ArtefactStore(copied), random.Random(SEED), 0
    for kind, key, folder in _artefacts(copied):
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            size = file.stat().st_size
            for block in range(0, (size + BLOCK - 1) // BLOCK, step):
                at = min(size - 1, block * BLOCK + generator.randrange(BLOCK))
                with file.open("r+b") as opened:
                    opened.seek(at)
                    byte = opened.read(1)[0]
                    opened.seek(at)
                    opened.write(bytes([byte ^ (1 << generator.randrange(8))]))
                    opened.flush()
                    assert not store.is_intact(kind, key), f"{file.name} at {at}"
                    opened.seek(at)
                    opened.write(bytes([byte]))
                tried += 1
            assert store.is_intact(kind, key)
    return tried


def test_one_wrong_bit_in_any_file_is_noticed(copied: Path) -> None:
    assert _check(copied, step=300) >= 10


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_one_wrong_bit_in_any_block_of_any_file_is_noticed(copied: Path) -> None:
    assert _check(copied, step=1) >= 1_000


def test_a_file_cut_anywhere_or_gone_is_noticed(copied: Path) -> None:
    store = ArtefactStore(copied)
    for kind, key, folder in _artefacts(copied):
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            whole = file.read_bytes()
            for length in {0, len(whole) // 2, len(whole) - 1}:
                file.write_bytes(whole[:length])
                assert not store.is_intact(kind, key), f"{file.name} cut to {length}"
            file.unlink()
            assert not store.is_intact(kind, key)
            file.write_bytes(whole)
        assert store.is_intact(kind, key)


def test_damaged_vectors_are_built_again_and_answer_as_before(
    copied: Path, pack: Pack, retriever: Retriever
) -> None:
    model = RetrievalSettings.read({}).model
    for kind, key, folder in _artefacts(copied):
        if kind == "vectors":
            (folder / "known.faiss").write_bytes(b"\0" * 1000)
            assert not ArtefactStore(copied).is_intact(kind, key)
    build(pack, model, ArtefactStore(copied), no_progress)
    settings = RetrievalSettings.read({"TIAOWEN_CACHE_DIR": str(copied)})
    again = Retriever.open(settings=settings)
    for question in ("國際實體防護諮詢服務去過幾個國家？", "who watches the borders", "高浓铀"):
        assert again.ask(question) == retriever.ask(question)


def test_a_retriever_answers_on_when_its_cache_is_deleted(
    copied: Path, retriever: Retriever
) -> None:
    settings = RetrievalSettings.read({"TIAOWEN_CACHE_DIR": str(copied)})
    running = Retriever.open(settings=settings)
    shutil.rmtree(copied)
    for question in ("國際實體防護諮詢服務去過幾個國家？", "INTERPOL", "第15條"):
        assert running.ask(question) == retriever.ask(question)
