"""Links that open the bot at an article: t.me/BOT?start=a15."""

import re
from urllib.parse import urlencode

_PAYLOAD = re.compile(r"a(?P<number>[0-9]{1,6})")


def article_link(username: str, number: int) -> str:
    """Return the link that opens article ``number``."""
    return f"https://t.me/{username}?start=a{number}"


def share_link(username: str, number: int, heading: str) -> str:
    """Return the link with which Telegram offers to send an article's link to somebody."""
    query = urlencode({"url": article_link(username, number), "text": heading})
    return f"https://t.me/share/url?{query}"


def linked_article(payload: str) -> int | None:
    """Return the number of the article a payload of /start opens, or None where it opens none."""
    match = _PAYLOAD.fullmatch(payload)
    return int(match["number"]) if match else None
