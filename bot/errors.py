"""The errors of the bot package.

BotError
├── BotSettingsError    a setting of the bot is missing or malformed
└── TokenRefused        Telegram does not know the bot's token
"""


class BotError(Exception):
    """Signal a failure whose message says what was wrong and what to do next."""


class BotSettingsError(BotError):
    """Name every setting of the bot that is missing or malformed."""


class TokenRefused(BotError):
    """Say that Telegram does not know the bot's token, without the token."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram does not accept TELEGRAM_BOT_TOKEN. Get it anew from @BotFather."
        )
