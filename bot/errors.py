"""The errors of the bot package.

BotError
└── BotSettingsError    a setting of the bot is missing or malformed
"""


class BotError(Exception):
    """Signal a failure whose message says what was wrong and what to do next."""


class BotSettingsError(BotError):
    """Name every setting of the bot that is missing or malformed."""
