"""Fixtures that every test may use."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from corpus import Document, Pack, open_pack
from retrieval import RetrievalSettings, Retriever
from tests.labelled_pack import build_labelled_pack
from tests.tiny_model import save_model

MakeModel = Callable[..., Path]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes minutes: last, it would keep one processor waiting."""
    items.sort(key=lambda item: item.path.name != "test_readme.py")


@pytest.fixture(scope="session")
def cache_dir() -> Path:
    """Where what the tests build is kept between runs."""
    return Path(os.environ.get("TIAOWEN_TEST_CACHE") or user_cache_path("tiaowen-tests"))


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the settings and the .env of whoever runs the tests out of them."""
    for name in list(os.environ):
        ours = name.startswith(("TIAOWEN_", "TELEGRAM_", "EMBEDDING_", "VECTOR_", "LOG_"))
        if ours and name != "TIAOWEN_TEST_CACHE":
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The bundled pack."""
    return open_pack()


@pytest.fixture(scope="session")
def document(pack: Pack) -> Document:
    """The bundled document."""
    return pack.document


@pytest.fixture(scope="session")
def settings(cache_dir: Path) -> RetrievalSettings:
    """Settings that build into the tests' own cache."""
    return RetrievalSettings(
        pack="hague-2014", model="bundled", engine="faiss", cache_dir=cache_dir
    )


@pytest.fixture(scope="session")
def retriever(settings: RetrievalSettings) -> Retriever:
    """The bundled pack under the real model."""
    return Retriever.open(settings=settings)


@pytest.fixture(scope="session")
def make_model(tmp_path_factory: pytest.TempPathFactory) -> MakeModel:
    """Return a function that saves a two-layer sentence-transformers model of its own."""

    def make(vocabulary: str = "wordpiece", pooling: str = "mean", dense: bool = False) -> Path:
        out = tmp_path_factory.mktemp("model")
        save_model(tmp_path_factory.mktemp("inner"), out, vocabulary, pooling, dense)
        return out

    return make


@pytest.fixture(scope="session")
def tiny_model(make_model: MakeModel) -> Path:
    """Return the folder of a tiny mean-pooling WordPiece model."""
    return make_model()


@pytest.fixture
def labelled_pack(tmp_path: Path) -> Pack:
    """Return a small pack that can be trained."""
    return build_labelled_pack(tmp_path)
