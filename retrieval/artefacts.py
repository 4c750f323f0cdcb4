"""Keep built files: written whole or not at all, checked at every load, rebuilt when damaged.

An artefact is a folder under the cache, named by the hash of what it was made from. Its
`manifest.json` carries the format version and the SHA-256 of every file. A folder is built under
another name and renamed, so a reader meets a complete one or none; a lock beside it keeps two
processes from building the same one at once.
"""

import hashlib
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.errors import ArtefactError

Progress = Callable[[str, float], None]
"""Called with what is being done and how much of it is done, in [0, 1]."""

FORMAT_VERSION = 1
LOCK_TIMEOUT = 1800.0
_MANIFEST = "manifest.json"
_log = logging.getLogger(__name__)


def no_progress(step: str, share: float) -> None:
    """Ignore progress."""


def content_key(parts: Iterable[str]) -> str:
    """Return a short name for what is made from ``parts``: 24 hexadecimal digits."""
    digest = hashlib.sha256(f"tiaowen artefact {FORMAT_VERSION}\n".encode())
    for part in parts:
        encoded = part.encode()
        digest.update(f"{len(encoded)}:".encode() + encoded)
    return digest.hexdigest()[:24]


class ArtefactStore:
    """Hand out built folders, building those that are missing, stale or damaged."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def path(self, kind: str, key: str) -> Path:
        """Return where the artefact of that kind and key lies or would lie."""
        return self._root / kind / key

    def is_intact(self, kind: str, key: str) -> bool:
        """Tell whether the artefact is there and every byte of it is what was written."""
        return _problem(self.path(kind, key)) is None

    def get(
        self, kind: str, key: str, build: Callable[[Path, Progress], None], progress: Progress
    ) -> Path:
        """Return the folder of an artefact, after building it where it is not intact.

        ``build`` fills an empty folder. Raises ArtefactError where the cache cannot be written or
        another process has held the lock for half an hour.
        """
        path = self.path(kind, key)
        problem = _problem(path)
        if problem is None:
            return path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(path.with_name(f"{key}.lock"), timeout=LOCK_TIMEOUT):
                problem = _problem(path)  # another process may have built it meanwhile
                if problem is not None:
                    _log.info("building %s %s: %s", kind, key, problem)
                    _build(path, build, progress)
        except Timeout as error:
            raise ArtefactError(
                f"{path}: another process has been building it for {LOCK_TIMEOUT / 60:.0f} minutes. "
                "Stop that process, then try again."
            ) from error
        except OSError as error:
            raise ArtefactError(
                f"{path}: cannot be written ({error.strerror or error}). Make room or give another "
                "folder in TIAOWEN_CACHE_DIR."
            ) from error
        return path


def _problem(path: Path) -> str | None:
    """Say why the artefact at ``path`` cannot be used, or None where it can."""
    try:
        manifest = json.loads((path / _MANIFEST).read_bytes())
        if manifest["version"] != FORMAT_VERSION:
            return f"format version {manifest['version']}, expected {FORMAT_VERSION}"
        for name, expected in manifest["files"].items():
            if _sha256(path / name) != expected:
                return f"{name} is damaged"
    except FileNotFoundError as error:
        return (
            "it is not there yet"
            if not path.exists()
            else f"{Path(error.filename).name} is missing"
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return f"its manifest cannot be read ({error})"
    return None


def _build(path: Path, build: Callable[[Path, Progress], None], progress: Progress) -> None:
    # What a killed process left behind: under the lock nobody else is writing it.
    for leftover in path.parent.glob(f".{path.name}.*"):
        shutil.rmtree(leftover, ignore_errors=True)
    temporary = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
    try:
        build(temporary, progress)
        files = {
            str(file.relative_to(temporary)): _sha256(file)
            for file in sorted(temporary.rglob("*"))
            if file.is_file()
        }
        manifest = {"version": FORMAT_VERSION, "files": files}
        (temporary / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        for name in [*files, _MANIFEST]:
            _sync(temporary / name)
        temporary.chmod(0o755)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        temporary.rename(path)
        _sync(path.parent)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems cannot sync a folder
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
