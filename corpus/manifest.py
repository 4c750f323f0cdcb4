"""Read and write `pack.toml`: what a person knows about a document and a parser cannot."""

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.articles_file import is_file_name
from corpus.document import Document
from corpus.errors import PackError
from corpus.parse import ParseSettings

FILE_NAME = "pack.toml"
_KEYS = ("id", "title", "language", "source", "footer_is")


@dataclass(frozen=True, slots=True)
class Manifest:
    """Hold how a pack's source is parsed, and the name of that source in the pack's folder."""

    settings: ParseSettings
    source: str | None = None


def read_manifest(path: Path) -> Manifest:
    """Return what the `pack.toml` at ``path`` says.

    Raises PackError, naming all that is wrong, where it cannot be read or says something unknown.
    """
    try:
        fields: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise PackError(f"{path}: cannot be read ({error}).") from error
    wrong = [f"unknown key {key!r}" for key in fields.keys() - set(_KEYS)]
    wrong += [f"{k} = {v!r} is not text" for k, v in fields.items() if not isinstance(v, str)]
    if "id" not in fields:
        wrong.append("no id")
    source = fields.get("source")
    if isinstance(source, str) and not is_file_name(source):
        wrong.append(f"source = {source!r} is not the name of a file in the pack")
    if wrong:
        raise PackError(f"{path}: {'; '.join(sorted(wrong))}. Expected keys: {', '.join(_KEYS)}.")
    settings = ParseSettings(
        fields["id"], fields.get("title"), fields.get("language"), fields.get("footer_is")
    )
    return Manifest(settings, source)


def encode_manifest(document: Document, source: str, footer_is: str | None) -> bytes:
    """Return the bytes of a new `pack.toml`."""
    fields = {
        "id": document.id,
        "title": document.title,
        "language": document.language,
        "source": source,
        "footer_is": footer_is,
    }
    lines = [f"{key} = {_toml(value)}" for key, value in fields.items() if value]
    opening = "# What a person knows about this document and a parser cannot.\n"
    return (opening + "\n".join(lines) + "\n").encode()


def _toml(text: str) -> str:
    """Write a basic string, which is a JSON string but for the one control character it allows."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
