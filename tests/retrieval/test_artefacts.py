"""Built files: whole or not at all, checked at every load, rebuilt when damaged."""

import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from retrieval import ArtefactError, artefacts
from retrieval.artefacts import ArtefactStore, Progress, content_key, no_progress

ROOT = Path(__file__).parents[2]


class Builder:
    """Write two files, counting how often it was asked to."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, folder: Path, progress: Progress) -> None:
        self.times += 1
        progress("building", 0.5)
        (folder / "inner").mkdir()
        (folder / "model.bin").write_bytes(b"weights" * 100)
        (folder / "inner" / "card.json").write_text("{}", encoding="utf-8")


@pytest.fixture
def builder() -> Builder:
    return Builder()


@pytest.fixture
def store(tmp_path: Path) -> ArtefactStore:
    return ArtefactStore(tmp_path / "cache")


def _get(store: ArtefactStore, build: Callable[[Path, Progress], None]) -> Path:
    return store.get("thing", "key", build, no_progress)


def test_what_is_missing_is_built_once_and_then_found(
    store: ArtefactStore, builder: Builder
) -> None:
    assert not store.is_intact("thing", "key")
    first, second = _get(store, builder), _get(store, builder)
    assert first == second == store.path("thing", "key")
    assert builder.times == 1
    assert store.is_intact("thing", "key")
    assert (first / "model.bin").read_bytes() == b"weights" * 100


def test_progress_reaches_whoever_asked(store: ArtefactStore, builder: Builder) -> None:
    told: list[tuple[str, float]] = []
    store.get("thing", "key", builder, lambda step, share: told.append((step, share)))
    assert told == [("building", 0.5)]


def _flip(path: Path) -> None:
    data = bytearray((path / "model.bin").read_bytes())
    data[33] ^= 1
    (path / "model.bin").write_bytes(data)


def _edit_manifest(path: Path, **changes: object) -> None:
    manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
    (path / "manifest.json").write_text(json.dumps(manifest | changes), encoding="utf-8")


_DAMAGES: dict[str, Callable[[Path], None]] = {
    "one bit": _flip,
    "truncated": lambda p: (p / "model.bin").write_bytes(b"weights"),
    "emptied": lambda p: (p / "model.bin").write_bytes(b""),
    "longer": lambda p: (p / "model.bin").write_bytes(b"weights" * 101),
    "file gone": lambda p: (p / "inner" / "card.json").unlink(),
    "folder for a file": lambda p: ((p / "model.bin").unlink(), (p / "model.bin").mkdir()),  # type: ignore[dict-item,return-value]
    "no manifest": lambda p: (p / "manifest.json").unlink(),
    "half a manifest": lambda p: (p / "manifest.json").write_text(
        '{"version": 1, "fi', encoding="utf-8"
    ),  # type: ignore[dict-item,return-value]
    "binary manifest": lambda p: (p / "manifest.json").write_bytes(b"\xff\x00"),
    "another manifest": lambda p: (p / "manifest.json").write_text("[]", encoding="utf-8"),  # type: ignore[dict-item,return-value]
    "stale version": lambda p: _edit_manifest(p, version=0),
    "newer version": lambda p: _edit_manifest(p, version=99),
    "files is a list": lambda p: _edit_manifest(p, files=["model.bin"]),
    "a file instead": lambda p: (shutil.rmtree(p), p.write_text("x", encoding="utf-8")),  # type: ignore[dict-item,return-value]
}


@pytest.mark.parametrize("damage", _DAMAGES.values(), ids=_DAMAGES)
def test_what_is_damaged_or_stale_is_noticed_and_rebuilt(
    store: ArtefactStore, builder: Builder, damage: Callable[[Path], None]
) -> None:
    path = _get(store, builder)
    damage(path)
    assert not store.is_intact("thing", "key")
    assert _get(store, builder) == path
    assert builder.times == 2
    assert store.is_intact("thing", "key")
    assert (path / "model.bin").read_bytes() == b"weights" * 100


def test_a_build_that_fails_leaves_nothing_behind_and_can_be_tried_again(
    store: ArtefactStore, builder: Builder
) -> None:
    def fail(folder: Path, progress: Progress) -> None:
        (folder / "half").write_text("half", encoding="utf-8")
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        _get(store, fail)
    assert [p.name for p in store.path("thing", "key").parent.iterdir() if p.is_dir()] == []
    _get(store, builder)
    assert builder.times == 1


def test_a_build_that_fails_leaves_the_damaged_one_unserved(
    store: ArtefactStore, builder: Builder
) -> None:
    _flip(_get(store, builder))

    def fail(folder: Path, progress: Progress) -> None:
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        _get(store, fail)
    assert not store.is_intact("thing", "key")


def test_what_a_killed_build_left_is_cleared_away(store: ArtefactStore, builder: Builder) -> None:
    parent = store.path("thing", "key").parent
    (parent / ".key.k1ll3d").mkdir(parents=True)
    (parent / ".key.k1ll3d" / "model.bin").write_bytes(b"half")
    (parent / ".other.busy").mkdir()
    _get(store, builder)
    assert not (parent / ".key.k1ll3d").exists()
    assert (parent / ".other.busy").exists()


def test_nothing_is_seen_under_the_final_name_before_it_is_whole(store: ArtefactStore) -> None:
    path = store.path("thing", "key")

    def build(folder: Path, progress: Progress) -> None:
        (folder / "model.bin").write_bytes(b"x")
        assert folder != path
        assert not path.exists()
        assert not store.is_intact("thing", "key")

    _get(store, build)
    assert store.is_intact("thing", "key")


def test_other_users_may_read_what_was_built(store: ArtefactStore, builder: Builder) -> None:
    assert _get(store, builder).stat().st_mode & 0o755 == 0o755


def test_a_cache_that_is_intact_is_read_where_nothing_can_be_written(
    store: ArtefactStore, builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _get(store, builder)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert _get(store, builder) == path


def test_a_cache_that_cannot_be_written_is_one_clear_error(
    tmp_path: Path, builder: Builder
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    with pytest.raises(ArtefactError, match=r"cannot be written .*TIAOWEN_CACHE_DIR") as caught:
        _get(ArtefactStore(blocked), builder)
    assert str(blocked) in str(caught.value)
    assert builder.times == 0


def test_a_full_disk_while_building_is_the_same_clear_error(store: ArtefactStore) -> None:
    def build(folder: Path, progress: Progress) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(ArtefactError, match=r"No space left on device.*Make room"):
        _get(store, build)


def test_waiting_for_another_process_has_an_end(
    store: ArtefactStore, builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(artefacts, "LOCK_TIMEOUT", 0.05)
    path = store.path("thing", "key")
    path.parent.mkdir(parents=True)
    with (
        FileLock(path.with_name("key.lock")),
        pytest.raises(ArtefactError, match="another process"),
    ):
        _get(store, builder)
    assert builder.times == 0


def test_many_threads_asking_at_once_build_once(store: ArtefactStore, builder: Builder) -> None:
    start = threading.Barrier(8)
    found: list[Path] = []

    def ask() -> None:
        start.wait(10)
        found.append(_get(store, builder))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert found == [store.path("thing", "key")] * 8
    assert builder.times == 1


_PROCESS = """
import sys, time
from pathlib import Path
from retrieval.artefacts import ArtefactStore, no_progress

