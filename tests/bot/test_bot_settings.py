"""What reading the bot's settings promises."""

from pathlib import Path

import pytest

from bot.errors import BotError, BotSettingsError
from bot.settings import BotSettings

TOKEN = "123456:ABCdefGHIjklMNOpqrSTUvwxYZ-_0123456"


def read(**values: str) -> BotSettings:
    return BotSettings.read({"TELEGRAM_BOT_TOKEN": TOKEN} | values)


def refusal(values: dict[str, str]) -> str:
    with pytest.raises(BotSettingsError) as refused:
        BotSettings.read(values)
    assert isinstance(refused.value, BotError)
    return str(refused.value)


def test_telegram_itself_is_asked_unless_another_server_is_named() -> None:
    assert read().api_url == "https://api.telegram.org"
    assert read(TELEGRAM_API_URL=" http://localhost:8081/ ").api_url == "http://localhost:8081"


def test_set_but_empty_counts_as_not_set() -> None:
    assert read(TELEGRAM_API_URL="  ").api_url == "https://api.telegram.org"
    assert "TELEGRAM_BOT_TOKEN is missing" in refusal({"TELEGRAM_BOT_TOKEN": " "})


def test_a_missing_token_says_where_to_get_one() -> None:
    said = refusal({})
    assert said.startswith("TELEGRAM_BOT_TOKEN is missing.")
    assert "@BotFather" in said and ".env" in said


@pytest.mark.parametrize(
    "token",
    [
        "hello",
        TOKEN[:-20] + " " + TOKEN[-20:],
        f"'{TOKEN}'",
        TOKEN.replace(":", ""),
        "123456:short",
        "１２３４５６" + TOKEN[6:],
        TOKEN + "\u200b",
        f"{TOKEN}/../x",
    ],
)
def test_a_malformed_token_is_refused_without_repeating_it(token: str) -> None:
    said = refusal({"TELEGRAM_BOT_TOKEN": token})
    assert said.startswith("TELEGRAM_BOT_TOKEN is malformed; expected digits, a colon")
    assert token not in said and TOKEN[8:20] not in said


@pytest.mark.parametrize(
    "url",
    ["api.telegram.org", "ftp://x", "http://", "http://[", "http://h:99999", "http://h:x", TOKEN],
)
def test_a_malformed_address_is_refused_without_repeating_it(url: str) -> None:
    said = refusal({"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": url})
    assert said.startswith("TELEGRAM_API_URL is malformed; expected http")
    # Somebody may have pasted the token into the wrong line.
    assert TOKEN not in said


def test_everything_that_is_wrong_is_said_at_once() -> None:
    said = refusal({"TELEGRAM_API_URL": "nowhere"})
    assert "TELEGRAM_BOT_TOKEN" in said and "TELEGRAM_API_URL" in said


def test_the_token_is_in_no_repr() -> None:
    settings = read()
    assert settings.token.get_secret_value() == TOKEN
    assert TOKEN not in f"{settings!r} {settings} {settings.model_dump()}"


def test_the_environment_comes_before_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}\nTELEGRAM_API_URL=http://file\n")
    assert BotSettings.read().token.get_secret_value() == TOKEN
    assert BotSettings.read().api_url == "http://file"
    monkeypatch.setenv("TELEGRAM_API_URL", "http://environment")
    assert BotSettings.read().api_url == "http://environment"
