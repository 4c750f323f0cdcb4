"""What the Bot API says when it refuses: a code, a description, sometimes parameters."""

from typing import Any


class BotApiError(Exception):
    """A refusal, answered as ``{"ok": false, "error_code": …, "description": …}``."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(what: str) -> BotApiError:
    """Return the 400 that says ``what``."""
    return BotApiError(400, f"Bad Request: {what}")


def conflict(what: str) -> BotApiError:
    """Return the 409 of two parties wanting the same updates."""
    return BotApiError(409, f"Conflict: {what}")


def forbidden(what: str) -> BotApiError:
    """Return the 403 of a chat the bot may no longer write to."""
    return BotApiError(403, f"Forbidden: {what}")


def too_many_requests(retry_after: int) -> BotApiError:
    """Return the 429 that asks for a pause of ``retry_after`` seconds."""
    return BotApiError(
        429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after
    )


def unauthorized() -> BotApiError:
    """Return the 401 of a token that belongs to no bot."""
    return BotApiError(401, "Unauthorized")


def not_found() -> BotApiError:
    """Return the 404 of an unknown method or a path that is not a bot's."""
    return BotApiError(404, "Not Found")
