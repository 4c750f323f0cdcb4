"""Build an encoder folder from the name of a model: open, export, shrink, check, describe."""

import logging
import tempfile
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from retrieval.encoder.agreement import CHECK_SENTENCES, check_agreement
from retrieval.encoder.bundled import BUNDLED
from retrieval.encoder.card import (
    FORMAT_VERSION,
    MODEL_FILE,
    WEIGHTS_FILE,
    Agreement,
    EncoderCard,
)
from retrieval.encoder.encoder import OnnxEncoder
from retrieval.encoder.errors import ExportDisagrees, UnknownModel
from retrieval.encoder.export import export_onnx, freeze, quantise
from retrieval.encoder.loading import (
    BUILD_PACKAGES,
    load_sentence_transformer,
    local_folder,
    model_fingerprint,
    prompts_of,
    require,
)
from retrieval.encoder.quiet import quiet
from retrieval.encoder.vocabulary import write_tokenizer

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Progress = Callable[[str, float], None]
PRECISIONS: Final = ("int8", "mixed", "fp32")
"""From small to exact: all weights in 8 bits, all but the narrowing ones, none."""
LONGEST_SEQUENCE: Final = 8192
_LIBRARIES: Final = (
    "onnx",
    "onnxruntime",
    "onnxscript",
    "sentence-transformers",
    "sentencepiece",
    "tokenizers",
    "torch",
    "transformers",
)

logger = logging.getLogger(__name__)


def build_encoder(model: str, out: Path, progress: Progress) -> EncoderCard:
    """Build the encoder of `model` into the folder `out` and return its card.

    `progress` is called with what is being done and the part already done, 0 to 1. The folder is
    created if need be; the caller replaces an older one only when this has returned.

    Raises:
        MissingPackage: the packages that building needs are not installed.
        UnknownModel: the name leads nowhere, or to a model that cannot be exported.
        WeightsDamaged: the bundled weights are not the pinned ones.
        ExportDisagrees: neither the small nor the full export reproduces the model.
    """
    require(BUILD_PACKAGES)
    progress("opening the model", 0.0)
    fingerprint = model_fingerprint(model)
    with quiet():
        opened = load_sentence_transformer(model)
    folder = local_folder(model) if model != BUNDLED else None
    name = folder.resolve().name if folder else model
    return build_from(opened, name, fingerprint, out, progress)


def build_from(
    model: "SentenceTransformer", name: str, fingerprint: str, out: Path, progress: Progress
) -> EncoderCard:
    """Build the encoder of a model in memory, such as one just tuned, into the folder `out`.

    `name` and `fingerprint` go into the card as they are; the model is left as it was found. See
    `build_encoder` for the rest.
    """
    out.mkdir(parents=True, exist_ok=True)
    query_prompt, passage_prompt = prompts_of(model)
    longest = _max_seq_length(model)
    training = model.training
    with tempfile.TemporaryDirectory(prefix=".export-", dir=out) as workshop:
        progress("writing the tokenizer", 0.3)
        with quiet():
            tokenizer = write_tokenizer(model, out, longest, CHECK_SENTENCES)
        exported = Path(workshop) / "exported.onnx"
        progress("exporting to ONNX", 0.35)
        with quiet():
            export_onnx(model, exported)
        draft = EncoderCard(
            format_version=FORMAT_VERSION,
            model=name,
            fingerprint=fingerprint,
            dimension=_dimension(model),
            max_seq_length=longest,
            query_prompt=query_prompt,
            passage_prompt=passage_prompt,
            precision=PRECISIONS[0],
            pooling=_pooling(model),
            tokenizer=tokenizer,
            agreement=Agreement(0, 0.0, 0.0),
            libraries=_library_versions(),
        )
        card = _smallest_that_agrees(model, exported, out, draft, progress)
    progress("encoder ready", 1.0)
    model.train(training)
    return card


def _smallest_that_agrees(
    model: "SentenceTransformer", exported: Path, out: Path, draft: EncoderCard, progress: Progress
) -> EncoderCard:
    for precision in PRECISIONS:
        card = replace(draft, precision=precision)
        _write_graph(exported, out, precision, progress)
        card.save(out)
        progress("comparing the export with the model", 0.95)
        try:
            agreement = check_agreement(OnnxEncoder.load(out), model)
        except ExportDisagrees as error:
            if precision == PRECISIONS[-1]:
                raise
            logger.info("As %s: %s Trying the next.", precision, error)
            continue
        card = replace(card, agreement=agreement)
        card.save(out)
        break
    return card


def _write_graph(exported: Path, out: Path, precision: str, progress: Progress) -> None:
    for name in (MODEL_FILE, WEIGHTS_FILE):
        (out / name).unlink(missing_ok=True)
    source = exported
    if precision != "fp32":
        progress("storing the weights in 8 bits", 0.6)
        source = exported.with_name(f"{precision}.onnx")
        with quiet():
            quantise(exported, source, spare_narrowing=precision == "mixed")
    progress("optimising the graph", 0.94)
    with quiet():
        freeze(source, out / MODEL_FILE, WEIGHTS_FILE)


def _max_seq_length(model: "SentenceTransformer") -> int:
    found = model.max_seq_length
    if found is None or found > LONGEST_SEQUENCE:
        return LONGEST_SEQUENCE
    if found < 3:
        raise UnknownModel(f"The model takes {found} tokens a text, expected 3 or more.")
    return int(found)


def _dimension(model: "SentenceTransformer") -> int:
    dimension = model.get_embedding_dimension()
    if not dimension:
        raise UnknownModel("The model does not say how long its vectors are.")
    return int(dimension)


def _pooling(model: "SentenceTransformer") -> str:
    modes: list[str] = []
    for module in model:
        found: Any = getattr(module, "pooling_mode", None)
        modes += [found] if isinstance(found, str) else list(found or ())
    return "+".join(modes) or "none"


def _library_versions() -> dict[str, str]:
    versions: dict[str, str] = {}
    for package in _LIBRARIES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            continue
    return versions
