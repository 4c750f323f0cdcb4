"""What one check of `tiaowen doctor` found."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class Check:
    """Hold what one check found: good, worth knowing, or in the way."""

    level: Literal["ok", "note", "bad"]
    text: str


def existing(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that is there."""
    return next(path for path in (folder, *folder.absolute().parents) if path.exists())


def free_megabytes(folder: Path) -> int:
    """Return the room on the disk on which a folder is, or would be."""
    return shutil.disk_usage(existing(folder)).free // 2**20
