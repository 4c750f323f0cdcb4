"""How the connection to Telegram fares, as /stats and `tiaowen doctor --live` tell it."""

import json
import time
from collections import deque
from contextlib import suppress
from pathlib import Path

FILE = "health.json"
_WRITE_SECONDS = 10.0
_REMEMBERED = 12_000


class Health:
    """Keep the last contact with Telegram and what went wrong since; also in a small file."""

    def __init__(self, folder: Path | None = None) -> None:
        """Take the folder of the file, or None for no file."""
        self._path = folder / FILE if folder else None
        self._written = 0.0
        self.last_contact = 0.0
        """Seconds since the epoch; 0 before the first contact."""
        self.failures = 0
        """How many calls failed since the last contact."""
        self.error = ""
        self._lags: deque[float] = deque(maxlen=_REMEMBERED)

    @property
    def is_well(self) -> bool:
        """Tell whether the last call got through."""
        return self.last_contact > 0 and not self.failures

    def lagged(self, seconds: float) -> None:
        """Note by how much the event loop was late."""
        self._lags.append(seconds)

    @property
    def lag(self) -> float:
        """Return the 99th percentile of the seconds the event loop was late, over ten minutes."""
        return sorted(self._lags)[int(len(self._lags) * 0.99)] if self._lags else 0.0

    @property
    def worst_lag(self) -> float:
        """Return the most seconds the event loop was late, over ten minutes."""
        return max(self._lags, default=0.0)

    def got_through(self) -> None:
        """Note a call that Telegram answered, or a delivery that came."""
        recovered = self.failures > 0 or not self.last_contact
        self.last_contact, self.failures, self.error = time.time(), 0, ""
        self._write(now=recovered)

    def failed(self, error: BaseException) -> None:
        """Note a call that failed, by the kind of its error alone."""
        self.failures += 1
        self.error = type(error).__name__
        self._write(now=self.failures == 1)

    def _write(self, *, now: bool) -> None:
        if self._path is None or not (now or time.monotonic() - self._written > _WRITE_SECONDS):
            return
        self._written = time.monotonic()
        facts: dict[str, object] = {
            "last_contact": int(self.last_contact),
            "failures": self.failures,
            "lag_ms": round(self.lag * 1000, 1),
            "worst_lag_ms": round(self.worst_lag * 1000, 1),
        }
        # A full disk is told of elsewhere; a missing hint about health is no reason to stop.
        with suppress(OSError):
            temporary = self._path.with_suffix(".new")
            temporary.write_text(json.dumps(facts | {"error": self.error}), encoding="utf-8")
            temporary.replace(self._path)


def read_health(folder: Path) -> dict[str, object] | None:
    """Return what a bot last wrote of its health, or None where there is nothing to read."""
    try:
        facts = json.loads((folder / FILE).read_bytes())
        return facts if isinstance(facts, dict) else None
    except (OSError, ValueError):
        return None
