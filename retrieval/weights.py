"""Fitted weights that lie in a pack as JSON: read with care, written with facts beside them."""

import json
import math
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import ClassVar, Self

from retrieval.errors import ArtefactError


@dataclass(frozen=True, slots=True)
class Weights:
    """The base of each record of weights: what its file is called inside, and its version.

    A subclass has fields of type float, each with the value that serves a pack without the file.
    """

    FORMAT: ClassVar[str]
    VERSION: ClassVar[int] = 1

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the weights stored at ``path``; raise ArtefactError where it is no such file."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if data["version"] != cls.VERSION:
                raise ArtefactError(
                    f"{path}: format version {data['version']}, expected {cls.VERSION}. "
                    "Make it again with: tiaowen train"
                )
            weights = {f.name: float(data["weights"][f.name]) for f in fields(cls)}
            if not all(map(math.isfinite, weights.values())):
                raise ValueError("a weight is not a finite number")
            return cls(**weights)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ArtefactError(
                f"{path}: not a file of {cls.FORMAT} weights ({error!r}). Make it again with: tiaowen train"
            ) from error

    def to_json(self, **facts: object) -> str:
        """Return the file that `read` reads, with ``facts`` about how it was made beside it."""
        data = {
            "format": f"tiaowen-{self.FORMAT}",
            "version": self.VERSION,
            "weights": asdict(self),
        }
        return json.dumps(data | facts, indent=1, ensure_ascii=False) + "\n"
