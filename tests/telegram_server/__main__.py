"""The stand-in as a process: ``python -m tests.telegram_server --port 0``.

The first line on stdout is the address, the second the token. Each line on stdin is a message
from one person; each message of the bot is printed as a line of JSON. It ends on SIGTERM or SIGINT.
"""

import argparse
import asyncio
import json
import os
import signal
import sys
import threading
from collections.abc import Callable

from .server import TOKEN, TelegramServer


def _read_lines(take: Callable[[str], object], loop: asyncio.AbstractEventLoop) -> None:
    # Plain reads: a thread inside sys.stdin's buffer would hold its lock at exit.
    rest = b""
    while chunk := os.read(0, 65536):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            if text := line.decode(errors="replace").strip():
                loop.call_soon_threadsafe(take, text)


async def serve(token: str, port: int) -> None:
    """Serve until told to stop."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with TelegramServer(token, port=port) as server:
        person = server.person()
        print(server.url, server.token, sep="\n", flush=True)
        threading.Thread(target=_read_lines, args=(person.send, loop), daemon=True).start()

        async def show() -> None:
            while True:
                message = await person.chat.reply(timeout=86_400)
                print(json.dumps(message.raw, ensure_ascii=False), flush=True)

        server.start(show())
        await stop.wait()


def main() -> int:
    """Read the options and serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.telegram_server")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default=TOKEN)
    options = parser.parse_args()
    asyncio.run(serve(options.token, options.port))
    return 0


if __name__ == "__main__":
    sys.exit(main())
