"""Fixtures for the tests of packs."""

import shutil
from pathlib import Path

import pytest
from corpus_files import LAW

from corpus import Pack


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small source file, made of LAW."""
    path = tmp_path / "My Law.txt"
    path.write_text(LAW, encoding="utf-8")
    return path


@pytest.fixture
def copy(pack: Pack, tmp_path: Path) -> Path:
    """A copy of the bundled pack that a test may spoil."""
    return Path(shutil.copytree(pack.path, tmp_path / "copy"))
