"""The card of a built encoder: what it was made from, how, and how well it agrees."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from retrieval.encoder.errors import EncoderDamaged

FORMAT_VERSION: Final = 1
CARD_FILE: Final = "encoder.json"
MODEL_FILE: Final = "model.onnx"
WEIGHTS_FILE: Final = "model.weights"
SENTENCEPIECE_FILE: Final = "sentencepiece.model"
TOKENIZER_FILE: Final = "tokenizer.json"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Hold the cosines between exported and original vectors over the check sentences."""

    sentences: int
    minimum: float
    mean: float


@dataclass(frozen=True, slots=True)
class EncoderCard:
    """Describe a built encoder; holds no path, so that the folder can be moved.

    `precision` is "int8", "mixed" or "fp32"; `tokenizer` is the name of the tokenizer file in the folder;
    `libraries` maps package names to the versions that built it.
    """

    format_version: int
    model: str
    fingerprint: str
    dimension: int
    max_seq_length: int
    query_prompt: str
    passage_prompt: str
    precision: str
    pooling: str
    tokenizer: str
    agreement: Agreement
    libraries: Mapping[str, str]

    def save(self, folder: Path) -> None:
        """Write the card as JSON into `folder`."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2, sort_keys=True)
        (folder / CARD_FILE).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "EncoderCard":
        """Return the card in `folder`.

        Raises:
            EncoderDamaged: there is none, it is not readable, or it has another format version.
        """
        try:
            content = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise EncoderDamaged(f"{CARD_FILE} cannot be read ({error}). {_REBUILD}") from error
        return _from_json(content)


_REBUILD: Final = "Remove the folder and build the encoder again."


def _from_json(content: Any) -> EncoderCard:
    if not isinstance(content, dict):
        raise EncoderDamaged(f"{CARD_FILE} holds no JSON object. {_REBUILD}")
    if content.get("format_version") != FORMAT_VERSION:
        raise EncoderDamaged(
            f"{CARD_FILE} has format version {content.get('format_version')!r}, "
            f"expected {FORMAT_VERSION}. {_REBUILD}"
        )
    values: dict[str, Any] = {}
    for field in fields(EncoderCard):
        value = content.get(field.name)
        if field.name == "agreement":
            value = _agreement(value)
        elif field.name == "libraries":
            value = dict(value) if isinstance(value, dict) else None
        elif not isinstance(value, field.type if isinstance(field.type, type) else str):
            value = None
        if value is None:
            raise EncoderDamaged(f"{CARD_FILE} has no usable {field.name!r}. {_REBUILD}")
        values[field.name] = value
    card = EncoderCard(**values)
    if card.dimension < 1 or card.max_seq_length < 3:
        raise EncoderDamaged(f"{CARD_FILE} gives impossible sizes. {_REBUILD}")
    return card


def _agreement(value: Any) -> Agreement | None:
    try:
        return Agreement(int(value["sentences"]), float(value["minimum"]), float(value["mean"]))
    except (KeyError, TypeError, ValueError):
        return None
