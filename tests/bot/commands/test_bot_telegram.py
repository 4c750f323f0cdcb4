"""What `tiaowen bot` promises as a process: nothing lost when killed, an orderly end, clear refusals."""

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bot.processes import bot_process
from tests.telegram_server import Fault, ThreadedServer, Timing, running_in_thread

COMMAND = Path(sys.executable).with_name("tiaowen")
SECRET = "AAF1zQk-_secret-part-of-the-token"
TOKEN = f"987654:{SECRET}"
Start = Callable[..., "contextlib.AbstractContextManager[subprocess.Popen[str]]"]


@pytest.fixture
def server() -> Iterator[ThreadedServer]:
    with running_in_thread(token=TOKEN, timing=Timing.fast()) as running:
        yield running


@pytest.fixture
def start(environment: dict[str, str], retriever: object, server: ThreadedServer) -> Start:
    """Start `tiaowen bot`; it is killed at the end if it still runs."""

    given = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url}
    return lambda **settings: bot_process(environment | given | settings)


def ask(server: ThreadedServer, *questions: str) -> None:
    def send(there) -> None:
        for question in questions:
            there.person().send(question)

    server.run(send)


def replies(server: ThreadedServer) -> list[str]:
    def read(there) -> list[str]:
        return [m.marked("bold")[1].split(" ·")[0] for m in there.person().chat.from_bot]

    return server.run(read)


def wait_for_faults(server: ThreadedServer, count: int) -> None:
    for _ in range(1000):
        if server.run(lambda there: len(there.faults.met)) >= count:
            return
        time.sleep(0.02)
    raise TimeoutError(f"waited 20 s for fault {count}, which did not come")


def test_what_a_kill_interrupts_is_answered_after_a_restart(
    server: ThreadedServer, start: Start
) -> None:
    ask(server, "第1條", "第2條", "第3條")
    # The second reply of three hangs: that is where the process is killed.
    server.run(lambda there: there.faults.script("sendMessage", Fault.slow(0), Fault.hang()))
    with start() as process:
        wait_for_faults(server, 2)
        process.send_signal(signal.SIGKILL)
        assert process.wait(10) == -signal.SIGKILL
    # The two that were not answered are still to be had.
    assert len(server.run(lambda there: there.pending)) >= 2
    assert replies(server) == ["第 1 條"]
    with start() as process:
        server.run(lambda there: there.settled(20))
        assert process.poll() is None
    # The first is not answered again, although Telegram gave all three out again.
    assert replies(server) == ["第 1 條", "第 2 條", "第 3 條"]


def test_an_update_that_takes_the_process_down_each_time_is_passed_over(
    server: ThreadedServer, start: Start
) -> None:
    ask(server, "第1條", "第2條")
    for died in range(4):
        server.run(lambda there: there.faults.script("sendMessage", Fault.hang()))
        with start() as process:
            wait_for_faults(server, died + 1)
            process.send_signal(signal.SIGKILL)
            process.wait(10)
    with start():
        server.run(lambda there: there.settled(20))
    sent = server.run(lambda there: [m.text for m in there.person().chat.from_bot])
    assert len(sent) == 2
    assert sent[0].startswith("這裡出了點問題") and "第 2 條" in sent[1]


def test_sigterm_finishes_what_is_being_answered_and_ends_with_0(
    server: ThreadedServer, start: Start
) -> None:
    ask(server, "第1條", "第2條")
    server.run(lambda there: there.faults.script("sendMessage", Fault.slow(0.5)))
    with start() as process:
        server.run(lambda there: there.until(lambda: there.called("sendMessage"), 20, "a reply"))
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=15)
    assert process.returncode == 0
    assert out == ""
    # What the log holds is our own.
    assert err and all(" INFO bot." in line for line in err.splitlines())
    assert replies(server) == ["第 1 條", "第 2 條"]
    assert server.run(lambda there: there.pending) == ()


def test_an_idle_bot_ends_at_once_and_has_logged_no_secret(
    server: ThreadedServer, start: Start
) -> None:
    ask(server, "我的秘密問題 第15條")
    server.run(lambda there: there.faults.script("sendMessage", Fault.reset()))
    with start(LOG_LEVEL="debug") as process:
        server.run(lambda there: there.settled(20))
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=15)
    assert process.returncode == 0
    assert "@tiaowen_test_bot is listening" in err
    assert SECRET not in out + err and "秘密" not in out + err
    assert "Traceback" not in err and out == ""


def test_a_token_that_telegram_refuses_is_one_sentence_and_exit_2(
    server: ThreadedServer, start: Start
) -> None:
    with start(TELEGRAM_BOT_TOKEN=f"987654:{SECRET}-old") as process:
        out, err = process.communicate(timeout=20)
    assert process.returncode == 2
    assert out == ""
    assert err.splitlines() == [
        "tiaowen: Telegram does not accept TELEGRAM_BOT_TOKEN. Get it anew from @BotFather."
    ]


@pytest.mark.parametrize(
    ("token", "said"),
    [
        (None, "tiaowen: TELEGRAM_BOT_TOKEN is missing."),
        (f"987654 {SECRET}", "tiaowen: TELEGRAM_BOT_TOKEN is malformed;"),
    ],
    ids=["missing", "malformed"],
)
def test_a_bad_token_is_one_sentence_and_exit_2(
    run_command, environment: dict[str, str], token: str | None, said: str
) -> None:
    values = {} if token is None else {"TELEGRAM_BOT_TOKEN": token}
    ended = run_command("bot", env=environment | values)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith(said) and ended.stderr.count("\n") == 1
    assert SECRET not in ended.stderr


def test_the_log_level_is_read_from_the_env_file_and_ctrl_c_ends_with_0(
    server: ThreadedServer, start: Start, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=warning\n")
    with start() as process:
        server.run(lambda there: there.polled(20))
        process.send_signal(signal.SIGINT)
        _out, err = process.communicate(timeout=15)
    assert process.returncode == 0
    assert err == ""
