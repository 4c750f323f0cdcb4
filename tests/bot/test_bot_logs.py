"""No secret is in any line of the log, whoever wrote it; every line names its update."""

import json
import logging
import sys
import threading
from collections.abc import Iterator

import pytest

from bot import logs

TOKEN = "123456:AAF1zQk-_the-secret-half-of-it"
SECRET = "webhook/secret+of 16"


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root, hook, thread_hook = logging.getLogger(), sys.excepthook, threading.excepthook
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], sys.excepthook, threading.excepthook = handlers, hook, thread_hook
    root.setLevel(level)
    logging.captureWarnings(False)


def _write(error: BaseException | None = None) -> None:
    log = logging.getLogger("some.library")
    log.debug("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    log.warning("half of it: %s; escaped: webhook%%2Fsecret%%2Bof%%2016", TOKEN.partition(":")[2])
    if error is not None:
        try:
            raise error
        except type(error):
            log.exception("failed")


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_secret_is_in_no_line_at_any_level(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("debug", form, [TOKEN, SECRET])
    _write(ValueError(f"cannot reach /bot{TOKEN}/getMe with {SECRET}"))
    written = capsys.readouterr().err
    assert written.count(logs.HIDDEN) >= 4
    for part in (TOKEN, TOKEN.partition(":")[2], SECRET, "%2Fsecret"):
        assert part not in written


def test_what_ends_the_process_or_a_thread_holds_no_secret(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.configure("info", "text", [TOKEN])
    try:
        raise RuntimeError(TOKEN)
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)

    def fail() -> None:
        raise RuntimeError(TOKEN)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    written = capsys.readouterr().err
    assert written.count("ended by an error") == 2
    assert TOKEN not in written and logs.HIDDEN in written


def test_a_line_names_the_update_it_belongs_to(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "json", [])
    with logs.about(81):
        logging.getLogger("bot").info("問 %s", "題")
    logging.getLogger("bot").info("none")
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    assert (first["update"], first["message"], first["level"]) == ("81", "問 題", "info")
    assert second["update"] == "-"
