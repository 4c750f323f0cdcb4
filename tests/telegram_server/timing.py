"""How long Telegram takes over things, in seconds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """Telegram's own values, except the webhook's delays, which nobody can wait for in a test."""

    # A poll that repeats the last offset this soon is made to wait this long for news.
    same_offset_wait: float = 3.0
    # A poll that repeats the last offset this soon gets a single update.
    same_offset_single: float = 0.5
    # A second conflict this soon after the last is held back this long.
    conflict_pause: float = 3.0
    longest_poll: float = 50.0
    # What a second of delay between deliveries lasts here: the first repetition comes at once,
    # then after 2, 4, 8 … of these, or after as many as the bot's Retry-After asks for.
    webhook_second: float = 0.01
    webhook_longest_retry: float = 1.0
    # How long the bot may take to answer a delivery.
    webhook_answer: float = 60.0

    @classmethod
    def fast(cls) -> "Timing":
        """Return timing without the pauses Telegram makes to slow down careless pollers."""
        return cls(same_offset_wait=0.0, same_offset_single=0.0, conflict_pause=0.0)
