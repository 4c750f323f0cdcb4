"""See to it that one state directory serves one bot at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bot.errors import BotError

FILE = "bot.lock"


@contextmanager
def single_instance(folder: Path) -> Iterator[None]:
    """Hold the folder's lock while the block runs; the system lets go of it however that ends.

    Raises BotError where another process holds it, or where it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FileLock(folder / FILE, timeout=0)
        lock.acquire()
    except Timeout:
        raise BotError(
            f"Another tiaowen bot runs on {folder}. Stop it first, or give this one a folder of "
            "its own in TIAOWEN_STATE_DIR."
        ) from None
    except OSError as error:
        raise BotError(
            f"{folder}: cannot be written ({error.strerror}). Check its owner and mode, or set "
            "TIAOWEN_STATE_DIR to another folder."
        ) from error
    try:
        yield
    finally:
        lock.release()
