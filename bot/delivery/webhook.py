"""Take updates that Telegram delivers, one HTTP request each.

A delivery is answered with 200 only when its update has been handled to its end; until then, and
after a crash, Telegram delivers it again. The address is for Telegram alone: whoever does not know
the secret learns nothing, and a body is read no further than an update can be long.
"""

import asyncio
import hmac
import json
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from telegram import Bot, Update
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.delivery.health import Health
from bot.delivery.lanes import Lanes
from bot.errors import BotError

MAX_BODY = 1_000_000
"""Bytes; Telegram's largest updates, long messages with entities, are about a tenth of it."""
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_IDLE_SECONDS = 120
_STOP_SECONDS = 20.0
_log = logging.getLogger(__name__)


class Delivery(RequestHandler):
    """Take one delivery."""

    def initialize(self, bot: Bot, lanes: Lanes, secret: str, health: Health) -> None:
        """Take what every delivery needs."""
        self._bot, self._lanes, self._secret, self._health = bot, lanes, secret, health

    def prepare(self) -> None:
        """Refuse whoever does not know the secret."""
        given = self.request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            self._end(403)

    async def post(self) -> None:
        """Handle the update in the body, and answer when that is done."""
        try:
            update = Update.de_json(json.loads(self.request.body), self._bot)
            if update is None or not isinstance(update.update_id, int):
                raise ValueError("no update")
        except Exception as error:
            # A body that is no update stays none: the library's own errors on it are of many kinds.
            _log.warning("a delivery is no update (%s)", type(error).__name__)
            self._end(400)
            return
        self._health.got_through()
        if self._lanes.is_closed or not await self._lanes.finished(update):
            self._end(503)
            return
        self._end(200)

    def write_error(self, status_code: int, **details: object) -> None:
        """Say nothing but the status."""
        self._end(status_code)

    def log_exception(self, *details: object) -> None:
        """Name what went wrong, and nothing of the request."""
        _log.error("a delivery failed: %s", getattr(details[0], "__name__", "an error"))

    def _end(self, status: int) -> None:
        self.set_status(status)
        self.clear_header("Server")
        self.finish()


@contextmanager
def listening(
    address: tuple[str, int], url: str, secret: str, bot: Bot, lanes: Lanes, health: Health
) -> Iterator[None]:
    """Serve deliveries at ``address``, under the path of ``url``, while the block runs.

    Raises BotError for an address that cannot be used.
    """
    path = urlsplit(url).path or "/"
    shared = {"bot": bot, "lanes": lanes, "secret": secret, "health": health}
    application = Application([(path, Delivery, shared)], log_function=_say_nothing)
    server = HTTPServer(
        application,
        max_body_size=MAX_BODY,
        max_header_size=65_536,
        idle_connection_timeout=_IDLE_SECONDS,
        body_timeout=60,
        decompress_request=False,
    )
    host, port = address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server(address, family=family, backlog=128)
    except OSError as error:
        raise BotError(
            f"TELEGRAM_WEBHOOK_LISTEN={host}:{port} cannot be used ({error.strerror})."
        ) from error
    listener.setblocking(False)
    server.add_socket(listener)
    try:
        yield
    finally:
        server.stop()


async def serve_until(stopping: asyncio.Event, lanes: Lanes) -> None:
    """Wait for ``stopping``; then take nothing more and let what is in hand finish."""
    await stopping.wait()
    lanes.close()
    if not await lanes.drain(_STOP_SECONDS):
        _log.warning("what was not finished in %s s is delivered again", _STOP_SECONDS)
    await asyncio.sleep(0.1)  # the answers to the last deliveries are still being written


def _say_nothing(handler: RequestHandler) -> None:
    """Keep requests out of the log: their headers hold the secret."""
