"""The README's code blocks do what the README says."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.telegram_server import running_in_thread

ROOT = Path(__file__).parent.parent
TIAOWEN = [sys.executable, "-m", "bot"]
LAW = """Tenancy Act

1. A tenancy is agreed in writing and signed by both sides.

2. Either side may end the tenancy. The period of notice is three months.

3. The deposit is at most two months' rent and is given back when the tenancy ends.
"""


@dataclass(frozen=True)
class Block:
    language: str
    text: str

    @property
    def commands(self) -> list[str]:
        lines = [line for line in self.text.splitlines() if line.startswith("$ ")]
        return [re.sub(r"\s+# .*", "", line[2:]) for line in lines]

    @property
    def output(self) -> list[str]:
        return [line for line in self.text.splitlines() if not line.startswith("$ ")]


def blocks_of(name: str) -> list[Block]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return [Block(*found) for found in re.findall(r"^```(\w+)\n(.*?)^```$", text, re.M | re.S)]


def blocks_with(word: str) -> list[Block]:
    found = [b for b in blocks_of("README.md") if word in b.text]
    assert found, f"README.md has no code block with {word!r}"
    return found


@pytest.fixture
def environment(cache_dir: Path, tmp_path: Path) -> dict[str, str]:
    # A make inside a make says which folder it enters; a person's does not.
    outside = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    folders = {"TIAOWEN_CACHE_DIR": str(cache_dir), "TIAOWEN_STATE_DIR": str(tmp_path / "state")}
    return outside | folders | {"PYTHONPATH": str(ROOT)}


def run(command: str, cwd: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command)
    if words[0].endswith("tiaowen"):
        words[:1] = TIAOWEN
    return subprocess.run(
        words, cwd=cwd, env=environment, capture_output=True, text=True, timeout=240, check=False
    )


def test_both_readmes_show_the_same_code() -> None:
    english, chinese = blocks_of("README.md"), blocks_of("README.zh-Hant.md")
    assert [b.language for b in english] == [b.language for b in chinese]
    for ours, theirs in zip(english, chinese, strict=True):
        assert ours.commands == theirs.commands
        if ours.language == "python":
            assert _code(ours) == _code(theirs)


def _code(block: Block) -> list[str]:
    return [re.sub(r"\s*#.*", "", line) for line in block.text.splitlines()]


def test_every_code_block_is_run_by_a_test_here() -> None:
    covered = (
        "make ask",
        "tiaowen bot",
        "from retrieval",
        "retriever.conversation()",
        "tiaowen evaluate",
        "tiaowen pack build",
    )
    left = [b.text for b in blocks_of("README.md") if not any(word in b.text for word in covered)]
    assert not left


def test_make_ask_prints_what_the_readme_shows(environment: dict[str, str]) -> None:
    (block,) = blocks_with("make ask")
    done = run(block.commands[0], ROOT, environment)
    assert done.returncode == 0, done.stderr
    expected = [line for line in block.output if line != "…"]
    assert done.stdout.splitlines()[: len(expected)] == expected


def test_the_library_blocks_run_one_after_the_other(
    environment: dict[str, str], tmp_path: Path
) -> None:
    blocks = [block.text for block in blocks_of("README.md") if block.language == "python"]
    assert len(blocks) == 2
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(blocks)],
        cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_evaluate_prints_both_tables(environment: dict[str, str], tmp_path: Path) -> None:
    (block,) = blocks_with("tiaowen evaluate")
    done = run(block.commands[0], tmp_path, environment)
    assert done.returncode == 0, done.stderr
    assert "tiaowen\n" in done.stdout
    assert "plain dense index\n" in done.stdout


def test_a_pack_is_built_and_asked(environment: dict[str, str], tmp_path: Path) -> None:
    (block,) = blocks_with("tiaowen pack build")
    (tmp_path / "law.txt").write_text(LAW, encoding="utf-8")
    for command in block.commands:
        done = run(command, tmp_path, environment)
        assert done.returncode == 0, done.stderr
    assert "【The period of notice is three months.】" in done.stdout


def test_the_bot_starts_with_the_copied_settings_file(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (block,) = blocks_with("tiaowen bot")
    copy, start = block.commands
    shutil.copy(ROOT / ".env.example", tmp_path)
    assert run(copy, tmp_path, environment).returncode == 0
    with running_in_thread() as server:
        settings = tmp_path / ".env"
        text = settings.read_text(encoding="utf-8")
        text = text.replace("TELEGRAM_BOT_TOKEN=", f"TELEGRAM_BOT_TOKEN={server.token}")
        text = text.replace("TELEGRAM_API_URL=", f"TELEGRAM_API_URL={server.url}")
        settings.write_text(text, encoding="utf-8")
        bot = subprocess.Popen(
            [*TIAOWEN, *shlex.split(start)[1:]],
            cwd=tmp_path,
            env=environment,
            stderr=subprocess.PIPE,
        )
        try:
            server.run(lambda s: s.polled(timeout=120))
            bot.send_signal(signal.SIGTERM)
            assert bot.wait(timeout=30) == 0, bot.stderr and bot.stderr.read()
        finally:
            bot.kill()
            bot.communicate()
