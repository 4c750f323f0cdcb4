"""What one check of `tiaowen doctor` found."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Check:
    """Hold what one check found: good, worth knowing, or in the way."""

    level: Literal["ok", "note", "bad"]
    text: str
