"""`tiaowen chat` in a real terminal: editing, a history that outlasts it, the words of the bot."""

import asyncio
import contextlib
import os
import pty
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.translations import translation
from tests.bot.conftest import COMMAND, Say

TURNS = (
    "國際實體防護諮詢服務去過幾個國家？",
    "還有嗎",
    "next",
    "第99條",
    "勞基法第24條的加班費",
)
UP, LEFT, BACKSPACE, END_OF_INPUT = "\x1b[A", "\x1b[D", "\x7f", "\x04"


class Terminal:
    """The screen and keyboard of one conversation."""

    def __init__(self, end: int) -> None:
        self._end = end
        self.shown = ""

    def type(self, text: str) -> None:
        os.write(self._end, text.encode())

    def until(self, words: str, seconds: float = 30) -> None:
        """Read until ``words`` are shown, behind what was looked for before."""
        limit = time.monotonic() + seconds
        os.set_blocking(self._end, False)
        while words not in self.shown:
            assert time.monotonic() < limit, f"{words!r} is not in {self.shown[-800:]!r}"
            with contextlib.suppress(BlockingIOError):
                self.shown += os.read(self._end, 65536).decode(errors="replace")
            time.sleep(0.02)
        self.shown = self.shown.partition(words)[2]


@pytest.fixture
def chat(environment: dict[str, str], retriever: object) -> Callable:
    @contextlib.contextmanager
    def run() -> Iterator[tuple[Terminal, "subprocess.Popen[bytes]"]]:
        ours, theirs = pty.openpty()
        given = environment | {"TERM": "xterm", "LANG": "en_US.UTF-8", "PROMPT_TOOLKIT_NO_CPR": "1"}
        process = subprocess.Popen(
            [str(COMMAND), "chat"], env=given, stdin=theirs, stdout=theirs, stderr=theirs,
            start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        try:
            yield Terminal(ours), process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait(10)
            os.close(ours)

    return run


def test_a_line_can_be_edited_and_comes_back_in_the_next_conversation(
    chat: Callable, environment: dict[str, str]
) -> None:
    with chat() as (terminal, process):
        terminal.until("»")
        terminal.type(f"article 1X{BACKSPACE}5\r")
        terminal.until("第 15 條")
        terminal.until("»")
        terminal.type("next\r")
        terminal.until("第 16 條")
        terminal.until("»")
        terminal.type(END_OF_INPUT)
        assert process.wait(10) == 0
    history = Path(environment["TIAOWEN_STATE_DIR"]) / "chat-history"
    assert history.stat().st_mode & 0o077 == 0  # for its owner's eyes
    with chat() as (terminal, process):
        terminal.until("»")
        terminal.type(UP + UP + "\r")
        terminal.until("第 15 條")


def lines_of(shown: str) -> list[str]:
    """Return the lines of an answer without its marks, and without what stands on buttons."""
    also = translation("zh-Hant")("See also:"), translation("en")("See also:")
    lines = re.sub("[【】]", "", shown).splitlines()
    return [line for line in lines if line and not line.startswith("  ") and line not in also]


async def test_five_turns_read_the_same_in_the_terminal_and_in_the_bot(
    say: Say, run_command: Callable, environment: dict[str, str]
) -> None:
    told = [part.text for turn in TURNS for part in await say(turn)]
    given = {"input": "\n".join(TURNS), "env": environment | {"LANG": "zh_TW.UTF-8"}}
    ended = await asyncio.to_thread(run_command, "chat", **given)
    assert ended.returncode == 0
    assert lines_of(ended.stdout) == lines_of("\n".join(told))
    said = ("文件這樣說：", "The document says:", "沒有這一條。", "這份文件是「")
    assert all(words in ended.stdout for words in said)
