"""One HTTP request to the Bot API: path, parameters, method, faults, answer."""

import asyncio
import json
import logging
import re
import socket
import struct
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from tornado.iostream import StreamClosedError
from tornado.web import RequestHandler

from .errors import BotApiError, not_found, too_many_requests, unauthorized
from .faults import Fault, Faults
from .parameters import Parameters, from_request

logger = logging.getLogger(__name__)
_PATH = re.compile(r"/bot(\d+:[A-Za-z0-9_-]+)/(?:test/)?(\w+)/?")
_BAD_GATEWAY = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


class Service(Protocol):
    """What the handler needs of the server behind it."""

    token: str
    faults: Faults

    def find(self, method: str) -> str | None:
        """Return a method's proper name, None for none."""

    async def call(self, method: str, parameters: Parameters) -> dict[str, Any]:
        """Return the successful answer, or raise BotApiError."""

    def start(self, work: Awaitable[Any]) -> "asyncio.Task[Any]":
        """Return a task that ends with the server at the latest."""


class ApiHandler(RequestHandler):
    """Answers GET and POST alike, as Telegram does."""

    def initialize(self, service: Service) -> None:
        """Take the server that does the work."""
        self._service = service
        self._task: asyncio.Task[Any] | None = None

    async def get(self) -> None:
        """Answer a method sent with GET."""
        await self._serve()

    async def post(self) -> None:
        """Answer a method sent with POST."""
        await self._serve()

    def on_connection_close(self) -> None:
        """Stop working for a caller that is gone, so that it cannot hold on to the poll."""
        if self._task is not None:
            self._task.cancel()

    async def _serve(self) -> None:
        self._task = self._service.start(self._answer())
        try:
            await self._task
        except (asyncio.CancelledError, StreamClosedError):
            self._abandon()

    async def _answer(self) -> None:
        try:
            method = self._method()
            fault = self._service.faults.next(method)
            if fault is not None and not fault.after:
                await self._break(fault, b"")
                return
            body = await self._service.call(method, from_request(self.request))
            code = 200
        except BotApiError as error:
            fault, code = None, error.code
            body = {"ok": False, "error_code": code, "description": error.description}
            if error.parameters:
                body["parameters"] = error.parameters
        except Exception:
            logger.exception("the stand-in itself failed on %s", self.request.path)
            fault, code = None, 500
            body = {"ok": False, "error_code": 500, "description": "Internal Server Error"}
        encoded = json.dumps(body).encode()
        if fault is not None:
            await self._break(fault, encoded)
        else:
            self._write(code, encoded)

    def _method(self) -> str:
        path = _PATH.fullmatch(self.request.path)
        if path is None:
            raise not_found()
        if path.group(1) != self._service.token:
            raise unauthorized()
        method = self._service.find(path.group(2))
        if method is None:
            raise not_found()
        return method

    def _write(self, code: int, body: bytes, kind: str = "application/json") -> None:
        self.set_status(code)
        self.set_header("Content-Type", kind)
        self.finish(body)

    async def _break(self, fault: Fault, body: bytes) -> None:
        breaks: dict[str, Callable[[], Awaitable[None]]] = {
            "reset": self._reset,
            "hang": self._hang,
            "half": lambda: self._half(body),
        }
        if fault.kind in breaks:
            await breaks[fault.kind]()
        elif fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
            self._write(200, body)
        elif fault.code == 502:
            self._write(502, _BAD_GATEWAY, "text/html")
        else:
            error = BotApiError(fault.code, "Internal Server Error")
            if fault.code == 429:
                error = too_many_requests(fault.retry_after)
            answer: dict[str, Any] = {
                "ok": False,
                "error_code": error.code,
                "description": error.description,
            }
            if error.parameters:
                answer["parameters"] = error.parameters
            self._write(error.code, json.dumps(answer).encode())

    async def _reset(self) -> None:
        stream = self.detach()
        # Lingering for zero seconds makes the kernel send RST instead of an orderly end.
        stream.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        stream.close()

    async def _hang(self) -> None:
        await asyncio.get_running_loop().create_future()

    async def _half(self, body: bytes) -> None:
        stream = self.detach()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
        await stream.write(head.encode() + b"\r\n\r\n" + body[: len(body) // 2])
        stream.close()

    def _abandon(self) -> None:
        if not self._finished:
            connection = self.request.connection
            stream = getattr(connection, "stream", None)
            if stream is not None and not stream.closed():
                stream.close()
