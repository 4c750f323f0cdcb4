"""How long Telegram asks to wait."""

import os

from telegram.error import RetryAfter

# The library says how long to wait as a number, with a warning each time, unless told not to.
os.environ.setdefault("PTB_TIMEDELTA", "true")


def seconds_of(wait: RetryAfter) -> float:
    """Return how long Telegram asks to wait; the library gives a number or a timedelta."""
    after = wait.retry_after
    return float(after) if isinstance(after, (int, float)) else after.total_seconds()
