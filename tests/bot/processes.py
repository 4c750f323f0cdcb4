"""`tiaowen bot` as a process of its own."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

COMMAND = Path(sys.executable).with_name("tiaowen")


@contextlib.contextmanager
def bot_process(environment: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """Start `tiaowen bot`; it is killed at the end if it still runs."""
    process = subprocess.Popen(
        [str(COMMAND), "bot"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        encoding="utf-8",
    )  # fmt: skip
    with process:
        try:
            yield process
        finally:
            process.kill()
