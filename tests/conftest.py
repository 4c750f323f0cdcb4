"""Fixtures that every test may use."""

import os
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from corpus import Document, Pack, open_pack
from retrieval import RetrievalSettings, Retriever


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
