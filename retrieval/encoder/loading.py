"""Open the model that a name stands for, and tell cheaply whether it is still the same model."""

import hashlib
import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from retrieval.encoder.bundled import (
    BUNDLED,
    HUB_NAME,
    PROMPTS,
    WEIGHTS_PACKAGE,
    WEIGHTS_SHA256,
    find_weights,
    read_weights,
    sentence_transformer,
)
from retrieval.encoder.errors import MissingPackage, UnknownModel

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUILD_PACKAGES: Final = ("sentence_transformers", "torch", "onnx", "onnxscript", "onnxruntime")
_E5: Final = re.compile(r"(^|/)(multilingual-)?e5-(small|base|large)(-v2)?$")
_CHUNK: Final = 1 << 20
HUB_TIMEOUT_SECONDS: Final = 10.0

logger = logging.getLogger(__name__)


def load_sentence_transformer(model: str) -> "SentenceTransformer":
    """Return the model named `bundled`, in a local folder, or on the hub, on the CPU.

    Raises:
        MissingPackage: the packages that open such models are not installed.
        UnknownModel: the name leads nowhere, or to something that is no such model.
    """
    require(BUILD_PACKAGES)
    if model == BUNDLED:
        weights = find_weights()
        if weights is not None:
            return sentence_transformer(read_weights(weights))
        logger.warning(
            "The package %s is not installed here; taking the same model from the hub as %s.",
            WEIGHTS_PACKAGE,
            HUB_NAME,
        )
        model = HUB_NAME
    folder = local_folder(model)
    opened = _open_folder(model, folder) if folder else _open_hub(model)
    if _E5.search(str(folder or model)) and not any(opened.prompts.values()):
        # This family was trained with prompts that its published files do not name.
        opened.prompts = dict(PROMPTS)
    return opened


def prompts_of(model: "SentenceTransformer") -> tuple[str, str]:
    """Return what `model` wants written before a query and before a passage."""
    prompts: Mapping[str, str | None] = model.prompts or {}
    default = prompts.get(model.default_prompt_name or "") or ""
    passages = (prompts.get(name) for name in ("document", "passage", "corpus"))
    return prompts.get("query") or default, next(filter(None, passages), default)


def encode_untuned(model: "SentenceTransformer", passages: Sequence[str]) -> NDArray[np.float32]:
    """Return the vectors of ``passages`` as the model was trained, unit rows of 32 bits.

    Beside an adapter, which moves questions only, passages keep these.
    """
    vectors = model.encode(
        list(passages),
        prompt=prompts_of(model)[1],
        normalize_embeddings=True,
        show_progress_bar=False,
    )
    return np.asarray(vectors, dtype=np.float32)


def model_fingerprint(model: str) -> str:
    """Return a string that changes when the model does, without opening the model.

    `bundled` has its pinned SHA-256, a folder the SHA-256 over the names, sizes and contents of
    its files, a hub name is its own fingerprint.

    Raises:
        UnknownModel: the name is a path, and no folder is there.
    """
    if model == BUNDLED:
        return WEIGHTS_SHA256 if find_weights() is not None else HUB_NAME
    folder = local_folder(model)
    return _hash_folder(folder) if folder else model


def local_folder(model: str) -> Path | None:
    """Return the folder that `model` names, or None where it is a name on the hub.

    Raises:
        UnknownModel: it is written as a path, and no folder is there; or it is empty.
    """
    if not model.strip() or "\0" in model:
        raise UnknownModel(
            f"The model name is {model!r}; expected {BUNDLED!r}, a folder or a name."
        )
    path = Path(model).expanduser()
    if path.is_dir():
        return path
    if path.is_absolute() or model.startswith((".", "~")) or model.count("/") > 1 or "\\" in model:
        raise UnknownModel(f"There is no model folder at {model!r}; give the folder, not a file.")
    return None


def _open_folder(model: str, folder: Path) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    # What is not such a folder fails in as many ways as there are files in one.
    except Exception as error:
        raise UnknownModel(
            f"The folder {model!r} holds no sentence-transformers model "
            f"({type(error).__name__}); expected one that SentenceTransformer.save wrote."
        ) from error


def _open_hub(name: str) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(name, device="cpu", local_files_only=True)
    # Not downloaded yet, or not in full.
    except Exception as error:
        logger.info("%s is not in the hub's cache on disk (%s).", name, type(error).__name__)
    _check_hub(name)
    try:
        return SentenceTransformer(name, device="cpu")
    except Exception as error:
        raise UnknownModel(
            f"The hub has no sentence-transformers model {name!r} that can be opened "
            f"({type(error).__name__}). Expected {BUNDLED!r}, a folder, or a name such as "
            f"{HUB_NAME!r}."
        ) from error


def _check_hub(name: str) -> None:
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    # Loading repeats every failed request for over a minute; asking once first does not.
    try:
        HfApi().model_info(name, timeout=HUB_TIMEOUT_SECONDS)
    except (HfHubHTTPError, HFValidationError):
        # The hub answered; short names are looked for in more than one place.
        return
    except Exception as error:
        raise UnknownModel(
            f"{name!r} is not on this computer, and the model hub cannot be reached "
            f"({type(error).__name__}). Check the connection, or use {BUNDLED!r} or a folder."
        ) from error


def require(packages: Iterable[str]) -> None:
    """Check that `packages` (module names) are installed, without importing them.

    Raises:
        MissingPackage: some are not; the message names them and the way to get them.
    """
    missing = [package.replace("_", "-") for package in packages if find_spec(package) is None]
    if missing:
        raise MissingPackage(
            f"Building an encoder needs {', '.join(missing)}. Run: pip install {' '.join(missing)}"
        )


def _hash_folder(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in _files(folder):
        name = path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape")
        digest.update(f"{len(name)}:".encode() + name + f":{path.stat().st_size}:".encode())
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    # Hidden files are version control and download caches, not the model.
    found = (path for path in folder.rglob("*") if path.is_file())
    visible = (p for p in found if not any(s.startswith(".") for s in p.relative_to(folder).parts))
    return iter(sorted(visible, key=lambda path: path.relative_to(folder).as_posix()))
