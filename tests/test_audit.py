"""`make audit` tells what it did not check from what is safe."""

import json
from importlib.metadata import distribution
from pathlib import Path

from tests.audit import complaints, licence_of, pinned, read_advisories


def test_every_pinned_version_is_read(tmp_path: Path) -> None:
    path = tmp_path / "c.txt"
    path.write_text("# a note\nnumpy==2.1.0\ntorch==2.13.0 ; sys_platform == 'linux'\n\n")
    assert pinned(path) == [("numpy", "2.1.0"), ("torch", "2.13.0")]
    assert len(pinned()) > 40


def test_a_service_that_cannot_be_reached_is_never_called_safe() -> None:
    for err in ("ConnectionError: Max retries exceeded", "pip_audit crashed", ""):
        code, said = read_advisories("", err)
        assert code == 3 and said.startswith("NOT CHECKED")


def test_a_vulnerability_is_named_and_a_skipped_package_is_not_called_safe() -> None:
    bad = {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1"}]}
    assert read_advisories(json.dumps({"dependencies": [bad]}), "") == (
        1,
        "vulnerable: a 1: PYSEC-1",
    )
    good = {"name": "b", "version": "1", "vulns": []}
    assert read_advisories(json.dumps({"dependencies": [good]}), "")[0] == 0
    skipped = {"name": "c", "skip_reason": "not on the index"}
    assert read_advisories(json.dumps({"dependencies": [good, skipped]}), "")[0] == 3


def test_a_licence_is_named_and_nothing_we_depend_on_is_neglected() -> None:
    assert "MIT" in licence_of(distribution("pytest"))
    for name in ("python-telegram-bot", "numpy", "faiss-cpu", "onnxruntime", "tornado"):
        assert not list(complaints(distribution(name)))
