"""Write the log: as text or JSON, every line with the update it belongs to, no secret in any.

Secrets are taken out of the finished line, so that it does not matter who wrote it, at which level,
or whether they stood in a message, an argument or a traceback.
"""

import json
import logging
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from urllib.parse import quote

HIDDEN = "[secret]"
_update: ContextVar[str] = ContextVar("update", default="-")
# At DEBUG these write whole requests, which hold what people ask.
_TALKATIVE = ("httpx", "httpcore", "telegram", "asyncio", "tornado")


@contextmanager
def about(update: int) -> Iterator[None]:
    """Mark what is logged in the block as belonging to an update, by Telegram's number."""
    token = _update.set(str(update))
    try:
        yield
    finally:
        _update.reset(token)


class _Redacting(logging.Formatter):
    """Format a record, then take every secret out."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s [%(update)s]: %(message)s")
        # In a URL a secret may be written with escapes; of a token, either half gives it away.
        parts = {
            part
            for secret in secrets
            for part in (secret, quote(secret, safe=""), secret.partition(":")[2])
        }
        self._secrets = sorted((part for part in parts if len(part) >= 8), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        record.update = _update.get()
        return self.redact(self._line(record))

    def redact(self, text: str) -> str:
        """Return ``text`` without the secrets."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return text

    def _line(self, record: logging.LogRecord) -> str:
        return super().format(record)


class _Json(_Redacting):
    """Format a record as one line of JSON."""

    def _line(self, record: logging.LogRecord) -> str:
        facts = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "update": _update.get(),
            "message": record.getMessage(),
        }
        if record.exc_info:
            facts["error"] = self.formatException(record.exc_info)
        return json.dumps(facts, ensure_ascii=False)


def configure(level: str, form: str, secrets: Iterable[str]) -> None:
    """Log to stderr from ``level`` on, in ``form`` "text" or "json", without any of ``secrets``.

    What ends the process, or a thread of it, is logged the same way.
    """
    wanted = logging.getLevelNamesMapping().get(level.strip().upper(), logging.INFO)
    formatter = (_Json if form == "json" else _Redacting)(secrets)
    handler = logging.StreamHandler()
    # A library that sets its own logger's level does not decide what is shown here.
    handler.setLevel(wanted)
    handler.setFormatter(formatter)
    logging.basicConfig(level=wanted, handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(wanted, logging.WARNING))
    logging.captureWarnings(True)
    sys.excepthook = _log_end
    threading.excepthook = lambda ended: _log_end(
        ended.exc_type, ended.exc_value or ended.exc_type(), ended.exc_traceback
    )


def _log_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("bot").critical("ended by an error", exc_info=(kind, error, trace))
