"""The token and the webhook secret are in nothing the bot writes, whatever fails, at any level."""

import contextlib
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.bot.processes import bot_process
from tests.telegram_server import Fault, TelegramServer, ThreadedServer, Timing, running_in_thread

HALF = "AAF1zQk-_secret-part-of-the-token"
TOKEN = f"987654:{HALF}"
SECRET = "webhook-secret-that-nobody-may-see"
QUESTION = "我的秘密問題是第15條"
_EVERY = (
    Fault.too_many_requests(1), Fault.server_error(500), Fault.server_error(502), Fault.reset(), Fault.half(),
    Fault.server_error(500, after=True),
)  # fmt: skip


@pytest.fixture
def server() -> Iterator[ThreadedServer]:
    with running_in_thread(token=TOKEN, timing=Timing.fast()) as running:
        yield running


def _free_port() -> int:
    with contextlib.closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _no_secret(text: str) -> None:
    for secret in (TOKEN, HALF, SECRET, "秘密問題"):
        assert secret not in text


def _send(there: TelegramServer) -> None:
    for number in range(1, 9):
        person = there.person(number, f"P{number}")
        person.send(f"{QUESTION} {number}")
        person.inline("秘密問題")
        person.send("/stats")


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_whatever_fails_no_secret_is_written(
    server: ThreadedServer, environment: dict[str, str], retriever: object, mode: str, form: str
) -> None:
    port = _free_port()
    settings = {
        "TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url, "LOG_LEVEL": "debug", "LOG_FORMAT": form,
        "PYTHONASYNCIODEBUG": "1",
    }  # fmt: skip
    if mode == "webhook":
        settings |= {
            "TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
            "TELEGRAM_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
            "TELEGRAM_WEBHOOK_SECRET": SECRET,
        }
    server.run(lambda there: there.faults.draw(7, 0.2, _EVERY))
    with bot_process(environment | settings) as process:
        called = "deleteWebhook" if mode == "polling" else "setWebhook"
        server.run(lambda there: there.until(lambda: there.called(called), 40), 50)
        server.run(_send)
        if mode == "webhook":
            header = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
            with contextlib.suppress(httpx.HTTPError):
                httpx.post(f"http://127.0.0.1:{port}/hook", content=b"{", headers=header)
                httpx.post(f"http://127.0.0.1:{port}/hook?{SECRET}", content=b"{}")
        server.run(lambda there: there.until(lambda: len(there.faults.met) >= 10, 60), 70)
        server.run(lambda there: there.faults.stop())
        server.run(lambda there: there.settled(90), 100)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=40)
    assert process.returncode == 0
    assert len(err) > 500
    _no_secret(out + err)
    sent = server.run(
        lambda there: [m.text for n in range(1, 9) for m in there.person(n).chat.from_bot]
    )
    assert len(sent) >= 8
    for text in sent:
        assert TOKEN not in text and HALF not in text and SECRET not in text


@pytest.mark.parametrize("what", ["refused", "revoked", "state", "second", "port", "database"])
def test_an_end_by_an_error_names_what_is_wrong_and_no_secret(
    server: ThreadedServer,
    environment: dict[str, str],
    retriever: object,
    tmp_path: Path,
    what: str,
) -> None:
    settings = {
        "TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url, "LOG_LEVEL": "debug",
    }  # fmt: skip
    said = {
        "refused": "does not accept TELEGRAM_BOT_TOKEN", "revoked": "does not accept TELEGRAM_BOT_TOKEN",
        "state": "cannot be written", "second": "Another tiaowen bot runs on",
        "port": "TELEGRAM_WEBHOOK_LISTEN", "database": "cannot be opened",
    }[what]  # fmt: skip
    with contextlib.ExitStack() as stack:
        if what == "refused":
            server.run(lambda there: setattr(there, "token", TOKEN + "x"))
        if what == "state":
            settings["TIAOWEN_STATE_DIR"] = "/proc/tiaowen"  # not even root can write there
        if what == "database":
            (tmp_path / "state").mkdir()
            (tmp_path / "state" / "bot.sqlite3").write_bytes(b"no database" * 1000)
        if what == "port":
            taken = stack.enter_context(contextlib.closing(socket.create_server(("127.0.0.1", 0))))
            settings |= {
                "TELEGRAM_WEBHOOK_URL": "http://127.0.0.1/hook", "TELEGRAM_WEBHOOK_SECRET": SECRET,
                "TELEGRAM_WEBHOOK_LISTEN": f"127.0.0.1:{taken.getsockname()[1]}",
            }  # fmt: skip
        if what == "second":
            stack.enter_context(bot_process(environment | settings))
            server.run(lambda there: there.polled(40), 50)
        process = stack.enter_context(bot_process(environment | settings))
        if what == "revoked":
            server.run(lambda there: there.polled(40), 50)
            server.run(lambda there: setattr(there, "token", TOKEN + "x"))
            server.run(lambda there: there.person().send(QUESTION))
        out, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert said in err.splitlines()[-1]
    assert "Traceback" not in err
    _no_secret(out + err)
