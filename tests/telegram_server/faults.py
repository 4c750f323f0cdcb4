"""Faults a network and a busy Telegram make, scripted call by call or drawn from a seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["error", "reset", "hang", "half", "slow"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong with one call.

    ``after`` means that the method takes effect and only its answer is lost; half a body and
    a slow answer always come after.
    """

    kind: Kind
    code: int = 0
    retry_after: int = 0
    seconds: float = 0.0
    after: bool = False

    @classmethod
    def too_many_requests(cls, retry_after: int = 1) -> "Fault":
        """Return a 429 that asks for a pause of ``retry_after`` seconds."""
        return cls("error", code=429, retry_after=retry_after)

    @classmethod
    def server_error(cls, code: int = 500, after: bool = False) -> "Fault":
        """Return a 5xx: 502 comes as an HTML page from in front of Telegram, as it does."""
        return cls("error", code=code, after=after)

    @classmethod
    def reset(cls, after: bool = False) -> "Fault":
        """Return a connection that is reset."""
        return cls("reset", after=after)

    @classmethod
    def hang(cls, after: bool = False) -> "Fault":
        """Return an answer that never comes; the connection stays open."""
        return cls("hang", after=after)

    @classmethod
    def half(cls) -> "Fault":
        """Return an answer that breaks off in the middle of its body."""
        return cls("half", after=True)

    @classmethod
    def slow(cls, seconds: float) -> "Fault":
        """Return an answer that comes ``seconds`` late."""
        return cls("slow", seconds=seconds, after=True)


class Faults:
    """Which fault, if any, meets the next call of a method."""

    def __init__(self) -> None:
        self.met: list[tuple[str, Fault]] = []
        self._scripted: list[tuple[str, Fault]] = []
        self._random: random.Random | None = None
        self._rate = 0.0
        self._kinds: Sequence[Fault] = ()
        self._methods: frozenset[str] = frozenset()

    def script(self, method: str, *faults: Fault, times: int = 1) -> None:
        """Let the next calls of ``method`` ("*" for any) meet ``faults``, ``times`` over."""
        self._scripted.extend((method.lower(), fault) for _ in range(times) for fault in faults)

    def draw(
        self, seed: int, rate: float, kinds: Sequence[Fault], methods: Sequence[str] = ()
    ) -> None:
        """Let a share ``rate`` of calls meet one of ``kinds``; same seed and calls, same faults.

        ``methods`` limits it; none is all.
        """
        self._random = random.Random(seed)
        self._rate, self._kinds = rate, tuple(kinds)
        self._methods = frozenset(method.lower() for method in methods)

    def stop(self) -> None:
        """Let nothing go wrong any more."""
        self._scripted.clear()
        self._random = None

    def next(self, method: str) -> Fault | None:
        """Return the fault this call meets, and remember it in `met`."""
        fault = self._next(method.lower())
        if fault is not None:
            self.met.append((method, fault))
        return fault

    def _next(self, method: str) -> Fault | None:
        for index, (wanted, fault) in enumerate(self._scripted):
            if wanted in ("*", method):
                del self._scripted[index]
                return fault
        if self._random is None or (self._methods and method not in self._methods):
            return None
        if self._random.random() < self._rate:
            return self._random.choice(self._kinds)
        return None
