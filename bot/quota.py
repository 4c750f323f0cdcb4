"""Hold each person to a number of questions a minute."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Literal

_WINDOW_SECONDS = 60.0
_MOST_PEOPLE = 10_000
Verdict = Literal["yes", "no", "silent"]


class Quota:
    """Count the questions of the last minute; who goes over is told so once in that minute."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Take how many questions a minute, 0 for any number, and what tells the seconds."""
        self._most = most
        self._clock = clock
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()
        self._told: dict[str, float] = {}

    def ask(self, person: str) -> Verdict:
        """Return whether a person may ask now: "yes", "no", or "no" already said ("silent")."""
        if not self._most:
            return "yes"
        now = self._clock()
        times = self._asked.setdefault(person, deque())
        self._asked.move_to_end(person)
        while times and times[0] <= now - _WINDOW_SECONDS:
            times.popleft()
        if len(times) < self._most:
            times.append(now)
            self._forget_oldest()
            return "yes"
        if now - self._told.get(person, -_WINDOW_SECONDS) < _WINDOW_SECONDS:
            return "silent"
        self._told[person] = now
        return "no"

    def _forget_oldest(self) -> None:
        if len(self._asked) > _MOST_PEOPLE:
            oldest, _ = self._asked.popitem(last=False)
            self._told.pop(oldest, None)
