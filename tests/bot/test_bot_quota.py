"""A person asks so many questions a minute, is told once, and nobody else notices."""

from bot.quota import Quota


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_over_the_quota_it_is_said_once_and_then_nothing_until_the_minute_is_over() -> None:
    clock = Clock()
    quota = Quota(2, clock)
    assert [quota.ask("ada") for _ in range(5)] == ["yes", "yes", "no", "silent", "silent"]
    assert quota.ask("bob") == "yes"
    clock.now += 59
    assert quota.ask("ada") == "silent"
    clock.now += 1
    assert [quota.ask("ada") for _ in range(3)] == ["yes", "yes", "no"]


def test_a_quota_of_none_is_no_quota() -> None:
    quota = Quota(0)
    assert {quota.ask("ada") for _ in range(1_000)} == {"yes"}


def test_memory_is_bounded() -> None:
    quota = Quota(1, Clock())
    for number in range(12_000):
        quota.ask(str(number))
        quota.ask(str(number))
    assert len(quota._asked) <= 10_000 and len(quota._told) <= 10_001
