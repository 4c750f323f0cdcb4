"""Read the settings of the Telegram bot from the environment, then from `.env`."""

import re
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError

from bot.errors import BotSettingsError
from retrieval.settings import environment_and_dotenv

DEFAULT_API_URL = "https://api.telegram.org"
_TOKEN = re.compile(r"[0-9]{3,20}:[A-Za-z0-9_-]{20,100}")


def _token(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("malformed; expected digits, a colon and letters, as @BotFather gives it")
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
    """Hold what the bot needs to reach Telegram; the token's repr hides it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    token: Annotated[SecretStr, AfterValidator(_token)] = Field(alias="TELEGRAM_BOT_TOKEN")
    api_url: Annotated[str, AfterValidator(_url)] = Field(DEFAULT_API_URL, alias="TELEGRAM_API_URL")

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
    name = location[0] if isinstance(location, tuple) and location else "settings"
    if problem["type"] == "missing":
        return (
            f"{name} is missing. Get one from @BotFather and put it into the environment or .env."
        )
    return f"{name} is {str(problem['msg']).removeprefix('Value error, ')}."
