"""Read the settings of the Telegram bot from the environment, then from `.env`."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from platformdirs import user_state_path
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)

from bot.errors import BotSettingsError
from retrieval.settings import environment_and_dotenv

DEFAULT_API_URL = "https://api.telegram.org"
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_TOKEN = re.compile(r"[0-9]{3,20}:[A-Za-z0-9_-]{20,100}")


def _token(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("malformed; expected digits, a colon and letters, as @BotFather gives it")
    return value


def _ids(value: object) -> object:
    if not isinstance(value, str):
        return value
    parts = [part for part in re.split(r"[,\s]+", value) if part]
    if not all(re.fullmatch(r"-?[0-9]{1,18}", part) for part in parts):
        raise ValueError("malformed; expected ids separated by commas, such as 1001,-100200300")
    return frozenset(map(int, parts))


def _address(value: object) -> object:
    if not isinstance(value, str):
        return value
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65_536:
        raise ValueError("malformed; expected an address and a port, such as 127.0.0.1:8080")
    return host.strip("[]"), int(port)


def _secret(value: SecretStr | None) -> SecretStr | None:
    if value is not None and not _SECRET.fullmatch(value.get_secret_value()):
        raise ValueError("malformed; expected 16 to 256 of the characters A-Z a-z 0-9 _ -")
    return value


def _url(value: str) -> str:
    try:
        parts = urlsplit(value)
        well_formed = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # brackets or a port that no address has
        well_formed = False
    if not well_formed:
        raise ValueError("malformed; expected http://… or https://…, with a port up to 65535")
    return value.rstrip("/")


class BotSettings(BaseModel):
    """Hold what the bot needs to run; the token's repr hides it.

    ``allowed_chats``: the ids of the people and groups it serves, empty for everyone. ``admins``:
    those of who may see /stats. ``quota``: questions a minute a person may ask, 0 for any number.
    ``metrics_port``: where Prometheus finds figures on loopback, 0 for nowhere. ``state_dir``: the
    folder of the database. ``webhook_url``: where Telegram delivers updates, None to poll for them;
    ``webhook_listen`` and ``webhook_secret`` belong to it.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    token: Annotated[SecretStr, AfterValidator(_token)] = Field(alias="TELEGRAM_BOT_TOKEN")
    api_url: Annotated[str, AfterValidator(_url)] = Field(DEFAULT_API_URL, alias="TELEGRAM_API_URL")
    allowed_chats: Annotated[frozenset[int], BeforeValidator(_ids)] = Field(
        frozenset(), alias="TELEGRAM_ALLOWED_CHATS"
    )
    admins: Annotated[frozenset[int], BeforeValidator(_ids)] = Field(
        frozenset(), alias="TELEGRAM_ADMIN_CHATS"
    )
    quota: Annotated[int, Field(ge=0, le=10_000)] = Field(20, alias="TELEGRAM_QUOTA")
    metrics_port: Annotated[int, Field(ge=0, le=65_535)] = Field(0, alias="TELEGRAM_METRICS_PORT")
    state_dir: Annotated[Path, AfterValidator(Path.expanduser)] = Field(
        default_factory=lambda: user_state_path("tiaowen"), alias="TIAOWEN_STATE_DIR"
    )

    webhook_url: Annotated[str, AfterValidator(_url)] | None = Field(
        None, alias="TELEGRAM_WEBHOOK_URL"
    )
    webhook_listen: Annotated[tuple[str, int], BeforeValidator(_address)] = Field(
        ("127.0.0.1", 8080), alias="TELEGRAM_WEBHOOK_LISTEN"
    )
    webhook_secret: Annotated[SecretStr | None, AfterValidator(_secret)] = Field(
        None, alias="TELEGRAM_WEBHOOK_SECRET"
    )

    @model_validator(mode="after")
    def _webhook_has_a_secret(self) -> Self:
        if self.webhook_url and self.webhook_secret is None:
            raise ValueError(
                "TELEGRAM_WEBHOOK_SECRET is missing. A webhook needs one: any 16 to 256 of the "
                "characters A-Z a-z 0-9 _ -, such as the output of: openssl rand -hex 32"
            )
        return self

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return what must be in no log."""
        found = (self.token, self.webhook_secret)
        return tuple(value.get_secret_value() for value in found if value is not None)

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> "BotSettings":
        """Return the settings; raise BotSettingsError naming every one that is wrong.

        A variable that is set but empty counts as not set.
        """
        values = environment_and_dotenv() if environment is None else environment
        try:
            return cls.model_validate({k: v.strip() for k, v in values.items() if v.strip()})
        except ValidationError as error:
            raise BotSettingsError("; ".join(map(_sentence, error.errors()))) from None


def _sentence(problem: Mapping[str, object]) -> str:
    """Say what is wrong with one setting, without the value: it may be a secret."""
    location = problem["loc"]
    if problem["type"] == "value_error" and not location:
        return str(problem["msg"]).removeprefix("Value error, ").removesuffix(".")
    name = location[0] if isinstance(location, tuple) and location else "settings"
    if problem["type"] == "missing":
        return (
            f"{name} is missing. Get one from @BotFather and put it into the environment or .env."
        )
    return f"{name} is {str(problem['msg']).removeprefix('Value error, ')}."


def state_folder() -> Path:
    """Return the folder of the bot's database, without asking for the settings of a bot."""
    folder = environment_and_dotenv().get("TIAOWEN_STATE_DIR", "").strip()
    return Path(folder).expanduser() if folder else user_state_path("tiaowen")
