"""The checks of `tiaowen doctor --live`: what only shows with the token, the disk and the database."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from email.utils import parsedate_to_datetime

from bot.commands.check import Check, free_megabytes
from bot.delivery.health import read_health
from bot.settings import BotSettings
from bot.store.store import FILE as DATABASE

_ROOM_MB = 200
_CLOCK_SECONDS = 60
_QUIET_SECONDS = 300
_TIMEOUT = 10.0


def live_checks(settings: BotSettings) -> Iterator[Check]:
    """Yield what is found of the token, the webhook, the clock, the disk and the database."""
    yield from asyncio.run(_telegram(settings))
    yield _disk(settings)
    yield _database(settings)
    yield _running(settings)


async def _telegram(settings: BotSettings) -> list[Check]:
    import httpx

    base = f"{settings.api_url}/bot{settings.token.get_secret_value()}"
    try:
        async with httpx.AsyncClient(timeout=_TIMEOUT) as client:
            me = await client.post(f"{base}/getMe")
            hook = await client.post(f"{base}/getWebhookInfo")
            found = [_token(me.status_code, me.json())]
            if found[0].level == "ok":
                found.append(_webhook(settings, hook.json()["result"]))
            return [*found, _clock(me.headers.get("Date"))]
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        # The message of an HTTP error may hold the address, and the address the token.
        return [Check("bad", f"{settings.api_url} does not answer ({type(error).__name__}).")]


def _token(status: int, body: dict[str, object]) -> Check:
    result = body.get("result")
    if status == 200 and isinstance(result, dict):
        return Check("ok", f"Telegram knows the token: @{result.get('username')}")
    if status in (401, 404):
        return Check(
            "bad", "Telegram does not accept TELEGRAM_BOT_TOKEN. Get it anew from @BotFather."
        )
    return Check("bad", f"{status} from Telegram. Try again in a minute.")


def _webhook(settings: BotSettings, info: dict[str, object]) -> Check:
    url, waiting = str(info.get("url", "")), info.get("pending_update_count", 0)
    if url != (settings.webhook_url or ""):
        told = settings.webhook_url or "none, as this bot polls"
        return Check(
            "note", f"Telegram's webhook is not TELEGRAM_WEBHOOK_URL ({told}); the bot sets it."
        )
    error = info.get("last_error_message")
    if error:
        return Check("note", f"the last delivery to the webhook failed: {error}")
    how = "webhook set" if url else "no webhook set, as it should be for polling"
    return Check("ok", f"{how}; {waiting} updates wait")


def _clock(date: str | None) -> Check:
    try:
        apart = abs(parsedate_to_datetime(date or "").timestamp() - time.time())
    except ValueError:
        return Check("note", "the server gives no time to compare the clock with")
    if apart > _CLOCK_SECONDS:
        return Check("bad", f"the clock is {apart:.0f} s away from the server's. Set it, by NTP.")
    return Check("ok", f"the clock is within {_CLOCK_SECONDS} s of the server's")


def _disk(settings: BotSettings) -> Check:
    folder = settings.state_dir
    free = free_megabytes(folder)
    return Check("ok" if free >= _ROOM_MB else "bad", f"{folder}: {free:,} MB free")


def _database(settings: BotSettings) -> Check:
    path = settings.state_dir / DATABASE
    if not path.is_file():
        return Check("note", f"{path}: not there yet; the bot makes it at its first start")
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=_TIMEOUT)) as opened:
            found = [row[0] for row in opened.execute("PRAGMA integrity_check(5)")]
    except sqlite3.Error as error:
        found = [str(error)]
    if found == ["ok"]:
        return Check("ok", f"{path}: intact")
    return Check(
        "bad", f"{path}: damaged ({found[0]}). Stop the bot and put a backup in its place."
    )


def _running(settings: BotSettings) -> Check:
    health = read_health(settings.state_dir)
    if health is None:
        return Check("note", "no bot has run on this folder yet")
    contact, failures = health.get("last_contact"), health.get("failures")
    if not isinstance(contact, int) or not isinstance(failures, int):
        return Check("note", "the bot's word on its health cannot be read")
    ago = max(0, int(time.time()) - contact)
    if failures or ago > _QUIET_SECONDS:
        why = f", {failures} calls failed since ({health.get('error')})" if failures else ""
        return Check("note", f"the bot's last contact with Telegram was {ago} s ago{why}")
    lag = health.get("worst_lag_ms")
    return Check(
        "ok", f"the bot was in contact with Telegram {ago} s ago; its loop late by {lag} ms at most"
    )
