"""What a method was called with, whichever of the four ways it was sent."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tornado.httputil import HTTPServerRequest

from .errors import BotApiError, bad_request

_TRUE = frozenset({"true", "1", "yes", "t", "y"})


class Parameters:
    """The arguments of one call; names are Telegram's, values as they came."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = dict(values)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def __repr__(self) -> str:
        return f"Parameters({self.values!r})"

    def text(self, name: str, default: str = "") -> str:
        """Return a string; text that cannot be UTF-8 is refused."""
        value = self.values.get(name)
        if value is None:
            return default
        value = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        require_utf8(value)
        return value

    def integer(self, name: str, default: int = 0) -> int:
        """Return an integer; anything that is none counts as 0, as Telegram has it."""
        value = self.values.get(name)
        if value is None:
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            return 0

    def flag(self, name: str) -> bool:
        """Return whether a boolean was given and true."""
        value = self.values.get(name)
        return value if isinstance(value, bool) else str(value).lower() in _TRUE

    def structure(self, name: str) -> Any:
        """Return an object or array, sent as such or as its JSON; None when absent or empty."""
        value = self.values.get(name)
        if isinstance(value, str):
            if not value:
                return None
            try:
                value = json.loads(value)
            except ValueError:
                raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None
        require_utf8(value)
        return value


def require_utf8(value: Any) -> None:
    """Refuse a value that holds a lone surrogate anywhere."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
    elif isinstance(value, dict):
        for key, inner in value.items():
            require_utf8(key)
            require_utf8(inner)
    elif isinstance(value, list):
        for inner in value:
            require_utf8(inner)


def from_request(request: HTTPServerRequest) -> Parameters:
    """Return the parameters of a GET or POST: query string, form, multipart or JSON."""
    values: dict[str, Any] = {}
    try:
        for name, given in (*request.query_arguments.items(), *request.body_arguments.items()):
            values[name] = given[-1].decode()
        for name, files in request.files.items():
            values[name] = {"filename": files[-1]["filename"], "bytes": len(files[-1]["body"])}
        if request.headers.get("Content-Type", "").startswith("application/json") and request.body:
            body = json.loads(request.body.decode())
            if not isinstance(body, dict):
                raise bad_request("object expected as the JSON-encoded body")
            values.update(body)
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    except json.JSONDecodeError as error:
        raise BotApiError(400, f"Bad Request: can't parse JSON object: {error.msg}") from None
    return Parameters(values)
