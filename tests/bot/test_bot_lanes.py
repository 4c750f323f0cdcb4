"""Lanes keep the order of a chat and the peace of the others, and never confirm too much."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from telegram import Chat, Message, Update

from bot.delivery import Lanes
from bot.delivery import lanes as module
from bot.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path)
    yield made
    made.close()


def update(number: int, chat: int) -> Update:
    from datetime import UTC, datetime

    message = Message(number, datetime.now(UTC), Chat(chat, "private"), text=str(number))
    return Update(number, message=message)


class Handled:
    """Handle an update when its gate opens, and keep the order in which that was."""

    def __init__(self) -> None:
        self.order: list[int] = []
        self.given_up: list[int] = []
        self.gates: dict[int, asyncio.Event] = {}

    async def handle(self, update: Update) -> None:
        if update.update_id in self.gates:
            await self.gates[update.update_id].wait()
        self.order.append(update.update_id)

    async def give_up(self, update: Update) -> None:
        self.given_up.append(update.update_id)


async def test_a_chat_keeps_its_order_and_a_slow_one_holds_only_itself(store: Store) -> None:
    done = Handled()
    done.gates[1] = asyncio.Event()
    lanes = Lanes(done.handle, done.give_up, store.updates)
    await lanes.put([update(1, 7), update(2, 8), update(3, 7), update(4, 8)])
    while len(done.order) < 2:
        lanes.changed.clear()
        await lanes.changed.wait()
    assert done.order == [2, 4]
    assert lanes.offset == 1  # nothing may be confirmed yet
    done.gates[1].set()
    assert await lanes.drain(5)
    assert done.order == [2, 4, 1, 3]
    assert lanes.offset == 5


async def test_what_is_in_hand_or_done_is_not_taken_again(store: Store) -> None:
    done = Handled()
    done.gates[1] = asyncio.Event()
    lanes = Lanes(done.handle, done.give_up, store.updates)
    batch = [update(1, 7), update(2, 8)]
    assert await lanes.put(batch) == 2
    await asyncio.sleep(0.1)
    assert await lanes.put(batch) == 0
    done.gates[1].set()
    await lanes.drain(5)
    assert await lanes.put(batch) == 0
    assert sorted(done.order) == [1, 2]


async def test_after_a_restart_only_what_was_not_done_is_handled(store: Store) -> None:
    first, again = Handled(), Handled()
    first.gates[1] = asyncio.Event()
    lanes = Lanes(first.handle, first.give_up, store.updates)
    batch = [update(1, 7), update(2, 8)]
    await lanes.put(batch)
    await lanes.changed.wait()
    assert first.order == [2]
    assert not await lanes.drain(0.05)  # as a kill would, this leaves update 1 unfinished
    lanes = Lanes(again.handle, again.give_up, store.updates)
    assert await lanes.put(batch) == 1
    assert await lanes.drain(5)
    assert again.order == [1]


async def test_an_update_begun_too_often_is_given_up(store: Store) -> None:
    for _try in range(module.MOST_TRIES_ALONE):
        await store.updates.begin(1, alone=True)
    done = Handled()
    lanes = Lanes(done.handle, done.give_up, store.updates)
    await lanes.put([update(1, 7), update(2, 7)])
    await lanes.drain(5)
    assert (done.given_up, done.order) == ([1], [2])


async def test_the_record_does_not_grow(store: Store) -> None:
    done = Handled()
    lanes = Lanes(done.handle, done.give_up, store.updates)
    for number in range(1, 51):
        await lanes.put([update(number, 7)])
        await lanes.drain(5)
        lanes.confirmed = lanes.offset
    count = store.database.now(lambda c: c.execute("SELECT COUNT(*) FROM handled").fetchone()[0])
    assert count <= 2


async def test_a_record_that_cannot_be_written_is_tried_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_RETRY_SECONDS", 0.01)
    failures = iter([OSError("disk full")] * 3)
    write = store.updates.finish

    async def finish(number: int, confirmed: int) -> int:
        if error := next(failures, None):
            raise error
        return await write(number, confirmed)

    monkeypatch.setattr(store.updates, "finish", finish)
    done = Handled()
    lanes = Lanes(done.handle, done.give_up, store.updates)
    await lanes.put([update(1, 7)])
    assert await lanes.drain(5)
    assert done.order == [1] and lanes.offset == 2


async def test_whoever_was_in_hand_at_a_death_is_tried_alone_and_before_the_others(
    store: Store,
) -> None:
    for number in (1, 2):
        await store.updates.begin(number)  # both were in hand when the process died
    running: set[int] = set()
    most: list[int] = []

    class Watching(Handled):
        async def handle(self, update: Update) -> None:
            running.add(update.update_id)
            most.append(len(running))
            await asyncio.sleep(0.01)
            await super().handle(update)
            running.discard(update.update_id)

    done = Watching()
    lanes = Lanes(done.handle, done.give_up, store.updates)
    await lanes.put([update(1, 7), update(2, 8), update(3, 9), update(4, 10)])
    assert await lanes.drain(5)
    assert done.order[:2] == [1, 2] and sorted(done.order) == [1, 2, 3, 4]
    assert most[:2] == [1, 1] and max(most) == 2


async def test_an_innocent_update_survives_any_number_of_deaths(store: Store) -> None:
    for _death in range(20):
        await store.updates.begin(1)
    done = Handled()
    lanes = Lanes(done.handle, done.give_up, store.updates)
    await lanes.put([update(1, 7)])
    await lanes.drain(5)
    assert (done.given_up, done.order) == ([], [1])


async def test_a_slow_suspect_keeps_the_others_waiting_for_a_while_only(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_ALONE_SECONDS", 0.05)
    await store.updates.begin(1)
    done = Handled()
    done.gates[1] = asyncio.Event()
    lanes = Lanes(done.handle, done.give_up, store.updates)
    await lanes.put([update(1, 7), update(2, 8)])
    await lanes.changed.wait()
    assert done.order == [2]
    done.gates[1].set()
    assert await lanes.drain(5)


async def test_slow_updates_are_kept_and_come_back_after_a_death(store: Store) -> None:
    first, again = Handled(), Handled()
    batch = [update(number, number) for number in range(1, 101)]
    first.gates = {number: asyncio.Event() for number in range(1, 101)}
    lanes = Lanes(first.handle, first.give_up, store.updates)
    await lanes.put(batch)
    assert lanes.offset == 1
    await lanes.keep(batch)
    assert lanes.offset == 101  # what is behind them can be had
    lanes.confirmed = 101
    await lanes.put([update(101, 500)])
    await lanes.changed.wait()
    assert first.order == [101]
    assert not await lanes.drain(0.05)
    lanes = Lanes(again.handle, again.give_up, store.updates)
    kept = [Update.de_json(json.loads(body), None) for body in await store.updates.kept()]
    lanes.resume([found for found in kept if found is not None])
    assert await lanes.drain(10)
    assert sorted(again.order) == list(range(1, 101))
    assert await store.updates.kept() == []


async def test_a_delivery_waits_for_its_own_end_and_is_taken_once(store: Store) -> None:
    done = Handled()
    done.gates[1] = asyncio.Event()
    lanes = Lanes(done.handle, done.give_up, store.updates)
    waiting = [asyncio.ensure_future(lanes.finished(update(1, 7))) for _ in range(3)]
    await asyncio.sleep(0.05)
    assert not any(task.done() for task in waiting)
    done.gates[1].set()
    assert await asyncio.gather(*waiting) == [True, True, True]
    assert done.order == [1]
    assert await lanes.finished(update(1, 7))
    lanes.close()
    assert not await lanes.finished(update(2, 7))
    assert done.order == [1]
