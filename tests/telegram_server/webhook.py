"""Delivery by webhook: one POST an update, repeated until it is answered with a 2xx.

Updates of one chat go in order, one at a time; different chats go side by side, up to
max_connections of them. As Telegram's own local server does, plain HTTP is accepted.
"""

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable, Hashable
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest

from .errors import BotApiError, bad_request, conflict
from .parameters import Parameters
from .queue import WEBHOOK_SET, Update
from .world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
ACTIVE = (
    "can't use getUpdates method while webhook is active;"
    " use deleteWebhook to delete the webhook first"
)
_NOT_IN_ANSWERS = ("get", "setwebhook", "deletewebhook", "close", "logout")


class Webhook:
    """Where updates are sent, and the task that sends them."""

    def __init__(self, world: World, answer: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        self._world = world
        self._answer = answer
        self._url = ""
        self._secret = ""
        self._most = 40
        self._last_error: tuple[int, str] | None = None
        self._task: asyncio.Task[None] | None = None
        self.attempts: list[tuple[int, int]] = []
        self.methods = {
            "setWebhook": self._set,
            "deleteWebhook": self._delete,
            "getWebhookInfo": self._info,
        }

    def refuse_polling(self) -> None:
        """Raise the 409 that getUpdates meets while a webhook is set."""
        if self._url:
            raise conflict(ACTIVE)

    def resume(self) -> None:
        """Deliver, if there is an address."""
        if self._url and self._task is None:
            self._task = asyncio.ensure_future(self._deliver())

    async def pause(self) -> None:
        """Stop delivering; what waits goes on waiting."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _set(self, world: World, parameters: Parameters) -> dict[str, Any]:
        url = parameters.text("url")
        if not url:
            return await self._delete(world, parameters)
        address = urlsplit(url)
        if address.scheme not in {"http", "https"} or not address.hostname:
            raise bad_request("bad webhook: invalid webhook URL specified")
        secret = parameters.text("secret_token")
        if len(secret) > 256:
            raise bad_request("secret token is too long")
        if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
            raise bad_request("secret token contains unallowed characters")
        world.queue.allow(parameters.structure("allowed_updates"))
        if parameters.flag("drop_pending_updates"):
            world.queue.clear()
        most = min(max(parameters.integer("max_connections", 40), 1), 100)
        same = (url, secret, most) == (self._url, self._secret, self._most)
        await self.pause()
        self._url, self._secret, self._most, self._last_error = url, secret, most, None
        world.queue.dismiss_poller(WEBHOOK_SET)
        self.resume()
        said = "Webhook is already set" if same else "Webhook was set"
        return {"ok": True, "result": True, "description": said}

    async def _delete(self, world: World, parameters: Parameters) -> dict[str, Any]:
        if parameters.flag("drop_pending_updates"):
            world.queue.clear()
        said = "Webhook was deleted" if self._url else "Webhook is already deleted"
        await self.pause()
        self._url, self._secret, self._last_error = "", "", None
        return {"ok": True, "result": True, "description": said}

    def _info(self, world: World, parameters: Parameters) -> dict[str, Any]:
        info: dict[str, Any] = {
            "url": self._url,
            "has_custom_certificate": False,
            "pending_update_count": len(world.queue),
        }
        if self._url:
            info |= {"max_connections": self._most, "ip_address": "127.0.0.1"}
        if self._last_error:
            info["last_error_date"], info["last_error_message"] = self._last_error
        if world.queue.allowed:
            info["allowed_updates"] = list(world.queue.allowed)
        return info

    async def _deliver(self) -> None:
        lanes: dict[Hashable, asyncio.Task[None]] = {}
        client = AsyncHTTPClient(force_instance=True, max_clients=self._most)
        try:
            while True:
                for update in self._heads():
                    if update.lane not in lanes and len(lanes) < self._most:
                        task = asyncio.ensure_future(self._deliver_one(client, update))
                        lanes[update.lane] = task
                        task.add_done_callback(partial(self._free_lane, lanes, update.lane))
                await self._changed()
        finally:
            for task in tuple(lanes.values()):
                task.cancel()
            await asyncio.gather(*lanes.values(), return_exceptions=True)
            client.close()

    def _free_lane(
        self, lanes: dict[Hashable, Any], lane: Hashable, _: "asyncio.Task[None]"
    ) -> None:
        lanes.pop(lane, None)
        self._world.changes.notify()

    def _heads(self) -> list[Update]:
        heads: dict[Hashable, Update] = {}
        for update in self._world.queue.pending:
            heads.setdefault(update.lane, update)
        return list(heads.values())

    async def _changed(self) -> None:
        looked = False

        def again() -> bool:
            nonlocal looked
            looked, before = True, looked
            return before

        await self._world.changes.until(again, 3600, "an update to deliver")

    async def _deliver_one(self, client: AsyncHTTPClient, update: Update) -> None:
        timing, delay, first = self._world.timing, 1, True
        while (retry_after := await self._post(client, update)) is not None:
            if not first:
                delay = min(delay * 2, 100)
            # The first repetition comes at once, whatever comes after takes ever longer.
            seconds = retry_after or (0 if first else delay)
            first = False
            await asyncio.sleep(min(seconds * timing.webhook_second, timing.webhook_longest_retry))
        self._world.queue.forget(update.update_id)

    async def _post(self, client: AsyncHTTPClient, update: Update) -> int | None:
        """Return None for a delivery, else the seconds the bot asks to be left alone."""
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers[SECRET_HEADER] = self._secret
        request = HTTPRequest(
            self._url,
            method="POST",
            headers=headers,
            body=json.dumps(update.as_json()),
            request_timeout=self._world.timing.webhook_answer,
            follow_redirects=False,
        )
        try:
            response = await client.fetch(request, raise_error=False)
        except (OSError, HTTPClientError) as error:
            self._failed(update, 0, f"Connection failed: {type(error).__name__}")
            return 0
        if not 200 <= response.code < 300:
            reason = HTTPStatus(response.code).phrase if response.code < 599 else "no answer"
            self._failed(
                update, response.code, f"Wrong response from the webhook: {response.code} {reason}"
            )
            asked = response.headers.get("Retry-After", "")
            return min(int(asked), 3600) if asked.isdigit() else 0
        self.attempts.append((update.update_id, response.code))
        await self._take_answer(response.body)
        return None

    def _failed(self, update: Update, code: int, why: str) -> None:
        self.attempts.append((update.update_id, code))
        self._last_error = (int(time.time()), why)
        self._world.changes.notify()

    async def _take_answer(self, body: bytes) -> None:
        """Carry out the method a bot may put in its answer; nobody is told how it went."""
        try:
            called = json.loads(body)
            method = str(called.get("method", "")).lower() if isinstance(called, dict) else ""
            if method and not method.startswith(_NOT_IN_ANSWERS):
                await self._answer(called)
        except (ValueError, BotApiError):
            return