root, log = Path(sys.argv[1]), Path(sys.argv[2])

def build(folder, progress):
    with log.open("a") as file:
        file.write("built\\n")
    for number in range(40):
        (folder / f"{number}.bin").write_bytes(bytes([number]) * 50_000)
        time.sleep(0.005)

print("ready", flush=True)
sys.stdin.readline()
store = ArtefactStore(root)
path = store.get("thing", "key", build, no_progress)
assert store.is_intact("thing", "key")
assert [(path / f"{n}.bin").read_bytes()[0] for n in range(40)] == list(range(40))
"""


def _start(tmp_path: Path) -> "subprocess.Popen[str]":
    arguments = [sys.executable, "-c", _PROCESS, str(tmp_path / "cache"), str(tmp_path / "log")]
    return subprocess.Popen(
        arguments,
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_processes_that_build_at_once_build_once_and_corrupt_nothing(tmp_path: Path) -> None:
    processes = [_start(tmp_path) for _ in range(3)]
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        outputs = []
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in processes:
            outputs.append(process.communicate(timeout=60)[1])
    finally:
        for process in processes:
            process.kill()
    assert [p.returncode for p in processes] == [0, 0, 0], outputs
    assert (tmp_path / "log").read_text() == "built\n"
    assert ArtefactStore(tmp_path / "cache").is_intact("thing", "key")


def test_a_process_killed_while_building_blocks_nobody(tmp_path: Path, builder: Builder) -> None:
    with _start(tmp_path) as process:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
        deadline = time.monotonic() + 30
        while not (tmp_path / "log").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        process.kill()
    store = ArtefactStore(tmp_path / "cache")
    assert not store.is_intact("thing", "key")
    _get(store, builder)
    assert builder.times == 1
    assert [p.name for p in (tmp_path / "cache" / "thing").iterdir() if p.is_dir()] == ["key"]


def test_a_key_depends_on_every_part_and_on_where_it_ends() -> None:
    keys = [
        content_key(parts)
        for parts in (["ab", "c"], ["a", "bc"], ["abc"], ["c", "ab"], ["ab", "c", ""], [])
    ]
    assert len(set(keys)) == len(keys)
    assert all(len(key) == 24 and int(key, 16) >= 0 for key in keys)
    assert content_key(["鈽", "x"]) == content_key(iter(["鈽", "x"]))


def test_a_key_changes_with_the_format_version(monkeypatch: pytest.MonkeyPatch) -> None:
    before = content_key(["a"])
    monkeypatch.setattr(artefacts, "FORMAT_VERSION", 2)
    assert content_key(["a"]) != before
