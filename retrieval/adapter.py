"""Find the adapter that a pack brings for a model, and check that it is for that model.

An adapter lies in the pack's folder `adapter/`, as peft writes it, beside its card. It holds
numbers only (safetensors) and belongs to the one model it was trained on.
"""

import hashlib
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import Pack
from retrieval.errors import ArtefactError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

FOLDER = "adapter"
CARD = "card.json"
WEIGHTS = "adapter_model.safetensors"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Adapter:
    """Hold where an adapter lies and the hash of its weights."""

    path: Path
    sha256: str


def find_adapter(pack: Pack, fingerprint: str) -> Adapter | None:
    """Return the pack's adapter for the model of that fingerprint, or None where it has none.

    Without one, questions are answered as the model was trained, which is less accurate. Raises
    ArtefactError for an adapter that is incomplete or not the one its card describes.
    """
    folder = pack.path / FOLDER
    if not folder.is_dir():
        return None
    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        model, expected = card["model"], card["adapter_sha256"]
        found = hashlib.sha256((folder / WEIGHTS).read_bytes()).hexdigest()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArtefactError(
            f"{folder}: not a complete adapter ({error!r}). Remove the folder, or make the adapter "
            "again with: tiaowen train"
        ) from error
    if model != fingerprint:
        _log.info("the adapter of pack %s is for another model and is not used", pack.id)
        return None
    if found != expected:
        raise ArtefactError(
            f"{folder / WEIGHTS}: damaged (SHA-256 {found[:12]}…, its card says "
            f"{str(expected)[:12]}…). Put the pack's file back or run: tiaowen train"
        )
    return Adapter(folder, found)


def merge_adapter(model: "SentenceTransformer", adapter: Path) -> None:
    """Merge the adapter stored at ``adapter`` into ``model``, in place."""
    from peft import PeftModel

    from retrieval.encoder.quiet import quiet

    transformer: Any = model[0]
    with quiet():
        network = PeftModel.from_pretrained(transformer.auto_model, str(adapter))
        transformer.auto_model = network.merge_and_unload()
